import type { JsonObject } from '../../json-object.js';
import { assignsKeys } from '../../query/settable.js';
import { assignAttributes } from '../../record/assign-attributes.js';
import { isChanged } from '../../record/change-set.js';
import { buildIn } from '../../record/instantiate.js';
import type { ModelScope } from '../../record/model-scope.js';
import type { RecordContext } from '../../record/record-context.js';
import type { ResourceDeclaration } from '../../schema/declaration.js';
import { apiName } from '../../schema/names.js';
import { pathNames } from '../../transport/path.js';
import { problemsOf } from './failures.js';
import { Finder, type Found, naturalKeyOf } from './find-existing.js';
import { type ColumnPlan, type PreparedRow, type Problems, prepareRow } from './import-columns.js';
import { isNone, type KeyMap, mapKeys, omit } from './key-map.js';
import type { FileRow } from './row-reader.js';

/** What is to be done with a row. */
export type Candidate =
  | { readonly kind: 'create' | 'update'; readonly from: FileRow; readonly record: object }
  | { readonly kind: 'unchanged' | 'skipped' | 'found'; readonly from: FileRow; readonly record?: object | undefined }
  | { readonly kind: 'deferred'; readonly from: FileRow }
  | { readonly kind: 'failed'; readonly from: FileRow; readonly problems: Problems };

/** Which records rows stand for. */
interface Matching {
  /** The attribute that identifies the record of a row; `undefined` if every row is a new record. */
  readonly by: string | undefined;
  /** Whether records that exist are left as they are. */
  readonly createOnly: boolean;
  /** Whether records that do not exist are failures. */
  readonly updateOnly: boolean;
}

/** Options of {@link Candidates}. */
export interface CandidateOptions extends Matching {
  readonly scope: ModelScope<object>;
  readonly columns: ColumnPlan;
  /** References to replace: the path of the attribute, and the new keys. */
  readonly maps: readonly { readonly path: string; readonly keys: KeyMap }[];
  /** Paths of what is left out. */
  readonly omitted: readonly string[];
  /** The new keys of this import, for references among its own rows. */
  readonly keys: KeyMap;
  /** The keys of the rows in the file, if rows refer to each other. */
  readonly keysInFile: ReadonlySet<string>;
}

/** Turns rows into records to save. */
export class Candidates {
  readonly #options: CandidateOptions;
  readonly #resource: ResourceDeclaration;
  readonly #finder: Finder;
  readonly #selfReferences: readonly string[];

  constructor(options: CandidateOptions) {
    this.#options = options;
    this.#resource = options.scope.resource;
    this.#finder = new Finder(options.scope);
    this.#selfReferences = selfReferencesOf(this.#resource);
  }

