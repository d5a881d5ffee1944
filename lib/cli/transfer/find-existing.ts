import { knownName, lookUp } from '../../bulk/look-up.js';
import { BigRecordError } from '../../errors/bigrecord-error.js';
import { RecordNotFoundError } from '../../errors/record-not-found-error.js';
import { UnknownFilterError } from '../../errors/unknown-filter-error.js';
import type { JsonObject } from '../../json-object.js';
import { compileFilters } from '../../query/filters.js';
import { rowOf } from '../../query/parse-rows.js';
import { canListByKey, memberPath, type Row, sessionOf } from '../../query/scope.js';
import { handleOf, loadIn } from '../../record/instantiate.js';
import type { ModelScope } from '../../record/model-scope.js';
import type { RecordContext } from '../../record/record-context.js';
import type { ResourceDeclaration } from '../../schema/declaration.js';
import type { RequestDescription } from '../../transport/request.js';

/** What the store has for a value: records, or why that is not known. */
export type Found = readonly RecordContext[] | Error;

/** Finds records by an attribute, in as few requests as the API allows. */
export class Finder {
  readonly #scope: ModelScope<object>;

  constructor(scope: ModelScope<object>) {
    this.#scope = scope;
  }

  /** Returns what the store has, by value. @param name an attribute, or the key */
  async find(name: string, values: readonly (string | number)[]): Promise<Map<string, Found>> {
    const { resource } = this.#scope;
    if (name === resource.key && !canListByKey(resource)) return this.#findByPath(values);
    const { found, failed } = await lookUp(
      this.#scope,
      values.map((value) => ({ name, value: String(value) })),
      {},
      () => {},
    );
    const results = new Map<string, Found>();
    for (const value of values) {
      const known = knownName({ name, value: String(value) });
      const load = (row: Row): RecordContext => loadIn(this.#scope, row, sessionOf(this.#scope));
      results.set(String(value), failed.get(known) ?? (found.get(known) ?? []).map(load));
    }
    return results;
  }

  /** Returns a handle of a record that is not read. */
  handle(key: string | number): RecordContext {
    return handleOf(this.#scope, key);
  }

  async #findByPath(values: readonly (string | number)[]): Promise<Map<string, Found>> {
    const results = await Promise.all(
      values.map(async (value): Promise<[string, Found]> => {
        try {
          return [String(value), [await this.#get(value)]];
        } catch (error) {
          if (error instanceof RecordNotFoundError) return [String(value), []];
          return [String(value), error instanceof Error ? error : new Error(String(error))];
        }
      }),
    );
    return new Map(results);
  }

  async #get(key: string | number): Promise<RecordContext> {
    const { resource } = this.#scope;
    const session = sessionOf(this.#scope);
    const request: RequestDescription = { method: 'GET', version: resource.version, path: memberPath(this.#scope, key), query: {} };
    const row = rowOf(request, await session.send(request));
    if (row === undefined) throw new BigRecordError(`The response for the ${resource.name} ${key} is empty.`);
    return loadIn(this.#scope, row, session);
  }
}

/** Whether records can be found by an attribute. */
export function isFilter(resource: ResourceDeclaration, name: string): boolean {
  if (name === resource.key) return true;
  try {
    compileFilters(resource, { [name]: 'x' });
    return true;
  } catch (error) {
    if (error instanceof UnknownFilterError) return false;
    throw error;
  }
}

/** Returns an attribute that no two records share, by which a record like this can be found, and its value. */
export function naturalKeyOf(resource: ResourceDeclaration, attributes: JsonObject): { name: string; value: string | number } | undefined {
  const declared = Object.values(resource.naturalKey ?? {});
  const unique = Object.values(resource.attributes).flatMap((attribute) => (attribute.unique ? attribute.name : []));
  for (const name of [...(declared.length === 1 ? declared : []), ...unique]) {
    const value = attributes[name];
    const isValue = (typeof value === 'string' && value !== '') || typeof value === 'number';
    if (isValue && isFilter(resource, name)) return { name, value };
  }
  return undefined;
}
