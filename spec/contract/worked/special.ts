import { isRow, type Row } from '../guides/samples.js';
import { type Request, rowsIn, rowsWithin } from './fill.js';
import { ITEM, KEY, type Place } from './places.js';
import { addReferences, keyOf } from './references.js';
import type { Seeds } from './seeds.js';
import { addAddresses, addPickupLocations, addPrice, addThumbnail } from './special-rows.js';

/** What requests of some resources presuppose beyond the keys that they name: by the path of the resource. */
const SPECIAL: Readonly<Record<string, (request: Request, place: Place, seeds: Seeds) => void>> = {
  '/carts': addCart,
  '/checkouts': addCart,
  '/orders': addOrderLines,
  '/orders/:order_id/payment_actions/refunds': addOrderLines,
  '/orders/:order_id/shipments': addShipped,
  '/categories': addAddresses,
  '/products': addPrimaryImages,
  '/products/:product_id/images': addThumbnail,
  '/products/:product_id/skus': addV2Options,
  '/products/:product_id/rules': addV2Options,
  '/catalog/products/:product_id/complex-rules': addModifiers,
  '/catalog/products/:product_id/variants': addVariantOptions,
  '/segments/:segment_id/shopper-profiles': addProfiles,
  '/promotions/:promotion_id/codes': addCouponPromotion,
  '/option_sets/:option_set_id/options': addV2Option,
  '/catalog/trees/:tree_id/categories': addNodes,
  '/channels/:channel_id/site': addSite,
  '/channels/:channel_id/site/checkout-url': addSite,
  '/content/widgets': addTemplate,
  '/content/page-widgets': addPageWidgets,
  '/pickup/methods': addPickupLocations,
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
  const line_items = { physical_items: physicalIn(cart, request), digital_items: [], gift_certificates: [], custom_items: [] };
  const hasAddress = isRow(told['billing_address']) && !request.path.includes('/billing-address');
  const address = request.path.endsWith('/orders') ? { id: 'a1b2c3d4e5f6a', ...ADDRESS } : undefined;
  const billing_address = hasAddress ? told['billing_address'] : address;
  const { consignments: _consignments, billing_address: _billing, cart: _cart, ...rest } = cart;
  const item_ids = line_items.physical_items.map((each) => each['id']);
  const consignments = consignmentsBefore(request, told).map((each) => ({ line_item_ids: item_ids, ...each }));
  const added = { ...(billing_address === undefined ? {} : { billing_address }), ...(consignments.length === 0 ? {} : { consignments }) };
  seeds.add('/carts', { ...rest, id, line_items, ...added });
  addReferences(line_items, seeds, request.response);
}

/** A line as the store has it. */
const CART_LINE: Row = {
  product_id: 97,
  variant_id: 500_097,
  name: 'Product 97',
  sku: 'SKU-500097',
  quantity: 2,
  list_price: 20,
  sale_price: 20,
  original_price: 20,
  taxable: true,
  is_require_shipping: true,
  is_mutable: true,
  parent_id: null,
  url: 'https://example.com/product-97/',
  image_url: 'https://example.com/image.jpg',
};

/** The lines of a cart: those of the response, or such with the ids that the request names. */
function physicalIn(cart: Row, request: Request): Row[] {
  const told = linesOf(cart);
  if (told.length > 0) return told;
  const named = itemsNamed(request);
  return (named.length > 0 ? named : [ITEM_ID]).map((id) => ({ ...CART_LINE, id }));
}

