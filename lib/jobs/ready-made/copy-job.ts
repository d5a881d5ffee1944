import { lookUp } from '../../bulk/look-up.js';
import { BigRecordError } from '../../errors/bigrecord-error.js';
import { asJsonObject, type JsonObject } from '../../json-object.js';
import type { ModelClass } from '../../model/model.js';
import { rowsByKey } from '../../query/find.js';
import { scopeOf } from '../../record/model-scope.js';
import { contextOf } from '../../record/record-base.js';
import { toObject } from '../../record/serialize.js';
import type { StoreSession } from '../../session/session.js';
import type { JobContext } from '../context.js';
import type { Existing, RecordQuery } from '../definition.js';
import { defineJob, type Job } from '../job.js';
import type { AnyParams } from '../params.js';
import { keyIn } from '../values.js';

/** A record that others refer to by its key, which differs from store to store. */
export interface Reference {
  readonly model: ModelClass;
  /** The attribute that identifies it in both stores, such as `name`. */
  readonly by: string;
}

/** Options of {@link copyJob}. */
export interface CopyJobOptions<P, T extends object> {
  readonly version?: number | undefined;
  /** The records to copy, of the store that the run is for. */
  readonly source: (context: JobContext<P>) => RecordQuery<T>;
  /** Returns the hash of the store to copy to. */
  readonly to: (context: JobContext<P>) => string;
  /** The attribute that identifies a record in both stores, such as `sku`. */
  readonly naturalKey: string;
  /** What happens to records that the other store has. Default `'update'`. */
  readonly existing?: Existing | undefined;
  /** Attributes that hold keys of other records, which are mapped to those of the other store: copy these records first. */
  readonly references?: Readonly<Record<string, Reference>> | undefined;
  /** Changes the attributes before they are created; `null` leaves a record out. */
  readonly map?: ((attributes: JsonObject, record: T, context: JobContext<P>) => object | null) | undefined;
}

/**
 * Defines a job that copies records to another store. Keys of other records are mapped by what identifies these in both stores. A record
 * that refers to one that the other store does not have fails, and can be retried when it is there.
 *
 * @example
 * const copy = copyJob('copy-products', {
 *   source: () => Product.where({}),
 *   to: ({ params }: JobContext<{ to: string }>) => params.to,
 *   naturalKey: 'sku',
 *   references: { brand_id: { model: Brand, by: 'name' }, categories: { model: Category, by: 'name' } },
 * });
 */
export function copyJob<P = AnyParams, T extends object = object>(name: string, options: CopyJobOptions<P, T>): Job<P, T> {
  const { version, source, to, naturalKey, existing = 'update', references = {}, map } = options;
  const maps = new WeakMap<StoreSession, Map<string, Promise<unknown>>>();
  return defineJob<P, T>(name, {
    version,
    source,
    naturalKey,
    existing,
    into: (context) => context.sessionOf(to(context)),
    async create(record, context) {
      const target = await context.sessionOf(to(context));
      const known = maps.get(target) ?? new Map<string, Promise<unknown>>();
      maps.set(target, known);
      const attributes = asJsonObject(toObject(contextOf(record), { writable: true }));
      for (const [attribute, reference] of Object.entries(references)) {
        const mapOne = (key: unknown): Promise<unknown> => mapped({ attribute, reference, key, from: context.session, to: target, known });
        const value = attributes[attribute];
        if (Array.isArray(value)) attributes[attribute] = await Promise.all(value.map(mapOne));
        else if (value !== undefined) attributes[attribute] = await mapOne(value);
      }
      return map === undefined ? attributes : map(attributes, record, context);
    },
  });
}

interface Mapping {
  readonly attribute: string;
  readonly reference: Reference;
  readonly key: unknown;
  readonly from: StoreSession;
  readonly to: StoreSession;
  readonly known: Map<string, Promise<unknown>>;
}

/** Returns the key of a record in the other store. Each is looked up once. */
async function mapped(mapping: Mapping): Promise<unknown> {
  const { attribute, key, from, known } = mapping;
  if (key === null || key === 0 || key === '') return key;
  const name = `${from.storeId} ${attribute} ${String(key)}`;
  const before = known.get(name);
  if (before !== undefined) return before;
  const looking = lookUpKey(mapping);
  known.set(name, looking);
  // Who is not there now may be there when the row is retried.
  looking.catch(() => known.delete(name));
  return looking;
}

async function lookUpKey({ attribute, reference: { model, by }, key, from, to }: Mapping): Promise<unknown> {
  const here = { ...scopeOf<object>(model, {}, from), session: from };
  const there = { ...scopeOf<object>(model, {}, to), session: to };
  const { name } = here.resource;
  const wanted = keyIn(key) ?? String(key);
  const row = (await rowsByKey({ scope: here, filters: {}, params: {} }, [wanted])).get(String(wanted));
  const value = row?.[by];
  if (value === undefined || value === null)
    throw new BigRecordError(`\`${attribute}\` refers to ${name} ${wanted}, which has no \`${by}\`, or is gone.`);
  const { found, failed } = await lookUp(there, [{ name: by, value: String(value) }], {}, () => {});
  for (const error of failed.values()) throw error;
  const [match] = [...found.values()].flat();
  if (match === undefined)
    throw new BigRecordError(
      `\`${attribute}\` refers to ${name} ${wanted}: the other store has no ${name} with ${by} ${JSON.stringify(value)}. Copy it first, then retry.`,
    );
  return match[there.resource.key];
}
