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
import { keyIn } from '../values.js';
import { CreateBatch } from './create-batch.js';
import { TransientError } from './errors.js';
import type { Intent, IntentRow } from './intent.js';
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
    const updates = new Map<number, IntentRow>();
    let adopted = 0;
    for (const place of [...batch.open]) {
      const row = batch.rows[place];
      if (row === undefined) continue;
      const [there] = found.get(knownName({ name: this.#name, value: String(row.k) })) ?? [];
      if (there === undefined) continue;
      const key = keyIn(there[scope.resource.key]) ?? null;
      if (agreesWith(row.a ?? {}, there)) {
        batch.adopt(place, key, { mayBeOurs: mode.mayBeWritten, mayBeOlder: existing !== 'refuse' });
        adopted++;
      } else if (existing === 'skip') batch.succeed(place, null, true);
      else if (existing === 'update' && key !== null) updates.set(place, updateOf(row, there, key));
      else batch.fail(place, this.#taken(row, there), 'conflict');
    }
    if (!isExpected) this.#isSuspicious = adopted > 0;
    if (updates.size > 0) await this.#update(batch, updates, mode);
  }

  /** Updates records that were there before. */
  async #update(batch: CreateBatch, updates: ReadonlyMap<number, IntentRow>, mode: WriteMode): Promise<void> {
    const writer = new UpdateWriter(this.#plan.scope, this.#init, () => {});
    const { failures, requests, applied } = await writer.write({ rows: [...updates.values()] }, { ...mode, mayBeWritten: false });
    batch.requests += requests;
    const places = [...updates.keys()];
    for (const [at, failed] of (applied.not ?? []).entries()) {
      const place = places[failed];
      if (place !== undefined) batch.failAs(place, failures[at]);
    }
    for (const [place, row] of updates) if (batch.open.has(place)) batch.update(place, row);
  }

  /** Creates the open records. Returns whether some may still be created, since their responses were lost. */
  async #createOpen(batch: CreateBatch): Promise<boolean> {
    const { scope } = this.#plan;
    const places = new Map<object, number>();
    for (const place of batch.open) places.set(buildIn(scope, this.#attributesOf(batch.rows[place])), place);
    if (places.size === 0) return false;
    const run = createMany(scope, whileOurs(places.keys(), this.#init.assertOurs), { signal: this.#init.context.signal });
    const { errors, requests } = await runBulk(run, isUncertain);
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

function checked(given: unknown): JsonObject {
  if (isJsonObject(given)) return given;
  throw new ArgumentError(`\`create\` must return the attributes of a record, or null, got ${describe(given)}.`);
}

/** Returns the update that gives a record which is there the attributes of a row. */
function updateOf({ a = {} }: IntentRow, there: Row, key: Key): IntentRow {
  return { k: key, a, b: Object.fromEntries(Object.entries(there).filter(([name]) => Object.hasOwn(a, name))) };
}

function keyOfRecord(record: object): Key | null {
  const { metadata, record: attributes } = contextOf(record);
  return keyIn(attributes[metadata.keyProperty]) ?? null;
}
