import type { JsonObject } from '../../json-object.js';
import { amountOf } from '../amounts.js';

/** The first of some amounts that is set; a sale price of 0 is none. */
const sale = (...prices: readonly unknown[]): unknown => prices.find((price) => amountOf(price) > 0);

const own = (price: unknown): unknown => (price === null || price === '' ? undefined : price);

/** The price of a product or variant, and what it costs less in a sale. */
export interface CatalogPrices {
  readonly price: number;
  readonly salePrice: number | undefined;
  readonly retailPrice: number | undefined;
  /** What a shopper pays without a price list: the sale price if there is one. */
  readonly calculated: number;
}

/**
 * Returns the prices of a product, or of one of its variants. Each of these replaces the one before it: price and sale price of the
 * product, price and sale price of the variant (docs/store-operations/pricing/calculations).
 */
export function catalogPrices(product: JsonObject, variant: JsonObject = {}): CatalogPrices {
  const ownPrice = own(variant['price']);
  const price = amountOf(ownPrice ?? product['price']);
  const salePrice = sale(variant['sale_price'], ...(ownPrice === undefined ? [product['sale_price']] : []));
  const retailPrice = sale(variant['retail_price'], product['retail_price']);
  return {
    price,
    salePrice: salePrice === undefined ? undefined : amountOf(salePrice),
    retailPrice: retailPrice === undefined ? undefined : amountOf(retailPrice),
    calculated: amountOf(salePrice ?? price),
  };
}

/** What a product, or one of its variants, weighs. */
export const catalogWeight = (product: JsonObject, variant: JsonObject = {}): number =>
  amountOf(own(variant['weight']) ?? product['weight']);

const DECIMALS = 4;

/** Returns the amounts of a body that have more than four decimal places, rounded (docs/store-operations/catalog, "Pricing precision"). */
export function roundedAmounts(body: JsonObject, names: readonly string[]): JsonObject {
  const long = names.filter((name) => /\.\d{5,}$/.test(String(body[name] ?? '')));
  return Object.fromEntries(long.map((name) => [name, Number(amountOf(body[name]).toFixed(DECIMALS))]));
}
