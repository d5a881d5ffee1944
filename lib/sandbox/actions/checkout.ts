import { randomBytes, randomUUID } from 'node:crypto';
import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { Checkout } from '../../resources/v3/checkouts.js';
import { amountOf } from '../amounts.js';
import { v3 } from '../dialect-v3.js';
import { refusalOfCoupon } from '../families/cart-coupons.js';
import { codesOf } from '../families/cart-discounts.js';
import { linesOf, lineWith, productLinesOf } from '../families/cart-lines.js';
import { optionsOfConsignment } from '../families/checkout-sums.js';
import { refusalOfOrder } from '../families/checkouts.js';
import type { Refusal } from '../families/family.js';
import { replyTo } from '../refusals.js';
import type { Entry, Tables } from '../tables.js';
import { type Actions, bare, data, notFound, on } from './action.js';
import { changing, refuse, removeCart } from './cart.js';
import { orderFrom } from './checkout-order.js';

const CHECKOUT = '/v3/checkouts/:$key';

/** An address with what the store knows of its country and state. */
function completeAddress({ version, ...address }: JsonObject, id: unknown, tables: Tables): JsonObject {
  const { country_code, state_or_province, state_or_province_code } = address;
  const country = tables.of('/countries').having('country_iso2', country_code);
  const states = country === undefined ? [] : tables.of('/countries/:country_id/states').list({ country_id: country.key });
  const state = states.find(
    ({ values }) => values['state'] === state_or_province || values['state_abbreviation'] === state_or_province_code,
  )?.values;
  return {
    id,
    ...address,
    state_or_province: state_or_province ?? state?.['state'] ?? '',
    state_or_province_code: state_or_province_code ?? state?.['state_abbreviation'] ?? '',
    country: address['country'] ?? country?.values['country'] ?? '',
    custom_fields: address['custom_fields'] ?? [],
  };
}

/** Addresses need an email and a country (checkouts.v3.yml, Address Properties). */
function refusalOfAddress(address: JsonObject, place = ''): Refusal | undefined {
  const missing = ['email', 'country_code'].filter((name) => (address[name] ?? '') === '');
  const fields = Object.fromEntries(missing.map((name) => [`${place}${name}`, `${name} is required`]));
  return missing.length === 0 ? undefined : refuse('The address is incomplete.', fields);
}

const addBillingAddress = changing(Checkout, 200, ({ values }, { body, tables }) => {
  const refusal = refusalOfAddress(body);
  if (refusal === undefined) values['billing_address'] = completeAddress(body, randomBytes(7).toString('hex'), tables);
  return refusal;
});

const updateBillingAddress = changing(Checkout, 200, ({ values }, { body, incoming, tables }) => {
  const known = asJsonObject(values['billing_address']);
  if (known['id'] !== incoming.params['$item']) return notFound();
  const refusal = refusalOfAddress(body);
  if (refusal === undefined) values['billing_address'] = completeAddress(body, known['id'], tables);
  return refusal;
});

/** Returns why lines cannot be in a consignment: they must be shipped ones of the cart, and not more than it has. */
function refusalOfLines(items: readonly JsonObject[], cart: Entry): Refusal | undefined {
  const lines = productLinesOf(linesOf(cart));
  for (const { item_id, quantity } of items) {
    const line = lines.find(({ id }) => id === item_id);
    if (line === undefined || line['is_require_shipping'] !== true)
      return refuse('A line of the consignment is not in the cart.', {
        line_items: `${String(item_id)} is not a physical item of the cart`,
      });
    if (amountOf(quantity) < 1 || amountOf(quantity) > amountOf(line['quantity']))
      return refuse('The quantity is wrong.', {
        line_items: `${String(item_id)} must have a quantity from 1 to ${amountOf(line['quantity'])}`,
      });
  }
  return undefined;
}

/** The address of a consignment, by either of its names. */
const addressIn = ({ address, shipping_address }: JsonObject): JsonObject | undefined => {
  const given = address ?? shipping_address;
  return given === undefined ? undefined : asJsonObject(given);
};

/** Pickups are limited to one consignment (buy-online-pick-up-in-store, 4.2.3). */
const ONE_PICKUP: Refusal = { status: 422, message: 'Pickup method is limited to 1 consignment.' };

const addConsignments = changing(Checkout, 200, (entry, { incoming, tables }) => {
  const { values } = entry;
  const given = jsonObjectsIn(incoming.body);
  const kept = jsonObjectsIn(values['consignments']);
  if (given.length === 0) return refuse('A consignment is required.', { consignments: 'must be an array' });
  const isPickup = (row: JsonObject): boolean => row['pickup_option'] !== undefined || row['selected_pickup_option'] !== undefined;
  if ([...kept, ...given].some(isPickup) && kept.length + given.length > 1) return ONE_PICKUP;
  for (const [place, row] of given.entries()) {
    const address = addressIn(row) ?? {};
    const refusal =
      (isPickup(row) ? undefined : refusalOfAddress(address, `${place}.address.`)) ??
      refusalOfLines(jsonObjectsIn(row['line_items']), entry);
    if (refusal !== undefined) return refusal;
  }
  values['consignments'] = [...kept, ...given.map((row) => place({ id: randomBytes(7).toString('hex') }, row, tables))];
  return undefined;
});

