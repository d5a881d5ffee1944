import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { Session } from 'bigrecord';
import { memoryTokenStore, SessionRegistry } from 'bigrecord/jobs';
import { Sandbox } from 'bigrecord/sandbox';
import { Product } from 'bigrecord/v3';

/**
 * `npm run bench:sessions`: the sessions of thousands of stores on one origin, before and after they were idle; and ten thousand saves
 * at once.
 */
const STORES = Number(process.argv[2] ?? 5000);
const SAVES = 10_000;
const IDLE_MS = 2000;
const MEBIBYTE = 1024 * 1024;

const heap = (): number => {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
};

async function sessions(): Promise<void> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => {});
    socket.on('data', () => socket.write('HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 11\r\n\r\n{"data":{}}'));
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const stores = new SessionRegistry({ tokens: memoryTokenStore(), baseUrl, idleMs: IDLE_MS });
  for (let at = 0; at < STORES; at++) await stores.put({ storeHash: `s${at}`, accessToken: `token${at}` });
  const ask = async (at: number) => (await stores.session(`s${at}`)).get('/catalog/products/1');
  const askAll = async () => {
    for (let at = 0; at < STORES; at += 50)
      await Promise.all(Array.from({ length: Math.min(50, STORES - at) }, (_, each) => ask(at + each)));
  };
  // Once before, so that compiled code and caches of its types do not count for the stores.
  await askAll();
  while (stores.size > 0) await delay(1000);
  await delay(40_000);
  const before = heap();
  await askAll();
  await delay(100);
  const used = heap();
  console.log(`${STORES} sessions: ${((used - before) / STORES / 1024).toFixed(1)} kB each, ${sockets.size} idle sockets`);
  const begun = performance.now();
  while (stores.size > 0) await delay(1000);
  console.log(`evicted after ${Math.round((performance.now() - begun) / 1000)} s without a call`);
  await delay(40_000);
  console.log(`40 s later: ${((heap() - before) / STORES).toFixed(0)} bytes for each, ${sockets.size} sockets`);
  await stores.close();
  server.close();
}

async function saves(): Promise<void> {
  const store = await Sandbox.start({ port: false, rateLimit: { quota: 1_000_000, windowMs: 30_000 } });
  const session = Session.configure(store.credentials);
  const records = Array.from({ length: SAVES }, (_, at) => Product.load({ id: 1, name: `n${at}`, description: 'd'.repeat(500) }));
  for (const [at, record] of records.entries()) record.name = `changed ${at}`;
  const before = heap();
  const begun = performance.now();
  const all = Promise.all(records.map((record) => record.save()));
  const ms = performance.now() - begun;
  const waiting = heap() - before;
  console.log(
    `${SAVES} saves at once: ${ms.toFixed(0)} ms until all wait, ${(waiting / MEBIBYTE).toFixed(0)} MiB, ${(waiting / SAVES / 1024).toFixed(1)} kB each`,
  );
  await all;
  await session.close();
  await store.stop();
}

await saves();
await sessions();
