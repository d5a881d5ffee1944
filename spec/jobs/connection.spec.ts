import { defineJob } from 'bigrecord/jobs';
import { Product } from 'bigrecord/v3';
import { expect } from 'chai';
import { hasRedis, RedisServer } from '../support/redis.js';
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

  it('are used again once Redis is back', async () => {
    const spring = await job.enqueue({ stores: ['abc'], params: {}, connection: redis.url, id: 'spring' });
    await redis.stop();
    await new Promise((resolve) => setTimeout(resolve, 300));
    await redis.start();
    await job.enqueue({ stores: ['abc'], params: {}, connection: redis.url, id: 'spring' });
    expect((await spring.report()).state).to.equal('running');
  });
});
