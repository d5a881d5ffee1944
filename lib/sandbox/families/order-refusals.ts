import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { amountOf } from '../amounts.js';
import type { Tables } from '../tables.js';
import type { Change, Refusal } from './family.js';
import { pickupsIn } from './order-consignments.js';
import { refusalOfFee } from './order-fees.js';
import { refusalOfLine } from './order-lines.js';
import { below, FEES, LINES } from './order-paths.js';
import { isStatus } from './order-statuses.js';

type Reasons = Readonly<Record<string, string>>;

/** Returns the refusal of a field that cannot be written. */
export const cannotBeWritten = (name: string): Refusal => ({
  status: 400,
  message: `The field '${name}' cannot be written to. Please remove it from your request before trying again.`,
});

/** What a new order may have, and none can be changed to (orders.v2.oas2.yml, order_Put). */
const ONLY_NEW = ['external_merchant_id', 'default_currency_code'];

/** Returns why an order cannot be stored (orders.v2.oas2.yml, order_Post and order_Put). */
export function refusalOfOrder({ body, entry, tables }: Change): Refusal | undefined {
  const fixed = entry === undefined ? undefined : ONLY_NEW.find((name) => body[name] !== undefined);
  if (fixed !== undefined) return cannotBeWritten(fixed);
  const fields = entry === undefined ? { ...ofItems(body), ...ofValues(body, tables) } : ofValues(body, tables);
  const lines = below(LINES, entry, tables);
  const fees = below(FEES, entry, tables);
  const all = {
    ...fields,
    ...placed('products', body, (line) => refusalOfLine(line, lines, tables)),
    ...placed('fees', body, (fee) => refusalOfFee(fee, fees)),
  };
  return Object.keys(all).length === 0 ? undefined : { fields: all };
}

/** A new order has products, or is picked up: one of both. */
function ofItems(body: JsonObject): Reasons {
  const pickups = pickupsIn(body);
  if (pickups.length > 1) return { consignments: 'may have one pickup' };
  if (pickups.length === 0) return jsonObjectsIn(body['products']).length === 0 ? { products: 'or consignments are required' } : {};
  const isOfProducts = body['products'] !== undefined || body['shipping_addresses'] !== undefined;
  return isOfProducts ? { consignments: 'cannot be sent with products or shipping_addresses' } : {};
}

/** Amounts that come in pairs: one overrides what the store computes only together with the other. */
const PAIRS: readonly (readonly [string, string])[] = [
  ['shipping_cost_ex_tax', 'shipping_cost_inc_tax'],
  ['subtotal_ex_tax', 'subtotal_inc_tax'],
  ['total_ex_tax', 'total_inc_tax'],
];

const NOT_NEGATIVE = /^(base_\w+_cost|\w+_cost_(ex|inc)_tax|(sub)?total_(ex|inc)_tax|discount_amount|refunded_amount)$/;

const LENGTHS: Readonly<Record<string, number>> = { ip_address: 30, ip_address_v6: 39, staff_notes: 65_535 };

/** `en`, `asa`, `en-US`, `es-419`. */
const LOCALE = /^([a-z]{2,3}|[a-z]{2}-([A-Z]{2}|\d{3}))$/;

const LEAST_ZIP = 2;

function ofValues(body: JsonObject, tables: Tables): Reasons {
  const reasons: Record<string, string> = { ...ofReferences(body, tables) };
  for (const [name, value] of Object.entries(body)) {
    if (NOT_NEGATIVE.test(name) && amountOf(value) < 0) reasons[name] = 'must not be negative';
    const most = LENGTHS[name];
    if (most !== undefined && String(value).length > most) reasons[name] = `may have at most ${most} characters`;
  }
  for (const [one, other] of PAIRS)
    if ((body[one] === undefined) !== (body[other] === undefined)) {
      const [given, missing] = body[one] === undefined ? [other, one] : [one, other];
      reasons[missing] = `is required with ${given}`;
    }
  const { customer_locale, billing_address } = body;
  if (customer_locale !== undefined && customer_locale !== '' && !LOCALE.test(String(customer_locale)))
    reasons['customer_locale'] = 'must be a locale such as en or en-US';
  const { zip } = asJsonObject(billing_address);
  if (zip !== undefined && String(zip).length < LEAST_ZIP) reasons['billing_address.zip'] = `must have at least ${LEAST_ZIP} characters`;
  return reasons;
}

/** The customer, the channel and the status must exist. */
function ofReferences({ customer_id, channel_id, status_id }: JsonObject, tables: Tables): Reasons {
  const isKnown = (path: string, key: unknown): boolean => amountOf(key) === 0 || tables.of(path).get(String(key), {}) !== undefined;
  return {
    ...(isKnown('/customers', customer_id) ? {} : { customer_id: 'is not a customer of this store' }),
    ...(isKnown('/channels', channel_id) || amountOf(channel_id) === 1 ? {} : { channel_id: 'is not a channel of this store' }),
    ...(status_id === undefined || isStatus(status_id) ? {} : { status_id: 'is not the number of a status' }),
  };
}

/** Adds the position of each row to the fields that are wrong with it. */
function placed(name: string, body: JsonObject, refusalOfRow: (row: JsonObject) => Reasons): Record<string, string> {
  const all = jsonObjectsIn(body[name]).map((row, place) =>
    Object.entries(refusalOfRow(row)).map(([field, reason]) => [`${name}.${place}.${field}`, reason]),
  );
  return Object.fromEntries(all.flat());
}
