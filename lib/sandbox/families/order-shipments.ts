import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { amountOf, money } from '../amounts.js';
import type { Entry, Tables } from '../tables.js';
import { addressIn } from './addresses.js';
import type { Change, Family, Refusal } from './family.js';
import { completeAddresses } from './order-consignments.js';
import { ADDRESSES, below, LINES, orderOf } from './order-paths.js';
import { changeOrder } from './order-payments.js';
import { cannotBeWritten } from './order-refusals.js';
import { STATUS, statusValues } from './order-statuses.js';
import { followStock } from './order-stock.js';
import { sumOf } from './order-totals.js';

/** The providers that the store knows, with their names and the links with which they track a shipment. */
const PROVIDERS: Readonly<Record<string, readonly [name: string, link: string]>> = {
  '': ['', ''],
  auspost: ['Australia Post', 'https://auspost.com.au/mypost/track/#/details/'],
  canadapost: ['Canada Post', 'https://www.canadapost-postescanada.ca/track-reperage/en#/search?searchFor='],
  endicia: ['Endicia', 'https://tools.usps.com/go/TrackConfirmAction?tLabels='],
  usps: ['USPS', 'https://tools.usps.com/go/TrackConfirmAction?tLabels='],
  fedex: ['FedEx', 'https://www.fedex.com/fedextrack/?trknbr='],
  royalmail: ['Royal Mail', 'https://www.royalmail.com/track-your-item#/tracking-results/'],
  ups: ['UPS', 'https://www.ups.com/track?tracknum='],
  upsready: ['UPS Ready', 'https://www.ups.com/track?tracknum='],
  upsonline: ['UPS', 'https://www.ups.com/track?tracknum='],
  shipperhq: ['ShipperHQ', ''],
};

/** Tracks what the provider does not. */
const AFTERSHIP = 'https://track.aftership.com/';

const LENGTHS: Readonly<Record<string, number>> = { tracking_number: 50, tracking_link: 500, comments: 65_535 };

/** Returns why a shipment cannot be stored (orders.v2.oas2.yml, orderShipment_Post and orderShipment_Put). */
function refusalOf({ body, entry, parents, tables }: Change): Refusal | undefined {
  if (entry !== undefined && body['items'] !== undefined) return cannotBeWritten('items');
  const items = jsonObjectsIn(body['items']);
  // Pull request 229 of the descriptions, bigcommerce/api-specs: the field is refused, although responses have it.
  if (items.some((item) => item['product_id'] !== undefined)) return cannotBeWritten('product_id');
  const order = orderOf(parents, tables);
  const reasons: Record<string, string> = {};
  for (const [name, most] of Object.entries(LENGTHS))
    if (String(body[name] ?? '').length > most) reasons[name] = `may have at most ${most} characters`;
  const { shipping_provider, order_address_id } = body;
  const isProvider = shipping_provider === undefined || shipping_provider === null || Object.hasOwn(PROVIDERS, String(shipping_provider));
  if (!isProvider && !/^carrier_\w+$/.test(String(shipping_provider))) reasons['shipping_provider'] = 'is not a provider of this store';
  const isAddress = below(ADDRESSES, order, tables).some(({ key }) => key === String(order_address_id));
  if (order_address_id !== undefined && !isAddress) reasons['order_address_id'] = 'is not a shipping address of this order';
  if (entry === undefined) Object.assign(reasons, ofItems(items, below(LINES, order, tables)));
  return Object.keys(reasons).length === 0 ? undefined : { fields: reasons };
}

/** Items are of the order, and as many as are not shipped yet. */
function ofItems(items: readonly JsonObject[], lines: readonly Entry[]): Record<string, string> {
  if (items.length === 0) return { items: 'must have at least one item' };
  const left = new Map(lines.map(({ key, values }) => [key, amountOf(values['quantity']) - amountOf(values['quantity_shipped'])]));
  const reasons: Record<string, string> = {};
  for (const [place, { order_product_id, quantity }] of items.entries()) {
    const most = left.get(String(order_product_id));
    if (most === undefined) reasons[`items.${place}.order_product_id`] = 'is not a product of this order';
    else if (!Number.isInteger(Number(quantity)) || Number(quantity) < 1) reasons[`items.${place}.quantity`] = 'must be at least 1';
    else if (Number(quantity) > most) reasons[`items.${place}.quantity`] = `is more than the ${most} that are not shipped`;
    else left.set(String(order_product_id), most - Number(quantity));
  }
  return reasons;
}

