import { defineJob } from 'bigrecord/jobs';
import { Product } from 'bigrecord/v3';
import { expect } from 'chai';
import { hasRedis, REDIS_PASSWORD, RedisServer } from '../support/redis.js';
import { rejection } from '../support/rejection.js';
import { ROOT, run } from '../support/run.js';

const job = defineJob('connection', { source: () => Product.where({ id: 1 }), each: () => {} });

describe('runs by the address of a Redis', function () {
  this.timeout(60_000);
  let redis: RedisServer;

  before(async function () {
    if (!hasRedis()) this.skip();
    redis = await RedisServer.start();
  });
  after(async () => redis?.stop());

  it('do not keep a finished process alive when Redis is gone', async () => {
    const server = await RedisServer.start();
    const script = `
      import { defineJob } from 'bigrecord/jobs';
      import { Product } from 'bigrecord/v3';
      const job = defineJob('connection', { source: () => Product.where({ id: 1 }), each: () => {} });
      await job.enqueue({ stores: ['abc'], params: {}, connection: '${server.url}', id: 'gone' });
      process.kill(${server.pid}, 'SIGKILL');
      await new Promise((resolve) => setTimeout(resolve, 500));
      console.log('done');`;
    try {
      const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { cwd: ROOT, timeout: 20_000 });
      expect(stdout).to.equal('done\n');
    } finally {
      await server.stop();
    }
  });

  it('say what is wrong with Redis: a worker that waits for it, and a run whose password is refused', async () => {
    const script = `
      import { defineJob, startWorker } from 'bigrecord/jobs';
      import { Product } from 'bigrecord/v3';
      const job = defineJob('connection', { source: () => Product.where({ id: 1 }), each: () => {} });
      const worker = startWorker({ jobs: [job], connection: 'redis://127.0.0.1:1', stores: { session() {} } });
      await new Promise((resolve) => setTimeout(resolve, 300));
      await worker.drain(50);`;
    const { stderr } = await run(process.execPath, ['--input-type=module', '-e', script], { cwd: ROOT, timeout: 20_000 });
    expect(stderr).to.match(/BIGRECORD_REDIS_AWAY.*cannot reach Redis.*ECONNREFUSED/);
    const connection = redis.url.replace(REDIS_PASSWORD, 'wrong');
    const refused = await rejection(job.enqueue({ stores: ['abc'], connection, id: 'refused' }));
    expect(String(refused)).to.match(/^ConfigurationError: Redis refuses the user or the password: WRONGPASS/);
  });

  for (const [what, kills] of [
    ['', false],
    [' and Redis', true],
  ] as const)
    it(`let a process end whose function outlived drain()${what}`, async () => {
      const server = await RedisServer.start();
      const script = `
      import { Session } from 'bigrecord';
      import { defineJob, startWorker } from 'bigrecord/jobs';
      import { Sandbox } from 'bigrecord/sandbox';
      import { Product } from 'bigrecord/v3';
      const store = await Sandbox.start();
      const session = new Session(store.credentials);
      let begun;
      const isBegun = new Promise((resolve) => (begun = resolve));
      const job = defineJob('late', {
        partitions: 1,
        source: () => Product.where({}),
        batch: async () => {
          begun();
          await new Promise((resolve) => setTimeout(resolve, 3_000));
          console.log('ended');
        },
      });
      const worker = startWorker({ jobs: [job], connection: '${server.url}', stores: { session: () => session } });
      await job.enqueue({ stores: ['sandbox'], connection: '${server.url}', id: 'late' });
      await isBegun;
      await worker.drain(100);
      console.log('drained');
      if (${kills}) process.kill(${server.pid}, 'SIGKILL');
      await session.close({ abort: true });
      await store.stop();`;
      try {
        const { stdout } = await run(process.execPath, ['--input-type=module', '-e', script], { cwd: ROOT, timeout: 40_000 });
        expect(stdout).to.equal('drained\nended\n');
      } finally {
        await server.stop();
      }
    });

  it('are used again once Redis is back', async () => {
    const spring = await job.enqueue({ stores: ['abc'], params: {}, connection: redis.url, id: 'spring' });
    await redis.stop();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await redis.start();
    await job.enqueue({ stores: ['abc'], params: {}, connection: redis.url, id: 'spring' });
    expect((await spring.report()).state).to.equal('running');
  });
});
