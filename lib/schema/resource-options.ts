import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import { keysOf } from '../keys-of.js';
import type { Dialect } from './dialect.js';
import { dialectOf } from './dialects.js';
import {
  ATTRIBUTE,
  ATTRIBUTES,
  assertKind,
  COUNT,
  FLAG,
  type Kind,
  listOf,
  objectOf,
  oneOf,
  oneOfValues,
  partialOf,
  recordOf,
  STATUS,
  STRING,
  type ToApiName,
  type ValueOf,
} from './option-kinds.js';

/** Everything that can be done with a resource. */
const ALL_OPERATIONS = ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'] as const;

/** What can be done with a resource. */
export type Operation = (typeof ALL_OPERATIONS)[number];

const OPERATIONS: Kind<readonly Operation[]> = listOf(oneOf(...ALL_OPERATIONS));

/** The kinds of values a filter takes. */
export type FilterType = NumberConstructor | StringConstructor | BooleanConstructor | DateConstructor;

/**
 * The filters of a resource: each documented parameter by its own name, with the type of its value.
 * V3 names carry their operator (`'id:in'`), V2 ranges their prefix (`min_id`).
 */
export type FilterDeclarations = Readonly<Record<string, FilterType>>;

const FILTERS: Kind<FilterDeclarations> = recordOf(
  oneOfValues<FilterType>('String, Number, Boolean or Date', String, Number, Boolean, Date),
);

const ADDRESSING = oneOf('path', 'filter', 'single');

/** How a record is reached: by a path with its key, by a filter, or because it is the only one. */
export type Addressing = ValueOf<typeof ADDRESSING>;

const batch = partialOf({
  create: COUNT,
  update: COUNT,
  /** Creates what is missing and updates what is there, by PUT. */
  upsert: COUNT,
  /** Takes an array of keys as the body. A resource whose `deleteFilters` include `id:in` is deleted by query instead. */
  delete: COUNT,
  /** Template of the path that batches are sent to, where it is not the resource's own: `/catalog/variants`. */
  path: STRING,
  /** Attribute that names the parent of a new record in a batch: `resource_id`. */
  parent: STRING,
  /** Valid entries are stored even when the batch is refused, so it must not be sent again in parts. */
  partialCreate: FLAG,
});

/** How many records one request may carry, for each kind of write; absent where the API has no batch (FACTS: writes). */
export interface BatchLimits extends ValueOf<typeof batch> {}

const BATCH: Kind<BatchLimits> = batch;

const collectionPath = objectOf({
  /** Path template: `/catalog/variants`. */
  path: STRING,
  /** Attribute that names the parent, filtered by `:in`: `product_id`. */
  parent: STRING,
});

/** Where the records of many parents are listed at once. */
export interface CollectionPath extends ValueOf<typeof collectionPath> {}

const COLLECTION_PATH: Kind<CollectionPath> = collectionPath;

const statuses = partialOf({ create: STATUS, update: STATUS, delete: STATUS });

/** Status codes of success, by kind of write. */
export interface Statuses extends ValueOf<typeof statuses> {}

const STATUSES: Kind<Statuses> = statuses;

/** What the default of an option may depend on. */
interface Basics {
  readonly dialect: Dialect;
  readonly addressing: Addressing;
  readonly key: string;
  readonly apiName: ToApiName;
}

/** One option of `@Resource`: the values that it takes, and the one that counts where neither the class nor an ancestor gives it. */
interface Option<Value, Declared> {
  readonly kind: Kind<Value>;
  byDefault(basics: Basics): Declared;
  /** An option which, when given, makes the inherited value of this one meaningless. */
  readonly resetBy?: 'key';
}

function option<Value, const Default extends Value>(
  kind: Kind<Value>,
  byDefault: (basics: Basics) => Default,
  resetBy?: 'key',
): Option<Value, Value> {
  return resetBy === undefined ? { kind, byDefault } : { kind, byDefault, resetBy };
}

const optional = <Value>(kind: Kind<Value>): Option<Value, Value | undefined> => ({ kind, byDefault: () => undefined });

/**
 * The options of `@Resource`, once: what each means, the values it takes and its default. Types, checks, inheritance and the
 * declaration itself follow from this table.
 */
