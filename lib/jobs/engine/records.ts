import { ArgumentError } from '../../errors/argument-error.js';
import { StaleRecordError } from '../../errors/stale-record-error.js';
import { grouped } from '../../grouped.js';
import type { JsonObject } from '../../json-object.js';
import { hasPendingChildren } from '../../persistence/pending-children.js';
import { rowsByKey } from '../../query/find.js';
import { type Row, sessionOf } from '../../query/scope.js';
import { agreesWith } from '../../record/agreement.js';
import { assignAttributes } from '../../record/assign-attributes.js';
import { allAttributes, baselineAt, wireValue } from '../../record/attribute-values.js';
import { bodyOf, changedAttributes } from '../../record/change-set.js';
import { valueOfBaseline } from '../../record/hydrator.js';
import { loadIn } from '../../record/instantiate.js';
import type { ModelScope } from '../../record/model-scope.js';
import { checkWritable } from '../../record/read-only.js';
import { identityOf, savedKey } from '../../record/record-address.js';
import type { RecordContext } from '../../record/record-context.js';
import type { IntentRow } from './intent.js';

/** Returns what a changed record needs to be saved by another process; `undefined` if it has no changes. @throws ReadonlyAttributeError */
export function intentOfChanges(context: RecordContext): IntentRow | undefined {
  if (hasPendingChildren(context))
    throw new ArgumentError('`each` changes attributes only: write related records in a job of their own, or use `batch`.');
  const changed = checkWritable(context, changedAttributes(context));
  const a = bodyOf(context, changed);
  if (Object.keys(a).length === 0) return undefined;
  const b: JsonObject = {};
  for (const attribute of changed) {
    const before = wireValue(context, attribute, valueOfBaseline(attribute, baselineAt(context, attribute)));
    b[attribute.name] = before ?? null;
  }
  const rest = alsoSent(context, a);
  return { k: savedKey(context), ...placeOf(context), a, b, ...(Object.keys(rest).length > 0 && { r: rest }) };
}

/** Returns the parents of a record, if its path has any. */
export function placeOf({ params }: RecordContext): Pick<IntentRow, 'p'> {
  return Object.keys(params).length > 0 ? { p: params } : {};
}

/** Returns what identifies a record besides its key, and what each update has to send, without what is changed. */
function alsoSent(context: RecordContext, changed: JsonObject): JsonObject {
  const { resource } = context.metadata;
  const required = resource.alwaysSend.map((name) => context.metadata.attribute(name)).filter((attribute) => attribute !== null);
  const sent = bodyOf(context, resource.replaces ? allAttributes(context) : required);
  const all = { ...sent, ...(resource.identity.length > 0 && identityOf(context)) };
  return Object.fromEntries(Object.entries(all).filter(([name]) => !Object.hasOwn(changed, name)));
}

/** Returns the record of a row with its changes, as if it had just been read and changed. */
export function changedRecord(scope: ModelScope<object>, { k, p, a = {}, b = {}, r = {} }: IntentRow): RecordContext {
  const { resource, metadata } = scope;
  const place = p === undefined ? scope : { ...scope, params: { ...scope.params, ...p } };
  const context = loadIn(place, { ...r, ...b, [resource.key]: k }, sessionOf(scope));
  const values = Object.entries(a).map(([name, value]) => [metadata.attribute(name)?.property ?? name, value]);
  assignAttributes(context, Object.fromEntries(values));
  return context;
}

/** Reads the current rows of records, by {@link rowName}, in as few requests as the API allows. */
export async function currentRows(
  scope: ModelScope<object>,
  rows: readonly IntentRow[],
  signal: AbortSignal,
  sent: () => void,
): Promise<ReadonlyMap<string, Row>> {
  const found = new Map<string, Row>();
  for (const group of grouped(rows, ({ p }) => JSON.stringify(p ?? {})).values()) {
    const params = { ...scope.params, ...group[0]?.p };
    const search = { scope: { ...scope, params, session: sessionOf(scope) }, filters: {}, params: {}, signal };
    sent();
    const byKey = await rowsByKey(
      search,
      group.map(({ k }) => k),
    );
    for (const row of group) {
      const current = byKey.get(String(row.k));
      if (current !== undefined) found.set(rowName(row), current);
    }
  }
  return found;
}

export const rowName = ({ k, p }: IntentRow): string => `${JSON.stringify(p ?? {})} ${k}`;

/** Where a record stands between what it was and what it should become. */
export function standing({ a = {}, b = {} }: IntentRow, current: Row): 'before' | 'after' | 'neither' {
  const names = Object.keys(a);
  const isAfter = (name: string): boolean => agrees(a[name], current[name], b[name]);
  if (names.every(isAfter)) return 'after';
  return names.every((name) => isAfter(name) || agrees(b[name], current[name], a[name])) ? 'before' : 'neither';
}

/** What the store may round away: it keeps four decimals of a price, two of an amount. */
const ROUNDED = 0.005;

/** Whether the store's value is this one, and not the other: it may spell or round it in its own way. */
function agrees(value: unknown, current: unknown, other: unknown): boolean {
  if (agreesWith({ value }, { value: current ?? null })) return true;
  const [x, y, z] = [value, current, other].map((each) => (each === null || each === '' ? Number.NaN : Number(each)));
  if (x === undefined || y === undefined || z === undefined) return false;
  const tolerance = Number.isNaN(z) ? ROUNDED : Math.min(ROUNDED, Math.abs(x - z) / 4);
  return Math.abs(x - y) <= tolerance;
}

/** The error of a record that somebody else has changed between the two. */
export function conflictOf(name: string, { k, a = {}, b = {} }: IntentRow, current: Row): StaleRecordError {
  const fields = Object.keys(a).filter((field) => !agrees(a[field], current[field], b[field]));
  const conflicts = Object.fromEntries(fields.map((field) => [field, [b[field], current[field]] as const]));
  const seen = fields.map((field) => {
    const [now, before, after] = [current[field], b[field], a[field]].map((value) => JSON.stringify(value));
    return `\`${field}\` is ${now}, ${before === after ? 'not' : `neither ${before} nor`} ${after}`;
  });
  return new StaleRecordError(`${name} ${k} was changed by somebody else meanwhile: ${seen.join('; ')}. It was left as it is.`, conflicts);
}
