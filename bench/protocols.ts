import { Agent } from 'node:https';
import got from 'got';
import { median, openShop, ratio, rounds } from './support/measure.js';
import type { Section } from './support/report.js';
import { atOnce } from './support/rivals.js';

const JOBS = [
  // latency, what, how many, at once
  [0, 'one', 100, 1],
  [0, 'one', 140, 16],
  [0, 'page', 40, 8],
  [50, 'one', 10, 1],
  [50, 'one', 70, 16],
  [50, 'page', 40, 8],
] as const;

/** Compares HTTP/1.1 with HTTP/2, using got over TLS. Each job has its own connection: Node's server closes one after 1,000 requests. */
export async function protocols(): Promise<Section> {
  const lines: Section['lines'][number][] = [];
  for (const [latency, what, count, concurrency] of JOBS) {
    const shop = await openShop(latency, './secure-shop.js');
    const url = `https://127.0.0.1:${shop.port}/${what}`;
    const one = got.extend({
      https: { rejectUnauthorized: false },
      agent: { https: new Agent({ keepAlive: true, maxSockets: concurrency }) },
    });
    const two = got.extend({ https: { rejectUnauthorized: false }, http2: true });
    const times = await rounds(
      {
        'HTTP/1.1': () => atOnce(count, concurrency, () => one(url).json()),
        'HTTP/2': () => atOnce(count, concurrency, () => two(url).json()),
      },
      5,
    );
    shop.close();
    lines.push({
      name: `${what === 'one' ? 'a product' : '250 products'}, ${concurrency} at once, ${latency} ms latency`,
      figures: {
        'HTTP/1.1, ms per request': (median(times.get('HTTP/1.1') as number[]) / count).toFixed(2),
        'HTTP/2, ms per request': (median(times.get('HTTP/2') as number[]) / count).toFixed(2),
        'HTTP/1.1 = 1': ratio(times, 'HTTP/2', 'HTTP/1.1').toFixed(2),
      },
    });
  }
  return {
    id: 'protocols',
    title: 'HTTP/2, with got over TLS',
    drawn: 'HTTP/1.1 = 1',
    notes: [
      'bigrecord does not offer HTTP/2. With network latency it gains nothing: a store limits concurrent requests, and so few fit on a few connections.',
      "Also, got 14 ends each HTTP/2 stream with a reset (http2-wrapper 2), which servers treat as an attack: Node's server closes the connection after 1,000 requests, including those still running.",
    ],
    lines,
  };
}
