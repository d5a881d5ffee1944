import { defineJob } from '../../lib/jobs/index.js';
import { Product } from '../../lib/resources/v3/index.js';

interface Doubling {
  /** The SKUs of the products for which the job fails, until it is mended. */
  readonly failing: readonly string[];
  readonly batchSize: number;
  readonly partitions: number;
  /** Called for each product before anything else. */
  readonly each?: () => unknown;
}

/** A job that doubles the prices of all products, and what mends it. */
export function doubling({ failing, batchSize, partitions, each = () => {} }: Doubling) {
  let isMended = false;
  const job = defineJob('double', {
    source: () => Product.where({}),
    each: (product: Product) => {
      each();
      if (failing.includes(product.sku) && !isMended) throw new Error('not yet');
      product.price *= 2;
    },
    batchSize,
    partitions,
  });
  return { job, mend: () => void (isMended = true) };
}
