import type { JsonObject } from '../../json-object.js';
import { amountOf, money } from '../amounts.js';
import type { Entry, Tables } from '../tables.js';
import { ADDRESSES, below, FEES, LINES, TAXES } from './order-paths.js';

export const sumOf = (rows: readonly Entry[], name: string): number => rows.reduce((sum, { values }) => sum + amountOf(values[name]), 0);

const COSTS = ['shipping', 'handling', 'wrapping'];

/** Amounts that a client may set. Each is stored with four decimals. */
const AMOUNTS = [
  ...COSTS.flatMap((name) => [`base_${name}_cost`, `${name}_cost_ex_tax`, `${name}_cost_inc_tax`]),
  'discount_amount',
  'subtotal_ex_tax',
  'subtotal_inc_tax',
  'total_ex_tax',
  'total_inc_tax',
];

/** The fields whose change makes the store compute the totals again (guide: orders, calculating totals). */
const TRIGGERS: readonly string[] = [
  ...COSTS.flatMap((name) => [`base_${name}_cost`, `${name}_cost_ex_tax`, `${name}_cost_inc_tax`]),
  'products',
  'fees',
  'consignments',
  'discount_amount',
  'billing_address',
  'shipping_addresses',
];

const changesTotals = (body: JsonObject): boolean => TRIGGERS.some((name) => body[name] !== undefined);

/** Completes the costs and the totals of an order, except the totals that the client sets itself. */
export function completeTotals(order: Entry, body: JsonObject, isNew: boolean, tables: Tables): void {
  const { values } = order;
  for (const name of AMOUNTS) if (values[name] !== undefined || isNew) values[name] = money(amountOf(values[name]));
  for (const name of COSTS) completeCost(values, body, name);
  if (isNew || changesTotals(body)) Object.assign(values, totalsOf(order, body, tables));
  values['subtotal_tax'] = money(amountOf(values['subtotal_inc_tax']) - amountOf(values['subtotal_ex_tax']));
  values['total_tax'] = money(amountOf(values['total_inc_tax']) - amountOf(values['total_ex_tax']));
  followTaxes(order, tables);
}

/** Completes a cost: a base alone is with and without tax; the base follows from the others. */
function completeCost(values: JsonObject, body: JsonObject, name: string): void {
  const [base, exTax, incTax] = [`base_${name}_cost`, `${name}_cost_ex_tax`, `${name}_cost_inc_tax`];
  const isGiven = body[exTax] !== undefined || body[incTax] !== undefined;
  if (body[base] !== undefined && !isGiven) Object.assign(values, { [exTax]: values[base], [incTax]: values[base] });
  else if (body[base] === undefined && isGiven) {
    const single = body[incTax] === undefined ? exTax : body[exTax] === undefined ? incTax : undefined;
    if (single !== undefined) Object.assign(values, { [exTax]: values[single], [incTax]: values[single] });
    values[base] = values[exTax];
  }
  values[`${name}_cost_tax`] = money(amountOf(values[incTax]) - amountOf(values[exTax]));
}

function totalsOf(order: Entry, body: JsonObject, tables: Tables): JsonObject {
  const { values } = order;
  const lines = below(LINES, order, tables);
  const fees = below(FEES, order, tables);
  const totals: JsonObject = { items_total: sumOf(lines, 'quantity') };
  for (const tax of ['ex_tax', 'inc_tax']) {
    const subtotal = sumOf(lines, `total_${tax}`);
    const costs = COSTS.reduce((sum, name) => sum + amountOf(values[`${name}_cost_${tax}`]), sumOf(fees, `cost_${tax}`));
    const total = subtotal + costs - amountOf(values['discount_amount']) - amountOf(values['coupon_discount']);
    if (body[`subtotal_${tax}`] === undefined) totals[`subtotal_${tax}`] = money(subtotal);
    if (body[`total_${tax}`] === undefined) totals[`total_${tax}`] = money(Math.max(0, total));
  }
  if (body['discount_amount'] !== undefined) shareDiscount(lines, amountOf(values['discount_amount']));
  return totals;
}

/** Shares a discount on the order among its lines, by their totals. */
function shareDiscount(lines: readonly Entry[], discount: number): void {
  const subtotal = sumOf(lines, 'total_inc_tax');
  for (const { values } of lines) {
    const total = amountOf(values['total_inc_tax']);
    const amount = subtotal === 0 ? 0 : (discount * total) / subtotal;
    values['applied_discounts'] =
      amount === 0 ? [] : [{ id: 'manual-discount', amount: money(amount), name: 'Manual Discount', code: null, target: 'order' }];
    values['discounted_total_inc_tax'] = money(total - amount);
  }
}

/** The tax of orders that the API makes is one row, for the first address (guide: orders, getting order taxes). */
function followTaxes(order: Entry, tables: Tables): void {
  const amount = amountOf(order.values['total_tax']);
  const known = below(TAXES, order, tables);
  const ours = known.find(({ values }) => values['name'] === OVERRIDE);
  if (ours === undefined && (known.length > 0 || amount === 0)) return;
  const amounts = { priority_amount: money(amount), line_amount: money(amount) };
  if (ours !== undefined) Object.assign(ours.values, amounts);
  else
    tables.of(TAXES).insert(
      'id',
      {
        order_address_id: below(ADDRESSES, order, tables)[0]?.values['id'] ?? 0,
        tax_rate_id: 0,
        sales_tax_id: '',
        tax_class_id: 0,
        name: OVERRIDE,
        class: OVERRIDE,
        rate: money(0),
        priority: 0,
        order_pickup_method_id: 0,
        ...amounts,
      },
      { order_id: order.key },
    );
}

const OVERRIDE = 'API Tax Override';
