import { ArgumentError } from '../errors/argument-error.js';
import { RecordNotFoundError } from '../errors/record-not-found-error.js';
import { UnknownFilterError } from '../errors/unknown-filter-error.js';
import { compileFilters } from '../query/filters.js';
import { checkRecordKey, listPath, type Scope, sessionOf } from '../query/scope.js';
import { assertSettable } from '../query/settable.js';
import { currentValue } from '../record/attribute-values.js';
import { changedAttributes, sendable } from '../record/change-set.js';
import { buildIn, handleOf, loadIn } from '../record/instantiate.js';
import type { ModelScope } from '../record/model-scope.js';
import { contextIn, contextOf, isRecord } from '../record/record-base.js';
import type { RecordContext } from '../record/record-context.js';
import type { AttributeDeclaration } from '../schema/declaration.js';
import { describe, pathNames } from '../transport/path.js';
import { addressOf } from '../transport/request.js';
import { type Candidate, unreadable } from './bulk-item.js';
import type { Source, UpdateManyOptions } from './bulk-run.js';
import { knownName, lookUp } from './look-up.js';
import { checkAttributes, lookedUp, withAttributes } from './upsert-many.js';

/** The attribute by which rows identify their records. */
export type Naming = Pick<AttributeDeclaration, 'name' | 'property'>;

interface NamedRow {
  readonly entry: object;
  readonly place: number;
  /** The value that identifies the record. */
  readonly value: string | number | undefined;
  readonly error?: Error | undefined;
}

/**
 * Turns rows into the records that they identify by one attribute. No record is ever created: a row fails if no record or several
 * records match it, or if an earlier row matches the same one. With keys nothing has to be read, unless the API's batch of updates
 * would create unknown records.
 */
export function updatable(
  scope: ModelScope<object>,
  by: Naming,
  entries: Source<unknown>,
  options: UpdateManyOptions,
  sent: () => void,
): AsyncGenerator<Candidate, void, undefined> {
  const { resource } = scope;
  const isByKey = by.name === resource.key;
  const isRead = !isByKey || resource.batch.upsert !== undefined;
  const named = new Map<string, number>();

  function toNamedRow(given: unknown, place: number): NamedRow {
    const entry = checkAttributes(scope, given);
    if (contextIn(entry)?.isNew === false) return { entry, place, value: undefined };
    try {
      assertRowSettable(scope, by, entry);
      const value = Reflect.get(entry, by.property) ?? Reflect.get(entry, by.name);
      const known = isByKey ? checkRecordKey(resource, value) : checkValue(scope, by, value);
      const before = named.get(String(known).toLowerCase());
      if (before === undefined) named.set(String(known).toLowerCase(), place);
      else
        throw new ArgumentError(
          `Rows ${before + 1} and ${place + 1} are for the same ${resource.name}, with ${by.property} ${describe(known)}: merge them. The second was not sent.`,
        );
      return { entry, place, value: known };
    } catch (error) {
      return { entry, place, value: undefined, error: unreadable(error) };
    }
  }

  async function toCandidates(rows: readonly NamedRow[]): Promise<Candidate[]> {
    const known = (value: string | number) => ({ name: by.name, value: String(value) });
    const wanted = isRead ? rows.flatMap(({ value }) => (value === undefined ? [] : known(value))) : [];
    const { found, failed } = await lookUp(scope, wanted, options, sent);
    return rows.map(({ entry, value, error }) => {
      if (error !== undefined) return { context: unsaved(entry), error };
      if (value === undefined) return { context: contextOf(entry) };
      const attributes = attributesOf(entry);
      delete attributes[by.property];
      if (by.property !== by.name) delete attributes[by.name];
      if (!isRead) return { context: withAttributes(handleOf(scope, value), attributes) };
      const failure = failed.get(knownName(known(value)));
      if (failure !== undefined) return { context: unsaved(entry), error: failure };
      const [row, another] = found.get(knownName(known(value))) ?? [];
      if (row === undefined) return { context: unsaved(entry), error: notFound(scope, by, value) };
      if (another !== undefined && resource.identity.length === 0) return { context: unsaved(entry), error: notUnique(scope, by, value) };
      return { context: withAttributes(loadIn(scope, row, sessionOf(scope)), attributes) };
    });
  }

  const unsaved = (entry: object): RecordContext => contextOf(isRecord(entry) ? entry : buildIn(scope, entry));
  return lookedUp(entries, toNamedRow, toCandidates);
}

/** Returns the attribute with this property or API name. @throws ArgumentError if records cannot be found by it */
export function attributeOf(scope: Scope, by: string | undefined): Naming {
  const { name, key, attributes } = scope.resource;
  const attribute = Object.values(attributes).find((each) => each.property === (by ?? key) || each.name === (by ?? key));
  if (attribute === undefined && (by === undefined || by === key)) return { name: key, property: key };
  if (attribute === undefined)
    throw new ArgumentError(
      `${name} has no attribute ${describe(by)}: \`by\` takes an attribute that identifies the records. Nothing was sent.`,
    );
  try {
    if (attribute.name !== key) compileFilters(scope.resource, { [attribute.name]: 'x' });
    return attribute;
  } catch (error) {
    if (!(error instanceof UnknownFilterError)) throw error;
    throw new ArgumentError(`${name} cannot be found by \`${attribute.property}\`: the API has no such filter. Nothing was sent.`);
  }
}

/** @throws ReadonlyAttributeError if a row sets a read-only attribute */
export function assertRowSettable(scope: Scope, by: Naming, row: unknown): void {
  if (typeof row !== 'object' || row === null) return;
  const { resource } = scope;
  const given: Record<string, unknown> = { ...row };
  if (isRecord(row)) return;
  for (const name of [by.property, by.name, ...resource.identity, ...pathNames(resource.path)]) delete given[name];
  assertSettable(resource, given, false);
}

/** Returns the attributes of a row; for an unsaved record, those that were set. */
function attributesOf(entry: object): Record<string, unknown> {
  const attributes: Record<string, unknown> = { ...entry };
  if (!isRecord(entry)) return attributes;
  const context = contextOf(entry);
  return Object.fromEntries(
    sendable(changedAttributes(context)).map((attribute) => [attribute.property, currentValue(context, attribute)]),
  );
}

function checkValue({ resource }: Scope, by: Naming, value: unknown): string | number {
  if ((typeof value === 'string' && value !== '') || (typeof value === 'number' && Number.isFinite(value))) return value;
  throw new ArgumentError(`Each row needs the \`${by.property}\` of its ${resource.name}, got ${describe(value)}. The row was not sent.`);
}

function notFound(scope: Scope, by: Naming, value: string | number): RecordNotFoundError {
  const { resource } = scope;
  const path = addressOf({ version: resource.version, path: listPath(scope) });
  return new RecordNotFoundError(
    `No ${resource.name} with ${by.property} ${describe(value)} at ${path}. updateMany() never creates; upsertMany() does.`,
    {
      status: 404,
      method: 'GET',
      path,
      body: undefined,
      headers: {},
    },
  );
}

const notUnique = ({ resource }: Scope, by: Naming, value: string | number): ArgumentError =>
  new ArgumentError(
    `Several ${resource.name} records have ${by.property} ${describe(value)}: pass a unique attribute as \`by\`. The row was not sent.`,
  );
