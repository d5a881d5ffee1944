import { defineJob, type JobContext } from 'bigrecord/jobs';
import { Product } from 'bigrecord/v3';

/** What a bulk change is about. */
export interface PriceParams {
  /** The price before and after, by the id of the product. */
  readonly prices: Readonly<Record<string, readonly [before: number, after: number]>>;
}

/** Why a price is not written. */
export const CHANGED_MEANWHILE = 'Somebody has changed the price meanwhile.';

/**
 * Changes prices as they were previewed. bigrecord keeps what it is about to write before it writes, so a price is written once, whatever
 * process is killed, and can be put back.
 */
export const priceJob = defineJob('prices', {
  source: ({ params }: JobContext<PriceParams>) => Product.where({ id: { in: Object.keys(params.prices).map(Number) } }).select('price'),
  each(product, { params }) {
    const [before, after] = params.prices[product.id] ?? [product.price, product.price];
    if (product.price !== before) throw new Error(CHANGED_MEANWHILE);
    product.price = after;
  },
});
