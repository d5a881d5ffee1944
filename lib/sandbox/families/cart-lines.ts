import { randomUUID } from 'node:crypto';
import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { amountOf, roundedAmount } from '../amounts.js';
import type { Entry, Tables } from '../tables.js';
import { optionsOf, pricesOf, productOf, refusalOfItem } from './cart-products.js';
import { groupPriceOf } from './customer-groups.js';
import type { Refusal } from './family.js';

/** The line items of a cart, by kind. */
export interface CartLines {
  readonly physical_items: JsonObject[];
  readonly digital_items: JsonObject[];
  readonly gift_certificates: JsonObject[];
  readonly custom_items: JsonObject[];
}

/** Returns the stored lines of a cart. Those of a row that a test inserted may be incomplete. */
export function linesOf({ values }: Entry): CartLines {
  const lines = asJsonObject(values['line_items']);
  const [physical_items, digital_items, gift_certificates, custom_items] = [
    jsonObjectsIn(lines['physical_items']),
    jsonObjectsIn(lines['digital_items']),
    jsonObjectsIn(lines['gift_certificates']),
    jsonObjectsIn(lines['custom_items']),
  ];
  return { physical_items, digital_items, gift_certificates, custom_items };
}

/** The lines with products of the catalogue. */
export const productLinesOf = ({ physical_items, digital_items }: CartLines): JsonObject[] => [...physical_items, ...digital_items];

export const isEmpty = (lines: CartLines): boolean => Object.values(lines).every((kind) => kind.length === 0);

const THEMES: readonly unknown[] = ['Birthday', 'Boy', 'Celebration', 'Christmas', 'General', 'Girl'];

/** Returns why the items in a body cannot be added to a cart; `undefined` if they can (carts.v3.yml). */
export function refusalOfItems({ line_items, gift_certificates, custom_items }: JsonObject, tables: Tables): Refusal | undefined {
  for (const [place, item] of jsonObjectsIn(line_items).entries()) {
    const refusal = refusalOfItem(item, tables);
    if (refusal !== undefined) return at(`line_items.${place}`, refusal);
  }
  const fields = {
    ...placed('gift_certificates', gift_certificates, mistakesInCertificate),
    ...placed('custom_items', custom_items, mistakesInCustomItem),
  };
  return Object.keys(fields).length === 0 ? undefined : { status: 422, message: 'Some items cannot be added to the cart.', fields };
}

const at = (place: string, { fields = {}, ...refusal }: Refusal): Refusal => ({
  ...refusal,
  fields: Object.fromEntries(Object.entries(fields).map(([name, reason]) => [`${place}.${name}`, reason])),
});

function placed(name: string, rows: unknown, mistakesIn: (row: JsonObject) => Record<string, string>): Record<string, string> {
  const all = jsonObjectsIn(rows).map((row, place) =>
    Object.entries(mistakesIn(row)).map(([field, reason]) => [`${name}.${place}.${field}`, reason]),
  );
  return Object.fromEntries(all.flat());
}

function mistakesInCertificate({ amount, theme, sender, recipient, quantity = 1, message }: JsonObject): Record<string, string> {
  return {
    ...(amountOf(amount) < 1 || amountOf(amount) > 1000 ? { amount: 'must be from 1 to 1000' } : {}),
    ...(THEMES.includes(theme) ? {} : { theme: `must be one of ${THEMES.join(', ')}` }),
    ...(amountOf(quantity) < 1 ? { quantity: 'must be at least 1' } : {}),
    ...(asJsonObject(sender)['email'] === undefined ? { sender: 'must have a name and an email' } : {}),
    ...(asJsonObject(recipient)['email'] === undefined ? { recipient: 'must have a name and an email' } : {}),
    ...(String(message ?? '').length > 200 ? { message: 'must have at most 200 characters' } : {}),
  };
}

function mistakesInCustomItem({ name, quantity, list_price }: JsonObject): Record<string, string> {
  const length = String(name ?? '').length;
  return {
    ...(length < 1 || length > 250 ? { name: 'must have 1 to 250 characters' } : {}),
    ...(amountOf(quantity) < 1 ? { quantity: 'must be at least 1' } : {}),
    ...(list_price === undefined || amountOf(list_price) < 0 ? { list_price: 'must be a number that is not negative' } : {}),
  };
}

