import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { Job, type StoreSessions, startWorker } from '../../jobs/index.js';
import { propertyOf } from '../../json-object.js';
import { reasonOf } from '../../session/safe-call.js';
import { interruption } from '../interruption.js';
import { openStore, type StoreOptions } from '../store/open-store.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';
import { redisUrl } from './redis-url.js';

/** The options of `bigrecord work`. */
export interface WorkOptions extends StoreOptions {
  readonly jobs: readonly string[];
  readonly redis?: string;
  readonly prefix?: string;
  readonly concurrency: number;
  readonly drain: number;
}

/** Works runs until it is stopped, and drains then. */
export async function runWork(options: WorkOptions, terminal: Terminal): Promise<void> {
  const { jobs, stores } = load(options.jobs);
  const { happened } = interruption();
  const own = stores === undefined ? await storeOf(options) : undefined;
  const sessions = stores ?? own?.stores;
  if (sessions === undefined) throw new UsageError('There are no stores to work for.');
  const { concurrency, prefix, redis } = options;
  const worker = startWorker({ jobs, connection: redisUrl(redis), stores: sessions, concurrency, prefix });
  try {
    terminal.warn(
      `Working ${jobs.map(({ name, version }) => `${name}@${version}`).join(', ')} for ${own?.name ?? 'the stores of the file'}. Ctrl-C drains.`,
    );
    await happened;
    terminal.warn('Draining: batches under way end. Ctrl-C again ends at once.');
    await worker.drain(options.drain * 1000);
  } finally {
    await own?.close();
  }
}

/** Returns the jobs that files export, and the stores if one exports them. */
function load(files: readonly string[]): { jobs: Job[]; stores: StoreSessions | undefined } {
  const require = createRequire(import.meta.url);
  const jobs = new Set<Job>();
  let stores: StoreSessions | undefined;
  for (const file of files) {
    const path = resolve(file);
    let exported: unknown;
    try {
      exported = require(path);
    } catch (error) {
      throw new UsageError(`${file} cannot be loaded: ${reasonOf(error)}`);
    }
    const values = [
      ...Object.values(Object(exported)),
      ...Object.values(Object(propertyOf(exported, 'default'))),
      propertyOf(exported, 'default'),
    ];
    const found = values.filter((value) => value instanceof Job);
    for (const job of found) jobs.add(job);
    if (found.length === 0) {
      const isOfOtherCopy = values.some((value) => propertyOf(propertyOf(value, 'constructor'), 'name') === Job.name);
      throw new UsageError(
        isOfOtherCopy
          ? `${file} exports jobs of another copy of bigrecord: start the command of the copy that the file imports, with npx beside it.`
          : `${file} exports no job: export what defineJob() returns.`,
      );
    }
    const given = propertyOf(exported, 'stores');
    if (isStores(given)) stores = given;
  }
  return { jobs: [...jobs], stores };
}

const isStores = (value: unknown): value is StoreSessions => typeof propertyOf(value, 'session') === 'function';

/** Returns the store of the environment, the only one to work for. */
async function storeOf(options: WorkOptions): Promise<{ stores: StoreSessions; name: string; close(): Promise<void> }> {
  const store = await openStore(options);
  if (store.isReadOnly) {
    await store.close();
    throw new UsageError(`A worker writes to ${store.name}: give --write, or export \`stores\` from the file of the jobs.`);
  }
  const { session } = store;
  const stores = {
    session(hash: string) {
      if (store.isSandbox || hash === session.storeHash) return session;
      throw new UsageError(
        `This worker has the session of ${store.name} only, not that of ${hash}: export \`stores\` from the file of the jobs.`,
      );
    },
  };
  return { stores, name: store.name, close: () => store.close() };
}
