/** Values by the code of a tax property. The codes are the merchant's own, so their names are open. */
export type TaxPropertyValues = Record<string, string>;

/** Where a connection to a tax provider is used. */
export interface TaxProviderTarget {
  /** Countries: two letters, ISO 3166-1. */
  readonly country_codes: readonly string[];
  /** States and provinces, ISO 3166-2: `AU-NSW`. */
  readonly subdivision_codes: readonly string[];
}

/** The rate of one tax class. */
export interface TaxClassRate {
  /** Percent: 5 is 5 %. */
  rate: number;
  /** The tax class; 0 is the default one. */
  tax_class_id: number;
}

/** How the shoppers of a tax zone see prices. */
export interface TaxZonePriceDisplay {
  /** Whether prices include tax. */
  show_inclusive: boolean;
  /** Whether product pages show prices with and without tax. Default: false. */
  show_both_on_detail_view: boolean;
  /** Whether lists of products show prices with and without tax. Default: false. */
  show_both_on_list_view: boolean;
}

/** A place in a tax zone. */
export interface TaxZoneLocation {
  /** Two letters, ISO 3166-1. */
  country_code: string;
  /** States and provinces, the second part of ISO 3166-2: `NSW`. Empty: all. */
  subdivision_codes: string[];
  /** Empty: all. A zone of postal codes can be in one country only (store-operations/tax/tax-rates-zones). */
  postal_codes: string[];
}

/** Which shoppers a tax zone is for. */
export interface TaxZoneTarget {
  /** At least one. */
  locations: TaxZoneLocation[];
  /** Ids of customer groups; 0: customers without one. Empty: all customers. */
  customer_groups: number[];
}

/** An address whose tax zone is wanted. */
export interface TaxZoneAddress {
  /** Two letters, ISO 3166-1. */
  country_code: string;
  /** State or province, the second part of ISO 3166-2: `NSW`. One, despite its name. */
  subdivision_codes?: string;
  postal_code?: string;
  /** The customer group of the shopper. */
  customer_group_id?: number;
}
