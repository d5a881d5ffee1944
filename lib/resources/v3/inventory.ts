import { act, sessionFor } from '../../model/action.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { CallOptions } from '../../transport/request.js';

/** Names a change of inventory, which the store carries out after it has responded. */
export interface InventoryTransaction {
  transaction_id: string;
}

const inventoryItemFilters = {
  'sku:in': String,
  'variant_id:in': Number,
  'product_id:in': Number,
  'location_id:in': Number,
  'location_code:in': String,
} as const;

/** The stock of a variant, over all locations. */
@Resource('/inventory/items', { version: 'v3', filters: inventoryItemFilters, key: 'identity', operations: ['list', 'count'] })
export class InventoryItem extends Model<InventoryItem, typeof inventoryItemFilters> {
  @Attribute(() => Object, { readOnly: true }) readonly identity!: Record<string, unknown>;
  @Attribute(() => Array, { readOnly: true }) readonly locations!: Record<string, unknown>[];

  /** Sets stock levels to absolute values. */
  static async set(
    adjustment: { reason?: string; items: readonly Record<string, unknown>[] },
    options?: CallOptions,
  ): Promise<InventoryTransaction> {
    return act(sessionFor(this), 'PUT', '/inventory/adjustments/absolute', { body: adjustment, ...options });
  }

  /** Adjusts stock levels by a difference. */
  static async adjust(
    adjustment: { reason?: string; items: readonly Record<string, unknown>[] },
    options?: CallOptions,
  ): Promise<InventoryTransaction> {
    return act(sessionFor(this), 'POST', '/inventory/adjustments/relative', { body: adjustment, ...options });
  }
}

const locationFilters = {
  'location_id:in': Number,
  'location_code:in': String,
  is_default: Boolean,
  'type_id:in': String,
  managed_by_external_source: Boolean,
  is_active: Boolean,
  storefront_visibility: Boolean,
} as const;

/** A location that keeps stock. */
@Resource('/inventory/locations', {
  version: 'v3',
  filters: locationFilters,
  addressing: 'filter',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { create: 50, update: 50 },
  deleteFilters: ['location_id:in'],
  keyFilter: 'location_id',
  statuses: { delete: 200 },
  responses: { create: 'transaction', update: 'transaction', delete: 'transaction' },
  naturalKey: { 'location_code:in': 'code' },
})
export class Location extends Model<Location, typeof locationFilters> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => String, { unique: true }) code!: string;
  @Attribute(() => String) label!: string;
  @Attribute(() => String) description!: string;
  @Attribute(() => Boolean) managed_by_external_source!: boolean;
  @Attribute(() => String) type_id!: 'PHYSICAL' | 'VIRTUAL';
  @Attribute(() => Boolean) enabled!: boolean;
  @Attribute(() => Object) operating_hours!: Record<string, unknown>;
  @Attribute(() => String) time_zone!: string;
  @Attribute(() => Date, { readOnly: true }) readonly created_at!: Date | null;
  @Attribute(() => Date, { readOnly: true }) readonly updated_at!: Date | null;
  @Attribute(() => Object) address!: Record<string, unknown>;
  @Attribute(() => Boolean) storefront_visibility!: boolean;
  @Attribute(() => Array) special_hours!: Record<string, unknown>[];
  @HasMany(() => LocationItem) items!: HasMany<LocationItem>;
}

const locationItemFilters = { 'variant_id:in': Number, 'product_id:in': Number, 'sku:in': String } as const;

/** The stock of a variant at a location. */
@Resource('/inventory/locations/:location_id/items', {
  version: 'v3',
  filters: locationItemFilters,
  key: 'identity',
  operations: ['list', 'count'],
})
export class LocationItem extends Model<LocationItem, typeof locationItemFilters> {
  @Attribute(() => Object, { readOnly: true }) readonly identity!: Record<string, unknown>;
  @Attribute(() => Number, { readOnly: true }) readonly available_to_sell!: number;
  @Attribute(() => Number, { readOnly: true }) readonly total_inventory_onhand!: number;
  @Attribute(() => Object) settings!: Record<string, unknown> | Record<string, unknown>[];

  /** Updates the inventory settings of variants at a location: safety stock, warning levels, bins. */
  static async configure(
    location: Location | number,
    settings: readonly Record<string, unknown>[],
    options?: CallOptions,
  ): Promise<InventoryTransaction> {
    return act(LocationItem.of(location), 'PUT', '', { body: { settings }, ...options });
  }
}

/** Where and how items can be picked up. */
export interface PickupOptions {
  results: {
    pickup_options: {
      pickup_method: {
        id: number;
        location_id: number;
        display_name: string;
        collection_instructions: string;
        collection_time_description: string;
      };
      available_items: { variant_id: number; quantity: number }[];
    }[];
  }[];
}

const pickupMethodFilters = {
  'id:in': Number,
  date_created: Date,
  'date_created:min': Date,
  'date_created:max': Date,
  date_modified: Date,
  'date_modified:min': Date,
  'date_modified:max': Date,
} as const;

/** A pickup method of a location. */
@Resource('/pickup/methods', {
  version: 'v3',
  filters: pickupMethodFilters,
  addressing: 'filter',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { create: 10, update: 10 },
  deleteFilters: ['id:in'],
})
export class PickupMethod extends Model<PickupMethod, typeof pickupMethodFilters> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number) location_id!: number;
  @Attribute(() => String) display_name!: string;
  @Attribute(() => String) collection_instructions!: string;
  @Attribute(() => String) collection_time_description!: string;
  @Attribute(() => Number) location_identity!: number;
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;

  /** Returns the pickup options for items: where and how they can be picked up. */
  static async options(search: Record<string, unknown>, options?: CallOptions): Promise<PickupOptions> {
    return act(sessionFor(this), 'POST', '/pickup/options', { body: search, ...options });
  }
}