/** The consignment that a request is about, and what it can be shipped by; an order has one that is ready. */
function consignmentsBefore(request: Request, told: Row): Row[] {
  const { path, body, values } = request;
  const id = values[ITEM];
  const shown = consignmentsIn(told).find((each) => each['id'] === id) ?? {};
  const selected = { id: 'f1b2c3d4e5f6a', type: 'freeshipping', description: 'Free shipping', cost: 0 };
  if (path.endsWith('/orders')) return [{ id: 'c1b2c3d4e5f6a', shipping_address: ADDRESS, selected_shipping_option: selected }];
  if (!path.includes('/consignments/')) return [];
  const { selected_pickup_option: _, selected_shipping_option: option, ...rest } = shown;
  const asked = isRow(body) ? body['shipping_option_id'] : undefined;
  const available_shipping_options = asked === undefined ? [] : [{ ...selected, ...(isRow(option) ? option : {}), id: asked }];
  return [{ shipping_address: ADDRESS, ...rest, id, ...(asked === undefined ? {} : { available_shipping_options }) }];
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

/** The lines, fees and addresses that a refund names. What is paid back is what they cost. */
function addOrderLines({ body, values, path }: Request, _: Place, seeds: Seeds): void {
  if (!path.includes('payment_actions')) return;
  const order_id = values['order_id'] ?? values[KEY];
  if (order_id === undefined) return;
  const costs = { shipping_cost_inc_tax: '500.0000', shipping_cost_ex_tax: '500.0000' };
  seeds.add('/orders', {
    id: keyOf(order_id),
    total_inc_tax: '5000.0000',
    total_ex_tax: '5000.0000',
    payment_method: 'braintree',
    ...costs,
  });
  for (const row of rowsWithin(body)) addRefunded(row, priceIn(body), { order_id }, seeds);
}

const LINE = { product_id: 97, name: 'Mug', quantity: 1 };

function addRefunded({ item_type, item_id, quantity }: Row, price: number, parents: { order_id: string }, seeds: Seeds): void {
  const share = price / Number(quantity ?? 1);
  const wrapping = { base_wrapping_cost: share, wrapping_cost_inc_tax: share, wrapping_cost_ex_tax: share };
  if (item_type === 'PRODUCT')
    seeds.add('/orders/:order_id/products', { id: item_id, price_ex_tax: share, price_inc_tax: share, ...LINE }, parents);
  if (item_type === 'GIFT_WRAPPING') seeds.add('/orders/:order_id/products', { id: item_id, ...LINE, ...wrapping }, parents);
  if (item_type === 'SHIPPING')
    seeds.add(
      '/orders/:order_id/shipping_addresses',
      { id: item_id, ...ADDRESS, cost_inc_tax: '500.0000', cost_ex_tax: '500.0000' },
      parents,
    );
  if (item_type === 'FEE')
    seeds.add(
      '/orders/:order_id/fees',
      { id: item_id, type: 'custom_fee', display_name_customer: 'Fee', cost_inc_tax: '500.0000', cost_ex_tax: '500.0000' },
      parents,
    );
}

/** What each line of a refund costs: an equal share of what is paid back for lines. */
function priceIn(body: unknown): number {
  const rows = rowsWithin(body);
  const sum = (name: string, of: readonly Row[]): number => of.reduce((total, row) => total + Number(row[name] ?? 0), 0);
  const lines = rows.filter(({ item_type }) => item_type === 'PRODUCT' || item_type === 'GIFT_WRAPPING');
  const paid = sum(
    'amount',
    rows.filter(({ provider_id }) => provider_id !== undefined),
  );
  const others = sum(
    'amount',
    rows.filter(({ item_type }) => item_type !== undefined),
  );
  return lines.length === 0 || paid <= others ? 10 : (paid - others) / lines.length;
}

/** The lines and the address of a shipment. */
function addShipped({ body, values: { order_id = '' } }: Request, _: Place, seeds: Seeds): void {
  const parents = { order_id };
  for (const { order_product_id, order_address_id } of rowsWithin(body)) {
    if (order_address_id !== undefined)
      seeds.add('/orders/:order_id/shipping_addresses', { id: Number(order_address_id), ...ADDRESS }, parents);
    if (order_product_id !== undefined)
      seeds.add(
        '/orders/:order_id/products',
        {
          id: Number(order_product_id),
          product_id: 97,
          name: 'Mug',
          quantity: 10,
          quantity_shipped: 0,
          price_ex_tax: '10.0000',
          price_inc_tax: '10.0000',
          ...addressOf(body),
        },
        parents,
      );
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
      const values = typeof option_value_id === 'number' ? [{ id: option_value_id, label: `Value ${option_value_id}` }] : [];
      for (const { id, label } of values)
        seeds.add('/options/:option_id/values', { id, label, value: label, option_id }, { option_id: String(option_id) });
      const parents = { product_id, option_id: String(product_option_id) };
      seeds.add(
        '/catalog/products/:product_id/options',
        { id: product_option_id, option_id, type: 'radio_buttons', display_name: 'Colour', sort_order: 0, is_required: false },
        { product_id },
      );
      for (const value of values)
        seeds.add('/catalog/products/:product_id/options/:option_id/values', { ...value, sort_order: 0, is_default: false }, parents);
    }
    if (typeof sku_id === 'number') seeds.add('/products/:product_id/skus', { id: sku_id, sku: `SKU-${sku_id}` }, { product_id });
  }
}

