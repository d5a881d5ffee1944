import { once } from 'node:events';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Sandbox } from 'bigrecord/sandbox';
import { expect } from 'chai';
import { command, runCommand } from '../support/command.js';
import { useRedis } from '../support/redis.js';
import { ROOT } from '../support/run.js';

const JOBS = `
import { defineJob } from 'bigrecord/jobs';
import { Product } from 'bigrecord/v3';
export const touch = defineJob('touch', { source: () => Product.where({}), each: (product) => { product.price += 1; }, batchSize: 5 });
`;
const ENQUEUE = `
import { touch } from './jobs.js';
const [redis, store] = process.argv.slice(2);
await touch.enqueue({ stores: [store], connection: redis, id: 'spring' });
process.exit();
`;

describe('bigrecord work and jobs', () => {
  const redis = useRedis();
  let folder: string;
  let store: Sandbox;

  before(async () => {
    store = await Sandbox.start();
    folder = await mkdtemp(join(tmpdir(), 'jobs-'));
    await mkdir(join(folder, 'node_modules'));
    await symlink(ROOT, join(folder, 'node_modules/bigrecord'));
    await writeFile(join(folder, 'package.json'), '{"type":"module"}');
    await writeFile(join(folder, 'jobs.js'), JOBS);
    await writeFile(join(folder, 'enqueue.js'), ENQUEUE);
  });
  after(async () => {
    await store.stop();
    await rm(folder, { recursive: true });
  });

  it('work runs of a file, show and steer them, and drain on SIGTERM', async () => {
    const { storeHash = '', accessToken, baseUrl = '' } = store.credentials;
    const env = {
      BIGCOMMERCE_STORE_HASH: storeHash,
      BIGCOMMERCE_ACCESS_TOKEN: String(accessToken),
      BIGCOMMERCE_API_URL: baseUrl,
      REDIS_URL: redis.server.url,
    };
    const setting = { cwd: folder, env };
    await command([redis.server.url, storeHash], { ...setting, program: join(folder, 'enqueue.js') }).code;
    const refused = await runCommand(['work', '--jobs', './jobs.js'], setting);
    expect(refused.code).to.equal(2);
    expect(refused.stderr).to.match(/give --write/);
    expect((await runCommand(['jobs'], setting)).stdout).to.match(/^spring {2}touch@1 {2}running {2}0\/\?/);
    expect((await runCommand(['jobs', 'pause', 'nothing'], setting)).code).to.equal(2);
    const worker = command(['work', '--jobs', './jobs.js', '--write'], setting);
    const shown = await runCommand(['jobs', 'show', 'spring', '--follow', '--json'], setting);
    const last: { state: string; done: number; total: number } = JSON.parse(shown.stdout.trim().split('\n').at(-1) ?? '{}');
    expect(last).to.include({ state: 'completed', done: last.total, failed: 0 });
    const back = await runCommand(['jobs', 'revert', 'spring'], setting);
    expect(back).to.include({ code: 0, stderr: '' });
    expect(back.stdout).to.match(new RegExp(`^spring-revert: completed, ${last.total} of ${last.total} rows, 0 failed`));
    expect(await worker.end('SIGTERM')).to.equal(0);
    expect(worker.output.stderr)
      .to.match(/Working touch@1 for store/)
      .and.match(/Draining/);
  }).timeout(60_000);

  it('say that Redis cannot be reached, and end on SIGTERM nevertheless', async () => {
    const { storeHash = '', accessToken, baseUrl = '' } = store.credentials;
    const env = { BIGCOMMERCE_STORE_HASH: storeHash, BIGCOMMERCE_ACCESS_TOKEN: String(accessToken), BIGCOMMERCE_API_URL: baseUrl };
    const worker = command(['work', '--jobs', './jobs.js', '--write', '--drain', '0', '--redis', 'redis://127.0.0.1:1'], {
      cwd: folder,
      env,
    });
    while (!/cannot reach Redis/.test(worker.output.stderr)) await once(worker.process.stderr ?? worker.process, 'data');
    expect(worker.output.stderr).to.match(/cannot reach Redis, and waits for it: .*ECONNREFUSED.*Check its address/);
    expect(await worker.end('SIGTERM')).to.equal(0);
  }).timeout(20_000);
});
