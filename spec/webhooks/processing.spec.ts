import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigurationError } from 'bigrecord';
import {
  DiskQueue,
  type EventFailure,
  type EventQueue,
  type HandlerOptions,
  MemoryDuplicates,
  MemoryQueue,
  parseDelivery,
  type WebhookEvent,
  type WebhookHandler,
  webhookHandler,
} from 'bigrecord/webhooks';
import { expect } from 'chai';
import { delivery, HEADERS, SECRETS } from '../support/deliveries.js';
import { until } from '../support/waiting.js';

const SERVER = join(dirname(fileURLToPath(import.meta.url)), '../support/webhook-process.js');

const post = (hash: string): Request => new Request('http://x/hook', { method: 'POST', headers: HEADERS, body: delivery({ hash }) });

const eventOf = (hash: string): WebhookEvent => parseDelivery(delivery({ hash }), HEADERS, { secretHeaders: SECRETS });

describe('processing webhook events', () => {
  let folder: string;
  let seen: string[];
  let told: [string, EventFailure][];
  const handlers: WebhookHandler[] = [];
  const unhandled: unknown[] = [];
  const warnings: string[] = [];
  const onUnhandled = (reason: unknown): void => void unhandled.push(reason);
  const onWarning = ({ message }: Error): void => void warnings.push(message);
  const start = (options: Partial<HandlerOptions> = {}): WebhookHandler => {
    const handler = webhookHandler({
      secretHeaders: SECRETS,
      onEvent: ({ hash }) => seen.push(hash),
      onError: (error, _event, failure) => told.push([(error as Error).message, failure]),
      retryMs: 1,
      ...options,
    });
    handlers.push(handler);
    return handler;
  };
  const deliver = async (handler: WebhookHandler, ...hashes: string[]): Promise<number[]> => {
    const statuses: number[] = [];
    for (const hash of hashes) statuses.push((await handler(post(hash))).status);
    return statuses;
  };
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bigrecord-queue-'));
    [seen, told] = [[], []];
    unhandled.length = warnings.length = 0;
    process.on('unhandledRejection', onUnhandled);
    process.on('warning', onWarning);
  });
  afterEach(async () => {
    await Promise.all(handlers.splice(0).map((handler) => handler.close()));
    process.off('unhandledRejection', onUnhandled);
    process.off('warning', onWarning);
    await rm(folder, { recursive: true, force: true });
    expect(unhandled, 'unhandled rejections').to.deep.equal([]);
  });

  for (const [name, create] of Object.entries({
    MemoryQueue: (): MemoryQueue | DiskQueue => new MemoryQueue(),
    DiskQueue: () => new DiskQueue(folder),
  })) {
    describe(`with a ${name}`, () => {
      it('buries an event that always fails after so many attempts, and processes it when it is retried', async () => {
        const queue = create();
        let isRepaired = false;
        const handler = start({
          queue,
          maxAttempts: 3,
          onEvent: ({ hash }) => {
            seen.push(hash);
            if (hash === 'bad' && !isRepaired) throw new Error('never');
          },
        });
        expect(await deliver(handler, 'bad', 'good')).to.deep.equal([200, 200]);
        await handler.idle();
        expect([...seen].sort()).to.deep.equal(['bad', 'bad', 'bad', 'good']);
        expect(told).to.deep.equal([
          ['never', { attempts: 1, willRetry: true }],
          ['never', { attempts: 2, willRetry: true }],
          ['never', { attempts: 3, willRetry: false }],
        ]);
        const [letter, ...more] = await queue.deadLetters();
        expect([letter?.event.hash, letter?.attempts, letter?.reason, more.length]).to.deep.equal(['bad', 3, 'Error: never', 0]);
        expect(await handler.resume()).to.equal(0);
        expect(await deliver(handler, 'bad')).to.deep.equal([200]); // the platform's repetition is none of a new event
        isRepaired = true;
        expect(await queue.retry(letter?.id as string)).to.equal(true);
        expect(await handler.resume()).to.equal(1);
        await handler.idle();
        expect(seen.filter((hash) => hash === 'bad')).to.have.length(4);
        expect([await queue.pending(), await queue.deadLetters()]).to.deep.equal([[], []]);
      });

      it('takes nothing up twice, however often and whenever it is resumed', async () => {
        const queue = create();
        let open = (): void => {};
        const gate = new Promise<void>((resolve) => (open = resolve));
        const handler = start({
          queue,
          concurrency: 2,
          onEvent: async ({ hash }) => {
            seen.push(hash);
            await gate;
          },
        });
        const deliveries = Promise.all(Array.from({ length: 20 }, (_, at) => deliver(handler, `e${at}`)));
        const counts = await Promise.all([handler.resume(), handler.resume(), handler.resume()]);
        await deliveries;
        counts.push(await handler.resume());
        open();
        counts.push(await handler.resume());
        await handler.idle();
        counts.push(await handler.resume());
        expect(counts).to.deep.equal([0, 0, 0, 0, 0, 0]);
        expect([...seen].sort()).to.deep.equal(Array.from({ length: 20 }, (_, at) => `e${at}`).sort());
      });

      it('gives back what waits when it is closed, for the next handler', async () => {
        const queue = create();
        let open = (): void => {};
        const gate = new Promise<void>((resolve) => (open = resolve));
        const first = start({
          queue,
          concurrency: 1,
          onEvent: async ({ hash }) => {
            await gate;
            seen.push(`first ${hash}`);
          },
        });
        await deliver(first, 'a', 'b', 'c');
        await until(async () => (await queue.pending())[0]?.attempts === 1);
        const closed = first.close();
        open();
        await closed;
        const second = start({ queue, onEvent: ({ hash }) => seen.push(`second ${hash}`) });
        expect(await second.resume()).to.equal(2);
        expect(await second.resume()).to.equal(0);
        await second.idle();
        expect(seen).to.deep.equal(['first a', 'second b', 'second c']);
        expect(await first.resume()).to.equal(0);
      });
    });
  }

  it('keeps counting attempts in the next process', async () => {
    for (const expected of [1, 2, 3]) {
      const handler = start({
        queue: new DiskQueue(folder),
        maxAttempts: 3,
        retryMs: 60_000,
        onEvent: () => {
          throw new Error('never');
        },
      });
      if (expected === 1) await deliver(handler, 'bad');
      else expect(await handler.resume()).to.equal(1);
      await until(() => told.length === expected);
      await handler.close();
      expect(told.at(-1)).to.deep.equal(['never', { attempts: expected, willRetry: expected < 3 }]);
    }
    expect(await readdir(folder)).to.deep.equal(['dead-letter']);
  });

  it('counts an attempt that ends the process, so that no event ends it for ever', async () => {
    const run = async (mode: string): Promise<unknown> => {
      const child = fork(SERVER, [folder, mode], { execArgv: [] });
      const [code] = await once(child, 'exit');
      return code;
    };
    const codes: unknown[] = [];
    for (const mode of ['accept', 'resume', 'resume']) codes.push(await run(mode));
    expect(codes).to.deep.equal([13, 13, 0]); // two attempts are allowed
    expect((await new DiskQueue(folder).deadLetters()).map(({ event, attempts }) => [event.hash, attempts])).to.deep.equal([['bad', 2]]);
  });

  it('takes over what a process has left that dies while others live', async () => {
    const child = fork(SERVER, [folder, 'hang'], { execArgv: [] });
    const ended = once(child, 'exit');
    await once(child, 'message');
    const handler = start({ queue: new DiskQueue(folder), takeoverMs: 20 });
    expect(await handler.resume()).to.equal(0); // it is at work on it
    child.kill('SIGKILL');
    await ended;
    await until(() => seen.length > 0);
    await handler.idle();
    expect(seen).to.deep.equal(['bad']);
    expect(await readdir(folder)).to.deep.equal([]);
  });

  it('processes each event of a folder once, however many queues share it', async () => {
    const first = new DiskQueue(folder);
    for (let at = 0; at < 40; at++) await first.release((await first.push(eventOf(`e${at}`))).id);
    const several = Array.from({ length: 4 }, () => start({ queue: new DiskQueue(folder) }));
    const counts = await Promise.all(several.map((handler) => handler.resume()));
    await Promise.all(several.map((handler) => handler.idle()));
    expect(counts.reduce((sum, count) => sum + count, 0)).to.equal(40);
    expect([...seen].sort()).to.deep.equal(Array.from({ length: 40 }, (_, at) => `e${at}`).sort());
    expect(await readdir(folder)).to.deep.equal([]);
  });

  it('drops the second file of an event that was stored twice', async () => {
    const queue = new DiskQueue(folder);
    const first = await queue.push(eventOf('twice'));
    const second = await queue.push(eventOf('twice'));
    for (const { id } of [first, second]) await queue.release(id);
    const handler = start({ queue });
    expect(await handler.resume()).to.equal(1);
    await handler.idle();
    expect(seen).to.deep.equal(['twice']);
    expect(await readdir(folder)).to.deep.equal([]);
  });

  it('does not process again what the queue fails to remove', async () => {
    const queue = new MemoryQueue();
    let failures = 3;
    const done = queue.done.bind(queue);
    queue.done = async (id) => {
      if (failures-- > 0) throw new Error('cannot remove');
      await done(id);
    };
    const handler = start({ queue });
    await deliver(handler, 'a');
    await handler.idle();
    expect(seen).to.deep.equal(['a']);
    expect(told.map(([message]) => message)).to.deep.equal(['cannot remove', 'cannot remove', 'cannot remove']);
    expect(await queue.pending()).to.deep.equal([]);
  });

  it('gives up on a queue that never removes, and still does not process again', async () => {
    const queue = new MemoryQueue();
    queue.done = () => Promise.reject(new Error('cannot remove'));
    const handler = start({ queue, maxAttempts: 2 });
    await deliver(handler, 'a');
    await handler.idle();
    expect(await handler.resume()).to.equal(0);
    await handler.idle();
    expect(seen).to.deep.equal(['a']);
  });

  it('does not accept, nor store, what it cannot compare with what has come', async () => {
    const queue = new DiskQueue(folder);
    for (const add of [
      () => Promise.reject(new Error('Redis is away')),
      () => {
        throw new Error('Redis is away');
      },
    ]) {
      const isAway = { now: true };
      const known = new MemoryDuplicates();
      const handler = start({ queue, duplicates: { add: (hash) => (isAway.now ? add() : known.add(hash)) } });
      expect(await deliver(handler, 'a')).to.deep.equal([503]);
      await handler.idle();
      expect([seen, await queue.pending()]).to.deep.equal([[], []]);
      isAway.now = false;
      expect(await deliver(handler, 'a')).to.deep.equal([200]); // the platform sends it again
      await handler.idle();
      expect(await handler.resume()).to.equal(0);
      expect(seen.splice(0)).to.deep.equal(['a']);
      expect(told.splice(0)).to.deep.equal([['Redis is away', { attempts: 0, willRetry: false }]]);
    }
  });

  it('takes up what was accepted, even if it cannot remember its hash', async () => {
    const queue = new DiskQueue(folder);
    await queue.release((await queue.push(eventOf('a'))).id);
    const handler = start({ queue, duplicates: { add: () => Promise.reject(new Error('Redis is away')) } });
    expect(await handler.resume()).to.equal(1);
    await handler.idle();
    expect(seen).to.deep.equal(['a']);
  });

  for (const [name, onError] of Object.entries({
    throws: () => {
      throw new Error('of onError');
    },
    rejects: () => Promise.reject(new Error('of onError')),
  })) {
    it(`loses nothing when onError ${name}`, async () => {
      let isFailing = true;
      const handler = start({
        onError,
        onEvent: ({ hash }) => {
          if (isFailing) {
            isFailing = false;
            throw new Error('once');
          }
          seen.push(hash);
        },
      });
      await deliver(handler, 'a', 'b');
      await handler.idle();
      expect([...seen].sort()).to.deep.equal(['a', 'b']);
      await until(() => warnings.some((warning) => warning.includes('of onError') && warning.includes('once')));
    });
  }

  it('warns of an event that is given up where nobody listens', async () => {
    const handler = start({
      onError: undefined,
      maxAttempts: 1,
      onEvent: () => {
        throw new Error('never');
      },
    });
    await deliver(handler, 'a');
    await handler.idle();
    await until(() => warnings.some((warning) => warning.includes('never')));
  });

  it('warns of the first failure of a scope where nobody listens, and not of the next', async () => {
    let failures = 0;
    const handler = start({
      onError: undefined,
      onEvent: () => {
        failures++;
        throw new Error('no database');
      },
    });
    await deliver(handler, 'a', 'b');
    await until(() => failures >= 6);
    await handler.close();
    expect(warnings).to.have.length(1);
    expect(warnings[0])
      .to.match(/^bigrecord: an event \(store\/order\/created\) could not be processed and will be retried: Error: no database\./)
      .and.contain('onError');
  });

  it('warns of the first failure again after an event of the scope was given up', async () => {
    const handler = start({
      onError: undefined,
      maxAttempts: 3,
      onEvent: () => {
        throw new Error('no database');
      },
    });
    for (const hash of ['a', 'b']) {
      await deliver(handler, hash);
      await handler.idle();
    }
    await until(() => warnings.length >= 4);
    const kinds = warnings.map((warning) => (warning.includes('will be retried') ? 'retried' : warning.match(/not retried/)?.[0]));
    expect(kinds).to.deep.equal(['retried', 'not retried', 'retried', 'not retried']);
  });

  it('says where nobody listens that an event could not be stored', async () => {
    const handler = start({
      onError: undefined,
      queue: { push: () => Promise.reject(new Error('disk full')), done: async () => {}, pending: async () => [] },
    });
    expect(await deliver(handler, 'a')).to.deep.equal([503]);
    await until(() => warnings.some((warning) => warning.includes('could not be stored: Error: disk full')));
  });

  it('does not warn where onError listens', async () => {
    const handler = start({
      maxAttempts: 2,
      onEvent: () => {
        throw new Error('never');
      },
    });
    await deliver(handler, 'a');
    await handler.idle();
    await new Promise((resolve) => setImmediate(resolve)); // warnings are emitted in the next tick
    expect(warnings).to.deep.equal([]);
    expect(told).to.have.length(2);
  });

  it('works with a queue that has the three methods alone', async () => {
    const inner = new MemoryQueue();
    const queue: EventQueue = {
      push: (event) => inner.push(event),
      done: (id) => inner.done(id),
      pending: () => inner.pending(),
    };
    const handler = start({
      queue,
      maxAttempts: 2,
      onEvent: ({ hash }) => {
        seen.push(hash);
        if (hash === 'bad') throw new Error('never');
      },
    });
    await Promise.all([deliver(handler, 'a'), deliver(handler, 'bad'), handler.resume(), handler.resume()]);
    await handler.idle();
    expect([...seen].sort()).to.deep.equal(['a', 'bad', 'bad']);
    expect(await handler.resume()).to.equal(1); // what it gave up is still in the queue: there are no dead letters
    await handler.idle();
    expect(seen).to.have.length(5);
  });

  it('refuses options that it does not have, and values that it cannot use', () => {
    const wrong: [object, string][] = [
      [{ secretHeader: {} }, 'secretHeader`; did you mean `secretHeaders`'],
      [{ secretHeaders: {} }, 'secretHeaders'],
      [{ secretHeaders: { 'x-a': undefined } }, 'secretHeaders'],
      [{ onEvent: undefined }, 'onEvent'],
      [{ onEvent: 'x' }, 'onEvent'],
      [{ queue: {} }, 'queue'],
      [{ queue: folder }, 'queue'],
      [{ duplicates: {} }, 'duplicates'],
      [{ concurrency: 0 }, 'concurrency'],
      [{ concurrency: 1.5 }, 'concurrency'],
      [{ maxAttempts: 0 }, 'maxAttempts'],
      [{ retryMs: -1 }, 'retryMs'],
      [{ retryMs: 2 ** 31 }, 'retryMs'],
      [{ bodyTimeoutMs: Number.NaN }, 'bodyTimeoutMs'],
      [{ takeoverMs: Number.POSITIVE_INFINITY }, 'takeoverMs'],
      [{ maxBytes: '1mb' }, 'maxBytes'],
      [{ storeHash: '' }, 'storeHash'],
      [{ onError: true }, 'onError'],
    ];
    for (const [options, message] of wrong) expect(() => start(options), JSON.stringify(options)).to.throw(ConfigurationError, message);
    expect(() => webhookHandler(undefined as never)).to.throw(ConfigurationError);
    for (const size of [0, -1, 1.5, Number.NaN, '7']) expect(() => new MemoryDuplicates(size as number)).to.throw('whole number');
  });

  it('resumes although the folder cannot be listed at first', async () => {
    await writeFile(join(folder, 'file'), '');
    const handler = start({ queue: new DiskQueue(join(folder, 'file/queue')) });
    expect(await handler.resume().catch((error: NodeJS.ErrnoException) => error.code)).to.equal('ENOTDIR');
    await rm(join(folder, 'file'));
    expect(await handler.resume()).to.equal(0);
  });
});