/** Returns a consignment with the address, the lines and the pickup of a request. */
function place(consignment: JsonObject, row: JsonObject, tables: Tables): JsonObject {
  const { line_items, pickup_option } = row;
  const address = addressIn(row);
  const { selected_shipping_option, selected_pickup_option, ...rest } = consignment;
  const isMoved = address !== undefined || line_items !== undefined || pickup_option !== undefined;
  const full = address === undefined ? undefined : completeAddress(address, randomBytes(7).toString('hex'), tables);
  return {
    // Another address or other items may make the selected option unavailable (checkouts.v3.yml, UpdateConsignmentRequest).
    ...(isMoved ? rest : consignment),
    ...(full === undefined ? {} : { address: full, shipping_address: full }),
    ...(line_items === undefined ? {} : { $items: jsonObjectsIn(line_items).map(({ item_id, quantity }) => ({ item_id, quantity })) }),
    ...(pickup_option === undefined ? {} : { selected_pickup_option: pickup_option }),
  };
}

const updateConsignment = changing(Checkout, 200, (entry, { body, incoming, tables }) => {
  const consignments = jsonObjectsIn(entry.values['consignments']);
  const consignment = consignments.find(({ id }) => id === incoming.params['$item']);
  if (consignment === undefined) return notFound();
  const address = addressIn(body);
  const refusal =
    (address === undefined ? undefined : refusalOfAddress(address, 'address.')) ?? refusalOfLines(jsonObjectsIn(body['line_items']), entry);
  if (refusal !== undefined) return refusal;
  if (body['pickup_option'] !== undefined && consignments.length > 1) return ONE_PICKUP;
  const placed = place(consignment, body, tables);
  const refused = selectOption(placed, body, entry, tables);
  if (refused === undefined) entry.values['consignments'] = consignments.map((each) => (each === consignment ? placed : each));
  return refused;
});

/** Selects one of the shipping options of a consignment, or a price of the client's own. */
function selectOption(
  consignment: JsonObject,
  { shipping_option_id, custom_shipping }: JsonObject,
  cart: Entry,
  tables: Tables,
): Refusal | undefined {
  if (custom_shipping !== undefined) {
    const { price, description = 'Custom' } = asJsonObject(custom_shipping);
    consignment['selected_shipping_option'] = {
      id: randomUUID(),
      description,
      type: 'custom',
      image_url: '',
      cost: amountOf(price),
      transit_time: '',
      additional_description: '',
    };
  }
  if (shipping_option_id === undefined) return undefined;
  const option = optionsOfConsignment(consignment, cart, tables).find(({ shown }) => shown['id'] === shipping_option_id);
  if (option === undefined)
    return refuse('The shipping option is not available.', { shipping_option_id: 'is not one of available_shipping_options' });
  consignment['selected_shipping_option'] = option.shown;
  return undefined;
}

const removeConsignment = changing(Checkout, 200, ({ values }, { incoming }) => {
  const consignments = jsonObjectsIn(values['consignments']);
  const kept = consignments.filter(({ id }) => id !== incoming.params['$item']);
  if (kept.length === consignments.length) return notFound();
  values['consignments'] = kept;
  return undefined;
});

const addCoupon = changing(Checkout, 200, (entry, { body, tables }) => {
  const code = body['coupon_code'];
  const refusal = refusalOfCoupon(code, entry, tables);
  if (refusal !== undefined) return refusal;
  const codes = codesOf(entry).filter((each) => !isSame(each, code));
  const most = amountOf(tables.of('/promotions/settings').list()[0]?.values['number_of_coupons_allowed_at_checkout']) || 1;
  // Another coupon than a checkout may have replaces the one that was applied first.
  entry.values['$codes'] = [...codes, code].slice(-most);
  return undefined;
});

const isSame = (a: unknown, b: unknown): boolean => String(a).toLowerCase() === String(b).toLowerCase();

const removeCoupon = changing(Checkout, 200, (entry, { incoming }) => {
  const codes = codesOf(entry);
  const kept = codes.filter((each) => !isSame(each, incoming.params['$item']));
  if (kept.length === codes.length) return notFound();
  entry.values['$codes'] = kept;
  return undefined;
});

const addDiscounts = changing(Checkout, 200, (entry, { body }) => {
  const { discounts, line_items } = asJsonObject(body['cart']);
  const lines = linesOf(entry);
  for (const { id } of jsonObjectsIn(line_items)) {
    const found = lineWith(id, lines);
    if (found === undefined) return refuse('The line is not in the cart.', { 'cart.line_items': `${String(id)} is not in the cart` });
    // What has a coupon or a promotion already takes no discount by hand (checkouts.v3.yml, Add Discount to Checkout).
    if (jsonObjectsIn(found.line['discounts']).some((discount) => discount['id'] !== 'manual-discount'))
      return refuse('The line has a discount already.', { 'cart.line_items': `${String(id)} has a coupon or an automatic promotion` });
  }
  entry.values['$discounts'] = jsonObjectsIn(discounts);
  entry.values['$item_discounts'] = jsonObjectsIn(line_items);
  return undefined;
});