const RESOURCE_OPTIONS = {
  /** API generation. Default `'v3'`. */
  version: option(oneOf('v2', 'v3'), () => 'v3'),
  /** The attribute that identifies a record. Default `'id'`. */
  key: option(ATTRIBUTE, ({ apiName }) => apiName('id')),
  /** The documented filters. Left out: the filters of this model are not checked. */
  filters: optional(FILTERS),
  /** What the resource can do. Default: everything. */
  operations: option(OPERATIONS, () => ALL_OPERATIONS),
  /** Batch limits (FACTS: writes). Default: no batches. */
  batch: option(BATCH, () => ({})),
  /**
   * `'filter'` where records have no path of their own: they are read by `id:in` and written in batches. `'single'` where the path
   * leads to the only record there is. Default `'path'`.
   */
  addressing: option(ADDRESSING, () => 'path'),
  /** The filter that finds records by key, where its name is not that of the key. Default: the key. */
  keyFilter: option(STRING, ({ key }) => key, 'key'),
  /** Writes that the API takes in batches only, even of one record. Default: all if `addressing` is `'filter'`, else none. */
  batchOnly: option(listOf(oneOf('create', 'update')), ({ addressing }) => (addressing === 'filter' ? ['create', 'update'] : [])),
  /** Attributes that the API requires in every update, changed or not. Default: none. */
  alwaysSend: option(ATTRIBUTES, () => []),
  /** Attribute by which the API itself refuses to change an outdated record, with 409 (optimistic locking). Default: none. */
  lock: optional(ATTRIBUTE),
  /** Attributes that identify a record together with its key; sent with every update. Default: none. */
  identity: option(ATTRIBUTES, () => []),
  /** The most records a page may hold. Default 250. */
  pageSize: option(COUNT, () => 250),
  /** Relations and extras that `include` can embed. Default: none. */
  includes: option(listOf(STRING), () => []),
  /** Smaller page sizes when these are embedded: `{ options: 10 }`. Default: none. */
  includePageSizes: option(recordOf(COUNT), () => ({})),
  /** Whether lists can be walked by cursor (`after`). Default false. */
  cursor: option(FLAG, () => false),
  /** Where the records of many parents are listed at once, filtered by the keys of the parents. */
  collectionPath: optional(COLLECTION_PATH),
  /** Status codes of success that differ from the usual: create 201 in V2 and 200 in V3, update 200, delete 204. */
  statuses: option(STATUSES, () => ({})),
  /** Whether V3 responses come without the envelope. Default false. */
  noEnvelope: option(FLAG, () => false),
  /** Whether responses to batches leave out the written rows. Default false. */
  omitsListRows: option(FLAG, () => false),
  /** The documented filters of DELETE on the collection; only these are trusted to narrow a deletion. Default: none. */
  deleteFilters: option(listOf(STRING), () => []),
  /** Whether an update replaces the record, so that all of it has to be sent. Default false: updates merge. */
  replaces: option(FLAG, () => false),
  /** How a sort order is written: `sort=name&direction=desc`, or `sort=name:desc`. Default: the former in V3, the latter in V2. */
  ordering: option(oneOf('direction', 'suffix'), ({ dialect }) => dialect.ordering),
};

type Table = typeof RESOURCE_OPTIONS;
type OptionName = keyof Table;
type Given = { [Name in OptionName]: Table[Name] extends Option<infer Value, unknown> ? Value : never };
type Declared = { readonly [Name in OptionName]: Given[Name] | ReturnType<Table[Name]['byDefault']> };

/** Options of `@Resource`. */
export interface ResourceOptions extends Partial<Given> {}

/** Every option of a resource, given, inherited or by default. Attributes are named as the API names them. */
export interface ResolvedOptions extends Declared {}

/** @throws ConfigurationError for an option of `@Resource` that does not exist, or a value that it does not take */
export function checkResourceOptions(model: string, options: ResourceOptions): void {
  const owner = `@Resource of ${model}`;
  assertKnownOptions(options, RESOURCE_OPTIONS, owner, ConfigurationError);
  const kinds: Readonly<Record<string, { readonly kind: Kind<unknown> }>> = RESOURCE_OPTIONS;
  for (const [name, value] of Object.entries(options))
    if (value !== undefined && kinds[name] !== undefined) assertKind(kinds[name].kind, value, name, owner);
}

/** The table, such that the types of one option belong together whichever it is. */
const TABLE: { readonly [Name in OptionName]: Option<Given[Name], Declared[Name]> } = RESOURCE_OPTIONS;

/** Fills in the options that a class leaves out: from its parent, else by default. */
export function resolveOptions(options: ResourceOptions, parent: ResolvedOptions | undefined, apiName: ToApiName): ResolvedOptions {
  const given: Partial<Given> = options;
  const inherited: Partial<Given> = parent ?? {};
  const basics: Basics = {
    apiName,
    get dialect() {
      return dialectOf(resolve('version'));
    },
    get addressing() {
      return resolve('addressing');
    },
    get key() {
      return resolve('key');
    },
  };

  function resolve<Name extends OptionName>(name: Name): Declared[Name] {
    const { kind, byDefault, resetBy } = TABLE[name];
    const isReset = resetBy !== undefined && given[resetBy] !== undefined;
    const value = given[name] ?? (isReset ? undefined : inherited[name]);
    if (value === undefined) return byDefault(basics);
    return kind.toApiNames === undefined ? value : kind.toApiNames(value, apiName);
  }

  // The table has every option, which Object.fromEntries does not know.
  return Object.fromEntries(keysOf(RESOURCE_OPTIONS).map((name) => [name, resolve(name)])) as Declared;
}
