import { defineJob, type JobContext } from '../../../lib/jobs/index.js';
import { Product } from '../../../lib/resources/v3/index.js';

/** Small, so that kills fall between batches and into them. */
const SHAPE = { batchSize: 10, partitions: 2 } as const;

/** The jobs of chaos, by the store that each works on. */
export const CHAOS_JOBS = {
  raise: defineJob('raise', {
    ...SHAPE,
    source: () => Product.where({ is_visible: true }),
    each: (product: Product) => {
      product.price *= 1.1;
    },
  }),
  count: defineJob('count', {
    ...SHAPE,
    source: () => Product.where({ is_visible: true }),
    each: (product: Product) => {
      product.inventory_level += 1;
    },
  }),
  remove: defineJob('remove', { ...SHAPE, source: () => Product.where({ is_visible: true }), destroy: () => true }),
  create: defineJob('create', {
    batchSize: 10,
    model: Product,
    naturalKey: 'sku',
    *rows({ params }: JobContext<{ count: number }>) {
      for (let n = 1; n <= params.count; n++) yield { n };
    },
    create: ({ n }: { n: number }) => ({ name: `New ${n}`, sku: `N${n}`, type: 'physical' as const, weight: 1, price: 5 }),
  }),
};

export type ChaosKind = keyof typeof CHAOS_JOBS;
export const CHAOS_KINDS: readonly ChaosKind[] = ['raise', 'count', 'remove', 'create'];
