import { isJsonObject, type JsonObject } from '../../json-object.js';
import type { StoreChange } from '../changes.js';
import type { Entry, Tables } from '../tables.js';

/** What a hook is notified of. */
export interface StoreEvent {
  readonly scope: string;
  readonly data: object;
  /** Whether an update is told although the same request has created or deleted the same thing. */
  readonly isAlwaysTold?: boolean;
}

/** What a change belongs to. */
export interface Surroundings {
  readonly tables: Tables;
  /** All changes of the same request. */
  readonly request: readonly StoreChange[];
}

/** Returns the events that a change stands for. */
export type EventsOf = (change: StoreChange, surroundings: Surroundings) => readonly StoreEvent[];

/** The events of several resources, by the name of their table: `orders/shipments`. */
export type Events = Readonly<Record<string, EventsOf>>;

/** Returns the key of an entry as events have it. */
export const idOf = ({ key }: Pick<Entry, 'key'>): number | string => numeric(key);

/** Returns a key as a number, if it is one. */
export const numeric = (key: string): number | string => (/^\d+$/.test(key) ? Number(key) : key);

/** Returns the key of a parent of an entry: `order_id`. */
export const parentOf = ({ parents, values }: Entry, name: string): number | string => numeric(parents[name] ?? String(values[name] ?? ''));

/** Whether a change of an entry has changed an attribute. */
export const hasChanged = ({ before, entry }: StoreChange, name: string): boolean =>
  before !== undefined && JSON.stringify(before[name] ?? null) !== JSON.stringify(entry.values[name] ?? null);

/** Events with the kind and the key of what was created, updated or deleted. */
export const plain =
  (name: string, type: string, more: (change: StoreChange) => JsonObject = () => ({})): ((change: StoreChange) => StoreEvent[]) =>
  (change) => [{ scope: `store/${name}/${change.action}`, data: { type, id: idOf(change.entry), ...more(change) } }];

/** Only for the creation of something. */
export const onCreation =
  (eventsOf: EventsOf): EventsOf =>
  (change, surroundings) =>
    change.action === 'created' ? eventsOf(change, surroundings) : [];

/** Nothing for a deletion, which has no event. */
export const unlessDeleted =
  (eventsOf: EventsOf): EventsOf =>
  (change, surroundings) =>
    change.action === 'deleted' ? [] : eventsOf(change, surroundings);

/** Returns the keys of all channels. */
export const channelsOf = (tables: Tables): (number | string)[] => tables.of('/channels').list().map(idOf);

/** Returns the key of the channel of a row, the first one if it names none. */
export function channelIn(values: JsonObject): number | string {
  const { channel_id } = values;
  return typeof channel_id === 'number' || (typeof channel_id === 'string' && channel_id !== '') ? channel_id : 1;
}

/** Returns the objects in an array or in the arrays of an object, such as the items of a cart. */
export function objectsWithin(value: unknown): JsonObject[] {
  if (Array.isArray(value)) return value.filter(isJsonObject);
  return isJsonObject(value) ? Object.values(value).flatMap(objectsWithin) : [];
}
