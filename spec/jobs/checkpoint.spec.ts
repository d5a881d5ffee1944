import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { Session } from '../../lib/index.js';
import { Product } from '../../lib/resources/v3/index.js';
import { Sandbox } from '../../lib/sandbox/index.js';
import { doubling } from '../support/doubling.js';
import { useFolder } from '../support/folder.js';
import { useProducts } from '../support/products.js';
import { rejection } from '../support/rejection.js';
import { ROOT } from '../support/run.js';

/** Starts a run at a moment it is told, and tells when it began and ended to work. */
const STARTER = `
import { Session } from 'bigrecord';
import { defineJob } from 'bigrecord/jobs';
const session = new Session({ storeHash: 'abc', accessToken: 't', baseUrl: 'http://127.0.0.1:9' });
process.on('message', async ({ checkpoint, at }) => {
  const told = [];
  const job = defineJob('j', {
    async *rows() {
      told.push(Date.now());
      await new Promise((resolve) => setTimeout(resolve, 30));
      told.push(Date.now());
    },
    batch() {},
  });
  while (Date.now() < at);
  await job.local({ checkpoint, session }).then(() => {}, () => {});
  process.send(told);
});
process.on('disconnect', () => process.exit());
process.send([]);`;

/** Dies with a run under way, so that its lock stays. */
const DYING = `
import { Session } from 'bigrecord';
import { defineJob } from 'bigrecord/jobs';
const session = new Session({ storeHash: 'abc', accessToken: 't', baseUrl: 'http://127.0.0.1:9' });
const job = defineJob('j', { *rows() { process.kill(process.pid, 'SIGKILL'); yield {}; }, batch() {} });
await job.local({ checkpoint: process.argv[1], session });`;

const node = (program: string, ...args: string[]): ChildProcess =>
  spawn(process.execPath, ['--input-type=module', '-e', program, ...args], { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });

describe('a checkpoint file', () => {
  const products = useProducts(6);
  let store: Sandbox;
  let session: Session;
  const folder = useFolder();

  before(() => {
    ({ store, session } = products);
  });

  it('is refused when it was damaged: the rows would be worked twice', async () => {
    const { job: double } = doubling({ failing: [], batchSize: 1, partitions: 1 });
    const checkpoint = join(folder.path, 'damaged.ndjson');
    await double.local({ checkpoint, session });
    const kept = readFileSync(checkpoint, 'utf8');
    const lines = kept.split('\n');
    const sent = store.requests.length;
    for (const damaged of [kept.replaceAll('\n', '\r\n'), lines.toSpliced(3, 1, 'x').join('\n'), lines.slice(0, 5).join('\n ')]) {
      writeFileSync(checkpoint, damaged);
      expect(String(await rejection(double.local({ checkpoint, session })))).to.match(/^ConfigurationError: .* is damaged: .* at byte \d+/);
      expect(readFileSync(checkpoint, 'utf8'), 'left as it is').to.equal(damaged);
    }
    expect(store.requests.length).to.equal(sent);
    writeFileSync(checkpoint, kept.slice(0, -3));
    expect(await double.local({ checkpoint, session }), 'a torn last line').to.include({ done: 6, failed: 0 });
    expect(new Set(store.rows(Product).map(({ price }) => price))).to.deep.equal(new Set([200]));
  });

  it('is used by one of two processes that start at the same moment, also when its last one was killed', async () => {
    const killed = join(folder.path, 'killed.ndjson');
    await once(node(DYING, killed), 'exit');
    const stale = readFileSync(`${killed}.lock`, 'utf8');
    const both = [node(STARTER), node(STARTER)];
    try {
      await Promise.all(both.map((each) => once(each, 'message')));
      for (let round = 0; round < 60; round++) {
        const checkpoint = join(folder.path, `race-${round}.ndjson`);
        if (round % 4 > 0) writeFileSync(`${checkpoint}.lock`, stale);
        const told = both.map((each) => once(each, 'message'));
        for (const each of both) each.send({ checkpoint, at: Date.now() + 10 });
        const times = (await Promise.all(told)).map(([message]) => message as number[]);
        const [first, second] = times.filter(({ length }) => length > 0).sort(([a = 0], [b = 0]) => a - b);
        expect(first, 'one has run').to.have.lengthOf(2);
        if (second !== undefined) expect(second[0], `round ${round}: at the same time`).to.be.at.least(first?.[1] ?? 0);
      }
    } finally {
      for (const each of both) each.disconnect();
    }
  }).timeout(60_000);
});
