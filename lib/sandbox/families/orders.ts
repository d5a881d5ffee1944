import { asJsonObject, type JsonObject } from '../../json-object.js';
import { amountOf, money } from '../amounts.js';
import { includedIn } from '../selection.js';
import type { Entry, Tables } from '../tables.js';
import { wholeAddress } from './addresses.js';
import type { Families, Family, Shown, StoredChange } from './family.js';
import { ADDRESS, CONSIGNMENT, changeAddresses, completeAddresses, consignmentsOf, storePickups } from './order-consignments.js';
import { FEE } from './order-fees.js';
import { completeLine, LINE } from './order-lines.js';
import { ADDRESSES, below, CONSIGNMENTS, FEES, LINES, ORDERS, PICKUPS, REFUNDS, SHIPMENTS, TAXES } from './order-paths.js';
import { paymentStatusOf } from './order-payments.js';
import { PICKUP } from './order-pickups.js';
import { REFUND } from './order-refunds.js';
import { refusalOfOrder } from './order-refusals.js';
import { SHIPMENT } from './order-shipments.js';
import { STATUS, statusValues } from './order-statuses.js';
import { followStock } from './order-stock.js';
import { completeTotals } from './order-totals.js';

/** The status before a change. It is kept with the order, out of sight of clients. */
const WAS = '$was';

/** A model of somebody's own may be without lines, and then has no rules. */
const isWhole = ({ resource }: Pick<StoredChange, 'resource'>): boolean => Object.keys(resource.relations).length > 0;

/** Orders: what a body must have, and what follows from lines, fees, addresses and the status (orders.v2.oas2.yml). */
const ORDER: Family = {
  refusalOf: (change) => (isWhole(change) ? refusalOfOrder(change) : undefined),
  stored(change) {
    const { body, entry, tables } = change;
    if (!isWhole(change)) return {};
    const status = body['status_id'] ?? (entry === undefined ? STATUS.pending : undefined);
    return {
      ...(status === undefined ? {} : statusValues(amountOf(status), entry?.values ?? {}, tables)),
      ...(entry === undefined ? {} : { [WAS]: entry.values['status_id'] ?? STATUS.pending }),
      ...(body['ip_address'] ? { ip_address_v6: '' } : body['ip_address_v6'] ? { ip_address: '' } : {}),
      ...(body['external_order_id'] === undefined ? {} : { external_id: body['external_order_id'] }),
    };
  },
  complete: (change) => (isWhole(change) ? complete(change) : undefined),
  show,
  // Archived orders are listed on request only.
  isListed: ({ values }, query) => query['is_deleted'] !== undefined || values['is_deleted'] !== true,
  filterValues: ({ values }) => ({ is_deleted: values['is_deleted'] === true }),
  display: ['consignment_structure'],
  archived: () => ({ is_deleted: true }),
};

function complete({ body, entry, tables }: StoredChange): void {
  const { values } = entry;
  const was = values[WAS];
  const isNew = was === undefined;
  storePickups(body, entry, tables);
  if (isNew) Object.assign(values, { ...defaultsOf(values, tables), ...values });
  const address = asJsonObject(values['billing_address']);
  if (isNew || body['billing_address'] !== undefined)
    values['billing_address'] = { ...wholeAddress(address, tables), form_fields: address['form_fields'] ?? [] };
  const lines = below(LINES, entry, tables);
  for (const line of lines) if (line.values['total_inc_tax'] === undefined) completeLine(line, tables);
  if (!isNew) changeAddresses(body, entry, tables);
  completeAddresses(entry, tables);
  completeTotals(entry, body, isNew, tables);
  if (isNew) values['order_is_digital'] = lines.length > 0 && lines.every((line) => line.values['type'] === 'digital');
  followStock(entry, was, body['products'] !== undefined || body['consignments'] !== undefined, tables);
}

const ZERO = [
  'coupon_discount',
  'gift_certificate_amount',
  'handling_cost_tax',
  'refunded_amount',
  'shipping_cost_tax',
  'store_credit_amount',
  'wrapping_cost_tax',
];

