import { type JsonObject, jsonObjectsIn } from '../../json-object.js';
import type { Entry, Tables } from '../tables.js';
import type { CartLines } from './cart-lines.js';

/** Returns lines without what only the store knows, and with the options of the kinds that are included. */
export function shownLines(lines: CartLines, included: ReadonlySet<string>, prefix = ''): JsonObject {
  const shown = Object.entries(lines).map(([kind, rows]): [string, unknown] => {
    const hasOptions = included.has(`${prefix}line_items.${kind}.options`);
    const isShown = (name: string): boolean => !name.startsWith('$') && (name !== 'options' || hasOptions);
    return [kind, rows.map((line: JsonObject) => Object.fromEntries(Object.entries(line).filter(([name]) => isShown(name))))];
  });
  return Object.fromEntries(shown);
}

/** Returns the addresses of a cart, as the headless guide shows them (headless/cart-checkout/checkout). */
export function redirectUrls(key: string, params: JsonObject = {}): JsonObject {
  const queries = {
    cart_url: 'action=load',
    checkout_url: 'action=loadInCheckout',
    embedded_checkout_url: 'embedded=1&action=loadInCheckout',
  };
  const more = Object.entries(params).map(([name, value]) => `&${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
  const urlOf = (query: string): string => `https://sandbox.example.com/cart.php?${query}&id=${key}&token=${tokenOf(key)}${more.join('')}`;
  return Object.fromEntries(Object.entries(queries).map(([name, query]) => [name, urlOf(query)]));
}

const tokenOf = (key: string): string => Buffer.from(key).toString('hex').padEnd(64, '0').slice(0, 64);

/** Where notifications are shown, as banners name it. */
const PAGES: Readonly<Record<string, string>> = {
  HOME_PAGE: 'homepage',
  PRODUCT_PAGE: 'productpage',
  CART_PAGE: 'cartpage',
  CHECKOUT_PAGE: 'checkoutpage',
};

/** Returns the banners of promotions: those that always show, and those for what has been applied or not. */
export function bannersOf({ values }: Entry, tables: Tables): JsonObject[] {
  const applied = Array.isArray(values['$promotions']) ? values['$promotions'] : [];
  const promotions = tables.of('/promotions').list();
  return promotions
    .filter((promotion) => promotion.values['status'] === 'ENABLED')
    .flatMap(({ key, values: { id, notifications } }) => {
      const wanted = ['PROMOTION', applied.includes(id) ? 'APPLIED' : 'UPSELL'];
      return jsonObjectsIn(notifications)
        .filter(({ type }) => wanted.includes(String(type)))
        .map(({ type, locations, content }) => ({
          id: key,
          type: String(type).toLowerCase(),
          page: Array.isArray(locations) ? locations.map((each) => PAGES[String(each)] ?? each) : [],
          text: content,
        }));
    });
}
