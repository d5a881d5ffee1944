import { isJsonObject } from '../../json-object.js';
import type { JobFailure } from '../engine/failure.js';
import type { KeptFailure } from '../engine/task.js';
import { holding } from './connection.js';
import type { RunStore } from './run-store.js';

const AT_ONCE = 200;

/** Yields the rows of a run that failed and were not retried. */
export async function* readFailures({ redis, keys }: RunStore): AsyncGenerator<JobFailure, void, undefined> {
  let from = '-';
  for (;;) {
    const cursor = from;
    const entries = await holding(() => redis.xrange(keys.dead, cursor, '+', 'COUNT', AT_ONCE));
    if (entries.length === 0) return;
    const ids = entries.map(([id]) => id);
    const retried = await holding(() => redis.smismember(keys.retried, ...ids));
    for (const [at, [id, [, text = '{}']]] of entries.entries()) {
      if (retried[at] === 1) continue;
      const failure: unknown = JSON.parse(text);
      if (isFailure(failure)) yield { ...failure, id };
    }
    from = `(${ids.at(-1)}`;
  }
}

/** Returns a failure as it was kept; `undefined` if there is none with this id. */
export async function failureWithId({ redis, keys }: RunStore, id: string): Promise<KeptFailure | undefined> {
  if (!/^\d+-\d+$/.test(id)) return undefined;
  const [[entry], isRetried] = await holding(() => Promise.all([redis.xrange(keys.dead, id, id), redis.sismember(keys.retried, id)]));
  const failure: unknown = JSON.parse(entry?.[1][1] ?? 'null');
  return isFailure(failure) ? { failure: { ...failure, id }, isRetried: isRetried === 1 } : undefined;
}

const isFailure = (value: unknown): value is JobFailure =>
  isJsonObject(value) && isJsonObject(value['row']) && typeof value['store'] === 'string';
