import { ArgumentError } from '../errors/argument-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import type { ModelClass } from '../model/model.js';
import type { StoreSession } from '../session/session.js';
import { describe } from '../transport/path.js';
import type { JobContext } from './context.js';

/** Rows of a job that does not read them from the store. */
export type Rows<T> = Iterable<T> | AsyncIterable<T>;

/** A query of records, such as `Product.where({ … })`. */
export type RecordQuery<T> = PromiseLike<T[]> & AsyncIterable<T>;

/** What a create does if a record with the natural key exists, and this run has not created it: see {@link JobDefinition.existing}. */
export type Existing = 'refuse' | 'skip' | 'update';

/**
 * What a job does. Give `source` or `rows`, and one of `each`, `create`, `destroy`, `batch` and `write`.
 *
 * `P` is the type of the parameters, `T` that of a row: a record of the query, or what `rows` yields.
 */
export interface JobDefinition<P, T extends object> {
  /**
   * Part of the queue's name: workers that know other versions only never see these runs. Raise it when rows that are under way must
   * not be worked by the new code. Default 1.
   */
  version?: number | undefined;
  /** Returns the records to work on. They are walked in the order of keys, so neither `order()` nor `limit()` may be set. */
  source?(context: JobContext<P>): RecordQuery<T>;
  /** Yields the rows to work on, in the same order each time: after a kill it is called again, and rows that are done are skipped. */
  rows?(context: JobContext<P>): Rows<T>;
  /** The property that identifies a row of `rows` in failures. Default: `naturalKey`; otherwise the row's number. */
  key?: string | undefined;
  /**
   * Changes a record. Pure: it sends nothing and depends on nothing but its arguments. What it changed is kept before the first write,
   * so it never runs twice for a row. The engine writes.
   */
  each?(record: T, context: JobContext<P>): unknown;
  /**
   * Reads the records of a batch again right before `each`'s changes are written, in one request a batch where the API lists records by
   * their keys: a record that somebody has changed since it was read is a conflict, not written over. Default false: only batches that a
   * process has begun before, rows of `retry()` and a revert are compared so.
   */
  checkFirst?: boolean | undefined;
  /** Returns the attributes of the record to create for a row, or `null` for none. Pure. Needs `naturalKey`. */
  create?(row: T, context: JobContext<P>): object | null | undefined | Promise<object | null | undefined>;
  /** The attribute that identifies a created record in the store, such as `sku`: after a kill, records are looked up by it. */
  naturalKey?: string | undefined;
  /** The model that `create` creates. Default: that of `source`. */
  model?: ModelClass | undefined;
  /** Returns the session of the store to create in. Default: the store that the rows belong to. */
  into?(context: JobContext<P>): StoreSession | Promise<StoreSession>;
  /**
   * What happens if a record with this natural key and other values is there before it is created: the row fails (`'refuse'`, default),
   * counts as done (`'skip'`), or the record is updated.
   */
  existing?: Existing | undefined;
  /** Deletes the records for which it returns true. `destroy: () => true` deletes all. Pure. */
  destroy?(record: T, context: JobContext<P>): boolean | Promise<boolean>;
  /**
   * Works a batch by hand, at least once: after a kill it is called again with the same rows, as they were read the first time. So it
   * must set absolute values. It may return the result of a bulk write, whose failures are kept; if it throws, the batch is tried again.
   */
  batch?(rows: T[], context: JobContext<P>): unknown;
  /** Turns a row into the text that is appended to `output`. Pure. */
  write?(row: T, context: JobContext<P>): string | Promise<string>;
  /** The file that `write` appends to, of each store. After a kill it is cut to what was committed. */
  output?(context: Pick<JobContext<P>, 'params' | 'store'>): { readonly file: string; readonly header?: string | undefined };
  /** Rows per batch: what is kept, written and committed together. Default: one page, or less if the API takes few records at once. */
  batchSize?: number | undefined;
  /** The most partitions of one store, worked at the same time. Default 4; 1 for `rows` and `write`. */
  partitions?: number | undefined;
}

const NAMES = {
  version: 1,
  source: 1,
  rows: 1,
  key: 1,
  each: 1,
  checkFirst: 1,
  create: 1,
  naturalKey: 1,
  model: 1,
  existing: 1,
  into: 1,
  destroy: 1,
  batch: 1,
  write: 1,
  output: 1,
  batchSize: 1,
  partitions: 1,
} satisfies Record<keyof JobDefinition<unknown, object>, 1>;

