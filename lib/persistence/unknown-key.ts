import { BigRecordError } from '../errors/bigrecord-error.js';
import { grouped } from '../grouped.js';
import { compileFilters } from '../query/filters.js';
import { allRows, readPages } from '../query/page-strategies.js';
import { hasKey } from '../query/parse-rows.js';
import { initialState } from '../query/query-state.js';
import { collectionPath, type Row, scopeQuery } from '../query/scope.js';
import { acceptResponse } from '../record/accept-response.js';
import { storedValue } from '../record/attribute-values.js';
import { isEmptyKey, keyUnknown, scopeOfRecord } from '../record/record-address.js';
import { ownRareState, type RecordContext } from '../record/record-context.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import { type CallOptions, freshCallOf, type QueryValue } from '../transport/request.js';

/** A filter that finds records by an attribute: `'location_code:in'` by `code`. */
interface NaturalFilter {
  readonly parameter: string;
  readonly attribute: string;
}

/**
 * Looks up the keys of records that were just created, where the response did not contain them. Records of one place share requests.
 * A key that is not found stays unknown: the record is saved all the same.
 *
 * @param sent is called for every request
 */
export async function findCreatedKeys(contexts: readonly RecordContext[], options: CallOptions, sent = (): void => {}): Promise<void> {
  const keyless = contexts.filter((context) => context.rare.createdInside === undefined && isKeyless(context));
  if (keyless.length === 0) return;
  for (const context of keyless) ownRareState(context).isKeyUnknown = true;
  await Promise.all([...grouped(keyless, placeOf).values()].map((group) => lookUp(group, options, sent)));
}

/** Looks the key of a record up again, for an operation that needs it. @throws RecordStateError if it stays unknown */
export async function requireKey(context: RecordContext): Promise<void> {
  await lookUp([context], {}, () => {});
  if (context.rare.isKeyUnknown) throw keyUnknown(context);
}

const isKeyless = (context: RecordContext): boolean => {
  const { resource } = context.metadata;
  return resource.addressing !== 'single' && isEmptyKey(storedValue(context, resource.key));
};

/** Returns the filters that find a record without its key: the declared ones, or that of a unique attribute. */
function naturalFilters({ naturalKey, attributes, filters = {} }: ResourceDeclaration): readonly NaturalFilter[] {
  if (naturalKey !== undefined) return Object.entries(naturalKey).map(([parameter, attribute]) => ({ parameter, attribute }));
  for (const { name, unique } of Object.values(attributes)) {
    const parameter = [`${name}:in`, name].find((each) => unique && Object.hasOwn(filters, each));
    if (parameter !== undefined) return [{ parameter, attribute: name }];
  }
  return [];
}

const isList = ({ parameter }: NaturalFilter): boolean => parameter.endsWith(':in');

/** Names what records have in common that one list finds: class and place, and the values of the filters that take one value. */
function placeOf(context: RecordContext): string {
  const scope = scopeOfRecord(context);
  const filters = naturalFilters(scope.resource).filter((filter) => !isList(filter));
  const values = filters.map(({ attribute }) => storedValue(context, attribute) ?? null);
  return JSON.stringify([scope.resource.name, collectionPath(scope), scopeQuery(scope), values]);
}

async function lookUp(group: readonly RecordContext[], options: CallOptions, sent: () => void): Promise<void> {
  const [first] = group;
  if (first === undefined) return;
  const scope = scopeOfRecord(first);
  const filters = naturalFilters(scope.resource);
  try {
    const narrowed = filtersFor(scope.resource, filters, group);
    if (Object.keys(narrowed).length === 0) return;
    const state = { ...initialState(scope), filters: narrowed };
    const pages = readPages(scope, state, { ...freshCallOf(options), isEager: true, isAwaited: true, sent });
    const rows = await allRows(pages);
    for (const context of group) acceptKey(context, filters, rows);
  } catch (error) {
    // The records are created, so nothing has failed: their keys are unknown until somebody needs them.
    if (!(error instanceof BigRecordError) && options.signal?.aborted !== true) throw error;
  }
}

/** Returns the filters for a group of records; none if the value of one is not known. */
function filtersFor(
  resource: ResourceDeclaration,
  filters: readonly NaturalFilter[],
  group: readonly RecordContext[],
): Readonly<Record<string, QueryValue>> {
  const where: Record<string, unknown> = {};
  for (const filter of filters) {
    const values = [...new Set(group.map((context) => storedValue(context, filter.attribute)).filter((value) => !isEmptyKey(value)))];
    if (values.length > 0) where[filter.parameter] = isList(filter) ? values : values[0];
  }
  return compileFilters(resource, where).params;
}

/** Gives a record the only row that has its values. */
function acceptKey(context: RecordContext, filters: readonly NaturalFilter[], rows: readonly Row[]): void {
  const { key } = context.metadata.resource;
  const [row, other] = rows.filter((each) =>
    filters.every(({ attribute }) => isSameText(each[attribute], storedValue(context, attribute))),
  );
  if (row === undefined || other !== undefined || !hasKey(row, key)) return;
  acceptResponse(context, {}, row);
  ownRareState(context).isKeyUnknown = false;
}

/** The store ignores case in such values, and writes 0 or nothing for "none". */
const isSameText = (a: unknown, b: unknown): boolean =>
  isEmptyKey(a) ? isEmptyKey(b) : String(a).toLowerCase() === String(b).toLowerCase();
