import { createMany } from '../../bulk/bulk-writes.js';
import { knownName, lookUp } from '../../bulk/look-up.js';
import { ArgumentError } from '../../errors/argument-error.js';
import { ConflictError } from '../../errors/conflict-error.js';
import { isJsonObject, type JsonObject } from '../../json-object.js';
import { isUncertain } from '../../persistence/reconcile.js';
import { isDuplicateError } from '../../query/duplicate-error.js';
import { collectionPath, type Row } from '../../query/scope.js';
import { agreesWith } from '../../record/agreement.js';
import { allAttributes } from '../../record/attribute-values.js';
import { bodyOf } from '../../record/change-set.js';
import { buildIn } from '../../record/instantiate.js';
import type { ModelScope } from '../../record/model-scope.js';
import { contextIn, contextOf } from '../../record/record-base.js';
import { sleep } from '../../transport/abort.js';
import { describe, type Key } from '../../transport/path.js';
import { addressOf } from '../../transport/request.js';
import type { JobContext } from '../context.js';
import type { Existing } from '../definition.js';
import { TransientError } from './errors.js';
import { failureOf, type NewFailure } from './failure.js';
import type { Intent, IntentRow, RecordBefore } from './intent.js';
import { purely } from './pure.js';
import type { PlacedRow } from './reader.js';
import { UpdateWriter } from './update-writer.js';
import { orTransient, runBulk, whileOurs } from './write-records.js';
import type { Planned, WriteMode, Writer, WriterInit, Written } from './writer.js';

/** How a job creates records. */
export interface CreatePlan {
  /** Where to create. */
  readonly scope: ModelScope<object>;
  /** The attribute that identifies a record, by property or by the API's name. */
  readonly naturalKey: string;
  readonly existing: Existing;
  readonly create: (row: object, context: JobContext<unknown>) => unknown;
  /** How long a request whose response was lost may take to be carried out, in milliseconds. */
  readonly inFlightMs: number;
}

/** How often records are looked for and created again after lost responses, before the batch is tried again later. */
const ROUNDS = 4;

/**
 * Creates records. Whenever one of them may be there already (the process was killed, a response was lost), all are looked up by their
 * natural key first, and those that are found are adopted.
 */
export class CreateWriter implements Writer {
  readonly isRevertible = true;
  readonly #plan: CreatePlan;
  readonly #init: WriterInit;
  readonly #name: string;
  readonly #property: string;
  /** Whether records were found that nobody expected: then the next batch is looked up too. */
  #isSuspicious = true;

  constructor(plan: CreatePlan, init: WriterInit) {
    this.#plan = plan;
    this.#init = init;
    const { attributes, name } = plan.scope.resource;
    const declared = Object.values(attributes).find((each) => each.property === plan.naturalKey || each.name === plan.naturalKey);
    if (declared === undefined)
      throw new ArgumentError(`${name} has no attribute ${describe(plan.naturalKey)}, the \`naturalKey\` of this job.`);
    this.#name = declared.name;
    this.#property = declared.property;
  }