  /** @param isInDoubt whether an earlier run may have created the record of a row already */
  async of(rows: readonly FileRow[], isInDoubt: (row: number) => boolean): Promise<Candidate[]> {
    const prepared = rows.map((from) => ({ from, prepared: this.#prepare(from), isInDoubt: isInDoubt(from.number) }));
    const found = await this.#findAll(prepared);
    return prepared.map((each) => {
      try {
        return this.#candidateOf(each, found);
      } catch (error) {
        return { kind: 'failed', from: each.from, problems: problemsOf(error) };
      }
    });
  }

  #prepare({ row, problem }: FileRow): PreparedRow {
    if (problem !== undefined) return { attributes: {}, related: {}, problems: { base: [problem] } };
    const { columns, maps, keys, omitted } = this.#options;
    const copy = structuredClone(row);
    for (const path of omitted) omit(copy, path.split('.'));
    const prepared = prepareRow(this.#resource, copy, columns);
    for (const { path, keys: mapped } of maps) {
      const missing = [prepared.attributes, prepared.related].flatMap((part) => mapKeys(part, path.split('.'), mapped));
      if (missing.length > 0) prepared.problems[path] = [`There is no new key for ${missing.join(', ')}.`];
    }
    for (const name of this.#selfReferences) mapKeys(prepared.attributes, [name], keys);
    return prepared;
  }

  /** What identifies the record of a row that may exist: the attribute of `--by`, or in doubt one that no two records share. */
  #knownOf({ from, prepared, isInDoubt }: Prepared): Known | undefined {
    const { by } = this.#options;
    if (by === undefined) return isInDoubt ? naturalKeyOf(this.#resource, prepared.attributes) : undefined;
    const value = prepared.attributes[by] ?? valueIn(this.#resource, from.row, by);
    return (typeof value === 'string' && value !== '') || typeof value === 'number' ? { name: by, value } : undefined;
  }

  async #findAll(rows: readonly Prepared[]): Promise<Map<string, Found>> {
    const byName = new Map<string, Set<string | number>>();
    for (const row of rows) {
      const known = hasProblems(row.prepared) ? undefined : this.#knownOf(row);
      if (known !== undefined) byName.set(known.name, (byName.get(known.name) ?? new Set()).add(known.value));
    }
    const found = new Map<string, Found>();
    for (const [name, values] of byName)
      for (const [value, records] of await this.#finder.find(name, [...values])) found.set(`${name} ${value}`, records);
    return found;
  }

  #candidateOf(row: Prepared, all: ReadonlyMap<string, Found>): Candidate {
    const { from, prepared } = row;
    if (hasProblems(prepared)) return failed(from, prepared.problems);
    if (this.#isDeferred(from)) return { kind: 'deferred', from };
    const known = this.#knownOf(row);
    if (known === undefined) return this.#unknown(row);
    const found = all.get(`${known.name} ${known.value}`) ?? [];
    if (found instanceof Error) throw found;
    const { by, createOnly, updateOnly } = this.#options;
    const [existing, another] = found;
    const shown = JSON.stringify(known.value);
    if (another !== undefined && this.#resource.identity.length === 0)
      return failed(from, { [known.name]: [`Several records have ${shown}.`] });
    if (existing === undefined)
      return updateOnly ? failed(from, { [known.name]: [`No record has ${shown}.`] }) : this.#create(from, prepared);
    if (by === undefined) return { kind: 'found', from, record: existing.record };
    return createOnly ? { kind: 'skipped', from, record: existing.record } : this.#update(from, prepared, existing, known.name);
  }

  /** What is to be done with a row of which nothing tells whether its record exists. */
  #unknown({ from, prepared, isInDoubt }: Prepared): Candidate {
    const { by, updateOnly } = this.#options;
    if (by !== undefined && updateOnly) return failed(from, { [by]: ['The row has no value here, so it names no record.'] });
    return by === undefined && isInDoubt ? failed(from, { base: [IN_DOUBT] }) : this.#create(from, prepared);
  }

  /** Whether a row refers to another row of the file that has no new key yet. */
  #isDeferred({ row }: FileRow): boolean {
    const { keys, keysInFile } = this.#options;
    return this.#selfReferences.some((name) => {
      const value = row[name];
      return !isNone(value) && keysInFile.has(String(value)) && keys.get(value) === undefined;
    });
  }

  #create(from: FileRow, { attributes, related }: PreparedRow): Candidate {
    const given = Object.fromEntries(Object.entries({ ...attributes, ...related }).filter(([, value]) => value !== null));
    if (assignsKeys(this.#resource)) delete given[this.#resource.key];
    return { kind: 'create', from, record: buildIn(this.#options.scope, given) };
  }

  #update(from: FileRow, { attributes }: PreparedRow, existing: RecordContext, by: string): Candidate {
    const { key, identity, path, batch } = this.#resource;
    const given = { ...attributes };
    for (const name of [by, key, ...identity, ...pathNames(path), batch.parent ?? key]) delete given[name];
    for (const [name, value] of Object.entries(given)) if (value === null) emptied(this.#resource, given, name, existing);
    assignAttributes(existing, given);
    return { kind: isChanged(existing) ? 'update' : 'unchanged', from, record: existing.record };
  }
}

const failed = (from: FileRow, problems: Problems): Candidate => ({ kind: 'failed', from, problems });

interface Prepared {
  readonly from: FileRow;
  readonly prepared: PreparedRow;
  readonly isInDoubt: boolean;
}

interface Known {
  readonly name: string;
  readonly value: string | number;
}

const IN_DOUBT =
  'The import was interrupted while this row was being sent, and no attribute of it is unique: look whether the record is there. If not, import this row again.';

const hasProblems = ({ problems }: PreparedRow): boolean => Object.keys(problems).length > 0;

const valueIn = (resource: ResourceDeclaration, row: JsonObject, name: string): unknown => {
  const column = Object.keys(row).find((each) => apiName(resource, each) === name);
  return column === undefined ? undefined : row[column];
};

/** An emptied cell empties the attribute, in the form that it has: `''` for a text. */
function emptied(resource: ResourceDeclaration, given: JsonObject, name: string, { record }: RecordContext): void {
  const attribute = Object.hasOwn(resource.attributes, name) ? resource.attributes[name] : undefined;
  const current = Reflect.get(record, attribute?.property ?? name);
  if (current === undefined || current === null || current === '') delete given[name];
  else if (attribute?.type === 'string') given[name] = '';
}

/** Attributes that refer to records of the same resource: `parent_id`. */
function selfReferencesOf(resource: ResourceDeclaration): string[] {
  return Object.values(resource.relations).flatMap(({ kind, key, target }) =>
    kind === 'belongsTo' && key !== undefined && Reflect.get(target(), 'resource') === resource ? key : [],
  );
}

/** Whether rows of a resource may refer to each other. */
export const refersToItself = (resource: ResourceDeclaration): boolean => selfReferencesOf(resource).length > 0;
