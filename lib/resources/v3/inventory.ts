import { act, sessionFor } from '../../model/action.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { Open } from '../../schema/types.js';
import type { CallOptions } from '../../transport/request.js';
import type {
  InventoryAdjustment,
  InventoryAtLocation,
  InventoryIdentity,
  InventoryItemSettings,
  InventorySettingsChange,
  InventoryTransaction,
  LocationAddress,
  LocationItemIdentity,
  OperatingHours,
  PickupOptions,
  PickupSearch,
  SpecialHours,
} from './inventory-values.js';

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
  /** Which item it is. */
  @Attribute(() => Object, { readOnly: true }) readonly identity!: InventoryIdentity;
  /** Its stock at each location. */
  @Attribute(() => Array, { readOnly: true }) readonly locations!: InventoryAtLocation[];

  /** Sets stock levels to absolute values, of 2000 items at most. The store does so after it has responded. */
  static async set(adjustment: InventoryAdjustment, options?: CallOptions): Promise<InventoryTransaction> {
    return act(sessionFor(this), 'PUT', '/inventory/adjustments/absolute', { body: adjustment, ...options });
  }

  /** Adjusts stock levels by a difference, of 2000 items at most. The store does so after it has responded. */
  static async adjust(adjustment: InventoryAdjustment, options?: CallOptions): Promise<InventoryTransaction> {
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

// locations.v3.yml, LocationsCreateRequest.
const locationRequired = ['label', 'managed_by_external_source', 'type_id', 'time_zone', 'address'] as const;

/** A location that keeps stock. Deleting one deletes its stock; shipping origins and those with open orders cannot be deleted. */
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
  required: locationRequired,
})
export class Location extends Model<Location, typeof locationFilters, unknown, typeof locationRequired> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** Given by the merchant; unique. */
  @Attribute(() => String, { unique: true }) code!: string;
  /** Shown to the merchant. Required. */
  @Attribute(() => String) label!: string;
  /** May be shown to shoppers. */
  @Attribute(() => String) description!: string;
  /** Whether another system keeps the stock, which then cannot be changed in the control panel. Required; default: false. */
  @Attribute(() => Boolean) managed_by_external_source!: boolean;
  /** Required; default: physical. */
  @Attribute(() => String) type_id!: Open<'PHYSICAL' | 'VIRTUAL'>;
  /** Whether it is in use; default: true. 100 locations at most are. */
  @Attribute(() => Boolean) enabled!: boolean;
  /** When it is open, by day of the week. */
  @Attribute(() => Object) operating_hours!: OperatingHours;
  /** `Etc/UTC`, `America/Chicago`. Required. */
  @Attribute(() => String) time_zone!: string;
  /** When it was created. */
  @Attribute(() => Date, { readOnly: true }) readonly created_at!: Date | null;
  /** When it was last changed. */
  @Attribute(() => Date, { readOnly: true }) readonly updated_at!: Date | null;
  /** Required. */
  @Attribute(() => Object) address!: LocationAddress;
  /** Whether shoppers see it; default: true. */
  @Attribute(() => Boolean) storefront_visibility!: boolean;
  /** Days with other hours. */
  @Attribute(() => Array) special_hours!: SpecialHours[];
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
  /** Which item it is. */
  @Attribute(() => Object, { readOnly: true }) readonly identity!: LocationItemIdentity;
  /** How many can be sold: those on hand, less the safety stock. */
  @Attribute(() => Number, { readOnly: true }) readonly available_to_sell!: number;
  /** How many there are. */
  @Attribute(() => Number, { readOnly: true }) readonly total_inventory_onhand!: number;
  /** Changed by `LocationItem.configure`. */
  @Attribute(() => Object, { readOnly: true }) readonly settings!: InventoryItemSettings;

  /** Updates the inventory settings of 2000 items at most at a location: safety stock, warning levels, bins. */
  static async configure(
    location: Location | number,
    settings: readonly InventorySettingsChange[],
    options?: CallOptions,
  ): Promise<InventoryTransaction> {
    return act(LocationItem.of(location), 'PUT', '', { body: { settings }, ...options });
  }
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
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** Where the items are. */
  @Attribute(() => Number) location_id!: number;
  /** Shown to shoppers; up to 250 characters. */
  @Attribute(() => String) display_name!: string;
  /** Tells shoppers how to collect their items; up to 250 characters. */
  @Attribute(() => String) collection_instructions!: string;
  /** Tells shoppers when their items are ready; up to 250 characters. */
  @Attribute(() => String) collection_time_description!: string;
  /** Use `location_id`. @deprecated */
  @Attribute(() => Number) location_identity!: number;
  /** When it was created. */
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  /** When it was last changed. */
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;

  /** Returns where and how items can be picked up: 10 options at most, each for all of the items at one location. */
  static async options(search: PickupSearch, options?: CallOptions): Promise<PickupOptions> {
    return act(sessionFor(this), 'POST', '/pickup/options', { body: search, ...options });
  }
}