  async plan({ row }: PlacedRow): Promise<Planned> {
    const { context: jobContext } = this.#init;
    const given = await purely('create', jobContext.session, () => this.#plan.create(row, jobContext));
    if (given === null || given === undefined) return undefined;
    const context = contextIn(given) ?? contextOf(buildIn(this.#plan.scope, checked(given)));
    const a = bodyOf(context, allAttributes(context));
    const k = a[this.#name];
    if ((typeof k !== 'string' && typeof k !== 'number') || k === '')
      throw new ArgumentError(`\`create\` must return a \`${this.#property}\`, the natural key of this job, got ${describe(k)}.`);
    return { k, a };
  }

  async write({ rows }: Pick<Intent, 'rows'>, mode: WriteMode): Promise<Written> {
    const batch = new CreateBatch(rows, mode.attempt);
    let mustLook = mode.mayBeWritten || mode.isSuspicious || this.#isSuspicious;
    for (let round = 0; round < ROUNDS && batch.open.size > 0; round++) {
      if (mustLook) await this.#adopt(batch, mode, round > 0);
      const isUnclear = await this.#createOpen(batch);
      mustLook = batch.open.size > 0;
      if (isUnclear) await sleep(this.#plan.inFlightMs, this.#init.context.signal);
    }
    if (batch.open.size > 0) await this.#adopt(batch, mode, true);
    if (batch.open.size > 0) throw new TransientError(new Error('The store does not say whether it created some records, and has none.'));
    return batch.written();
  }

  /** Looks for open records, and takes those that are there as done. Decides what becomes of others with the same natural key. */
  async #adopt(batch: CreateBatch, mode: WriteMode, isExpected: boolean): Promise<void> {
    const { scope, existing } = this.#plan;
    const known = [...batch.open].map((place) => ({ name: this.#name, value: String(batch.rows[place]?.k) }));
    const { found, failed } = await orTransient(lookUp(scope, known, { signal: this.#init.context.signal }, () => batch.requests++));
    for (const error of failed.values()) await orTransient(Promise.reject(error));
    const others: number[] = [];
    let adopted = 0;
    for (const place of [...batch.open]) {
      const row = batch.rows[place];
      if (row === undefined) continue;
      const [there] = found.get(knownName({ name: this.#name, value: String(row.k) })) ?? [];
      if (there === undefined) continue;
      if (agreesWith(row.a ?? {}, there)) {
        batch.adopt(place, keyIn(there, scope), { mayBeOurs: mode.mayBeWritten, isUnsure: existing !== 'refuse' });
        adopted++;
      } else if (existing === 'skip') batch.succeed(place, null, true);
      else if (existing === 'update') others.push(await this.#asUpdate(batch, place, row, there));
      else batch.fail(place, this.#taken(row, there), 'conflict');
    }
    if (!isExpected) this.#isSuspicious = adopted > 0;
    if (others.length > 0) await this.#update(batch, others, mode);
  }

  async #asUpdate(batch: CreateBatch, place: number, row: IntentRow, there: Row): Promise<number> {
    const key = keyIn(there, this.#plan.scope);
    const b = Object.fromEntries(Object.entries(there).filter(([name]) => Object.hasOwn(row.a ?? {}, name)));
    if (key !== null) batch.updates.set(place, { k: key, a: row.a, b });
    return place;
  }

  /** Updates records that were there before. */
  async #update(batch: CreateBatch, places: readonly number[], mode: WriteMode): Promise<void> {
    const rows = places.flatMap((place) => batch.updates.get(place) ?? []);
    const writer = new UpdateWriter(this.#plan.scope, this.#init, () => {});
    const { failures, requests, applied } = await writer.write({ rows }, { ...mode, mayBeWritten: false });
    batch.requests += requests;
    const not = new Set(applied.not);
    places.forEach((place, at) => {
      if (!not.has(at)) batch.update(place);
    });
    const failing = places.filter((_, at) => not.has(at));
    for (const [at, place] of failing.entries()) batch.failAs(place, failures[at]);
  }

  /** Creates the open records. Returns whether some may still be created, since their responses were lost. */
  async #createOpen(batch: CreateBatch): Promise<boolean> {
    const { scope } = this.#plan;
    const places = new Map<object, number>();
    for (const place of batch.open) places.set(buildIn(scope, this.#attributesOf(batch.rows[place])), place);
    if (places.size === 0) return false;
    const isDealtWith = (error: Error): boolean => isUncertain(error);
    const run = createMany(scope, whileOurs(places.keys(), this.#init.assertOurs), { signal: this.#init.context.signal });
    const { errors, requests } = await runBulk(run, isDealtWith);
    batch.requests += requests;
    let isUnclear = false;
    for (const [record, place] of places) {
      const error = errors.get(record);
      if (error === undefined) batch.succeed(place, keyOfRecord(record), false);
      else if (isUncertain(error)) {
        isUnclear = true;
        batch.unclear.add(place);
      }
      // A duplicate may be our own record, if an earlier request was carried out after all: it is looked up.
      else if (!isDuplicateError(error) || !batch.isFirstRefusal(place)) batch.fail(place, error, 'write');
    }
    return isUnclear;
  }

  #attributesOf(row: IntentRow | undefined): JsonObject {
    const { metadata } = this.#plan.scope;
    return Object.fromEntries(Object.entries(row?.a ?? {}).map(([name, value]) => [metadata.attribute(name)?.property ?? name, value]));
  }

  #taken({ k, a = {} }: IntentRow, there: Row): ConflictError {
    const { resource } = this.#plan.scope;
    const names = Object.keys(a).filter((name) => !agreesWith({ [name]: a[name] }, { [name]: there[name] }));
    const path = addressOf({ version: resource.version, path: collectionPath(this.#plan.scope) });
    return new ConflictError(
      `A ${resource.name} with ${this.#property} ${describe(k)} exists at ${path}, with other values of ${names.join(', ')}. It was left as it is; \`existing: 'update'\` changes it.`,
      { status: 409, method: 'POST', path, body: undefined, headers: {} },
    );
  }
}

/** The state of the creates of one batch. */
class CreateBatch {
  readonly rows: readonly IntentRow[];
  /** The places of the rows that are not done. */
  readonly open: Set<number>;
  readonly updates = new Map<number, IntentRow>();
  /** The places of rows that may have been created, since the responses were lost. */
  readonly unclear = new Set<number>();
  requests = 0;
  readonly #attempt: number;
  readonly #failures: NewFailure[] = [];
  readonly #not: number[] = [];
  readonly #ids: (Key | null)[];
  readonly #was: Record<number, RecordBefore> = {};
  readonly #unsure: number[] = [];
  readonly #refused = new Set<number>();
  #found = 0;

  constructor(rows: readonly IntentRow[], attempt: number) {
    this.rows = rows;
    this.open = new Set(rows.keys());
    this.#ids = rows.map(() => null);
    this.#attempt = attempt;
  }

  succeed(place: number, id: Key | null, isFound: boolean): void {
    this.open.delete(place);
    this.#ids[place] = id;
    if (isFound) this.#found++;
  }

  /** Takes a record as done that was found. A revert deletes it only if this run has created it. */
  adopt(place: number, id: Key | null, { mayBeOurs, isUnsure }: { mayBeOurs: boolean; isUnsure: boolean }): void {
    const isOurs = this.unclear.has(place);
    this.succeed(place, isOurs || mayBeOurs ? id : null, true);
    if (!isOurs && mayBeOurs && isUnsure) this.#unsure.push(place);
  }

  /** Takes a record as done that was updated, and keeps how it was. */
  update(place: number): void {
    const { k, a = {}, b = {} } = this.updates.get(place) ?? {};
    const changed = Object.entries(b).filter(([name, value]) => !agreesWith({ [name]: a[name] }, { [name]: value }));
    if (k !== undefined) this.#was[place] = { k, b: Object.fromEntries(changed) };
    this.succeed(place, null, false);
  }

  fail(place: number, error: unknown, stage: NewFailure['stage']): void {
    const row = this.rows[place];
    if (row !== undefined) this.failAs(place, failureOf(error, { key: row.k, row: { ...row.a }, stage, attempt: this.#attempt }));
  }

  failAs(place: number, failure: NewFailure | undefined): void {
    this.open.delete(place);
    this.#not.push(place);
    if (failure !== undefined) this.#failures.push({ ...failure, key: this.rows[place]?.k ?? failure.key });
  }

  isFirstRefusal(place: number): boolean {
    const isFirst = !this.#refused.has(place);
    this.#refused.add(place);
    return isFirst;
  }

  written(): Written {
    const was = Object.keys(this.#was).length > 0 ? this.#was : undefined;
    const unsure = this.#unsure.length > 0 ? this.#unsure : undefined;
    const applied = { not: this.#not, ids: this.#ids, was, unsure };
    return { failures: this.#failures, found: this.#found, requests: this.requests, applied };
  }
}

function checked(given: unknown): JsonObject {
  if (isJsonObject(given)) return given;
  throw new ArgumentError(`\`create\` must return the attributes of a record, or null, got ${describe(given)}.`);
}

function keyIn(row: Row, { resource }: ModelScope<object>): Key | null {
  const key = row[resource.key];
  return typeof key === 'number' || typeof key === 'string' ? key : null;
}

function keyOfRecord(record: object): Key | null {
  const { metadata, record: attributes } = contextOf(record);
  const key = attributes[metadata.keyProperty];
  return typeof key === 'number' || typeof key === 'string' ? key : null;
}
