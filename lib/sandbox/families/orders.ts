import { type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { amountOf, money } from '../amounts.js';
import { type Entry, rowsByKey, type Tables } from '../tables.js';
import type { Change, Families, Refusal, StoredChange } from './family.js';
import { completeFee, completeLine, pickupsIn, refusalOfFee, refusalOfLine } from './order-lines.js';

const LINES = '/orders/:order_id/products';
const FEES = '/orders/:order_id/fees';
const ADDRESSES = '/orders/:order_id/shipping_addresses';
const CONSIGNMENTS = '/orders/:order_id/consignments';

const below = (path: string, entry: Entry | undefined, tables: Tables): Entry[] =>
  entry === undefined ? [] : tables.of(path).list({ order_id: entry.key });

/** The rules of V2 orders: what a body must have, and what follows from lines, fees and addresses (orders.v2.oas2.yml). */
export const ORDER_FAMILIES: Families = { 'v2 /orders': { refusalOf, complete } };

function refusalOf({ body, entry, resource, tables }: Change): Refusal | undefined {
  // A model of somebody's own may be without lines.
  if (Object.keys(resource.relations).length === 0) return undefined;
  const isOfConsignments = pickupsIn(body).length > 0;
  const isOfProducts = body['products'] !== undefined || body['shipping_addresses'] !== undefined;
  if (entry === undefined && isOfConsignments && isOfProducts)
    return { fields: { consignments: 'cannot be sent with products or shipping_addresses' } };
  if (entry === undefined && !isOfConsignments && jsonObjectsIn(body['products']).length === 0)
    return { fields: { products: 'or consignments are required' } };
  const lines = below(LINES, entry, tables);
  const fees = below(FEES, entry, tables);
  const fields = {
    ...placed('products', body, (line) => refusalOfLine(line, lines, tables)),
    ...placed('fees', body, (fee) => refusalOfFee(fee, fees)),
  };
  return Object.keys(fields).length === 0 ? undefined : { fields };
}

/** Adds the position of each row to the fields that are wrong with it. */
function placed(
  name: string,
  body: JsonObject,
  refusalOfRow: (row: JsonObject) => Readonly<Record<string, string>>,
): Record<string, string> {
  const all = jsonObjectsIn(body[name]).map((row, place) =>
    Object.entries(refusalOfRow(row)).map(([field, reason]) => [`${name}.${place}.${field}`, reason]),
  );
  return Object.fromEntries(all.flat());
}

function complete({ body, entry, resource, tables }: StoredChange): void {
  if (Object.keys(resource.relations).length === 0) return;
  const isNew = entry.values['total_inc_tax'] === undefined && entry.values['items_total'] === undefined;
  storePickups(body, entry, tables);
  if (isNew) Object.assign(entry.values, { ...DEFAULTS, ...entry.values });
  if (!isNew && body['products'] === undefined && body['fees'] === undefined) return;
  const changed = rowsByKey(body['products'], 'id');
  const lines = below(LINES, entry, tables);
  for (const line of lines)
    if (line.values['total_inc_tax'] === undefined || changed.has(line.key)) completeLine(line, changed.has(line.key), tables);
  const fees = below(FEES, entry, tables);
  const given = rowsByKey(body['fees'], 'id');
  for (const fee of fees) completeFee(fee, given.get(fee.key));
  completeAddresses(entry, lines, tables);
  completeTotals(entry, lines, fees, body);
}

const DEFAULTS: JsonObject = { status_id: 1, status: 'Pending', customer_id: 0, is_deleted: false, items_shipped: 0 };

/** Stores the pickups of a new order with their items as its lines, and changes those of an old one. */
function storePickups(body: JsonObject, entry: Entry, tables: Tables): void {
  const parents = { order_id: entry.key };
  const pickups = pickupsIn(body);
  if (pickups.length === 0) return;
  const [known] = below(CONSIGNMENTS, entry, tables);
  const stored = known ?? tables.of(CONSIGNMENTS).insert('id', { pickups: [], shipping: [], downloads: [], email: {} }, parents);
  const kept = jsonObjectsIn(stored.values['pickups']);
  for (const { line_items, ...pickup } of pickups) {
    const old = kept.find(({ id }) => id === pickup['id']);
    if (old !== undefined) Object.assign(old, pickup);
    else kept.push({ id: kept.length + 1, ...pickup });
    for (const line of jsonObjectsIn(line_items))
      tables.of(LINES).insert('id', { ...line, order_pickup_method_id: pickup['pickup_method_id'] }, parents);
  }
  stored.values['pickups'] = kept;
}

/** Puts the lines without an address on the first one. */
function completeAddresses(entry: Entry, lines: readonly Entry[], tables: Tables): void {
  const addresses = below(ADDRESSES, entry, tables);
  for (const { values } of lines) values['order_address_id'] ??= addresses[0]?.values['id'] ?? 0;
  for (const { values } of addresses)
    values['items_total'] = sumOf(
      lines.filter((line) => line.values['order_address_id'] === values['id']),
      'quantity',
    );
  entry.values['shipping_address_count'] = addresses.length;
}

const sumOf = (rows: readonly Entry[], name: string): number => rows.reduce((sum, { values }) => sum + amountOf(values[name]), 0);

/** Computes the totals of an order again, except those that the client sets itself. */
function completeTotals({ values }: Entry, lines: readonly Entry[], fees: readonly Entry[], body: JsonObject): void {
  const others = ['shipping_cost', 'handling_cost', 'wrapping_cost'];
  const totals: Record<string, string> = {};
  for (const tax of ['ex_tax', 'inc_tax']) {
    const subtotal = sumOf(lines, `total_${tax}`);
    const costs = others.reduce((sum, name) => sum + amountOf(values[`${name}_${tax}`]), sumOf(fees, `cost_${tax}`));
    totals[`subtotal_${tax}`] = money(subtotal);
    totals[`total_${tax}`] = money(subtotal + costs - amountOf(values['discount_amount']));
  }
  for (const [name, total] of Object.entries(totals)) if (body[name] === undefined) values[name] = total;
  values['subtotal_tax'] = money(amountOf(values['subtotal_inc_tax']) - amountOf(values['subtotal_ex_tax']));
  values['total_tax'] = money(amountOf(values['total_inc_tax']) - amountOf(values['total_ex_tax']));
  values['items_total'] = sumOf(lines, 'quantity');
}
