import { Session } from 'bigrecord';
import { redisBudget } from 'bigrecord/redis';

/** One of the processes of `npm run bench:budget`: reads in bulk, so many calls at once, until it is told to end. */
const [baseUrl = '', redis = '', callers = '8'] = process.argv.slice(2);
const session = new Session({ storeHash: 'abc', accessToken: 'token', baseUrl, retry: false, rateLimit: redisBudget(redis) });
let isOver = false;
let sent = 0;

process.on('message', (message) => {
  if (message === 'end') isOver = true;
  else void Promise.all(Array.from({ length: Number(callers) }, work)).then(end);
});
process.send?.('ready');

async function work(): Promise<void> {
  while (!isOver) {
    await session.send({ method: 'GET', version: 'v3', path: '/catalog/products/1', query: {}, priority: 'bulk' }).catch(() => {});
    sent++;
  }
}

function end(): void {
  process.send?.(sent, () => process.exit());
}
