import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import { noFilters } from '../no-filters.js';

const categoryAssignmentFilters = { 'product_id:in': Number, 'category_id:in': Number } as const;

/** An assignment of a product to a category. */
@Resource('/catalog/products/category-assignments', {
  version: 'v3',
  filters: categoryAssignmentFilters,
  key: 'product_id',
  addressing: 'filter',
  operations: ['list', 'create', 'update', 'delete', 'count'],
  identity: ['category_id'],
  batch: { update: 10, upsert: 10 },
  deleteFilters: ['product_id:in', 'category_id:in'],
  statuses: { update: 204 },
  responses: { create: 'none', update: 'none' },
})
export class CategoryAssignment extends Model<CategoryAssignment, typeof categoryAssignmentFilters> {
  /** The product. */
  @Attribute(() => Number) product_id!: number;
  /** The category that it is shown in. A product is in at most 1,000. */
  @Attribute(() => Number) category_id!: number;
}

const channelAssignmentFilters = { 'product_id:in': Number, 'channel_id:in': Number } as const;

/** A listing of a product on a channel. */
@Resource('/catalog/products/channel-assignments', {
  version: 'v3',
  filters: channelAssignmentFilters,
  key: 'product_id',
  addressing: 'filter',
  operations: ['list', 'create', 'update', 'delete', 'count'],
  identity: ['channel_id'],
  batch: { update: 10, upsert: 10 },
  deleteFilters: ['product_id:in', 'channel_id:in'],
  statuses: { update: 204 },
  responses: { create: 'none', update: 'none' },
})
export class ChannelAssignment extends Model<ChannelAssignment, typeof channelAssignmentFilters> {
  /** The product. Parallel writes for one product are to be avoided. */
  @Attribute(() => Number) product_id!: number;
  /** The channel that it is listed on. */
  @Attribute(() => Number) channel_id!: number;
}

/** The sort order of a product in a category. */
@Resource('/catalog/categories/:category_id/products/sort-order', {
  version: 'v3',
  filters: noFilters,
  key: 'product_id',
  addressing: 'filter',
  operations: ['list', 'update', 'count'],
  batch: { update: 10, upsert: 10 },
  responses: { updateMany: 'bare' },
})
export class CategoryProductOrder extends Model<CategoryProductOrder, typeof noFilters> {
  /** The product. Required. */
  @Attribute(() => Number) product_id!: number;
  /** Position in the category, the lowest first; at least 0. Required. */
  @Attribute(() => Number) sort_order!: number;
}