const MOST_FEES = 5;
const TEXTS = { name: 50, display_name: 200, source: 50 } as const;

/** Returns what is wrong with fees, by field (checkouts.v3.yml, BaseFee). */
function mistakesInFees(fees: readonly JsonObject[]): Record<string, string> {
  const all = fees.flatMap((fee, at) => {
    const texts = Object.entries(TEXTS).filter(([name, most]) => {
      const { length } = String(fee[name] ?? '');
      return length < 1 || length > most;
    });
    const mistakes = texts.map(([name, most]) => [`fees.${at}.${name}`, `must have 1 to ${most} characters`]);
    if (fee['type'] !== 'custom_fee') mistakes.push([`fees.${at}.type`, 'must be custom_fee']);
    if (!Number.isFinite(fee['cost'])) mistakes.push([`fees.${at}.cost`, 'must be a number']);
    return mistakes;
  });
  return Object.fromEntries(all);
}

function shownFee({ type, name, display_name, cost, source, tax_class_id = null }: JsonObject, id: unknown): JsonObject {
  return { id, type, name, display_name, cost_inc_tax: cost, cost_ex_tax: cost, source, tax_class_id };
}

const addFees = changing(Checkout, 200, ({ values }, { body }) => {
  const given = jsonObjectsIn(body['fees']);
  const fees = jsonObjectsIn(values['fees']);
  const mistakes = mistakesInFees(given);
  if (given.length === 0) return refuse('Fees are required.', { fees: 'must have at least one fee' });
  if (Object.keys(mistakes).length > 0) return refuse('Some fees are wrong.', mistakes);
  if (fees.length + given.length > MOST_FEES) return refuse('There are too many fees.', { fees: `a checkout has at most ${MOST_FEES}` });
  values['fees'] = [...fees, ...given.map((fee) => shownFee(fee, randomUUID()))];
  return undefined;
});

/** Updates fees as a whole: what is left out is not kept. */
const updateFees = changing(Checkout, 200, ({ values }, { body }) => {
  const given = jsonObjectsIn(body['fees']);
  const fees = jsonObjectsIn(values['fees']);
  const mistakes = mistakesInFees(given);
  if (Object.keys(mistakes).length > 0) return refuse('Some fees are wrong.', mistakes);
  if (given.some((fee) => !fees.some(({ id }) => id === fee['id'])))
    return refuse('The fee does not exist.', { id: 'is not a fee of this checkout' });
  values['fees'] = fees.map((fee) => {
    const change = given.find(({ id }) => id === fee['id']);
    return change === undefined ? fee : shownFee(change, fee['id']);
  });
  return undefined;
});

const removeFees = changing(Checkout, 200, ({ values }, { body }) => {
  const ids: unknown[] = Array.isArray(body['ids']) ? body['ids'] : [];
  if (ids.length === 0) return refuse('ids is required.', { ids: 'must have the id of a fee' });
  values['fees'] = jsonObjectsIn(values['fees']).filter(({ id }) => !ids.includes(id));
  return undefined;
});

/** Converts the checkout to an order, and deletes the cart. */
const createOrder = on('/carts', (entry, { tables }) => {
  const refusal = refusalOfOrder(entry);
  if (refusal !== undefined) return replyTo(refusal, v3);
  const order = orderFrom(entry, tables);
  removeCart(entry, tables);
  return data({ id: order.values['id'] });
});

export const CHECKOUT_ACTIONS: Actions = {
  [`POST ${CHECKOUT}/billing-address`]: addBillingAddress,
  [`PUT ${CHECKOUT}/billing-address/:$item`]: updateBillingAddress,
  [`POST ${CHECKOUT}/consignments`]: addConsignments,
  [`PUT ${CHECKOUT}/consignments/:$item`]: updateConsignment,
  [`DELETE ${CHECKOUT}/consignments/:$item`]: removeConsignment,
  [`POST ${CHECKOUT}/coupons`]: addCoupon,
  [`DELETE ${CHECKOUT}/coupons/:$item`]: removeCoupon,
  [`POST ${CHECKOUT}/discounts`]: addDiscounts,
  [`POST ${CHECKOUT}/fees`]: addFees,
  [`PUT ${CHECKOUT}/fees`]: updateFees,
  [`DELETE ${CHECKOUT}/fees`]: removeFees,
  [`POST ${CHECKOUT}/orders`]: createOrder,
  [`POST ${CHECKOUT}/token`]: on('/carts', () => bare({ checkoutToken: randomBytes(32).toString('hex'), meta: {} })),
};
