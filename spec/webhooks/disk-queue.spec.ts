import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ArgumentError } from 'bigrecord';
import { DiskQueue, type EventQueue, MemoryQueue, WebhookError, WebhookEvent } from 'bigrecord/webhooks';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { until } from '../support/waiting.js';

const WORKER = join(dirname(fileURLToPath(import.meta.url)), '../support/queue-worker.js');

const event = (hash: string): WebhookEvent =>
  new WebhookEvent({ scope: 'store/order/created', storeHash: 'sandbox', storeId: '1', hash, createdAt: new Date(0), data: { id: 1 } });

const hashes = async (queue: EventQueue): Promise<string[]> => (await queue.pending()).map((queued) => queued.event.hash).sort();

/** A process of its own in a folder; what it printed, a word a line. */
function worker(mode: string, folder: string, options: { shell?: string } = {}) {
  const command = [process.execPath, WORKER, mode, folder];
  const child =
    options.shell === undefined
      ? spawn(command[0] as string, command.slice(1), { stdio: ['ignore', 'pipe', 'inherit'] })
      : spawn('sh', ['-c', `${options.shell}; exec "$@"`, 'sh', ...command], { stdio: ['ignore', 'pipe', 'inherit'] });
  let text = '';
  child.stdout.on('data', (chunk) => (text += chunk));
  const ended = once(child, 'close');
  return {
    child,
    ended: ended.then(() => text.split('\n').filter(Boolean)),
    prints: async (word: string) => {
      while (!text.includes(word)) {
        if (child.exitCode !== null || child.signalCode !== null) throw new Error(`It ended without printing ${word}: ${text}`);
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    },
  };
}

describe('DiskQueue', () => {
  let folder: string;
  const warnings: string[] = [];
  const onWarning = ({ message }: Error): void => void warnings.push(message);
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bigrecord-queue-'));
    warnings.length = 0;
    process.on('warning', onWarning);
  });
  afterEach(async () => {
    process.off('warning', onWarning);
    await rm(folder, { recursive: true, force: true });
  });

  it('loses one file to one bad file: empty, cut short, foreign, a folder, or a list', async () => {
    const queue = new DiskQueue(folder);
    const ids: string[] = [];
    for (const hash of ['a', 'b', 'c', 'd']) ids.push((await queue.push(event(hash))).id);
    for (const id of ids) await queue.release(id);
    await writeFile(join(folder, `${ids[0]}.json`), '');
    await writeFile(join(folder, `${ids[1]}.json`), '{"scope":"store/or');
    await writeFile(join(folder, 'notes.json'), '{"hello":"world"}');
    await writeFile(join(folder, 'empty.json'), '');
    await writeFile(join(folder, 'strange name!.json'), JSON.stringify(event('x')));
    await writeFile(join(folder, 'list.json'), '[]');
    await writeFile(join(folder, 'README'), 'not ours');
    await mkdir(join(folder, 'folder.json'));
    const next = new DiskQueue(folder);
    expect(await hashes(next)).to.deep.equal(['c', 'd']);
    expect(await hashes(next)).to.deep.equal(['c', 'd']);
    await new Promise((resolve) => setImmediate(resolve));
    expect(warnings).to.have.length(7); // each file is told once
    expect((await readdir(join(folder, 'bad'))).sort()).to.deep.equal(ids.slice(0, 2).flatMap((id) => [`${id}.json`, `${id}.json.reason`]));
    expect(await readFile(join(folder, 'bad', `${ids[0]}.json.reason`), 'utf8')).to.equal('it is empty');
    // What is not ours stays where it was.
    expect(await readdir(folder)).to.include.members(['notes.json', 'empty.json', 'list.json', 'README', 'folder.json']);
  });

  it('says of a damaged file only what became of it', async () => {
    const queue = new DiskQueue(folder);
    const { id } = await queue.push(event('a'));
    await queue.release(id);
    await writeFile(join(folder, `${id}.json`), 'null');
    await writeFile(join(folder, 'bad'), 'a file where the folder would be');
    expect(await hashes(new DiskQueue(folder))).to.deep.equal([]);
    await until(() => warnings.length > 0, 'the warning');
    expect(warnings).to.have.length(1);
    expect(warnings[0]).to.contain('it does not hold an event').and.to.contain('left alone');
    expect(await readdir(folder)).to.include(`${id}.json`);
  });

  it('keeps an event whose time is not known', async () => {
    const queue = new DiskQueue(folder);
    const { id } = await queue.push(new WebhookEvent({ ...event('a'), createdAt: new Date(Number.NaN) }));
    await queue.release(id);
    const [kept] = await new DiskQueue(folder).pending();
    expect(kept?.event).to.have.property('createdAt', undefined);
  });

  it('reads what earlier versions wrote, and clears up what they left half-written', async () => {
    const id = '0lq9x2k3f-0b8f6f0e-3a52-4a53-8a75-2f1f6c3f0a11';
    await writeFile(join(folder, `${id}.json`), JSON.stringify(event('old')));
    await writeFile(join(folder, `${id.replace('0lq', '0lp')}.json.part`), '{"sco');
    await utimes(join(folder, `${id.replace('0lq', '0lp')}.json.part`), new Date(0), new Date(0));
    expect(await hashes(new DiskQueue(folder))).to.deep.equal(['old']);
    expect(await readdir(folder)).to.deep.equal([`${id}.json`]);
  });

  it('needs a folder, and knows its options', () => {
    for (const folder of [undefined, null, '', ' ', 7, {}, 'a\0b'])
      expect(() => new DiskQueue(folder as string), String(folder)).to.throw(ArgumentError, 'folder');
    for (const leaseMs of [0, -1, Number.NaN, '1', 2 ** 31])
      expect(() => new DiskQueue('x', { leaseMs: leaseMs as number }), String(leaseMs)).to.throw(ArgumentError, 'leaseMs');
    expect(() => new DiskQueue('x', { lease: 1 } as never)).to.throw(ArgumentError, 'lease');
  });

  it('does not accept what a full disk cannot hold, and leaves no half of it', async function () {
    if (process.platform === 'win32') this.skip();
    // No file may grow: each write fails as on a full disk.
    const lines = await worker('push', folder, { shell: "trap '' XFSZ; ulimit -f 0" }).ended;
    expect(lines).to.deep.equal(['refused WebhookError 503 EFBIG', 'pending 0']);
    expect(await readdir(folder)).to.deep.equal([]);
  });

  it('does not accept anything where its folder cannot be', async () => {
    await writeFile(join(folder, 'file'), '');
    for (const path of ['file', 'file/sub']) {
      const error = await rejection(new DiskQueue(join(folder, path)).push(event('a')), WebhookError);
      expect([error.status, error.code]).to.deep.equal([503, 'ENOTDIR']);
      expect(error.message).to.contain('not accepted');
    }
  });

  it('needs few descriptors, however many events there are', async function () {
    this.timeout(60_000);
    if (process.platform === 'win32') this.skip();
    const lines = await worker('many', folder, { shell: 'ulimit -n 80' }).ended;
    expect(lines).to.deep.equal(['pushed 2000', 'pending 2000', 'claimed 2000', 'left 0']);
  });

  it('gives an event to one queue alone, and to another when its process has died', async () => {
    const other = worker('hold', folder);
    await other.prints('holding');
    const queue = new DiskQueue(folder);
    const [held] = await queue.pending();
    expect(held?.event.hash).to.equal('held');
    expect(await queue.claim(held?.id as string)).to.equal(false);
    other.child.kill('SIGKILL');
    await other.ended;
    expect(await queue.claim(held?.id as string)).to.equal(true);
    expect(await queue.claim(held?.id as string)).to.equal(false);
    await queue.done(held?.id as string);
    expect(await readdir(folder)).to.deep.equal([]);
  });

  it('is claimed by one of many at once', async () => {
    const first = new DiskQueue(folder);
    for (let at = 0; at < 50; at++) await first.release((await first.push(event(`e${at}`))).id);
    const queues = Array.from({ length: 6 }, () => new DiskQueue(folder));
    const claims = await Promise.all(
      queues.map(async (queue) => {
        const pending = await queue.pending();
        const results = await Promise.all(pending.map(({ id }) => queue.claim(id)));
        return results.filter(Boolean).length;
      }),
    );
    expect(claims.reduce((sum, count) => sum + count, 0)).to.equal(50);
  });

  it('lets a claim lapse that nobody renews, where the process cannot be asked for', async () => {
    const queue = new DiskQueue(folder, { leaseMs: 60_000 });
    const far = '0lq9x2k3f-0b8f6f0e-3a52-4a53-8a75-2f1f6c3f0a11.3@00000000-1-12345-00000000.json';
    await writeFile(join(folder, far), JSON.stringify(event('far')));
    const [pending] = await queue.pending();
    expect(pending?.attempts).to.equal(3);
    expect(await queue.claim(pending?.id as string)).to.equal(false);
    const lapsed = new Date(Date.now() - 61_000);
    await utimes(join(folder, far), lapsed, lapsed);
    expect(await queue.claim(pending?.id as string)).to.equal(true);
    expect(await queue.begin(pending?.id as string)).to.equal(4);
  });

  it('renews its own claims, in the same process too', async () => {
    const queue = new DiskQueue(folder, { leaseMs: 300 });
    const { id } = await queue.push(event('a'));
    const other = new DiskQueue(folder, { leaseMs: 300 });
    const [name] = (await readdir(folder)) as [string];
    const long = new Date(Date.now() - 60_000);
    await utimes(join(folder, name), long, long);
    await new Promise((resolve) => setTimeout(resolve, 250)); // more than a third of the lease
    expect(await other.claim(id)).to.equal(false);
    await queue.release(id);
    expect(await other.claim(id)).to.equal(true);
  });

  it('knows a claim that it has lost', async () => {
    const queue = new DiskQueue(folder);
    const { id } = await queue.push(event('a'));
    await rm(folder, { recursive: true });
    expect(await queue.begin(id)).to.equal(undefined);
    await queue.done(id);
    await queue.bury(id, new Error('x'));
  });

  it('survives a file that it may not read', async function () {
    if (process.getuid?.() === 0) this.skip(); // may read anything
    const queue = new DiskQueue(folder);
    for (const hash of ['a', 'b']) await queue.push(event(hash));
    const [name] = (await readdir(folder)) as [string];
    await chmod(join(folder, name), 0);
    expect(await hashes(new DiskQueue(folder))).to.have.length(1);
  });

  it('is not stopped by a dead letter that cannot be read', async () => {
    const queue = new DiskQueue(folder);
    const { id } = await queue.push(event('a'));
    await queue.bury(id, 'text');
    await writeFile(join(folder, 'dead-letter/other.json'), '');
    expect((await queue.deadLetters()).map(({ reason }) => reason)).to.deep.equal(['text']);
    await writeFile(join(folder, 'dead-letter', `${id}.reason`), ''); // the disk was full
    expect((await queue.deadLetters()).map(({ reason }) => reason)).to.deep.equal(['unknown']);
    await rm(join(folder, 'dead-letter', `${id}.reason`));
    expect((await queue.deadLetters()).map(({ reason }) => reason)).to.deep.equal(['unknown']);
  });
});

