import { defineJob, memoryTokenStore, SessionRegistry, startWorker } from 'bigrecord/jobs';
import { redisBudget } from 'bigrecord/redis';
import { Product } from 'bigrecord/v3';

/** The job of `npm run bench:scale`. */
export const reprice = defineJob('reprice', {
  source: () => Product.where({}).select('price'),
  each: (product) => {
    product.price *= 1.1;
  },
});

const [, , baseUrl, connection = '', concurrency = '8', ...hashes] = process.argv;

/** One of the workers, in a process of its own. */
if (baseUrl?.startsWith('http')) {
  process.on('warning', () => {});
  const stores = new SessionRegistry({ tokens: memoryTokenStore(), baseUrl, rateLimit: redisBudget(connection) });
  for (const storeHash of hashes) await stores.put({ storeHash, accessToken: 'token' });
  startWorker({ jobs: [reprice], connection, stores, concurrency: Number(concurrency) });
  process.on('disconnect', () => process.exit());
  process.on('message', () => process.send?.(process.cpuUsage()));
  process.send?.('ready');
}
