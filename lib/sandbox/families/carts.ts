import { asJsonObject, isJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { includedIn } from '../selection.js';
import type { Entry, Tables } from '../tables.js';
import { addItems, linesOf, refusalOfItems } from './cart-lines.js';
import { bannersOf, redirectUrls, shownLines } from './cart-views.js';
import { computeCheckout } from './checkout-sums.js';
import { withDefaults } from './defaults.js';
import type { Change, Families, Family, Refusal, Shown, StoredChange } from './family.js';

/** The channel of a cart that names none (carts.v3.yml). */
const DEFAULT_CHANNEL = 1;

/** The rules of carts (carts.v3.yml). A cart is stored with all that its checkout knows. */
const CARTS: Family = {
  refusalOf,
  stored({ body, entry }) {
    if (entry !== undefined) return changesOf(body, entry);
    const { customer_id = 0, channel_id = DEFAULT_CHANNEL, locale = 'en', currency } = body;
    const { code } = asJsonObject(currency);
    const ofCurrency = typeof code === 'string' ? { currency: { code: code.toUpperCase() } } : {};
    // Items are sent by themselves, and returned by kind.
    return {
      customer_id,
      channel_id,
      locale,
      ...ofCurrency,
      version: 1,
      line_items: {},
      custom_items: undefined,
      gift_certificates: undefined,
    };
  },
  complete({ body, entry, tables }: StoredChange) {
    if (entry.values['base_amount'] === undefined) addItems(entry, body, tables);
    computeCheckout(entry, tables);
  },
  // The metafields of a cart that has become an order stay (carts.v3.yml, Create a Cart Metafield).
  keepsBelow: ({ entry, tables }) =>
    tables
      .of('/orders')
      .list()
      .some(({ values }) => values['cart_id'] === entry.key),
  show: showCart,
};

function refusalOf({ body, entry, tables }: Change): Refusal | undefined {
  const { customer_id, channel_id, currency, line_items } = body;
  const fields = {
    ...(isMissing('/customers', customer_id, tables) ? { customer_id: 'is not a customer of this store' } : {}),
    ...(isMissing('/channels', channel_id, tables) ? { channel_id: 'is not a channel of this store' } : {}),
  };
  if (Object.keys(fields).length > 0) return { status: 422, fields };
  if (entry !== undefined) return undefined;
  const { code } = asJsonObject(currency);
  const known = code === undefined ? undefined : tables.of('/currencies').having('currency_code', code);
  if (known?.values['is_transactional'] === false)
    return { status: 400, message: 'The currency is not transactional.', fields: { currency: 'must be a transactional currency' } };
  if (line_items !== undefined && !Array.isArray(line_items)) return { fields: { line_items: 'must be an array' } };
  const isWithoutItems = [line_items, body['custom_items'], body['gift_certificates']].every((items) => jsonObjectsIn(items).length === 0);
  return isWithoutItems ? { fields: { line_items: 'must have at least one item' } } : refusalOfItems(body, tables);
}

/** Whether a key is given, and no row has it; 0 stands for none. */
const isMissing = (path: string, key: unknown, tables: Tables): boolean =>
  key !== undefined && key !== null && key !== 0 && tables.of(path).get(String(key), {}) === undefined;

/** An update changes the customer alone, which removes promotions and shipping (carts.v3.yml, Update Customer ID). */
function changesOf({ customer_id }: JsonObject, { values }: Entry): JsonObject {
  const { channel_id, currency, locale, line_items } = values;
  const kept = { channel_id, currency, locale, line_items, custom_items: undefined, gift_certificates: undefined };
  if (customer_id === undefined || customer_id === values['customer_id']) return kept;
  const consignments = jsonObjectsIn(values['consignments']).map(({ selected_shipping_option, ...consignment }) => consignment);
  return { ...kept, $codes: [], $discounts: undefined, $item_discounts: undefined, consignments };
}

function showCart({ row, entry, query, tables }: Shown): void {
  // A row that a test inserted may have items and no totals.
  if (entry.values['base_amount'] === undefined && isJsonObject(entry.values['line_items'])) {
    computeCheckout(entry, tables);
    Object.assign(row, Object.fromEntries(Object.keys(TOTALS).map((name) => [name, entry.values[name]])));
  }
  const included = includedIn(query);
  row['version'] = entry.values['version'] ?? 1;
  row['line_items'] = shownLines(linesOf(entry), included);
  if (included.has('redirect_urls')) row['redirect_urls'] = redirectUrls(entry.key);
  else delete row['redirect_urls'];
  if (included.has('promotions.banners')) row['promotions'] = { banners: bannersOf(entry, tables) };
  else delete row['promotions'];
}

const TOTALS = { email: 1, currency: 1, tax_included: 1, base_amount: 1, discount_amount: 1, cart_amount: 1, coupons: 1, discounts: 1 };

export const CART_FAMILIES: Families = {
  'v3 /carts': CARTS,
  'v3 /carts/settings': withDefaults({ allow_purchasing: true }),
  // Null: the channel has no setting of its own.
  'v3 /carts/settings/channels/:channel_id': withDefaults({ allow_purchasing: null }),
};
