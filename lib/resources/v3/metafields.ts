import { Resource } from '../../model/resource.js';
import { Metafield } from './metafield.js';

const productMetafieldFilters = {
  key: String,
  'key:in': String,
  namespace: String,
  'namespace:in': String,
  'date_created:min': Date,
  'date_created:max': Date,
  'date_modified:min': Date,
  'date_modified:max': Date,
  'resource_id:in': String,
} as const;

/** A value that an app keeps with a product. */
@Resource('/catalog/products/:product_id/metafields', {
  version: 'v3',
  filters: productMetafieldFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { create: 10, update: 10, delete: 10, path: '/catalog/products/metafields', parent: 'resource_id' },
  across: { path: '/catalog/products/metafields', parent: 'resource_id' },
  cursor: true,
  updateDemands: ['key', 'value', 'namespace', 'permission_set'],
})
export class ProductMetafield extends Metafield<ProductMetafield, typeof productMetafieldFilters> {}

const variantMetafieldFilters = {
  key: String,
  'key:in': String,
  namespace: String,
  'namespace:in': String,
  'date_created:min': Date,
  'date_created:max': Date,
  'date_modified:min': Date,
  'date_modified:max': Date,
} as const;

/** A value that an app keeps with a variant. */
@Resource('/catalog/products/:product_id/variants/:variant_id/metafields', {
  version: 'v3',
  filters: variantMetafieldFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { create: 10, update: 10, delete: 10, path: '/catalog/variants/metafields', parent: 'resource_id' },
  across: { path: '/catalog/variants/metafields', parent: 'resource_id' },
  cursor: true,
  updateDemands: ['key', 'value', 'namespace', 'permission_set'],
})
export class VariantMetafield extends Metafield<VariantMetafield, typeof variantMetafieldFilters> {}

const brandMetafieldFilters = {
  id: Number,
  'id:in': Number,
  'id:not_in': Number,
  'id:min': Number,
  'id:max': Number,
  'id:greater': Number,
  'id:less': Number,
  key: String,
  namespace: String,
  'key:in': String,
  'namespace:in': String,
  'date_modified:min': Date,
  'date_modified:max': Date,
  'date_created:min': Date,
  'date_created:max': Date,
} as const;

/** A value that an app keeps with a brand. */
@Resource('/catalog/brands/:brand_id/metafields', {
  version: 'v3',
  filters: brandMetafieldFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { create: 10, update: 10, delete: 10, path: '/catalog/brands/metafields', parent: 'resource_id' },
  across: { path: '/catalog/brands/metafields', parent: 'resource_id' },
  cursor: true,
})
export class BrandMetafield extends Metafield<BrandMetafield, typeof brandMetafieldFilters> {}

const categoryMetafieldFilters = {
  key: String,
  'key:in': String,
  namespace: String,
  'namespace:in': String,
  'date_created:min': Date,
  'date_created:max': Date,
  'date_modified:min': Date,
  'date_modified:max': Date,
  id: Number,
  'id:in': Number,
  'id:not_in': Number,
  'id:min': Number,
  'id:max': Number,
  'id:greater': Number,
  'id:less': Number,
} as const;

/** A value that an app keeps with a category. */
@Resource('/catalog/categories/:category_id/metafields', {
  version: 'v3',
  filters: categoryMetafieldFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { create: 10, update: 10, delete: 10, path: '/catalog/categories/metafields', parent: 'resource_id' },
  across: { path: '/catalog/categories/metafields', parent: 'resource_id' },
  cursor: true,
  updateDemands: ['key', 'value', 'namespace', 'permission_set'],
})
export class CategoryMetafield extends Metafield<CategoryMetafield, typeof categoryMetafieldFilters> {}

const cartMetafieldFilters = {
  key: String,
  namespace: String,
  'key:in': String,
  'namespace:in': String,
  'date_modified:min': Date,
  'date_modified:max': Date,
  'date_created:min': Date,
  'date_created:max': Date,
} as const;

