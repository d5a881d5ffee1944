import type { Row } from '../query/scope.js';
import { copyJson } from '../schema/wire.js';
import type { Plan } from './plan.js';
import type { RecordState } from './state.js';

/** A record as this room writes to it. */
export type Properties = Record<string, unknown>;

/** Fills a record with a row, which becomes its baseline: the row must belong to the record alone. */
export function hydrate(record: object, state: RecordState, plan: Plan, row: Row): void {
  state.baseline = row;
  for (const name of Object.keys(row)) put(record, state, plan, name, row[name]);
}

/** Puts one value of an answer in its place on the record. */
export function put(record: object, state: RecordState, plan: Plan, name: string, value: unknown): void {
  if (plan.relations.has(name)) {
    embed(state, name, value);
    return;
  }
  const slot = plan.slot(name);
  if (slot === null) return;
  if (slot.cast !== undefined) write(record, slot.property, slot.cast.read(copyJson(value)));
  else if (slot.isHidden) (state.hidden ??= new Map()).set(name, copyJson(value));
  else (record as Properties)[slot.property] = typeof value === 'object' ? copyJson(value) : value;
}

/** Related rows in an answer fill the relation; V2's `{ url, resource }` means that they are to be fetched. */
function embed(state: RecordState, name: string, value: unknown): void {
  if (value === undefined || isStub(value)) return;
  (state.embedded ??= new Map()).set(name, value);
  state.relations?.delete(name);
}

/** `{ url, resource }`: V2 says where related data is. The path is made from the declaration; this address is never followed. */
function isStub(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => key === 'url' || key === 'resource');
}

function write(record: object, property: string, value: unknown): void {
  if (value === undefined) delete (record as Properties)[property];
  else (record as Properties)[property] = value;
}
