import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { amountOf, money } from '../amounts.js';
import { includedIn } from '../selection.js';
import type { Entry, Tables } from '../tables.js';
import { wholeAddress } from './addresses.js';
import type { Family, Shown } from './family.js';
import { completeLine } from './order-lines.js';
import { ADDRESSES, below, CONSIGNMENTS, LINES, orderOf } from './order-paths.js';
import { sumOf } from './order-totals.js';
import { LOCATIONS } from './stock.js';

/** Returns the pickups of a body's consignments. */
export const pickupsIn = ({ consignments }: JsonObject): JsonObject[] => jsonObjectsIn(asJsonObject(consignments)['pickups']);

/** Stores the pickup of a new order with its items as lines, and changes that of an old one. */
export function storePickups(body: JsonObject, order: Entry, tables: Tables): void {
  const pickups = pickupsIn(body);
  if (pickups.length === 0) return;
  const parents = { order_id: order.key };
  const [known] = below(CONSIGNMENTS, order, tables);
  const stored = known ?? tables.of(CONSIGNMENTS).insert('id', { pickups: [] }, parents);
  const kept = jsonObjectsIn(stored.values['pickups']);
  for (const { line_items, ...pickup } of pickups) {
    const old = kept.find(({ id }) => id === pickup['id']);
    const id = old?.['id'] ?? kept.length + 1;
    if (old === undefined) kept.push({ ...detailsOf(pickup, tables), id });
    else Object.assign(old, pickup, { location: { ...asJsonObject(old['location']), ...asJsonObject(pickup['location']) } });
    for (const row of jsonObjectsIn(line_items))
      completeLine(tables.of(LINES).insert('id', { ...row, order_pickup_method_id: pickup['pickup_method_id'] }, parents), tables);
  }
  stored.values['pickups'] = kept;
}

const METHOD_TEXTS = ['collection_instructions', 'collection_time_description'];

/** How a pickup calls the parts of the address of a location. */
const ADDRESS_NAMES: Readonly<Record<string, string>> = {
  address_line_1: 'address1',
  address_line_2: 'address2',
  city: 'city',
  state: 'state',
  postal_code: 'zip',
  country_alpha2: 'country_code',
  email: 'email',
  phone: 'phone',
};

/** Returns a pickup with what its method and the location of that say. */
function detailsOf(pickup: JsonObject, tables: Tables): JsonObject {
  const method = tables.of('/pickup/methods').get(String(pickup['pickup_method_id']), {})?.values ?? {};
  const { id = 0, label = '', code = '', address } = tables.of(LOCATIONS).get(String(method['location_id']), {})?.values ?? {};
  const given = asJsonObject(address);
  const lines = Object.entries(ADDRESS_NAMES).map(([name, own]) => [name, given[own] ?? '']);
  return {
    pickup_method_display_name: method['display_name'] ?? '',
    ...Object.fromEntries(METHOD_TEXTS.map((name) => [name, method[name] ?? ''])),
    ...pickup,
    location: { id, name: label, code, ...Object.fromEntries(lines), ...asJsonObject(pickup['location']) },
  };
}

/** Changes the addresses that an update of an order names, and adds the others (orders.v2.oas2.yml, order_Put). */
export function changeAddresses({ shipping_addresses }: JsonObject, order: Entry, tables: Tables): void {
  const known = below(ADDRESSES, order, tables);
  for (const row of jsonObjectsIn(shipping_addresses)) {
    const address =
      known.find(({ key }) => key === String(row['id'])) ??
      tables.of(ADDRESSES).insert('id', { ...row, id: undefined }, { order_id: order.key });
    Object.assign(address.values, completedAddress({ ...address.values, ...row, id: address.values['id'] }, tables));
  }
}

const UNPRICED = ['base_cost', 'cost_ex_tax', 'cost_inc_tax', 'cost_tax', 'base_handling_cost'];
const UNHANDLED = ['handling_cost_ex_tax', 'handling_cost_inc_tax', 'handling_cost_tax'];

/** Addresses that orders are shipped to. Changing one changes no costs (orders.v2.oas2.yml, PUT of a shipping address). */
export const ADDRESS: Family = {
  complete: ({ entry: { values }, tables }) => void Object.assign(values, completedAddress(values, tables)),
};