/** Marks a shipment whose items are not counted yet. */
const NEW = '$new';

/** Shipments. A new one changes the lines and the status of its order; the status stays if one is deleted. */
export const SHIPMENT: Family = {
  refusalOf,
  stored({ body, entry, parents, tables }) {
    const order = orderOf(parents, tables);
    if (order === undefined) return {};
    const address = below(ADDRESSES, order, tables).find(
      ({ key }) => key === String(body['order_address_id'] ?? entry?.values['order_address_id']),
    );
    const shipping_address = addressIn(address?.values ?? {});
    const order_address_id = address?.values['id'];
    if (entry !== undefined) return { shipping_address, ...(body['order_address_id'] === undefined ? {} : { order_address_id }) };
    const lines = below(LINES, order, tables);
    return {
      customer_id: order.values['customer_id'],
      billing_address: addressIn(asJsonObject(order.values['billing_address'])),
      shipping_address,
      order_address_id,
      items: jsonObjectsIn(body['items']).map(({ order_product_id, quantity }) => {
        const line = lines.find(({ key }) => key === String(order_product_id));
        return { order_product_id: line?.values['id'], product_id: line?.values['product_id'] ?? 0, quantity: Number(quantity) };
      }),
      [NEW]: true,
    };
  },
  complete({ entry, parents, tables }) {
    const isNew = entry.values[NEW] === true;
    entry.values[NEW] = undefined;
    completeShipment(entry.values);
    const order = orderOf(parents, tables);
    if (!isNew || order === undefined) return;
    addShipped(order, entry.values, 1, tables);
    const isDone = below(LINES, order, tables).every(isShipped);
    const was = order.values['status_id'];
    changeOrder(order, statusValues(isDone ? STATUS.shipped : STATUS.partiallyShipped, order.values, tables), tables);
    followStock(order, was, false, tables);
  },
  removed({ entry, tables }) {
    const order = orderOf(entry.parents, tables);
    if (order === undefined) return;
    addShipped(order, entry.values, -1, tables);
    changeOrder(order, {}, tables);
  },
};

/** Whether nothing of a line remains to be shipped. What is downloaded is not shipped. */
const isShipped = ({ values }: Entry): boolean =>
  values['type'] === 'digital' || amountOf(values['quantity_shipped']) >= amountOf(values['quantity']);

/** Adds the items of a shipment to those that are shipped, or takes them away. */
function addShipped(order: Entry, { items }: JsonObject, sign: 1 | -1, tables: Tables): void {
  const lines = below(LINES, order, tables);
  for (const { order_product_id, quantity } of jsonObjectsIn(items)) {
    const line = lines.find(({ key }) => key === String(order_product_id));
    if (line !== undefined) line.values['quantity_shipped'] = amountOf(line.values['quantity_shipped']) + sign * amountOf(quantity);
  }
  completeAddresses(order, tables);
  order.values['items_shipped'] = sumOf(lines, 'quantity_shipped');
}

/** Completes a shipment. The link is made of the number and its provider, unless the client has one of its own. */
function completeShipment(values: JsonObject): void {
  const { tracking_link, tracking_number, shipping_provider, tracking_carrier } = values;
  const [name = '', link = ''] = PROVIDERS[String(shipping_provider ?? '')] ?? [String(shipping_provider)];
  const tracked = tracking_number !== undefined && tracking_number !== '' && (tracking_link ?? '') === '';
  const isNamed = (shipping_provider ?? '') !== '' || (tracking_carrier ?? '') !== '';
  Object.assign(values, {
    tracking_number: '',
    shipping_method: '',
    shipping_provider: '',
    tracking_carrier: '',
    tracking_link: '',
    comments: '',
    ...values,
    merchant_shipping_cost: money(amountOf(values['merchant_shipping_cost'])),
    shipping_provider_display_name: name,
    generated_tracking_link: tracked && isNamed ? `${link === '' ? AFTERSHIP : link}${String(tracking_number)}` : '',
  });
}
