import type { Open } from '../../schema/types.js';

/** For whom prices are calculated, and of what. */
export interface PriceRequest {
  /** The channel whose price lists and settings count; 1 is the default storefront. */
  channel_id: number;
  /** The currency of the prices: `USD`. They are rounded to its decimal places. */
  currency_code: string;
  /** The products, with a variant or chosen options. */
  items: readonly PriceRequestItem[];
  /** The shopper's country, for taxes: `US` (ISO 3166-1 alpha-2). */
  country_code?: string;
  /** The customer group whose price list, discounts and taxes count. */
  customer_group_id?: number;
  /** The customer whose prices are asked for. */
  customer_id?: number;
}

/** A product whose price is asked for. */
export interface PriceRequestItem {
  /** The product. */
  product_id: number;
  /** The variant; without it and without options, the product as it is listed. */
  variant_id?: number;
  /** Chosen values of options and modifiers; some of them may be missing, for an estimate. */
  options?: readonly PriceOption[];
}

/** A chosen value of an option or modifier. */
export interface PriceOption {
  /** The option or modifier. */
  option_id: number;
  /** The key of its value, not the value itself. */
  value_id: number;
}

/** A price with and without tax. The tax is an estimate for the customer group, by the tax settings of the store. */
export interface TaxedPrice {
  /** As the merchant entered it in the catalog or price list. */
  readonly as_entered: number;
  /** Whether `as_entered` includes tax. */
  readonly entered_inclusive: boolean;
  /** Without tax. */
  readonly tax_exclusive: number;
  /** With tax. */
  readonly tax_inclusive: number;
}

/** The lowest and the highest price of a product that is not chosen to the end. */
export interface TaxedPriceRange {
  /** The lowest price. */
  readonly minimum: TaxedPrice;
  /** The highest price. */
  readonly maximum: TaxedPrice;
}

/** A discount from a quantity on. */
export interface BulkPrice {
  /** From how many items it applies. */
  readonly minimum: number;
  /** Up to how many items it applies; 0 for no limit. */
  readonly maximum: number;
  /** What `discount_type` says, in the currency or per cent. */
  readonly discount_amount: number;
  /** `price`: so much is taken off each; `percent`: so many per cent of it; `fixed`: the price of each. */
  readonly discount_type: Open<'price' | 'percent' | 'fixed'>;
  /** The discount with and without tax. */
  readonly tax_discount_amount: readonly TaxedPrice[];
}

/** The prices of one item. Those that the product does not have are left out. */
export interface ProductPrice {
  /** The product. */
  readonly product_id: number;
  /** The variant that the prices are of. */
  readonly variant_id?: number;
  /** The options that the prices are of. */
  readonly options?: readonly PriceOption[];
  /** The item as it was asked for. */
  readonly reference_request: PriceRequestItem;
  /** The price without a sale. */
  readonly price?: TaxedPrice;
  /** What a shopper pays: after sale, price list, discounts of the group and rules of options. */
  readonly calculated_price?: TaxedPrice;
  /** The price of the sale. */
  readonly sale_price?: TaxedPrice;
  /** The recommended price, shown for comparison. */
  readonly retail_price?: TaxedPrice;
  /** The lowest price that may be advertised. */
  readonly minimum_advertised_price?: TaxedPrice;
  /** What is saved compared to the recommended price. */
  readonly saved?: TaxedPrice;
  /** The prices of the variants, if none was chosen. */
  readonly price_range?: TaxedPriceRange;
  /** The recommended prices of the variants, if none was chosen. */
  readonly retail_price_range?: TaxedPriceRange;
  /** Discounts by quantity. */
  readonly bulk_pricing?: readonly BulkPrice[];
}
