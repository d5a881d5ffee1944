import { createHash } from 'node:crypto';
import type { Session } from 'bigrecord';
import { Brand, Product } from 'bigrecord/v3';
import type { PlannedPrice } from './price-changes.js';
import { newPrice, type PriceRule } from './price-rule.js';

/** Which prices change, and how. */
export interface PriceSelection {
  /** A brand, or `undefined` for all products. */
  readonly brandId: number | undefined;
  readonly rule: PriceRule;
}

/** What a change would do. */
export interface Preview {
  readonly prices: readonly PlannedPrice[];
  /** How many products were looked at. */
  readonly looked: number;
  /** How many requests would write. */
  readonly writes: number;
  /** Stands for all prices before and after: it differs if a price has changed between preview and start. */
  readonly fingerprint: string;
}

/** Computes what a change would do. Reads the products, and writes nothing: `dryRun()` tells what would be sent. */
export async function previewPrices(session: Session, { brandId, rule }: PriceSelection, decimals: number): Promise<Preview> {
  const products = await Product.using(session)
    .where(brandId === undefined ? {} : { brand_id: brandId })
    .select('name', 'sku', 'price');
  const changed = products
    .map((product) => ({ product, before: product.price, after: newPrice(product.price, rule, decimals) }))
    .filter(({ before, after }) => before !== after);
  for (const { product, after } of changed) product.price = after;
  const requests = await Product.using(session)
    .saveMany(changed.map(({ product }) => product))
    .dryRun();
  const prices = changed.map(({ product: { id, name, sku }, before, after }) => ({ productId: id, name, sku, before, after }));
  return { prices, looked: products.length, writes: requests.length, fingerprint: fingerprintOf(prices) };
}

function fingerprintOf(prices: readonly PlannedPrice[]): string {
  const sorted = prices.map(({ productId, before, after }) => [productId, before, after]).sort(([a = 0], [b = 0]) => a - b);
  return createHash('sha256').update(JSON.stringify(sorted)).digest('base64url');
}

export type BrandName = Pick<Brand, 'id' | 'name'>;

/** The brands of a store, by name. */
export function brandsOf(session: Session): Promise<BrandName[]> {
  return Brand.using(session).order('name').select('name').all();
}