const BLANK = ['cart_id', 'customer_message', 'geoip_country', 'geoip_country_iso2', 'ip_address', 'ip_address_v6', 'staff_notes'];

/** The values of a new order for what its body leaves out. */
export const ORDER_DEFAULTS: JsonObject = {
  customer_id: 0,
  channel_id: 1,
  items_shipped: 0,
  is_deleted: false,
  is_email_opt_in: false,
  is_tax_inclusive_pricing: false,
  shipping_cost_tax_class_id: 0,
  handling_cost_tax_class_id: 0,
  wrapping_cost_tax_class_id: 0,
  payment_method: '',
  payment_provider_id: '',
  payment_status: '',
  credit_card_type: null,
  order_source: 'external',
  external_source: null,
  external_id: null,
  external_merchant_id: null,
  external_order_id: '',
  tax_provider_id: '',
  customer_locale: 'en',
  ebay_order_id: '0',
  currency_exchange_rate: '1.0000000000',
  store_default_to_transactional_exchange_rate: '1.0000000000',
  date_shipped: null,
  ...Object.fromEntries(ZERO.map((name) => [name, money(0)])),
  ...Object.fromEntries(BLANK.map((name) => [name, ''])),
};

/** The currency is the one that the client names, otherwise that of the store. */
function defaultsOf({ default_currency_code }: JsonObject, tables: Tables): JsonObject {
  const all = tables
    .of('/currencies')
    .list()
    .map(({ values }) => values);
  const ofStore = all.find(({ is_default }) => is_default === true) ?? { id: 1, currency_code: 'USD' };
  const paid = all.find(({ currency_code }) => currency_code === default_currency_code) ?? ofStore;
  return {
    ...ORDER_DEFAULTS,
    currency_id: paid['id'],
    currency_code: paid['currency_code'],
    default_currency_id: paid['id'],
    default_currency_code: paid['currency_code'],
    store_default_currency_code: ofStore['currency_code'],
  };
}

/** Embeds what the query includes, in place of the links to it. */
function show({ row, entry, query, tables, root }: Shown): void {
  const included = includedIn(query);
  if (included.has('consignments') || included.has('consignments.line_items'))
    row['consignments'] = consignmentsOf(entry, { query, tables, root });
  if (included.has('fees')) row['fees'] = below(FEES, entry, tables).map(feeIn);
  if (row['payment_status'] !== undefined) row['payment_status'] = paymentStatusOf(entry, tables);
}

const feeIn = ({ values }: Entry): JsonObject => ({ ...values });

/** Taxes of orders. What is taxed is shown on request. */
const TAX: Family = {
  display: ['details'],
  show({ row, query }) {
    if (query['details'] === 'true') Object.assign(row, { order_product_id: null, line_item_type: 'item', ...row });
    else for (const name of ['order_product_id', 'line_item_type']) Reflect.deleteProperty(row, name);
  },
};

/** Quotes exist for orders from the storefront only (orders.v2.oas2.yml, GET of shipping quotes). */
const QUOTE: Family = { mayBeAbsent: true };

/** The rules of orders and of what belongs to them. */
export const ORDER_FAMILIES: Families = {
  [`v2 ${ORDERS}`]: ORDER,
  [`v2 ${LINES}`]: LINE,
  [`v2 ${FEES}`]: FEE,
  [`v2 ${ADDRESSES}`]: ADDRESS,
  [`v2 ${CONSIGNMENTS}`]: CONSIGNMENT,
  [`v2 ${SHIPMENTS}`]: SHIPMENT,
  [`v2 ${TAXES}`]: TAX,
  [`v2 ${ADDRESSES}/:shipping_address_id/shipping_quotes`]: QUOTE,
  [`v2 ${CONSIGNMENTS}/shipping/:shipping_consignment_id/shipping_quotes`]: QUOTE,
  [`v3 ${REFUNDS}`]: REFUND,
  [`v3 ${PICKUPS}`]: PICKUP,
};
