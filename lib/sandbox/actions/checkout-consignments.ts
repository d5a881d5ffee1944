import { randomBytes, randomUUID } from 'node:crypto';
import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { Checkout } from '../../resources/v3/checkouts.js';
import { amountOf } from '../amounts.js';
import { countryName } from '../countries.js';
import { linesOf, productLinesOf } from '../families/cart-lines.js';
import { optionsOfConsignment } from '../families/checkout-sums.js';
import type { Refusal } from '../families/family.js';
import type { Entry, Tables } from '../tables.js';
import { isBlank } from '../values.js';
import { type Actions, notFound } from './action.js';
import { CHECKOUT, changing, refuse } from './cart.js';

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
    state_or_province: isBlank(state_or_province) ? (state?.['state'] ?? '') : state_or_province,
    state_or_province_code: isBlank(state_or_province_code) ? (state?.['state_abbreviation'] ?? '') : state_or_province_code,
    country: countryName(country_code, tables),
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

export const CONSIGNMENT_ACTIONS: Actions = {
  [`POST ${CHECKOUT}/billing-address`]: addBillingAddress,
  [`PUT ${CHECKOUT}/billing-address/:$item`]: updateBillingAddress,
  [`POST ${CHECKOUT}/consignments`]: addConsignments,
  [`PUT ${CHECKOUT}/consignments/:$item`]: updateConsignment,
  [`DELETE ${CHECKOUT}/consignments/:$item`]: removeConsignment,
};
