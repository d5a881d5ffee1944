import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { redisBudget } from 'bigrecord/redis';
import type { Sandbox } from 'bigrecord/sandbox';
import { expect } from 'chai';
import { REDIS_PASSWORD, RedisServer } from '../../support/redis.js';
import { type Fault, on, pause, range, withStore } from './fault.js';

const WARNING = /^bigrecord: Redis fails \(.+\): until it responds again, each process tracks the store's limits by itself\.$/;

/** What the process warns of while work runs. */
async function warningsOf(work: () => Promise<unknown>): Promise<string[]> {
  const warnings: string[] = [];
  const listen = ({ message }: Error): void => void (message.includes('Redis') && warnings.push(message));
  process.on('warning', listen);
  try {
    await work();
    await pause(20);
  } finally {
    process.off('warning', listen);
  }
  return warnings;
}

async function withRedis(work: (redis: RedisServer) => Promise<unknown>): Promise<void> {
  const redis = await RedisServer.start();
  try {
    await work(redis);
  } finally {
    await redis.stop();
  }
}

const refusals = (store: Sandbox): number => store.requests.filter(({ status }) => status === 429).length;

/** A fault of Redis under a job: every call must succeed in time, and one warning be given. */
const underAJob = (fault: (redis: RedisServer) => Promise<void>, after?: (redis: RedisServer) => Promise<void>) => () =>
  withRedis(async (redis) => {
    const warnings = await warningsOf(() =>
      withStore(
        async (_, session) => {
          await session.get('/catalog/products/1');
          await fault(redis);
          const begun = performance.now();
          await Promise.all(range(40).map((id) => session.get(`/catalog/products/${id}`)));
          expect(performance.now() - begun).to.be.below(5000);
          await after?.(redis);
          await session.get('/catalog/products/1');
        },
        {},
        { rateLimit: redisBudget(redis.url) },
      ),
    );
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.match(WARNING).and.not.include(REDIS_PASSWORD);
  });

const failing = (how: string, run: () => Promise<void>): Fault => ({
  row: 'L9',
  name: `the Redis that keeps the budget ${how}`,
  by: 'Redis',
  expected: 'every call succeeds and none hangs; one warning is given',
  cases: [on('session.get', run)],
});

export const redis: readonly Fault[] = [
  {
    row: 'L9',
    name: 'three processes work on one store, and share its budget in Redis',
    by: 'Redis',
    expected: 'no response is a 429, and the quota is made use of',
    cases: [
      on('session.get', () =>
        withRedis((server) =>
          withStore(
            async (store) => {
              const script = `import { Session } from 'bigrecord';
                import { redisBudget } from 'bigrecord/redis';
                const { url, store } = JSON.parse(process.env.GIVEN);
                const session = new Session({ ...store, rateLimit: redisBudget(url) });
                await Promise.all(Array.from({ length: 80 }, (_, at) => session.get('/catalog/products/' + (1 + at % 60))));`;
              const given = JSON.stringify({ url: server.url, store: store.credentials });
              const children = range(3).map(() =>
                spawn(process.execPath, ['--input-type=module', '-e', script], {
                  stdio: ['ignore', 'ignore', 'inherit'],
                  env: { ...process.env, GIVEN: given },
                }),
              );
              const begun = performance.now();
              for (const [code] of await Promise.all(children.map((child) => once(child, 'exit')))) expect(code).to.equal(0);
              expect(store.requests).to.have.length(240);
              expect(refusals(store)).to.equal(0);
              expect(performance.now() - begun).to.be.below(45_000); // four windows of half a second each would do; three processes have to start on a busy machine
            },
            { rateLimit: { quota: 60, windowMs: 500 } },
          ),
        ),
      ),
    ],
  },
  failing(
    'is gone',
    underAJob((server) => server.stop()),
  ),
  failing(
    'stops to answer',
    underAJob(async (server) => server.freeze()),
  ),
  failing(
    'is gone, and comes back',
    underAJob(
      (server) => server.stop(),
      async (server) => {
        await server.start();
        await pause(5100);
      },
    ),
  ),
  failing('was never there', async () => {
    const warnings = await warningsOf(() =>
      withStore(
        (_, session) => Promise.all(range(20).map((id) => session.get(`/catalog/products/${id}`))),
        {},
        { rateLimit: redisBudget('redis://127.0.0.1:9') },
      ),
    );
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.match(WARNING).and.include('ECONNREFUSED');
  }),
];
