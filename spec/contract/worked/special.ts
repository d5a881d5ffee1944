import { isRow, type Row } from '../guides/samples.js';
import { type Request, rowsIn, rowsWithin } from './fill.js';
import { ITEM, KEY, type Place } from './places.js';
import { addReferences, keyOf } from './references.js';
import type { Seeds } from './seeds.js';

/** What requests of some resources presuppose beyond the keys that they name: by the path of the resource. */
const SPECIAL: Readonly<Record<string, (request: Request, place: Place, seeds: Seeds) => void>> = {
  '/carts': addCart,
  '/checkouts': addCart,
  '/orders': addOrderLines,
  '/orders/:order_id/payment_actions/refunds': addOrderLines,
  '/orders/:order_id/shipments': addShipped,
  '/products/:product_id/skus': addV2Options,
  '/products/:product_id/rules': addV2Options,
  '/catalog/products/:product_id/complex-rules': addModifiers,
  '/catalog/products/:product_id/variants': addVariantOptions,
  '/segments/:segment_id/shopper-profiles': addProfiles,
  '/option_sets/:option_set_id/options': addV2Option,
  '/inventory/items': addStock,
  '/inventory/locations/:location_id/items': addStock,
};

export function addSpecial(request: Request, place: Place, seeds: Seeds): void {
  SPECIAL[place.resource.path]?.(request, place, seeds);
}

const ADDRESS = {
  first_name: 'Ann',
  last_name: 'Lee',
  email: 'ann.lee@example.com',
  address1: '1 Main Street',
  city: 'Austin',
  state_or_province: 'Texas',
  state_or_province_code: 'TX',
  country_code: 'US',
  postal_code: '78701',
};

/** The cart or checkout in the path, with the items that the request or its response name. */
function addCart(request: Request, _: Place, seeds: Seeds): void {
  const id = request.values[KEY];
  if (id === undefined) return;
  const [told = {}] = rowsIn(request.response, request.version);
  const cart = isRow(told['cart']) ? told['cart'] : told;
  const physical = linesOf(cart);
  const lines = physical.length > 0 ? physical : itemsNamed(request).map((item) => ({ id: item, product_id: 97, quantity: 2, list_price: 20 }));
  const { id: _id, consignments: _consignments, billing_address: _billing, line_items: _lines, cart: _cart, ...rest } = cart;
  const line_items = { physical_items: lines.length > 0 ? lines : [{ id: ITEM_ID, product_id: 97, quantity: 2, list_price: 20 }], digital_items: [], gift_certificates: [], custom_items: [] };
  const isOrder = request.path.endsWith('/orders');
  const address = { id: 'a1b2c3d4e5f6a', ...ADDRESS };
  const item = request.values[ITEM];
  const consignment = consignmentsIn(told).find((each) => each['id'] === item) ?? {};
  const isConsignment = request.path.includes('/consignments/');
  const ids = line_items.physical_items.map((each) => each['id']);
  seeds.add('/carts', {
    ...rest,
    id,
    line_items,
    ...(isOrder ? { billing_address: address } : {}),
    ...(isConsignment || isOrder
      ? {
          consignments: [
            {
              shipping_address: ADDRESS,
              ...consignment,
              id: item ?? 'c1b2c3d4e5f6a',
              line_item_ids: ids,
              ...(isOrder ? { selected_shipping_option: { id: 'f1b2', type: 'freeshipping', description: 'Free', cost: 0 } } : {}),
            },
          ],
        }
      : {}),
  });
  addReferences(line_items, seeds, request.response);
}

const ITEM_ID = '7b9a1c52-6f5e-4c0b-9d7e-3a1f0c2b4d6e';

function linesOf(cart: Row): Row[] {
  const items = isRow(cart['line_items']) ? cart['line_items']['physical_items'] : undefined;
  return Array.isArray(items) ? items.filter(isRow).filter((each) => each['product_id'] !== undefined) : [];
}

const consignmentsIn = (told: Row): Row[] => (Array.isArray(told['consignments']) ? told['consignments'].filter(isRow) : []);

/** The ids of line items in a request and its path, or those of the response. */
function itemsNamed({ body, response, values, path }: Request): unknown[] {
  const sent = rowsWithin(body).flatMap(({ item_id }) => (item_id === undefined ? [] : [item_id]));
  const told = rowsWithin(response).flatMap(({ line_item_ids }) => (Array.isArray(line_item_ids) ? line_item_ids : []));
  const own = path.includes('/items/') && values[ITEM] !== undefined ? [values[ITEM]] : [];
  return [...new Set([...own, ...sent, ...told])];
}

/** The lines, fees and addresses that a refund names. */
function addOrderLines({ body, values, path }: Request, _: Place, seeds: Seeds): void {
  if (!path.includes('payment_actions')) return;
  const order_id = values['order_id'] ?? values[KEY];
  if (order_id === undefined) return;
  seeds.add('/orders', { id: keyOf(order_id), total_inc_tax: '1000.0000', total_ex_tax: '1000.0000', payment_method: 'braintree' });
  const parents = { order_id };
  for (const { item_type, item_id } of rowsWithin(body)) {
    if (item_type === 'PRODUCT' || item_type === 'GIFT_WRAPPING')
      seeds.add('/orders/:order_id/products', { id: item_id, product_id: 97, name: 'Mug', quantity: 3, price_ex_tax: '10.0000', price_inc_tax: '10.0000', total_inc_tax: '30.0000', total_ex_tax: '30.0000', base_wrapping_cost: '5.0000', wrapping_cost_inc_tax: '5.0000', wrapping_cost_ex_tax: '5.0000' }, parents);
    if (item_type === 'SHIPPING') seeds.add('/orders/:order_id/shipping_addresses', { id: item_id, ...ADDRESS, cost_inc_tax: '50.0000', cost_ex_tax: '50.0000', base_cost: '50.0000' }, parents);
    if (item_type === 'FEE') seeds.add('/orders/:order_id/fees', { id: item_id, type: 'custom_fee', display_name_customer: 'Fee', cost_inc_tax: '20.0000', cost_ex_tax: '20.0000', base_cost: '20.0000', cost_tax: '0.0000' }, parents);
  }
}