/** Adds the items of a body to a cart. A product that the cart has already, as it was chosen now, adds to the quantity of its line. */
export function addItems(cart: Entry, { line_items, gift_certificates, custom_items }: JsonObject, tables: Tables): void {
  const lines = linesOf(cart);
  for (const item of jsonObjectsIn(line_items)) {
    const line = lineOf(item, cart, tables);
    const kind = line['is_require_shipping'] === true ? lines.physical_items : lines.digital_items;
    const same = kind.find((each) => each['added_by_promotion'] !== true && identityOf(each) === identityOf(line));
    if (same === undefined) kind.push(line);
    else same['quantity'] = amountOf(same['quantity']) + amountOf(line['quantity']);
  }
  lines.gift_certificates.push(...jsonObjectsIn(gift_certificates).flatMap(certificatesOf));
  lines.custom_items.push(...jsonObjectsIn(custom_items).map(customLineOf));
  cart.values['line_items'] = lines;
}

/** What makes two lines one. */
const identityOf = ({ product_id, variant_id, name, list_price, options, gift_wrapping }: JsonObject): string =>
  JSON.stringify([product_id, variant_id, name, list_price, options, gift_wrapping]);

/** Returns a line with what the catalogue knows of its product. */
export function lineOf(item: JsonObject, cart: Entry, tables: Tables, id: unknown = randomUUID()): JsonObject {
  const chosen = productOf(item, tables);
  const { product, variant } = chosen;
  const { original, list, isOnSale } = pricesOf(chosen);
  const rate = exchangeRateOf(cart, tables);
  const ofGroup = groupPriceOf(product, variant, list, cart.values['customer_id'], tables);
  const { list_price, name, quantity } = item;
  return {
    id,
    parent_id: null,
    variant_id: variant?.['id'] ?? 0,
    product_id: product['id'],
    sku: variant?.['sku'] ?? product['sku'] ?? '',
    name: name ?? product['name'] ?? '',
    url: `https://sandbox.example.com${String(asJsonObject(product['custom_url'])['url'] ?? '/')}`,
    quantity,
    taxable: product['tax_class_id'] !== 2,
    image_url: imageOf(product, variant, tables),
    original_price: roundedAmount(original * rate),
    list_price: list_price === undefined ? roundedAmount(ofGroup * rate) : amountOf(list_price),
    is_require_shipping: product['type'] !== 'digital',
    is_mutable: true,
    added_by_promotion: false,
    options: optionsOf(chosen, item),
    ...(product['type'] === 'digital'
      ? { download_file_urls: [], download_page_url: '', download_size: '' }
      : { gift_wrapping: wrappingOf(item['gift_wrapping']) }),
    // Not shown: what promotions and another customer of the cart must know.
    $isOverridden: list_price !== undefined,
    $isOnSale: isOnSale,
    $item: item,
  };
}

/** What one unit of the default currency is worth in the currency of a cart. */
function exchangeRateOf({ values }: Entry, tables: Tables): number {
  const currency = tables.of('/currencies').having('currency_code', asJsonObject(values['currency'])['code']);
  return amountOf(currency?.values['currency_exchange_rate']) || 1;
}

function imageOf(product: JsonObject, variant: JsonObject | undefined, tables: Tables): unknown {
  const ofVariant = variant?.['image_url'];
  if (typeof ofVariant === 'string' && ofVariant !== '') return ofVariant;
  const images = tables.of('/catalog/products/:product_id/images').list({ product_id: String(product['id']) });
  const thumbnail = images.find(({ values }) => values['is_thumbnail'] === true) ?? images[0];
  return thumbnail?.values['url_standard'] ?? thumbnail?.values['image_url'] ?? '';
}

function wrappingOf(given: unknown): JsonObject | null {
  const [details] = jsonObjectsIn(asJsonObject(given)['wrap_details']);
  return details === undefined ? null : { name: 'Gift wrapping', message: details['message'] ?? '', amount: 0 };
}

/** Returns a line for each certificate of an item: each has a code of its own. */
function certificatesOf({ quantity, name, theme, amount, sender, recipient, message = '' }: JsonObject): JsonObject[] {
  const line = { name, theme, amount: amountOf(amount), taxable: false, sender, recipient, message };
  return Array.from({ length: amountOf(quantity ?? 1) }, () => ({ id: randomUUID(), ...line }));
}

const customLineOf = ({ sku = '', name, quantity, list_price, image_url = '', gift_wrapping }: JsonObject): JsonObject => ({
  id: randomUUID(),
  sku,
  name,
  quantity,
  list_price: amountOf(list_price),
  image_url,
  ...(gift_wrapping === undefined ? {} : { gift_wrapping: wrappingOf(gift_wrapping) }),
});

/** Returns the line with an id, and the kind it is in. */
export function lineWith(id: unknown, lines: CartLines): { kind: JsonObject[]; line: JsonObject } | undefined {
  for (const kind of Object.values(lines)) {
    const line = kind.find((each: JsonObject) => each['id'] === id);
    if (line !== undefined) return { kind, line };
  }
  return undefined;
}
