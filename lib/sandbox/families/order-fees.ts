import type { JsonObject } from '../../json-object.js';
import { amountOf, money } from '../amounts.js';
import type { Entry } from '../tables.js';
import type { Family } from './family.js';
import { hasAny } from './order-lines.js';

const COSTS = ['cost_ex_tax', 'cost_inc_tax', 'cost_tax'];

/** Amounts are exact to four decimals. */
const PRECISION = 0.00005;

/** Returns why a fee cannot be stored, by field. */
export function refusalOfFee(fee: JsonObject, fees: readonly Entry[]): Readonly<Record<string, string>> {
  if (fee['id'] !== undefined && !fees.some(({ key }) => key === String(fee['id']))) return { id: 'is not a fee of this order' };
  if (!hasAny(fee, 'display_name_customer', 'display_name_merchant'))
    return { display_name_customer: 'or display_name_merchant is required' };
  const costs = COSTS.filter((name) => hasAny(fee, name));
  if (costs.length < 2) return { cost_inc_tax: 'is required: two of cost_ex_tax, cost_inc_tax and cost_tax' };
  const [exTax = 0, incTax = 0, tax = 0] = costs.map((name) => amountOf(fee[name]));
  const isSum = costs.length < 3 || Math.abs(exTax + tax - incTax) < PRECISION;
  return isSum ? {} : { cost_tax: 'is not the difference of cost_inc_tax and cost_ex_tax' };
}

/** Fees of orders. The cost that is left out follows from the other two. */
export const FEE: Family = {
  complete({ body, entry: { values } }) {
    const { cost_ex_tax, cost_inc_tax, cost_tax } = body;
    const exTax = cost_ex_tax === undefined ? amountOf(cost_inc_tax) - amountOf(cost_tax) : amountOf(cost_ex_tax);
    const incTax = cost_inc_tax === undefined ? exTax + amountOf(cost_tax) : amountOf(cost_inc_tax);
    const name = values['display_name_customer'] ?? values['display_name_merchant'];
    const named = { type: 'custom_fee', source: '', display_name_customer: name, display_name_merchant: name, tax_class_id: null };
    const costs = { base_cost: money(exTax), cost_ex_tax: money(exTax), cost_inc_tax: money(incTax), cost_tax: money(incTax - exTax) };
    Object.assign(values, { ...named, ...values }, costs);
  },
};
