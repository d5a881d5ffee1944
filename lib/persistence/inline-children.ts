import { BigRecordError } from '../errors/bigrecord-error.js';
import type { FieldErrors } from '../errors/field-errors.js';
import type { Row } from '../query/scope.js';
import { HasManyRelation } from '../model/has-many.js';
import { copyJson } from '../schema/wire.js';
import { accept, bodyOf, slotsOf, storedRow, storedValue, type Tracked } from '../record/change-set.js';
import { tracked } from '../model/internals.js';
import { matchResults, uniqueNames } from '../record/match-results.js';
import type { PendingChildren } from './pending-children.js';
import { assertWritable } from '../record/read-only.js';
import { isEmptyKey, keyOf, placeBelow } from '../model/related.js';

/** Related records that go into the body that creates their parent, with what is sent of each. */
export interface InlineChildren extends PendingChildren {
  readonly bodies: readonly Row[];
}

/** @throws ReadonlyAttributeError */
export function inlineChildren(children: PendingChildren): InlineChildren {
  const bodies = children.records.map((child) => {
    const the = tracked(child);
    assertWritable(the);
    return bodyOf(the, slotsOf(the));
  });
  return { ...children, bodies };
}

/** How the keys of children are found that the answer to their parent did not tell. */
const unidentified = new WeakMap<object, () => Promise<unknown>>();

/** The parent is created, and so are the children that were sent inside it. */
export function settleInline(parent: Tracked, { relation, by, records, bodies }: InlineChildren): void {
  for (const [place, child] of records.entries()) {
    const the = tracked(child);
    the.state.session ??= parent.state.session;
    placeBelow(parent.record, child, by);
    accept(the, { ...bodies[place], ...(by === undefined ? {} : { [by]: keyOf(parent.record) }) }, undefined);
    the.state.given = {};
    the.state.fieldErrors = {};
    unidentified.set(child, () => relation.all());
  }
  relation.settleInline();
}

/** Messages such as `variants.0.price` are about a child: it gets them too. */
export function refuseInline({ property, records }: InlineChildren, errors: FieldErrors): void {
  const own = records.map((): FieldErrors => ({}));
  for (const [name, messages] of Object.entries(errors)) {
    if (!name.startsWith(property)) continue;
    const [, place, field = 'base'] = /^(?:\.|\[)(\d{1,6})\]?(?:\.(.+))?$/.exec(name.slice(property.length)) ?? [];
    const errorsOfChild = own[Number(place)];
    if (place !== undefined && errorsOfChild !== undefined) errorsOfChild[field] = messages;
  }
  for (const [place, child] of records.entries()) tracked(child).state.fieldErrors = own[place] as FieldErrors;
}

/** Tells which of the rows of a list became of which children, by what each row says of itself, and gives these their keys. */
export function identify(sent: readonly object[], rows: readonly Row[]): ReadonlyMap<Row, object> {
  const found = new Map<Row, object>();
  const [first] = sent;
  if (first === undefined) return found;
  const { resource } = tracked(first).plan;
  const matched = matchResults(sent, rows, {
    identity: [resource.key],
    unique: uniqueNames(resource),
    sentOf: (child) => ({ identity: {}, values: () => storedRow(tracked(child)) }),
    byPosition: true,
  });
  for (const [child, row] of matched) {
    found.set(row, child);
    refresh(child, row);
    unidentified.delete(child);
  }
  return found;
}

/** Gives a record a fresh row; what the program changed stays changed. */
export const refresh = (record: object, row: Row): void => accept(tracked(record), {}, copyJson(row));

/** Looks up the key of a record that was created inside its parent, where the answer did not tell it. @throws BigRecordError */
export async function findKey(the: Tracked): Promise<void> {
  const { record, plan } = the;
  const look = unidentified.get(record);
  const { key, name } = plan.resource;
  if (look === undefined || !isEmptyKey(storedValue(the, key))) return;
  await look();
  if (!isEmptyKey(keyOf(record))) return;
  throw new BigRecordError(
    `This ${name} was created inside its parent, and none of the store's ${name} records agrees with it: its ${key} is not known. Load the relation again and use the record that it gives. Nothing was sent.`,
  );
}

/** Notes the relations that the program has records of; the returned function puts them back where an answer embedded a fresh list. */
export function relationsInUse({ state }: Tracked): () => void {
  const handles = [...(state.relations ?? [])].filter(
    (entry): entry is [string, HasManyRelation<object>] => entry[1] instanceof HasManyRelation,
  );
  return () => {
    for (const [property, relation] of handles) {
      if (state.relations?.get(property) === relation || !relation.isInUse) continue;
      const rows = state.embedded?.get(property);
      (state.relations ??= new Map()).set(property, relation);
      state.embedded?.delete(property);
      relation.fill(rows);
    }
  };
}
