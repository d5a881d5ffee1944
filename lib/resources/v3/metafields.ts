import { Resource } from '../../model/resource.js';
import { Metafield } from './metafield.js';

const filters = {
  key: String,
  'key:in': String,
  namespace: String,
  'namespace:in': String,
  'date_created:min': Date,
  'date_created:max': Date,
  'date_modified:min': Date,
  'date_modified:max': Date,
} as const;

const OPERATIONS = ['list', 'get', 'create', 'update', 'delete', 'count'] as const;
const AT_ONCE = { create: 10, update: 10, delete: 10 } as const;
/** What the PUT of some owners wants whole, though it changes a part. */
const WHOLE = ['key', 'value', 'namespace', 'permission_set'] as const;

/** Each owner has its metafields below it; those of all owners of a kind are at `path`, where lists of them are written too. */
const acrossOwners = (path: string) =>
  ({
    version: 'v3',
    operations: OPERATIONS,
    // 422 is "creation with partial success" (the descriptions of all owners' metafields, POST).
    batch: { ...AT_ONCE, path, parent: 'resource_id', partialCreate: true },
    across: { path, parent: 'resource_id' },
    cursor: true,
  }) as const;

const productFilters = { ...filters, 'resource_id:in': String } as const;

/** A value that an app keeps with a product. */
@Resource('/catalog/products/:product_id/metafields', {
  ...acrossOwners('/catalog/products/metafields'),
  filters: productFilters,
  updateDemands: WHOLE,
})
export class ProductMetafield extends Metafield<ProductMetafield, typeof productFilters> {}

/** A value that an app keeps with a variant. */
@Resource('/catalog/products/:product_id/variants/:variant_id/metafields', {
  ...acrossOwners('/catalog/variants/metafields'),
  filters,
  updateDemands: WHOLE,
})
export class VariantMetafield extends Metafield<VariantMetafield, typeof filters> {}

const catalogFilters = {
  ...filters,
  id: Number,
  'id:in': Number,
  'id:not_in': Number,
  'id:min': Number,
  'id:max': Number,
  'id:greater': Number,
  'id:less': Number,
} as const;

/** A value that an app keeps with a brand. */
@Resource('/catalog/brands/:brand_id/metafields', { ...acrossOwners('/catalog/brands/metafields'), filters: catalogFilters })
export class BrandMetafield extends Metafield<BrandMetafield, typeof catalogFilters> {}

/** A value that an app keeps with a category. */
@Resource('/catalog/categories/:category_id/metafields', {
  ...acrossOwners('/catalog/categories/metafields'),
  filters: catalogFilters,
  updateDemands: WHOLE,
})
export class CategoryMetafield extends Metafield<CategoryMetafield, typeof catalogFilters> {}

/** A value that an app keeps with a cart. */
@Resource('/carts/:cart_id/metafields', { ...acrossOwners('/carts/metafields'), filters, updateDemands: WHOLE })
export class CartMetafield extends Metafield<CartMetafield, typeof filters> {}

const datedFilters = { ...filters, date_created: Date, date_modified: Date } as const;

/** A value that an app keeps with a channel. */
@Resource('/channels/:channel_id/metafields', { ...acrossOwners('/channels/metafields'), filters: datedFilters })
export class ChannelMetafield extends Metafield<ChannelMetafield, typeof datedFilters> {}

/** A value that an app keeps with a customer. */
@Resource('/customers/:customer_id/metafields', { ...acrossOwners('/customers/metafields'), filters })
export class CustomerMetafield extends Metafield<CustomerMetafield, typeof filters> {}

/** A value that an app keeps with a location. */
@Resource('/inventory/locations/:location_id/metafields', { ...acrossOwners('/inventory/locations/metafields'), filters })
export class LocationMetafield extends Metafield<LocationMetafield, typeof filters> {}

/** A value that an app keeps with an order. */
@Resource('/orders/:order_id/metafields', { ...acrossOwners('/orders/metafields'), filters: datedFilters, updateDemands: WHOLE })
export class OrderMetafield extends Metafield<OrderMetafield, typeof datedFilters> {}

/** A value that an app keeps with the store. */
@Resource('/store/metafields', {
  version: 'v3',
  operations: OPERATIONS,
  batch: AT_ONCE,
  cursor: true,
  listOnly: ['create'],
  filters,
  updateDemands: WHOLE,
})
export class StoreMetafield extends Metafield<StoreMetafield, typeof filters> {}
