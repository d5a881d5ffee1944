import type { Open } from '../../schema/types.js';

/** Names a change of the inventory, which the store carries out after it has responded. */
export interface InventoryTransaction {
  transaction_id: string;
}

/** Which item it is: a variant, or a product without variants. */
export interface LocationItemIdentity {
  readonly sku: string;
  readonly variant_id: number;
  readonly product_id: number;
}

/** Which item it is: a variant, or a product without variants. */
export interface InventoryIdentity extends LocationItemIdentity {
  /** The SKU of the V2 catalog; null for a base variant. */
  readonly sku_id: number | null;
}

/** How the stock of an item is kept at a location. */
export interface InventoryItemSettings {
  /** How many are held back from sale; default: 0. */
  readonly safety_stock: number;
  /** Whether it can be bought, however many there are; default: true. */
  readonly is_in_stock: boolean;
  /** The merchant is told when fewer are left; default: 0. */
  readonly warning_level: number;
  /** Where the warehouse keeps it. */
  readonly bin_picking_number: string;
}

/** The stock of an item at a location. */
export interface InventoryAtLocation {
  readonly location_id: number;
  readonly location_code: string;
  readonly location_name: string;
  /** How many can be sold: those on hand, less the safety stock. */
  readonly available_to_sell: number;
  /** How many there are. */
  readonly total_inventory_onhand: number;
  /** Whether the location is in use. */
  readonly location_enabled: boolean;
  readonly settings: InventoryItemSettings;
}

/** An item to change, by its SKU. */
export interface InventoryChangeBySku {
  /** The location. */
  location_id: number;
  sku: string;
  /** The new number, or the difference, which may be negative. 2147483647 is the most that a location can have. */
  quantity: number;
}

/** An item to change, by its variant. */
export interface InventoryChangeByVariant {
  /** The location. */
  location_id: number;
  variant_id: number;
  /** The new number, or the difference, which may be negative. 2147483647 is the most that a location can have. */
  quantity: number;
}

/** An item to change, by its product, which has no variants. */
export interface InventoryChangeByProduct {
  /** The location. */
  location_id: number;
  product_id: number;
  /** The new number, or the difference, which may be negative. 2147483647 is the most that a location can have. */
  quantity: number;
}

/** A change of stock levels. */
export interface InventoryAdjustment {
  /** Why, for the merchant. */
  reason?: string;
  /** 2000 at most, best sorted by location. */
  items: readonly (InventoryChangeBySku | InventoryChangeByVariant | InventoryChangeByProduct)[];
}

/** New settings of an item at a location. What is left out stays. */
export interface InventorySettingsChange {
  /** Which item it is: one of the three. */
  identity: { sku: string } | { variant_id: number } | { product_id: number };
  /** How many are held back from sale. */
  safety_stock?: number;
  /** Whether it can be bought, however many there are. */
  is_in_stock?: boolean;
  /** The merchant is told when fewer are left. */
  warning_level?: number;
  /** Where the warehouse keeps it. */
  bin_picking_number?: string;
}

/** When a location is open on a day of the week. */
export interface HoursOfDay {
  /** Default: false. */
  open: boolean;
  /** `08:00`, in the time zone of the location. */
  opening: string;
  /** `16:00`, in the time zone of the location. */
  closing: string;
}

/** When a location is open. */
export interface OperatingHours {
  sunday: HoursOfDay;
  monday: HoursOfDay;
  tuesday: HoursOfDay;
  wednesday: HoursOfDay;
  thursday: HoursOfDay;
  friday: HoursOfDay;
  saturday: HoursOfDay;
}

/** A day with other hours than usual. */
export interface SpecialHours {
  /** `Thanksgiving`. Required. */
  label: string;
  /** `2026-11-26`. Required. */
  date: string;
  /** Whether it is open at all. Required. */
  open: boolean;
  /** `09:00`; default: `00:00`. */
  opening: string;
  /** `13:00`; default: `00:00`. */
  closing: string;
  /** Whether it holds for the whole day; default: false. */
  all_day: boolean;
  /** Whether it returns each year; default: false. */
  annual: boolean;
}

/** Where a location is. */
export interface LocationAddress {
  /** First line of the street address. Required. */
  address1: string;
  /** Second line of the street address. */
  address2?: string;
  /** Required. */
  city: string;
  /** Required. */
  state: string;
  /** Postal code. Required. */
  zip: string;
  /** Required. */
  email: string;
  phone?: string;
  /** Required: pickup options are searched by it. */
  geo_coordinates: Coordinates;
  /** `US`. Required. */
  country_code: string;
}

/** A place on earth, in degrees. */
export interface Coordinates {
  /** -90 to 90. */
  latitude: number;
  /** -180 to 180. */
  longitude: number;
}

/** Items that shoppers want to pick up, and where. */
export interface PickupSearch {
  search_area: {
    /** The middle of the area. */
    coordinates?: Coordinates;
    /** How far around it. */
    radius: { value: number; unit: Open<'KM' | 'MI'> };
  };
  items: readonly PickupOptionItem[];
}

/** A variant, and how many of it. */
export interface PickupOptionItem {
  variant_id: number;
  quantity: number;
}

/** Where and how items can be picked up. */
export interface PickupOptions {
  readonly results: readonly { readonly pickup_options: readonly PickupOption[] }[];
}

/** One way to pick up items. */
export interface PickupOption {
  readonly pickup_method: {
    readonly id: number;
    readonly location_id: number;
    /** Shown to shoppers. */
    readonly display_name: string;
    /** Tells shoppers how to collect their items. */
    readonly collection_instructions: string;
    /** Tells shoppers when their items are ready. */
    readonly collection_time_description: string;
  };
  /** What it is possible for. */
  readonly available_items: readonly PickupOptionItem[];
}