const WORK = ['each', 'create', 'destroy', 'batch', 'write'] as const;
const SOURCES = ['source', 'rows'] as const;
const FUNCTIONS = [...SOURCES, ...WORK, 'output', 'into'] as const;

/** What a job does with its rows. */
export type Kind = (typeof WORK)[number];

/** Checks a definition. Returns what it does with its rows. @throws ArgumentError that says what is wrong and what to do */
export function checkDefinition(name: unknown, definition: JobDefinition<unknown, object>): Kind {
  if (typeof name !== 'string' || !/^[A-Za-z][\w.-]*$/.test(name))
    throw new ArgumentError(
      `A job's name is a letter, then letters, digits, \`-\`, \`_\` and \`.\` (no \`:\`, which BullMQ refuses), got ${describe(name)}.`,
    );
  const what = `defineJob('${name}')`;
  if (definition === undefined)
    throw new ArgumentError(`${what} needs a definition, such as { source: () => Product.where({ … }), each }.`);
  assertKnownOptions(definition, NAMES, what, ArgumentError);
  for (const each of FUNCTIONS)
    if (definition[each] !== undefined && typeof definition[each] !== 'function')
      throw new ArgumentError(`${what}: \`${each}\` takes a function, got ${describe(definition[each])}.`);
  assertOne(what, SOURCES, definition);
  const kind = assertOne(what, WORK, definition);
  for (const each of ['version', 'batchSize', 'partitions'] as const) assertCount(what, each, definition[each]);
  assertFitting(what, kind, definition);
  return kind;
}

function assertOne<N extends string>(what: string, names: readonly N[], definition: Partial<Record<N, unknown>>): N {
  const [first, second] = names.filter((each) => definition[each] !== undefined);
  const all = names.map((each) => `\`${each}\``).join(', ');
  if (first === undefined) throw new ArgumentError(`${what} needs one of ${all}.`);
  if (second !== undefined) throw new ArgumentError(`${what} takes one of ${all}, got \`${first}\` and \`${second}\`.`);
  return first;
}

function assertCount(what: string, name: string, value: unknown): void {
  if (value === undefined || (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1)) return;
  throw new ArgumentError(`${what}: \`${name}\` takes a whole number from 1, got ${describe(value)}.`);
}

function assertFitting(what: string, kind: Kind, definition: JobDefinition<unknown, object>): void {
  const { rows, output, partitions = 1, checkFirst } = definition;
  if (checkFirst !== undefined && (kind !== 'each' || typeof checkFirst !== 'boolean'))
    throw new ArgumentError(`${what}: \`checkFirst\` belongs to \`each\`, and is true or false, got ${describe(checkFirst)}.`);
  if (rows !== undefined && (kind === 'each' || kind === 'destroy'))
    throw new ArgumentError(
      `${what}: \`${kind}\` works on records of \`source\`. Use \`create\` with \`existing: 'update'\`, or \`batch\`, for \`rows\`.`,
    );
  if (kind === 'create') assertCreating(what, definition);
  else assertNotCreating(what, definition);
  if ((kind === 'write') !== (output !== undefined)) throw new ArgumentError(`${what}: \`write\` and \`output\` belong together.`);
  const inOrder = rows !== undefined ? 'rows' : kind === 'write' ? 'write' : undefined;
  if (partitions > 1 && inOrder !== undefined)
    throw new ArgumentError(`${what}: \`${inOrder}\` has one partition, since its order counts.`);
}

function assertCreating(what: string, { rows, naturalKey, existing, model }: JobDefinition<unknown, object>): void {
  if (typeof naturalKey !== 'string')
    throw new ArgumentError(
      `${what}: \`create\` needs \`naturalKey\`, the attribute that identifies a record, such as 'sku': without it, a kill could create a record twice.`,
    );
  if (existing !== undefined && !['refuse', 'skip', 'update'].includes(existing))
    throw new ArgumentError(`${what}: \`existing\` is 'refuse', 'skip' or 'update', got ${describe(existing)}.`);
  if (rows !== undefined && model === undefined) throw new ArgumentError(`${what}: say which \`model\` to create, since \`rows\` do not.`);
}

function assertNotCreating(what: string, { naturalKey, existing, model, into }: JobDefinition<unknown, object>): void {
  for (const [name, value] of Object.entries({ naturalKey, existing, model, into }))
    if (value !== undefined) throw new ArgumentError(`${what}: \`${name}\` belongs to \`create\`.`);
}
