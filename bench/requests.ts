import { Agent, request as nodeRequest } from 'node:http';
import axios from 'axios';
import { Session } from 'bigrecord';
import { Product } from 'bigrecord/v3';
import { Pool } from 'undici';
import { median, openShop, ratio, rounds } from './support/measure.js';
import type { Section } from './support/report.js';
import { atOnce, bareGot } from './support/rivals.js';

const COUNT = 1500;

/** (a) Finds one record repeatedly, to measure the overhead of the library. */
export async function requests(): Promise<Section[]> {
  const shop = await openShop();
  const sections: Section[] = [];
  for (const concurrency of [1, 16]) {
    const session = new Session({ storeHash: 'abc', accessToken: 'token', baseUrl: `http://127.0.0.1:${shop.port}`, concurrency });
    const Products = Product.using(session);
    const got = bareGot(shop.port, concurrency);
    const agent = new Agent({ keepAlive: true, maxSockets: concurrency });
    const pool = new Pool(`http://127.0.0.1:${shop.port}`, { connections: concurrency });
    const client = axios.create({
      baseURL: `http://127.0.0.1:${shop.port}/stores/abc`,
      headers: { 'x-auth-token': 'token' },
      httpAgent: agent,
    });
    const path = (at: number): string => `v3/catalog/products/${1 + (at % 500)}`;
    const plain = (at: number): Promise<unknown> =>
      new Promise((resolve, reject) => {
        nodeRequest({ port: shop.port, path: `/stores/abc/${path(at)}`, agent, headers: { 'x-auth-token': 'token' } }, (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk)).on('end', () => resolve(JSON.parse(Buffer.concat(chunks).toString())));
        })
          .on('error', reject)
          .end();
      });
    const contestants = {
      'bigrecord: Product.find()': (at: number) => Products.find(1 + (at % 500)),
      'bigrecord: find(), each separately': (at: number) => Products.find(1 + (at % 500), { retry: { limit: 3 } }),
      'bigrecord: session.get()': (at: number) => session.get(`/catalog/products/${1 + (at % 500)}`),
      'got(url).json()': (at: number) => got(path(at)).json(),
      axios: (at: number) => client.get(path(at)),
      'node:http': plain,
      undici: async (at: number) =>
        (await pool.request({ method: 'GET', path: `/stores/abc/${path(at)}`, headers: { 'x-auth-token': 'token' } })).body.json(),
    };
    const times = await rounds(
      Object.fromEntries(
        Object.entries(contestants).map(([name, one]) => [name, () => atOnce(COUNT, concurrency, one as (at: number) => Promise<unknown>)]),
      ),
      9,
      2,
    );
    sections.push({
      id: `find-${concurrency}`,
      title: `One record, ${concurrency === 1 ? 'one request after the other' : `${concurrency} at once`}`,
      drawn: 'time, got = 1',
      lines: Object.keys(contestants).map((name) => ({
        name,
        figures: {
          'per second': Math.round((COUNT / median(times.get(name) as number[])) * 1000),
          'time, got = 1': ratio(times, name, 'got(url).json()').toFixed(2),
        },
      })),
      ...(concurrency === 1
        ? {}
        : {
            notes: [
              'Finds in the same tick share one request (`id:in`), so sixteen concurrent finds often do. A find marked "separately" has options of its own, so it never shares a request.',
            ],
          }),
    });
    await Promise.all([session.close(), pool.close()]);
    agent.destroy();
  }
  shop.close();
  return sections;
}
