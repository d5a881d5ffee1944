import { propertyOf } from '../json-object.js';
import type { Model, ModelClass } from '../model/model.js';
import type { Session } from '../model/session.js';
import type { Key } from '../transport/path.js';
import type { CallOptions } from '../transport/request.js';

/** Where the record of an event is looked for. */
export interface Place {
  readonly session: Session;
  /** The id in `store/channel/2/…`; `undefined` for other scopes. */
  readonly channel: number | undefined;
  /** Options of each request. */
  readonly call: CallOptions;
  readonly data: unknown;
}

/** Reads an id from an event's data, by its path: `sku.product_id`. */
export type KeyReader = (path: string) => Key;

/**
 * What the events of some scopes are about: which ids their data must have, and how the record is found with them. Without `load` and
 * `loadAll` there is none, and `reason` says why.
 */
export interface Subject<Data = unknown, Record = unknown> {
  readonly needs: readonly string[];
  load?(key: KeyReader, place: Place): Promise<Record | null>;
  loadAll?(place: Place): Promise<Record[]>;
  /** Why there is no record for this data; `undefined` if there is one. */
  reason?(data: unknown): string | undefined;
  /** For the type checker only: what `data` holds. */
  readonly data?: Data;
}

/** The paths of ids in the data of an event. */
type IdPath<Data> = {
  [Name in keyof Data & string]: Data[Name] extends Key
    ? Name
    : Data[Name] extends readonly unknown[]
      ? never
      : Data[Name] extends object
        ? `${Name}.${IdPath<Data[Name]>}`
        : never;
}[keyof Data & string];

/** Says what events with this data are about. */
export const about = <Data>() => ({
  /** One record, with its key and the keys of its parents at these paths in the data. */
  record: <M extends Model>(model: ModelClass<M>, key: IdPath<Data>, ...parents: IdPath<Data>[]): Subject<Data, M> => ({
    needs: [key, ...parents],
    load: (read, { session, call }) => find(model, read(key), parents.map(read), session, call),
  }),

  /** One record, found in a way of its own, with the ids at these paths. */
  found: <M extends Model>(
    needs: readonly IdPath<Data>[],
    load: (key: KeyReader, place: Place) => Promise<M | null>,
    reason: (data: unknown) => string | undefined = () => undefined,
  ): Subject<Data, M> => ({ needs, load, reason }),

  /** Several records. */
  several: <M extends Model>(loadAll: (place: Place) => Promise<M[]>): Subject<Data, M> => ({
    needs: [],
    loadAll,
    reason: () => 'the event is about several records: records() loads them',
  }),

  /** No record that the API has. */
  none: (reason: string): Subject<Data, never> => ({ needs: [], reason: () => reason }),
});

export function find<M extends Model>(
  model: ModelClass<M>,
  key: Key,
  parents: readonly Key[],
  session: Session,
  call: CallOptions,
): Promise<M | null> {
  const own = model.using(session);
  return unlessGone(parents.length > 0 ? own.of(...parents).find(key, call) : own.find(key, call));
}

/** `null` if the record, or a parent of it, is gone. */
export async function unlessGone<Found>(found: Promise<Found>): Promise<Found | null> {
  try {
    return await found;
  } catch (error) {
    if (propertyOf(error, 'status') === 404) return null;
    throw error;
  }
}

/** The id at a path of an event's data; `undefined` if there is none. */
export function idAt(data: unknown, path: string): Key | undefined {
  const found = path.split('.').reduce<unknown>((value, name) => propertyOf(value, name), data);
  return typeof found === 'number' || (typeof found === 'string' && found !== '') ? found : undefined;
}