/** The modifiers that complex rules name. */
function addModifiers({ body, values: { product_id = '' } }: Request, _: Place, seeds: Seeds): void {
  for (const { modifier_id, modifier_value_id, variant_id } of rowsWithin(body)) {
    if (typeof modifier_id === 'number') {
      const values =
        typeof modifier_value_id === 'number' ? [{ id: modifier_value_id, label: 'Value', sort_order: 0, is_default: false }] : [];
      seeds.add(
        '/catalog/products/:product_id/modifiers',
        { id: modifier_id, type: 'dropdown', display_name: 'Engraving', option_values: values },
        { product_id },
      );
    }
    if (typeof variant_id === 'number')
      seeds.add('/catalog/products/:product_id/variants', { id: variant_id, sku: `SKU-${variant_id}`, option_values: [] }, { product_id });
  }
}

/** The options that the values of a variant belong to. */
function addVariantOptions({ body, values: { product_id = '' } }: Request, _: Place, seeds: Seeds): void {
  for (const { option_id, id, label } of rowsWithin(body))
    if (typeof option_id === 'number' && product_id !== '')
      seeds.add(
        '/catalog/products/:product_id/options',
        { id: option_id, type: 'dropdown', display_name: 'Size', option_values: [{ id, label: label ?? 'Small', sort_order: 0 }] },
        { product_id },
      );
}

function addProfiles({ body }: Request, _: Place, seeds: Seeds): void {
  for (const id of Array.isArray(body) ? body : []) if (typeof id === 'string') seeds.add('/shopper-profiles', { id, customer_id: 11 });
}

function addV2Option({ body, response }: Request, _: Place, seeds: Seeds): void {
  for (const { option_id } of [...rowsWithin(body), ...rowsWithin(response)])
    if (typeof option_id === 'number')
      seeds.add('/options', { id: option_id, name: `Option ${option_id}`, display_name: 'Colour', type: 'RB' });
}

/** Products whose stock a request changes are tracked, by variant where it names one; what is taken away was there before. */
export function addTracked({ path, body, values }: Request, seeds: Seeds): void {
  if (!path.startsWith('/inventory/')) return;
  const { location_id: own } = values;
  for (const row of rowsWithin(body)) {
    const { product_id, variant_id, sku, location_id = own, quantity } = row;
    const tracking = { inventory_tracking: variant_id === undefined && sku === undefined ? 'product' : 'variant' };
    const id = product_id ?? variant_id;
    if (typeof id === 'number') seeds.add('/catalog/products', { id, ...tracking });
    if (quantity === undefined || !path.includes('/relative')) continue;
    const { reason: _, ...item } = row;
    seeds.call(stockOf([{ ...item, location_id, quantity: 1000 }]));
  }
}

const stockOf = (items: readonly Row[]): Parameters<Seeds['call']>[0] => ({
  method: 'PUT',
  version: 'v3',
  path: '/inventory/adjustments/absolute',
  body: { reason: 'Stock', items },
});

/** The pickup options of a place: its methods, and what is in stock there. */
export function addPickupOptions({ path, body, response }: Request, seeds: Seeds): void {
  if (path !== '/pickup/options' || !isRow(body)) return;
  const coordinates = rowsWithin(body).find(({ latitude }) => latitude !== undefined);
  for (const { pickup_method } of rowsWithin(response)) {
    if (!isRow(pickup_method)) continue;
    const { location_id } = pickup_method;
    seeds.add('/pickup/methods', pickup_method);
    seeds.add('/inventory/locations', {
      id: location_id,
      enabled: true,
      storefront_visibility: true,
      address: { city: 'Austin', geo_coordinates: coordinates },
    });
    for (const { variant_id } of rowsWithin(body)) {
      if (typeof variant_id !== 'number') continue;
      seeds.add('/catalog/products', { id: variant_id, inventory_tracking: 'variant' });
      seeds.call(stockOf([{ location_id, variant_id, quantity: 1000 }]));
    }
  }
}

/** What a location has in stock: set through the API, as a shop does. */
function addStock(request: Request, _: Place, seeds: Seeds): void {
  if (request.method !== 'GET') return;
  for (const row of rowsIn(request.response, 'v3')) {
    if (!isRow(row['identity'])) continue;
    const identity = { ...row['identity'] };
    const asked = request.query?.['variant_id'];
    if (asked !== undefined) identity['variant_id'] ??= Number(asked);
    addReferences(identity, seeds, undefined);
    const places = Array.isArray(row['locations'])
      ? row['locations'].filter(isRow)
      : [{ ...row, location_id: keyOf(request.values['location_id'] ?? '1') }];
    for (const place of places) addStockAt(place, identity, seeds);
  }
}

