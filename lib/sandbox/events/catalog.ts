import { asJsonObject, jsonObjectsIn } from '../../json-object.js';
import { amountOf } from '../amounts.js';
import type { StoreChange } from '../changes.js';
import type { Entry, Tables } from '../tables.js';
import { type Events, type EventsOf, hasChanged, idOf, parentOf, plain, type StoreEvent, unlessDeleted } from './event.js';

const TREES = '/catalog/trees';
const CATEGORIES = ['/catalog/categories', '/catalog/trees/categories'];

/** The fields whose change updates a product; the others are not told of (integrations/webhooks/events, product update events). */
const PRODUCT_FIELDS: readonly string[] = [
  ...['availability', 'availability_description', 'categories', 'brand_id', 'condition', 'is_condition_shown', 'description'],
  ...['depth', 'height', 'width', 'weight', 'inventory_tracking', 'inventory_level', 'is_featured', 'meta_description', 'name'],
  ...['order_quantity_minimum', 'order_quantity_maximum', 'page_title', 'is_preorder_only', 'preorder_message'],
  ...['open_graph_type', 'open_graph_title', 'open_graph_description', 'open_graph_use_product_name', 'open_graph_use_image'],
  ...['open_graph_use_meta_description', 'price', 'cost_price', 'retail_price', 'sale_price', 'is_price_hidden', 'price_hidden_label'],
  ...['type', 'related_products', 'reviews_count', 'search_keywords', 'fixed_cost_shipping_price', 'is_free_shipping', 'sku'],
  ...['sort_order', 'tax_class_id', 'layout_file', 'total_sold', 'upc', 'is_visible', 'warranty'],
];

/** Returns the difference that a change of stock makes: inventory that is set by the API is `absolute`. */
function inventoryIn({ before, entry }: StoreChange, product: object): object {
  const value = amountOf(entry.values['inventory_level']) - amountOf(before?.['inventory_level']);
  return { ...product, method: 'absolute', value };
}

const ofProduct = plain('product', 'product');

const productEvents: EventsOf = (change) => {
  if (change.action !== 'updated') return ofProduct(change);
  const id = idOf(change.entry);
  const data = { type: 'product', id, inventory: inventoryIn(change, { product_id: id }) };
  return [
    ...(PRODUCT_FIELDS.some((name) => hasChanged(change, name)) ? ofProduct(change) : []),
    ...(hasChanged(change, 'inventory_level') ? [{ scope: 'store/product/inventory/updated', data }] : []),
  ];
};

/** Returns the update of the product that an entry belongs to. */
const changesProduct: EventsOf = ({ entry }) => [
  { scope: 'store/product/updated', data: { type: 'product', id: parentOf(entry, 'product_id') } },
];

/** A variant has a SKU unless it is the base variant, which stands for a product without options. */
const skuEvents: EventsOf = (change) => {
  const { action, entry } = change;
  if (jsonObjectsIn(entry.values['option_values']).length === 0 && jsonObjectsIn(entry.values['options']).length === 0) return [];
  const id = entry.values['sku_id'] ?? idOf(entry);
  const sku = { product_id: parentOf(entry, 'product_id'), variant_id: idOf(entry) };
  const updated = { scope: `store/sku/${action}`, data: { type: 'sku', id, sku } };
  if (!hasChanged(change, 'inventory_level')) return [updated];
  return [updated, { scope: 'store/sku/inventory/updated', data: { type: 'sku', id, inventory: inventoryIn(change, sku) } }];
};

/** Returns the channels of a category tree. The first channel has the tree that each store starts with. */
function channelsOfTree(tree: string, tables: Tables): unknown[] {
  const channels = tables.of(TREES).get(tree, {})?.values['channels'];
  return Array.isArray(channels) && channels.length > 0 ? channels : [1];
}

const treeOf = ({ values }: Entry): string => String(values['tree_id'] ?? 1);

const categoryEvents: EventsOf = (change, { tables }) => {
  const { action, entry } = change;
  const tree_id = Number(treeOf(entry));
  const ofChannels = channelsOfTree(treeOf(entry), tables).map((channel) => ({
    scope: `store/channel/${channel}/category/${action}`,
    data: { category_id: idOf(entry), tree_id },
  }));
  return [...plain('category', 'category')(change), ...ofChannels];
};

const assigned = ({ action }: StoreChange): string | undefined =>
  action === 'created' ? 'assigned' : action === 'deleted' ? 'unassigned' : undefined;

