import { asJsonObject, isJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { amountOf, roundedAmount } from '../amounts.js';
import type { Tables } from '../tables.js';

/** What is taxed: its price as the store enters it, and its tax class. */
export interface Taxed {
  readonly amount: number;
  readonly taxClass: unknown;
}

/** A tax of a cart. */
export interface Tax {
  readonly name: unknown;
  readonly amount: number;
}

/** Whether the store enters prices with tax. */
export const isTaxIncluded = (tables: Tables): boolean => tables.of('/tax/settings').list()[0]?.values['tax_entered_with_prices'] === true;

/** Whether a list is empty, which stands for all, or has a value. */
const allows = (list: unknown, value: unknown): boolean => !Array.isArray(list) || list.length === 0 || list.includes(value);

/** Whether a tax zone has a place. */
function isInZone(zone: JsonObject, { country_code, subdivision_codes, postal_code, customer_group_id = 0 }: JsonObject): boolean {
  const { locations, customer_groups } = asJsonObject(zone['shopper_target_settings']);
  const isIn = (location: unknown): boolean =>
    isJsonObject(location) &&
    location['country_code'] === country_code &&
    allows(location['subdivision_codes'], subdivision_codes) &&
    allows(location['postal_codes'], postal_code);
  return jsonObjectsIn(locations).some(isIn) && allows(customer_groups, customer_group_id);
}

/** Returns the tax zone of an address: the first enabled one that has it, else the default zone. */
export function taxZoneOf(address: JsonObject, tables: Tables): JsonObject | undefined {
  const zones = tables
    .of('/tax/zones')
    .list()
    .map(({ values }) => values);
  return zones.find((zone) => zone['enabled'] !== false && isInZone(zone, address)) ?? zones.find(({ id }) => id === 1);
}

/** Returns the taxes on what goes to an address, by their names. */
export function taxesOf(taxed: readonly Taxed[], address: JsonObject, tables: Tables): Tax[] {
  const zone = taxZoneOf({ ...address, subdivision_codes: address['state_or_province_code'] }, tables);
  const rates = tables
    .of('/tax/rates')
    .list()
    .map(({ values }) => values)
    .filter(({ enabled, tax_zone_id }) => enabled !== false && zone !== undefined && tax_zone_id === zone['id']);
  const rateOf = (rate: JsonObject, taxClass: unknown): number =>
    amountOf(jsonObjectsIn(rate['class_rates']).find(({ tax_class_id }) => amountOf(tax_class_id) === amountOf(taxClass))?.['rate']) / 100;
  const isIncluded = isTaxIncluded(tables);
  // A price with tax has all rates in it.
  const netOf = ({ amount, taxClass }: Taxed): number =>
    isIncluded ? amount / (1 + rates.reduce((sum, rate) => sum + rateOf(rate, taxClass), 0)) : amount;
  return rates
    .map((rate) => ({
      name: rate['name'],
      amount: roundedAmount(taxed.reduce((sum, each) => sum + netOf(each) * rateOf(rate, each.taxClass), 0)),
    }))
    .filter(({ amount }) => amount > 0);
}