/** A value that an app keeps with a cart. */
@Resource('/carts/:cart_id/metafields', {
  version: 'v3',
  filters: cartMetafieldFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { create: 10, update: 10, delete: 10, path: '/carts/metafields', parent: 'resource_id' },
  across: { path: '/carts/metafields', parent: 'resource_id' },
  cursor: true,
  updateDemands: ['permission_set', 'namespace', 'key', 'value'],
})
export class CartMetafield extends Metafield<CartMetafield, typeof cartMetafieldFilters> {}

const channelMetafieldFilters = {
  key: String,
  'key:in': String,
  namespace: String,
  'namespace:in': String,
  date_created: Date,
  date_modified: Date,
  'date_created:min': Date,
  'date_created:max': Date,
  'date_modified:min': Date,
  'date_modified:max': Date,
} as const;

/** A value that an app keeps with a channel. */
@Resource('/channels/:channel_id/metafields', {
  version: 'v3',
  filters: channelMetafieldFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { create: 10, update: 10, delete: 10, path: '/channels/metafields', parent: 'resource_id' },
  across: { path: '/channels/metafields', parent: 'resource_id' },
  cursor: true,
})
export class ChannelMetafield extends Metafield<ChannelMetafield, typeof channelMetafieldFilters> {}

const customerMetafieldFilters = {
  key: String,
  'key:in': String,
  namespace: String,
  'namespace:in': String,
  'date_created:min': Date,
  'date_created:max': Date,
  'date_modified:min': Date,
  'date_modified:max': Date,
} as const;

/** A value that an app keeps with a customer. */
@Resource('/customers/:customer_id/metafields', {
  version: 'v3',
  filters: customerMetafieldFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { create: 10, update: 10, delete: 10, path: '/customers/metafields', parent: 'resource_id' },
  across: { path: '/customers/metafields', parent: 'resource_id' },
  cursor: true,
})
export class CustomerMetafield extends Metafield<CustomerMetafield, typeof customerMetafieldFilters> {}

const locationMetafieldFilters = {
  key: String,
  'key:in': String,
  namespace: String,
  'namespace:in': String,
  'date_created:min': Date,
  'date_created:max': Date,
  'date_modified:min': Date,
  'date_modified:max': Date,
} as const;

/** A value that an app keeps with a location. */
@Resource('/inventory/locations/:location_id/metafields', {
  version: 'v3',
  filters: locationMetafieldFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { create: 10, update: 10, delete: 10, path: '/inventory/locations/metafields', parent: 'resource_id' },
  across: { path: '/inventory/locations/metafields', parent: 'resource_id' },
  cursor: true,
})
export class LocationMetafield extends Metafield<LocationMetafield, typeof locationMetafieldFilters> {}

const orderMetafieldFilters = {
  key: String,
  'key:in': String,
  namespace: String,
  'namespace:in': String,
  date_created: Date,
  date_modified: Date,
  'date_created:min': Date,
  'date_created:max': Date,
  'date_modified:min': Date,
  'date_modified:max': Date,
} as const;

/** A value that an app keeps with an order. */
@Resource('/orders/:order_id/metafields', {
  version: 'v3',
  filters: orderMetafieldFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { create: 10, update: 10, delete: 10, path: '/orders/metafields', parent: 'resource_id' },
  across: { path: '/orders/metafields', parent: 'resource_id' },
  cursor: true,
  updateDemands: ['permission_set', 'namespace', 'key', 'value'],
})
export class OrderMetafield extends Metafield<OrderMetafield, typeof orderMetafieldFilters> {}

const storeMetafieldFilters = {
  key: String,
  'key:in': String,
  namespace: String,
  'namespace:in': String,
  'date_modified:min': Date,
  'date_modified:max': Date,
  'date_created:min': Date,
  'date_created:max': Date,
} as const;

/** A value that an app keeps with the store. */
@Resource('/store/metafields', {
  version: 'v3',
  filters: storeMetafieldFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { create: 10, update: 10, delete: 10 },
  cursor: true,
  listOnly: ['create'],
  updateDemands: ['permission_set', 'namespace', 'key', 'value'],
})
export class StoreMetafield extends Metafield<StoreMetafield, typeof storeMetafieldFilters> {}