const categoryAssignment: EventsOf = (change, { tables }) => {
  const { product_id, category_id } = change.entry.values;
  const what = assigned(change);
  const category = CATEGORIES.map((path) => tables.of(path).get(String(category_id), {})).find((entry) => entry !== undefined);
  if (what === undefined) return [];
  const channels = channelsOfTree(category === undefined ? '1' : treeOf(category), tables);
  return channels.map((channel) => ({ scope: `store/channel/${channel}/category/product/${what}`, data: { product_id } }));
};

const channelAssignment: EventsOf = (change) => {
  const { product_id, channel_id } = change.entry.values;
  const what = assigned(change);
  return what === undefined ? [] : [{ scope: `store/channel/${channel_id}/product/${what}`, data: { product_id } }];
};

/** The stock of all storefronts is the same: the star is part of the scope (integrations/webhooks/events, inventory and locations). */
const stockEvents: EventsOf = (change) => {
  const { entry } = change;
  const { product_id, variant_id } = asJsonObject(entry.values['identity']);
  const data = { variant_id, product_id, location_id: parentOf(entry, 'location_id') };
  const ofStock = (what: string): StoreEvent => ({ scope: `store/channel/*/inventory/product/${what}`, data });
  const levels = ['total_inventory_onhand', 'available_to_sell'];
  return [
    ...(change.action === 'created' || levels.some((name) => hasChanged(change, name)) ? [ofStock('stock_changed')] : []),
    ...(hasChanged(change, 'settings') ? [ofStock('settings_changed')] : []),
  ];
};

const locationEvents: EventsOf = ({ action, entry }) => [
  { scope: `store/inventory/location/${action}`, data: { location_id: idOf(entry) } },
];

const priceListEvents: EventsOf = (change, { request }) => {
  const { action, entry, resource } = change;
  const data = { price_list_id: idOf(entry) };
  const switched = hasChanged(change, 'active') ? (entry.values['active'] === true ? 'activated' : 'deactivated') : undefined;
  const deleted = request.filter((each) => each.resource === resource && each.action === 'deleted').map((each) => idOf(each.entry));
  return [
    { scope: `store/priceList/${action}`, data },
    ...(switched === undefined ? [] : [{ scope: `store/priceList/${switched}`, data }]),
    ...(action === 'deleted' ? [{ scope: 'store/priceLists/deleted', data: { price_list_ids: deleted } }] : []),
  ];
};

const priceOf = ({ entry }: StoreChange): object => ({
  price_list_id: parentOf(entry, 'price_list_id'),
  variant_id: entry.values['variant_id'],
  currency: String(entry.values['currency'] ?? '').toUpperCase(),
});

/** All prices of a request are in one event; a single one has an event of its own besides. */
const priceEvents: EventsOf = (change, { request }) => {
  const alike = request.filter(({ resource, action }) => resource === change.resource && action === change.action);
  return [
    { scope: `store/priceList/records/${change.action}`, data: alike.map(priceOf) },
    ...(alike.length === 1 ? [{ scope: `store/priceList/record/${change.action}`, data: priceOf(change) }] : []),
  ];
};

const priceAssignment: EventsOf = ({ action, entry: { values } }) => {
  const { price_list_id, channel_id, customer_group_id } = values;
  const what = action === 'deleted' ? 'deleted' : 'updated';
  return [{ scope: `store/priceList/assignment/${what}`, data: { price_list_id, channel_id, customer_group_id } }];
};

/** The events of the catalogue, of stock and of prices (integrations/webhooks/events). */
export const CATALOG_EVENTS: Events = {
  products: productEvents,
  'products/reviews': changesProduct,
  'products/modifiers': (change, surroundings) => (change.action === 'deleted' ? changesProduct(change, surroundings) : []),
  'products/variants': skuEvents,
  'products/skus': skuEvents,
  'products/category-assignments': categoryAssignment,
  'products/channel-assignments': channelAssignment,
  categories: categoryEvents,
  'trees/categories': categoryEvents,
  trees: ({ entry }, { tables }) =>
    channelsOfTree(entry.key, tables).map((channel) => ({
      scope: `store/channel/${channel}/categoryTree/updated`,
      data: { tree_id: idOf(entry) },
    })),
  'inventory/locations': unlessDeleted(locationEvents),
  'inventory/locations/items': stockEvents,
  pricelists: priceListEvents,
  'pricelists/records': priceEvents,
  'pricelists/assignments': priceAssignment,
};
