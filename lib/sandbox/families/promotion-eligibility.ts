import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { amountOf } from '../amounts.js';
import type { Entry, Tables } from '../tables.js';

const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const;

/** The status with which an order counts as completed. */
const COMPLETED = 10;

/** Whether a promotion is available at this time: it is enabled, has begun, has not ended, and has uses left. */
export function isActive({ status, start_date, end_date, max_uses, current_uses, schedule }: JsonObject, tables: Tables): boolean {
  const now = tables.clock.now();
  const isSpent = amountOf(max_uses) > 0 && amountOf(current_uses) >= amountOf(max_uses);
  const hasBegun = start_date === undefined || start_date === null || Date.parse(String(start_date)) <= now;
  const hasEnded = end_date !== undefined && end_date !== null && Date.parse(String(end_date)) <= now;
  return (status ?? 'ENABLED') === 'ENABLED' && !isSpent && hasBegun && !hasEnded && isScheduled(schedule, new Date(now));
}

function isScheduled(schedule: unknown, now: Date): boolean {
  const { week_days, daily_start_time = '00:00:00', daily_end_time = '23:59:59' } = asJsonObject(schedule);
  if (!Array.isArray(week_days)) return true;
  const time = now.toISOString().slice(11, 19);
  return week_days.includes(DAYS[now.getUTCDay()]) && time >= String(daily_start_time) && time <= String(daily_end_time);
}

/** Whether a cart may have a promotion: by its channel, currency, customer and shipping addresses. */
export function isFor(
  { channels, currency_code = '*', customer, shipping_address }: JsonObject,
  { values }: Entry,
  tables: Tables,
): boolean {
  const targets = jsonObjectsIn(channels);
  const isOfChannel = targets.length === 0 || targets.some(({ id }) => id === values['channel_id']);
  const isInCurrency = currency_code === '*' || currency_code === asJsonObject(values['currency'])['code'];
  return (
    isOfChannel &&
    isInCurrency &&
    isForCustomer(asJsonObject(customer), values['customer_id'], tables) &&
    isShippable(shipping_address, values)
  );
}

function isForCustomer({ group_ids, excluded_group_ids, minimum_order_count, segments }: JsonObject, id: unknown, tables: Tables): boolean {
  const customer = tables.of('/customers').get(String(id), {})?.values;
  const group = customer?.['customer_group_id'] ?? 0;
  const includes = (list: unknown): boolean => Array.isArray(list) && list.includes(group);
  const isOfGroups = !Array.isArray(group_ids) || group_ids.length === 0 || includes(group_ids);
  return isOfGroups && !includes(excluded_group_ids) && ordersOf(id, tables) >= amountOf(minimum_order_count) && isIn(segments, id, tables);
}

const ordersOf = (id: unknown, tables: Tables): number =>
  tables
    .of('/orders')
    .list()
    .filter(({ values }) => values['customer_id'] === id && values['status_id'] === COMPLETED).length;

/** Whether a customer is in segments: in any of some, or as `not`, `and` and `or` combine them. */
function isIn(segments: unknown, customer: unknown, tables: Tables): boolean {
  const { id, not, and, or } = asJsonObject(segments);
  if (Array.isArray(id)) return id.some((segment) => isMember(String(segment), customer, tables));
  if (not !== undefined) return !isIn(not, customer, tables);
  if (Array.isArray(and)) return and.every((each) => isIn(each, customer, tables));
  return !Array.isArray(or) || or.some((each) => isIn(each, customer, tables));
}

const isMember = (segment_id: string, customer: unknown, tables: Tables): boolean =>
  tables
    .of('/segments/:segment_id/shopper-profiles')
    .list({ segment_id })
    .some(({ values }) => values['customer_id'] === customer);

/** Whether an address of the cart is in the countries of a promotion. */
function isShippable(matcher: unknown, { consignments }: JsonObject): boolean {
  const { countries, not } = asJsonObject(matcher);
  if (countries === undefined && not === undefined) return true;
  const listed = jsonObjectsIn(countries ?? asJsonObject(not)['countries']).map(({ iso2_country_code }) => iso2_country_code);
  const addresses = jsonObjectsIn(consignments).map(({ address }) => asJsonObject(address)['country_code']);
  return addresses.some((code) => listed.includes(code) === (not === undefined));
}