/** The lines and the address of a shipment. */
function addShipped({ body, values: { order_id = '' } }: Request, _: Place, seeds: Seeds): void {
  const parents = { order_id };
  for (const { order_product_id, order_address_id } of rowsWithin(body)) {
    if (order_address_id !== undefined) seeds.add('/orders/:order_id/shipping_addresses', { id: Number(order_address_id), ...ADDRESS }, parents);
    if (order_product_id !== undefined)
      seeds.add('/orders/:order_id/products', { id: Number(order_product_id), product_id: 97, name: 'Mug', quantity: 10, quantity_shipped: 0, price_ex_tax: '10.0000', price_inc_tax: '10.0000', ...addressOf(body) }, parents);
  }
}

const addressOf = (body: unknown): Row =>
  isRow(body) && body['order_address_id'] !== undefined ? { order_address_id: Number(body['order_address_id']) } : {};

/** The options of a product that its SKUs and rules name, and their values. */
function addV2Options({ body, response, values: { product_id = '' } }: Request, _: Place, seeds: Seeds): void {
  for (const { product_option_id, option_value_id, sku_id } of [...rowsWithin(body), ...rowsWithin(response)]) {
    if (typeof product_option_id === 'number') {
      const option_id = product_option_id + 100;
      seeds.add('/options', { id: option_id, name: `Option ${option_id}`, display_name: 'Colour', type: 'RB' });
      seeds.add('/products/:product_id/options', { id: product_option_id, option_id, display_name: 'Colour', sort_order: 0, is_required: false }, { product_id });
      if (typeof option_value_id === 'number')
        seeds.add('/options/:option_id/values', { id: option_value_id, label: `Value ${option_value_id}`, value: `Value ${option_value_id}`, option_id }, { option_id: String(option_id) });
    }
    if (typeof sku_id === 'number') seeds.add('/products/:product_id/skus', { id: sku_id, sku: `SKU-${sku_id}` }, { product_id });
  }
}

/** The modifiers that complex rules name. */
function addModifiers({ body, values: { product_id = '' } }: Request, _: Place, seeds: Seeds): void {
  for (const { modifier_id, modifier_value_id, variant_id } of rowsWithin(body)) {
    if (typeof modifier_id === 'number') {
      const values = typeof modifier_value_id === 'number' ? [{ id: modifier_value_id, label: 'Value', sort_order: 0, is_default: false }] : [];
      seeds.add('/catalog/products/:product_id/modifiers', { id: modifier_id, type: 'dropdown', display_name: 'Engraving', option_values: values }, { product_id });
    }
    if (typeof variant_id === 'number') seeds.add('/catalog/products/:product_id/variants', { id: variant_id, sku: `SKU-${variant_id}`, option_values: [] }, { product_id });
  }
}

/** The options that the values of a variant belong to. */
function addVariantOptions({ body, values: { product_id = '' } }: Request, _: Place, seeds: Seeds): void {
  for (const { option_id, id, label } of rowsWithin(body))
    if (typeof option_id === 'number' && product_id !== '')
      seeds.add('/catalog/products/:product_id/options', { id: option_id, type: 'dropdown', display_name: 'Size', option_values: [{ id, label: label ?? 'Small', sort_order: 0 }] }, { product_id });
}

function addProfiles({ body }: Request, _: Place, seeds: Seeds): void {
  for (const id of Array.isArray(body) ? body : []) if (typeof id === 'string') seeds.add('/shopper-profiles', { id, customer_id: 11 });
}

function addV2Option({ body, response }: Request, _: Place, seeds: Seeds): void {
  for (const { option_id } of [...rowsWithin(body), ...rowsWithin(response)])
    if (typeof option_id === 'number') seeds.add('/options', { id: option_id, name: `Option ${option_id}`, display_name: 'Colour', type: 'RB' });
}

/** What a location has in stock: set through the API, as a shop does. */
function addStock(request: Request, _: Place, seeds: Seeds): void {
  if (request.method !== 'GET') return;
  for (const row of rowsIn(request.response, 'v3')) {
    const { identity } = row;
    if (!isRow(identity)) continue;
    addReferences(identity, seeds, undefined);
    const places = Array.isArray(row['locations']) ? row['locations'].filter(isRow) : [{ ...row, location_id: keyOf(request.values['location_id'] ?? '1') }];
    for (const place of places) addStockAt(place, identity, seeds);
  }
}

function addStockAt(place: Row, identity: Row, seeds: Seeds): void {
  const { location_id, location_code, location_name, total_inventory_onhand = 0, settings } = place;
  seeds.add('/inventory/locations', { id: location_id, ...(location_code === undefined ? {} : { code: location_code, label: location_name }) });
  const { variant_id, product_id, sku } = identity;
  const item = variant_id === undefined ? (product_id === undefined ? { sku } : { product_id }) : { variant_id };
  seeds.call({ method: 'PUT', version: 'v3', path: '/inventory/adjustments/absolute', body: { reason: 'Stock', items: [{ location_id, ...item, quantity: total_inventory_onhand }] } });
  if (!isRow(settings)) return;
  const { is_in_stock: _, ...given } = settings;
  seeds.call({ method: 'PUT', version: 'v3', path: `/inventory/locations/${String(location_id)}/items`, body: { settings: [{ identity: item, ...given }] } });
}