for (const [name, create] of Object.entries({
  MemoryQueue: () => new MemoryQueue(),
  DiskQueue: (folder: string) => new DiskQueue(folder),
})) {
  describe(`${name}, as every queue`, () => {
    let folder: string;
    beforeEach(async () => {
      folder = await mkdtemp(join(tmpdir(), 'bigrecord-queue-'));
    });
    afterEach(async () => rm(folder, { recursive: true, force: true }));

    it('holds what was pushed until it is done, and claims it for who pushed it', async () => {
      const queue = create(folder);
      const { id } = await queue.push(event('a'));
      await queue.push(event('b'));
      expect(await hashes(queue)).to.deep.equal(['a', 'b']);
      expect(await queue.claim(id)).to.equal(false);
      await queue.release(id);
      expect(await queue.claim(id)).to.equal(true);
      await queue.done(id);
      await queue.done(id);
      expect(await hashes(queue)).to.deep.equal(['b']);
      expect(await queue.claim(id)).to.equal(false);
    });

    it('counts attempts, buries, lists and retries dead letters', async () => {
      const queue = create(folder);
      const { id } = await queue.push(event('a'));
      expect([await queue.begin(id), await queue.begin(id)]).to.deep.equal([1, 2]);
      expect((await queue.pending())[0]?.attempts).to.equal(2);
      await queue.bury(id, new TypeError('never'));
      expect(await hashes(queue)).to.deep.equal([]);
      const [letter] = await queue.deadLetters();
      expect([letter?.id, letter?.event.hash, letter?.attempts, letter?.reason]).to.deep.equal([id, 'a', 2, 'TypeError: never']);
      expect(letter?.event).to.be.instanceOf(WebhookEvent);
      for (const unknown of ['nothing', '../x', '']) expect(await queue.retry(unknown)).to.equal(false);
      expect(await queue.retry(id)).to.equal(true);
      expect(await queue.deadLetters()).to.deep.equal([]);
      expect((await queue.pending()).map((queued) => [queued.event.hash, queued.attempts])).to.deep.equal([['a', 0]]);
      expect(await queue.claim(id)).to.equal(true);
    });
  });
}