/** Returns an address with all that responses have. */
function completedAddress(values: JsonObject, tables: Tables): JsonObject {
  const costs = Object.fromEntries([...UNPRICED, ...UNHANDLED].map((name) => [name, money(0)]));
  const rest = { items_total: 0, items_shipped: 0, cost_tax_class_id: 0, handling_cost_tax_class_id: 0, form_fields: [] };
  const zone = { shipping_zone_id: 0, shipping_zone_name: '', shipping_method: 'None' };
  return { ...costs, ...rest, ...zone, ...wholeAddress(values, tables) };
}

/** Puts lines that are shipped and have no address on the first one, and counts the items of each address. */
export function completeAddresses(order: Entry, tables: Tables): void {
  const addresses = below(ADDRESSES, order, tables);
  const lines = below(LINES, order, tables);
  for (const { values } of lines)
    values['order_address_id'] ??= amountOf(values['order_pickup_method_id']) > 0 ? 0 : (addresses[0]?.values['id'] ?? 0);
  for (const { values } of addresses) {
    const own = lines.filter((line) => String(line.values['order_address_id']) === String(values['id']));
    Object.assign(values, { items_total: sumOf(own, 'quantity'), items_shipped: sumOf(own, 'quantity_shipped') });
  }
  order.values['shipping_address_count'] = addresses.length;
}

/** The consignments of an order follow from its lines and addresses; only pickups are stored. */
export const CONSIGNMENT: Family = {
  show({ row, entry, query, tables, root }) {
    const order = orderOf(entry.parents, tables);
    if (order !== undefined) Object.assign(row, consignmentsOf(order, { query, tables, root }));
  },
};

/** Returns the consignments of an order. Lines are links unless the query includes them. */
export function consignmentsOf(order: Entry, { query, tables, root }: Pick<Shown, 'query' | 'tables' | 'root'>): JsonObject {
  const lines = below(LINES, order, tables);
  const isWhole = includedIn(query).has('consignments.line_items');
  const itemsOf = (own: readonly Entry[]): JsonObject[] =>
    own.map(({ key, values }) => (isWhole ? lineIn(values, order) : linkTo(`${ORDER_PATH}/${order.key}/products/${key}`, root)));
  const recipient_email = asJsonObject(order.values['billing_address'])['email'] ?? '';
  const ofType = (type: string): Entry[] => lines.filter(({ values }) => values['type'] === type);
  const digital = ofType('digital');
  const certificates = ofType('giftcertificate');
  const isPickedUp = ({ values }: Entry): boolean => amountOf(values['order_pickup_method_id']) > 0;
  const pickedUp = lines.filter(isPickedUp);
  const pickups = below(CONSIGNMENTS, order, tables).flatMap(({ values }) => jsonObjectsIn(values['pickups']));
  return {
    pickups: pickups.map((pickup) => ({ ...pickup, ...(pickedUp.length > 0 ? { line_items: itemsOf(pickedUp) } : {}) })),
    shipping: below(ADDRESSES, order, tables).map(({ key, values }) => ({
      ...shippingOf(values),
      line_items: itemsOf(lines.filter((line) => String(line.values['order_address_id']) === key && !isPickedUp(line))),
      shipping_quotes: linkTo(`${ORDER_PATH}/${order.key}/consignments/shipping/${key}/shipping_quotes`, root),
    })),
    downloads: digital.length === 0 ? [] : [{ recipient_email, line_items: itemsOf(digital) }],
    email: { gift_certificates: certificates.length === 0 ? [] : [{ recipient_email, line_items: itemsOf(certificates) }] },
  };
}

const ORDER_PATH = '/orders';

const linkTo = (resource: string, root: string): JsonObject => ({ url: `${root}/v2${resource}`, resource });

/** A line as consignments have it: its date is as it was given. */
const lineIn = (values: JsonObject, order: Entry): JsonObject => ({ ...values, order_id: order.values['id'] });

/** An address as consignments have it: with its amounts as numbers. */
function shippingOf(values: JsonObject): JsonObject {
  const amounts = [...UNPRICED, ...UNHANDLED].map((name) => [name, amountOf(values[name])]);
  return { ...values, ...Object.fromEntries(amounts) };
}
