import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { amountOf, money } from '../amounts.js';
import type { Entry, Tables } from '../tables.js';

const PRODUCTS = '/products';

/** Whether a body has a value for any of these names. */
const hasAny = (row: JsonObject, ...names: readonly string[]): boolean => names.some((name) => row[name] !== undefined && row[name] !== '');

/** Returns why a line cannot be stored, by field. A line that is to be changed needs its id only. */
export function refusalOfLine(line: JsonObject, lines: readonly Entry[], tables: Tables): Readonly<Record<string, string>> {
  const { id, product_id, quantity } = line;
  if (quantity !== undefined && !(Number.isInteger(Number(quantity)) && Number(quantity) >= 0))
    return { quantity: 'must be a whole number' };
  if (id !== undefined) return lines.some(({ key }) => key === String(id)) ? {} : { id: 'is not a product of this order' };
  if (Number(quantity ?? 1) === 0) return { quantity: 'must be at least 1' };
  if (amountOf(product_id) > 0)
    return tables.of(PRODUCTS).get(String(product_id), {}) === undefined ? { product_id: 'is not a product of this store' } : {};
  if (!hasAny(line, 'name', 'name_customer', 'name_merchant')) return { name: 'is required for a custom product' };
  const missing = ['quantity', 'price_inc_tax', 'price_ex_tax'].filter((name) => !hasAny(line, name));
  return Object.fromEntries(missing.map((name) => [name, 'is required for a custom product']));
}

/** Completes a line: what the catalogue knows of its product, and its totals. A line that was changed loses its discounts. */
export function completeLine({ values }: Entry, isChanged: boolean, tables: Tables): void {
  const product = tables.of(PRODUCTS).get(String(values['product_id'] ?? ''), {})?.values ?? {};
  const price = amountOf(values['price_inc_tax'] ?? values['price_ex_tax'] ?? product['price']);
  const row: JsonObject = {
    product_id: 0,
    name: values['name_customer'] ?? values['name_merchant'] ?? product['name'] ?? '',
    sku: product['sku'] ?? '',
    type: product['type'] ?? 'physical',
    quantity: 1,
    quantity_shipped: 0,
    quantity_refunded: 0,
    is_refunded: false,
    applied_discounts: [],
    ...values,
  };
  if (isChanged) row['applied_discounts'] = [];
  const incTax = amountOf(values['price_inc_tax'] ?? price);
  const exTax = amountOf(values['price_ex_tax'] ?? price);
  const quantity = amountOf(row['quantity']);
  Object.assign(values, row, {
    product_options: jsonObjectsIn(values['product_options']).map((option, at) => ({
      product_option_id: option['id'],
      ...option,
      id: at + 1,
    })),
    base_price: money(exTax),
    price_ex_tax: money(exTax),
    price_inc_tax: money(incTax),
    price_tax: money(incTax - exTax),
    base_total: money(exTax * quantity),
    total_ex_tax: money(exTax * quantity),
    total_inc_tax: money(incTax * quantity),
    total_tax: money((incTax - exTax) * quantity),
  });
}

/** Returns why a fee cannot be stored, by field. */
export function refusalOfFee(fee: JsonObject, fees: readonly Entry[]): Readonly<Record<string, string>> {
  if (fee['id'] !== undefined && !fees.some(({ key }) => key === String(fee['id']))) return { id: 'is not a fee of this order' };
  if (!hasAny(fee, 'display_name_customer', 'display_name_merchant'))
    return { display_name_customer: 'or display_name_merchant is required' };
  const costs = ['cost_ex_tax', 'cost_inc_tax', 'cost_tax'].filter((name) => hasAny(fee, name));
  if (costs.length < 2) return { cost_inc_tax: 'is required: two of cost_ex_tax, cost_inc_tax and cost_tax' };
  const [exTax = 0, incTax = 0, tax = 0] = costs.map((name) => amountOf(fee[name]));
  const isSum = costs.length < 3 || Math.abs(exTax + tax - incTax) < 0.00005;
  return isSum ? {} : { cost_tax: 'is not the difference of cost_inc_tax and cost_ex_tax' };
}

/** Completes a fee: the cost that was left out, and its name. A fee that an order was updated with has the costs that were given. */
export function completeFee({ values }: Entry, given: JsonObject = values): void {
  const { cost_ex_tax, cost_inc_tax, cost_tax } = given;
  const exTax = cost_ex_tax === undefined ? amountOf(cost_inc_tax) - amountOf(cost_tax) : amountOf(cost_ex_tax);
  const incTax = cost_inc_tax === undefined ? exTax + amountOf(cost_tax) : amountOf(cost_inc_tax);
  const name = values['display_name_customer'] ?? values['display_name_merchant'];
  const named = { type: 'custom_fee', source: '', display_name_customer: name, display_name_merchant: name, tax_class_id: null };
  Object.assign(
    values,
    { ...named, ...values },
    { base_cost: money(exTax), cost_ex_tax: money(exTax), cost_inc_tax: money(incTax), cost_tax: money(incTax - exTax) },
  );
}

/** Returns the pickups of a body's consignments. */
export const pickupsIn = ({ consignments }: JsonObject): JsonObject[] => jsonObjectsIn(asJsonObject(consignments)['pickups']);
