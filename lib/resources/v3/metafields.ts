import { Resource } from '../../model/resource.js';
import type { Open } from '../../schema/types.js';
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
/** Attributes that the PUT of some owners requires even if only one changes. */
const WHOLE = ['key', 'value', 'namespace', 'permission_set'] as const;

/** The kinds of owners that the descriptions name: those of the catalog's paths, and all of the paths with several owners. */
type CatalogOwner = 'brand' | 'category' | 'product' | 'variant';
type AnyOwner = CatalogOwner | 'cart' | 'channel' | 'location' | 'order' | 'customer';

/** Metafields are below their owner; `path` lists and batch-writes those of all owners of one kind. */
const metafieldsAt = (path: string) =>
  ({
    version: 'v3',
    operations: OPERATIONS,
    // With the status 422, some records of a batch may have been created (the descriptions of all owners' metafields, POST).
    batch: { ...AT_ONCE, path, parent: 'resource_id', partialCreate: true },
    collectionPath: { path, parent: 'resource_id' },
    cursor: true,
    responses: { deleteMany: 'rows' },
  }) as const;

const productFilters = { ...filters, 'resource_id:in': String } as const;

/** A value that an app stores on a product. */
@Resource('/catalog/products/:product_id/metafields', {
  ...metafieldsAt('/catalog/products/metafields'),
  filters: productFilters,
  alwaysSend: WHOLE,
})
export class ProductMetafield extends Metafield<ProductMetafield, typeof productFilters> {
  declare readonly id: number;
  declare readonly resource_id: number;
  declare readonly resource_type: Open<AnyOwner>;
}

/** A value that an app stores on a variant. */
@Resource('/catalog/products/:product_id/variants/:variant_id/metafields', {
  ...metafieldsAt('/catalog/variants/metafields'),
  filters,
  alwaysSend: WHOLE,
})
export class VariantMetafield extends Metafield<VariantMetafield, typeof filters> {
  declare readonly id: number;
  declare readonly resource_id: number;
  declare readonly resource_type: Open<AnyOwner>;
}

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

/** A value that an app stores on a brand. */
@Resource('/catalog/brands/:brand_id/metafields', { ...metafieldsAt('/catalog/brands/metafields'), filters: catalogFilters })
export class BrandMetafield extends Metafield<BrandMetafield, typeof catalogFilters> {
  declare readonly id: number;
  declare readonly resource_id: number;
  declare readonly resource_type: Open<AnyOwner>;
}

/** A value that an app stores on a category. */
@Resource('/catalog/categories/:category_id/metafields', {
  ...metafieldsAt('/catalog/categories/metafields'),
  filters: catalogFilters,
  alwaysSend: WHOLE,
})
export class CategoryMetafield extends Metafield<CategoryMetafield, typeof catalogFilters> {
  declare readonly id: number;
  declare readonly resource_id: number;
  declare readonly resource_type: Open<AnyOwner>;
}

/** A value that an app stores on a cart. */
@Resource('/carts/:cart_id/metafields', { ...metafieldsAt('/carts/metafields'), filters, alwaysSend: WHOLE })
export class CartMetafield extends Metafield<CartMetafield, typeof filters> {
  declare readonly id: string;
  declare readonly resource_id: string;
  declare readonly resource_type: Open<CatalogOwner | 'cart'>;
}

const datedFilters = { ...filters, date_created: Date, date_modified: Date } as const;

/** A value that an app stores on a channel. */
@Resource('/channels/:channel_id/metafields', {
  ...metafieldsAt('/channels/metafields'),
  filters: datedFilters,
  responses: { get: 'bare', create: 'bare', update: 'bare', deleteMany: 'rows' },
})
export class ChannelMetafield extends Metafield<ChannelMetafield, typeof datedFilters> {
  declare readonly id: number;
  declare readonly resource_id: number;
  declare readonly resource_type: Open<AnyOwner>;
}

/** A value that an app stores on a customer. */
@Resource('/customers/:customer_id/metafields', {
  ...metafieldsAt('/customers/metafields'),
  filters,
  responses: { update: 'rows', deleteMany: 'rows' },
})
export class CustomerMetafield extends Metafield<CustomerMetafield, typeof filters> {
  declare readonly id: number;
  declare readonly resource_id: number;
  declare readonly resource_type: Open<AnyOwner>;
}

/** A value that an app stores on a location. */
@Resource('/inventory/locations/:location_id/metafields', { ...metafieldsAt('/inventory/locations/metafields'), filters })
export class LocationMetafield extends Metafield<LocationMetafield, typeof filters> {
  declare readonly id: number | string;
  declare readonly resource_id: number;
  declare readonly resource_type: Open<'location'>;
}

/** A value that an app stores on an order. */
@Resource('/orders/:order_id/metafields', { ...metafieldsAt('/orders/metafields'), filters: datedFilters, alwaysSend: WHOLE })
export class OrderMetafield extends Metafield<OrderMetafield, typeof datedFilters> {
  declare readonly id: number;
  declare readonly resource_id: number;
  declare readonly resource_type: Open<CatalogOwner | 'order'>;
}

/** A value that an app stores on the store. */
@Resource('/store/metafields', {
  version: 'v3',
  operations: OPERATIONS,
  batch: AT_ONCE,
  cursor: true,
  batchOnly: ['create'],
  responses: { deleteMany: 'rows' },
  filters,
  alwaysSend: WHOLE,
})
export class StoreMetafield extends Metafield<StoreMetafield, typeof filters> {
  declare readonly id: number | string;
  declare readonly resource_id: string;
  declare readonly resource_type: Open<CatalogOwner | 'cart' | 'store'>;
}
