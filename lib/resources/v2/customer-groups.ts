import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { V2Filters } from '../../query/where.js';
import { Attribute } from '../../schema/attribute.js';
import type { Money, Open } from '../../schema/types.js';

/** Access to all categories. */
export interface AllCategories {
  type: 'all';
}

/** Access to no category. */
export interface NoCategories {
  type: 'none';
}

/** Access to some categories. */
export interface SpecificCategories {
  type: 'specific';
  /** Ids of the categories. */
  categories: number[];
}

/** Which categories a group can see. */
export type CategoryAccess = AllCategories | NoCategories | SpecificCategories;

/** How a discount is computed: a percentage off, an amount off, or a price. */
export type GroupDiscountMethod = Open<'percent' | 'fixed' | 'price'>;

/** Prices of a price list; the only rule of its group. */
export interface GroupPriceListRule {
  type: 'price_list';
  /** The price list. */
  price_list_id: number;
}

/** A discount on every product; at most one of a group. */
export interface GroupStoreRule {
  type: 'all';
  /** How the discount is computed. */
  method: GroupDiscountMethod;
  /** Percentage, amount or price. */
  amount: Money;
}

/** A discount on the products of a category and of those below it. Only the control panel can leave those below out. */
export interface GroupCategoryRule {
  type: 'category';
  /** The category. */
  category_id: number;
  /** How the discount is computed. */
  method: GroupDiscountMethod;
  /** Percentage, amount or price. */
  amount: Money;
}

/** A discount on one product. */
export interface GroupProductRule {
  type: 'product';
  /** The product. */
  product_id: number;
  /** How the discount is computed. */
  method: GroupDiscountMethod;
  /** Percentage, amount or price. */
  amount: Money;
}

/** A discount of a group, by its `type`. */
export type GroupDiscountRule = GroupPriceListRule | GroupStoreRule | GroupCategoryRule | GroupProductRule;

const customerGroupFilters = {
  name: String,
  'name:like': String,
  is_default: Boolean,
  date_created: Date,
  'date_created:max': Date,
  'date_created:min': Date,
  date_modified: Date,
  'date_modified:min': Date,
  'date_modified:max': Date,
  is_group_for_guests: Boolean,
} as const;

const customerGroupRequired = ['name'] as const;

/** A customer group: customers with the same prices and accessible categories. */
@Resource('/customer_groups', {
  version: 'v2',
  filters: customerGroupFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  statuses: { create: 200 },
  required: customerGroupRequired,
})
export class CustomerGroup extends Model<CustomerGroup, V2Filters<typeof customerGroupFilters>, unknown, typeof customerGroupRequired> {
  /** Assigned by the store. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** Shown in the control panel. Required. */
  @Attribute(() => String) name!: string;
  /** Whether new customers belong to it. One group at most has it. */
  @Attribute(() => Boolean) is_default!: boolean;
  /** Which categories its members can see. */
  @Attribute(() => Object) category_access!: CategoryAccess;
  /** Discounts of its members: one price list alone, or one rule for the whole store and any number for categories and products. Replaced as a whole. */
  @Attribute(() => Array) discount_rules!: GroupDiscountRule[];
  /** When it was created. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  /** When it was last changed. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  /** Whether guests belong to it. One group at most has it. */
  @Attribute(() => Boolean) is_group_for_guests!: boolean;
}
