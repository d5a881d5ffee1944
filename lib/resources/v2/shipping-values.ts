import type { Money, Open } from '../../schema/types.js';

/** A part of a shipping zone: a country, a state or a postal code. */
export interface ShippingZoneLocation {
  id: number;
  /** Postal code, in zones of type `zip`. */
  zip: string;
  /** Two-letter code of the country, ISO 3166-1 alpha-2. */
  country_iso2: string;
  /** Code of the state, in zones of type `state`: `TX`. */
  state_iso2: string;
}

/** When shipping costs nothing. */
export interface FreeShipping {
  /** Whether it ever does. */
  enabled: boolean;
  /** The least that has to be ordered. */
  minimum_sub_total: Money;
  /** Whether products with a shipping cost of their own do not count. */
  exclude_fixed_shipping_products: boolean;
}

/** A fixed amount for handling. */
export interface ZoneFixedFee {
  fixed_surcharge: Money;
  /** Whether checkout shows it apart from the cost of shipping. */
  display_separately: boolean;
}

/** A percentage for handling. */
export interface ZonePercentageFee {
  /** Per cent: `5`. */
  percentage_surcharge: string;
  /** Whether checkout shows it apart from the cost of shipping. */
  display_separately: boolean;
}

/** What a zone adds to the cost of shipping. */
export type ZoneHandlingFee = ZoneFixedFee | ZonePercentageFee;

/** A fixed amount for handling. The store returns it as it was given: a number or a decimal string. */
export interface MethodFixedFee {
  fixed_surcharge: string | number;
}

/** A percentage for handling. The store returns it as it was given: a number or a decimal string. */
export interface MethodPercentageFee {
  percentage_surcharge: string | number;
}

/** What a shipping method adds to the cost of shipping. */
export type MethodHandlingFee = MethodFixedFee | MethodPercentageFee;

/** How the cost of shipping is found: by a rate, or by a carrier. */
export type ShippingMethodType =
  | 'perorder'
  | 'peritem'
  | 'weight'
  | 'total'
  | 'auspost'
  | 'canadapost'
  | 'endicia'
  | 'usps'
  | 'fedex'
  | 'royalmail'
  | 'upsready'
  | 'zoom2u'
  | 'freeshipping';

/** Settings of `perorder` and `peritem`. */
export interface FlatRateSettings {
  /** For the order or for each item. */
  rate: number;
}

/** A range of weights or totals, and what shipping costs in it. */
export interface ShippingRange {
  /** In the store's unit of weight, or in its currency. */
  lower_limit: number;
  /** In the store's unit of weight, or in its currency. */
  upper_limit: number;
  shipping_cost: number;
}

/** Settings of `weight` and `total`. */
export interface RangedSettings {
  /** Outside of all ranges; null for none. */
  default_cost: number | null;
  /** Whether that is an amount or a percentage of the total. */
  default_cost_type: Open<'percentage_of_total' | 'fixed_amount'>;
  range: ShippingRange[];
}

/** What a carrier is asked for. Which of it applies depends on the carrier. */
export interface CarrierOptions {
  /** Services of the carrier, in its own codes: `PRIORITY_OVERNIGHT`. */
  delivery_services: string[];
  /** Kind of package, in the carrier's own codes. Endicia, FedEx, UPS. */
  packaging_type?: string;
  /** Whether shoppers see how long it takes. Endicia, UPS. */
  show_transit_time?: boolean;
  /** How parcels are handed over. FedEx. */
  dropoff_type?: Open<'REGULAR_PICKUP' | 'REQUEST_COURIER' | 'DROP_BOX' | 'BUSINESS_SERVICE_CENTER' | 'STATION'>;
  /** One package for all items, or one for each. FedEx, UPS. */
  packing_method?: Open<'SEPARATE' | 'COMBINED' | 'separate' | 'combined'>;
  /** Rates of the account or of the list. FedEx. */
  rate_type?: Open<'NONE' | 'LIST'>;
  /** Whether the carrier is told what the parcel is worth. FedEx, UPS. */
  include_package_value?: boolean;
  /** FedEx, UPS. */
  destination_type?: Open<'residential' | 'business'>;
}

/** Settings of a carrier. */
export interface CarrierSettings {
  carrier_options: CarrierOptions;
}

/** Fields of a carrier that an app brings. They are open, since the app names them (guide: Shipping Provider API). */
export interface AppCarrierFields {
  [field: string]: string | number | boolean;
}

/** Settings of a carrier that an app brings. */
export interface AppCarrierSettings {
  carrier_options: AppCarrierFields;
}

/** Settings of a shipping method; which of them depends on its type. */
export type ShippingMethodSettings = FlatRateSettings | RangedSettings | CarrierSettings | AppCarrierSettings;

/** An account with a carrier that has a key. */
export interface KeyConnection {
  auth_key: string;
  /** Whether the carrier's test system is used. */
  test_mode: boolean;
}

/** An account with Endicia, which ships by USPS. */
export interface EndiciaConnection {
  account_id: string;
  pass_phrase: string;
}

/** An account with FedEx. */
export interface FedexConnection {
  key: string;
  password: string;
  account_number: string;
  meter_number: string;
}

/** A carrier that nothing has to be told. */
export type EmptyConnection = Record<string, never>;

/** What each carrier has to be told. */
export interface CarrierConnections {
  auspost: KeyConnection;
  endicia: EndiciaConnection;
  fedex: FedexConnection;
  royalmail: EmptyConnection;
  zoom2u: KeyConnection;
}

/** What a carrier has to be told; one that an app brings is `carrier_` and its number. */
export type CarrierConnection<Carrier extends string> = Carrier extends keyof CarrierConnections
  ? CarrierConnections[Carrier]
  : AppCarrierFields;
