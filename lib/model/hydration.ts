import type { Row } from '../query/scope.js';
import type { RelationDeclaration } from '../schema/declaration.js';
import type { Plan } from './plan.js';
import type { RecordState } from './state.js';
import { defineAccessor } from './values.js';

/** A record as this room writes to it. */
export type Properties = Record<string, unknown>;

/** Fills a record with a row, which becomes its baseline: the row must belong to the record alone. */
export function hydrate(record: object, state: RecordState, plan: Plan, row: Row): void {
  state.values.begin(row);
  takeParts(record, state, plan, row);
}

/** Related rows in an answer fill the relation; V2's `{ url, resource }` means that they are to be fetched. */
export function takeParts(record: object, state: RecordState, plan: Plan, row: Row): void {
  const { relations, loose } = plan.partsOf(row);
  for (const slot of loose) defineAccessor(record, slot);
  for (const name of relations) {
    const value = row[name];
    if (value === undefined || isStub(value)) continue;
    if (!isWhole(plan.relations.get(name), value, row)) {
      (state.partial ??= new Set()).add(name);
      continue;
    }
    state.partial?.delete(name);
    (state.embedded ??= new Map()).set(name, value);
    state.relations?.delete(name);
  }
}

/** Whether embedded rows are all that there are. An array of the documented maximum may lack some, unless a count says otherwise. */
export function isWhole(relation: RelationDeclaration | undefined, embedded: unknown, row: Row): boolean {
  if (!Array.isArray(embedded) || relation?.maxEmbedded === undefined) return true;
  const count = relation.countedBy === undefined ? undefined : row[relation.countedBy];
  return typeof count === 'number' ? embedded.length >= count : embedded.length < relation.maxEmbedded;
}

/** `{ url, resource }`: V2 says where related data is. The path is made from the declaration; this address is never followed. */
function isStub(value: unknown): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  const keys = Object.keys(value);
  return keys.length > 0 && keys.every((key) => key === 'url' || key === 'resource');
}