function addStockAt(place: Row, identity: Row, seeds: Seeds): void {
  const { location_id, location_code, location_name, total_inventory_onhand = 0, settings } = place;
  seeds.add('/inventory/locations', {
    id: location_id,
    ...(location_code === undefined ? {} : { code: location_code, label: location_name }),
  });
  const { variant_id, product_id, sku } = identity;
  const item = variant_id === undefined ? (product_id === undefined ? { sku } : { product_id }) : { variant_id };
  const id = product_id ?? variant_id;
  if (typeof id === 'number')
    seeds.add('/catalog/products', { id, inventory_tracking: variant_id === undefined && sku === undefined ? 'product' : 'variant' });
  seeds.call(stockOf([{ location_id, ...item, quantity: total_inventory_onhand }]));
  if (!isRow(settings)) return;
  const { is_in_stock: _, ...given } = settings;
  seeds.call({
    method: 'PUT',
    version: 'v3',
    path: `/inventory/locations/${String(location_id)}/items`,
    body: { settings: [{ identity: item, ...given }] },
  });
}

/** The categories that a tree shows. */
function addNodes({ response, values: { tree_id = '1' } }: Request, _: Place, seeds: Seeds): void {
  for (const { id, parent_id, name, is_visible, url } of rowsWithin(response))
    if (typeof id === 'number')
      seeds.add('/catalog/categories', {
        id,
        parent_id,
        name,
        is_visible,
        tree_id: Number(tree_id),
        custom_url: { url, is_customized: false },
      });
}

/** The image that a product of V2 shows. */
function addPrimaryImages({ method, response }: Request, _: Place, seeds: Seeds): void {
  if (method !== 'GET') return;
  for (const row of rowsIn(response, 'v2')) {
    const { primary_image, id } = row;
    addPrice(row, seeds);
    if (!isRow(primary_image) || typeof primary_image['id'] !== 'number') continue;
    const { zoom_url, thumbnail_url, standard_url, tiny_url } = primary_image;
    const urls = {
      url_zoom: zoom_url,
      url_thumbnail: thumbnail_url,
      url_standard: standard_url,
      url_tiny: tiny_url,
      zoom_url,
      thumbnail_url,
      standard_url,
      tiny_url,
    };
    seeds.add(
      '/catalog/products/:product_id/images',
      { id: primary_image['id'], is_thumbnail: true, sort_order: 0, ...urls },
      { product_id: String(id) },
    );
  }
}

/** A promotion that takes codes. */
function addCouponPromotion({ values: { promotion_id = '1' } }: Request, _: Place, seeds: Seeds): void {
  seeds.add('/promotions', { id: keyOf(promotion_id), redemption_type: 'COUPON', coupon_type: 'BULK' });
}

/** The site of a channel, unless it is about to be created. */
function addSite({ method, response, values: { channel_id = '1' } }: Request, _: Place, seeds: Seeds): void {
  const [told = {}] = rowsIn(response, 'v3');
  if (method !== 'POST') seeds.add('/sites', { id: 900, url: 'https://shop.example.com', ...told, channel_id: Number(channel_id) });
}

/** The template of a widget, as the response shows it. */
function addTemplate({ body, response }: Request, _: Place, seeds: Seeds): void {
  const [told = {}] = rowsIn(response, 'v3');
  const [sent = {}] = rowsIn(body, 'v3');
  const template = told['widget_template'];
  const uuid = sent['widget_template_uuid'];
  if (isRow(template) && uuid !== undefined) seeds.add('/content/widget-templates', { ...template, uuid });
}

/** The widgets of a page, which are set through the API. */
function addPageWidgets({ method, query, response }: Request, _: Place, seeds: Seeds): void {
  const [told = {}] = rowsIn(response, 'v3');
  if (method !== 'GET' || query === undefined) return;
  const { channel_id, template_file, entity_id } = query;
  for (const { widget_template_uuid } of rowsWithin(told))
    if (typeof widget_template_uuid === 'string') seeds.add('/content/widget-templates', { uuid: widget_template_uuid });
  const body = { channel_id: Number(channel_id), template_file, entity_id, ...told };
  seeds.call({ method: 'POST', version: 'v3', path: '/content/page-widgets', body });
}
