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
  eitherOf,
  FLAG,
  type Kind,
  listOf,
  objectOf,
  oneOf,
  partialOf,
  REQUIRED,
  recordOf,
  STATUS,
  STRING,
  type ToApiName,
  type ValueOf,
} from './option-kinds.js';
import type { Through } from './through.js';

/** All operations that a resource may support. */
const ALL_OPERATIONS = ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'] as const;

/** An operation of a resource. */
export type Operation = (typeof ALL_OPERATIONS)[number];

const OPERATIONS: Kind<readonly Operation[]> = listOf(oneOf(...ALL_OPERATIONS));

/** The kinds of values a filter takes. */
export type FilterType = NumberConstructor | StringConstructor | BooleanConstructor | DateConstructor;

/**
 * The filters of a resource: each documented parameter by its own name, with the type of its value.
 * V3 names carry their operator (`'id:in'`), V2 ranges their prefix (`min_id`).
 */
export type FilterDeclarations = Readonly<Record<string, FilterType>>;

const FILTERS: Kind<FilterDeclarations> = recordOf(oneOf<FilterType>(String, Number, Boolean, Date));

const ADDRESSING = oneOf('path', 'filter', 'single');

/** How a record is reached: by a path with its key, by a filter, or because it is the only one. */
export type Addressing = ValueOf<typeof ADDRESSING>;

const PARAM = eitherOf<FilterType | readonly string[]>(oneOf<FilterType>(String, Number, Boolean, Date), listOf(STRING));

/** Query parameters by their names: the type of the value, or the names that it may list (`include`). */
export type ParamTypes = Readonly<Record<string, FilterType | readonly string[]>>;

/** The query parameters of operations besides filters, by `get`, `create`, `update`, `delete` or the name of an action. */
export type ParamDeclarations = Readonly<Record<string, ParamTypes>>;

const PARAMS: Kind<ParamDeclarations> = recordOf(recordOf(PARAM));

const RESPONSE = oneOf('row', 'rows', 'bare', 'none', 'transaction');

const responses = partialOf({
  list: RESPONSE,
  get: RESPONSE,
  create: RESPONSE,
  update: RESPONSE,
  delete: RESPONSE,
  createMany: RESPONSE,
  updateMany: RESPONSE,
  deleteMany: RESPONSE,
});

/**
 * What operations respond with where it is not the usual: `row`, `rows`, `bare` (the usual without the envelope), `none` (nothing, or
 * `{ meta: {} }`), `transaction` (its id). `createMany`, `updateMany` and `deleteMany` are the writes of batches.
 */
export interface Responses extends ValueOf<typeof responses> {}

const RESPONSES: Kind<Responses> = responses;

const batch = partialOf({
  create: COUNT,
  update: COUNT,
  /** Updates existing records and creates missing ones, by PUT. */
  upsert: COUNT,
  /** Deletes by keys: in the query if `deleteFilters` include `id:in`, where the default is `pageSize`; otherwise in the body. */
  delete: COUNT,
  /** The path template for batches, if it is not the resource's own: `/catalog/variants`. */
  path: STRING,
  /** The attribute with the key of the parent of a new record in a batch: `resource_id`. */
  parent: STRING,
  /** Whether valid entries are stored even if the batch is refused, so that it must not be sent again in parts. */
  partialCreate: FLAG,
});

/** The most records per request, for each kind of write; absent if the API has no batches of that kind (FACTS: writes). */
export interface BatchLimits extends ValueOf<typeof batch> {}

const BATCH: Kind<BatchLimits> = batch;

const collectionPath = objectOf({
  /** Path template: `/catalog/variants`. */
  path: STRING,
  /** The attribute with the key of the parent, which can be filtered by `:in`: `product_id`. */
  parent: STRING,
});

/** The path that lists the records of many parents at once. */
export interface CollectionPath extends ValueOf<typeof collectionPath> {}

const COLLECTION_PATH: Kind<CollectionPath> = collectionPath;

const NATURAL_KEY: Kind<Readonly<Record<string, string>>> = {
  ...recordOf(STRING),
  toApiNames: (filters, apiName) => Object.fromEntries(Object.entries(filters).map(([filter, name]) => [filter, apiName(name)])),
};

const statuses = partialOf({ create: STATUS, update: STATUS, updateMany: STATUS, delete: STATUS });

/** Status codes of success, by kind of write. */
export interface Statuses extends ValueOf<typeof statuses> {}

const STATUSES: Kind<Statuses> = statuses;

const THROUGH: Kind<Through> = {
  expected: 'made by throughParent({ … })',
  accepts: (value) => typeof value === 'object' && value !== null && typeof Reflect.get(value, 'saveRequest') === 'function',
};

/** The options that defaults of other options may depend on. */
interface Basics {
  readonly dialect: Dialect;
  readonly addressing: Addressing;
  readonly key: string;
  readonly apiName: ToApiName;
}

/** One option of `@Resource`: the kind of its values, and its default if neither the class nor an ancestor sets it. */
interface Option<Value, Declared> {
  readonly kind: Kind<Value>;
  byDefault(basics: Basics): Declared;
  /** An option that overrides the inherited value of this one if it is set. */
  readonly resetBy?: 'key' | undefined;
  /** Adds what a class gives to what it inherits, for a subclass at the same path. Default: a given value replaces the inherited one. */
  extend?(inherited: Value, given: Value): Value;
}

const option = <Value, const Default extends Value>(
  kind: Kind<Value>,
  byDefault: (basics: Basics) => Default,
  resetBy?: 'key',
): Option<Value, Value> => ({ kind, byDefault, resetBy });

const optional = <Value>(kind: Kind<Value>, extend?: (inherited: Value, given: Value) => Value): Option<Value, Value | undefined> => ({
  kind,
  byDefault: () => undefined,
  ...(extend !== undefined && { extend }),
});

const extendFilters = (inherited: FilterDeclarations, given: FilterDeclarations): FilterDeclarations => ({ ...inherited, ...given });

function extendParams(inherited: ParamDeclarations, given: ParamDeclarations): ParamDeclarations {
  const extended = Object.entries(given).map(([operation, params]) => [operation, { ...inherited[operation], ...params }]);
  return { ...inherited, ...Object.fromEntries(extended) };
}

/**
 * The options of `@Resource`: what each means, its values and its default. Types, checks, inheritance and the declaration itself are
 * derived from this table.
 */
const RESOURCE_OPTIONS = {
  /** API generation. Default `'v3'`. */
  version: option(oneOf('v2', 'v3'), () => 'v3'),
  /** The attribute that identifies a record. Default `'id'`. */
  key: option(ATTRIBUTE, ({ apiName }) => apiName('id')),
  /** The documented filters. A subclass at the same path adds to those it inherits. Default: the filters of this model are not checked. */
  filters: optional(FILTERS, extendFilters),
  /** The operations that the resource supports. Default: all. */
  operations: option(OPERATIONS, () => ALL_OPERATIONS),
  /** Batch limits (FACTS: writes). Default: no batches. */
  batch: option(BATCH, () => ({})),
  /**
   * How a record is addressed. `'path'`: by the path of the resource and its key. `'filter'`: records have no paths of their own; they
   * are read by `id:in` and written in batches. `'single'`: the path is that of the only record. Default `'path'`.
   */
  addressing: option(ADDRESSING, () => 'path'),
  /** The filter that finds records by key. Default: the name of the key. */
  keyFilter: option(STRING, ({ key }) => key, 'key'),
  /** Writes that the API accepts in batches only, even of one record. Default: all if `addressing` is `'filter'`, else none. */
  batchOnly: option(listOf(oneOf('create', 'update')), ({ addressing }) => (addressing === 'filter' ? ['create', 'update'] : [])),
  /**
   * Attributes and relations that a new record must have; in an inner list, any one of them: `['name', ['price', 'sale_price']]`. Pass
   * its type as the fourth type parameter of `Model`, and `create` demands them. Default: none.
   */
  required: option(REQUIRED, () => []),
  /** Attributes that the API requires in every update, changed or not. Default: none. */
  alwaysSend: option(ATTRIBUTES, () => []),
  /** The version attribute with which the API refuses outdated changes, with 409 (optimistic locking). Default: none. */
  lock: optional(ATTRIBUTE),
  /** Attributes that identify a record together with its key; sent with every update. Default: none. */
  identity: option(ATTRIBUTES, () => []),
  /** The most records a page may hold. Default 250. */
  pageSize: option(COUNT, () => 250),
  /** Relations and extras that `include` can embed. Default: none. */
  includes: option(listOf(STRING), () => []),
  /** Smaller page sizes when these are embedded: `{ options: 10 }`. Default: none. */
  includePageSizes: option(recordOf(COUNT), () => ({})),
  /** Whether lists can be read by cursor (`after`). Default false. */
  cursor: option(FLAG, () => false),
  /** The path that lists the records of many parents at once, filtered by the keys of the parents. Default: none. */
  collectionPath: optional(COLLECTION_PATH),
  /** Status codes of success that differ from the usual: create 201 in V2 and 200 in V3, update 200, updateMany as update, delete 204. */
  statuses: option(STATUSES, () => ({})),
  /** Whether a record may have the key 0, which usually stands for none. Default false. */
  zeroKey: option(FLAG, () => false),
  /** Whether V3 responses come without the envelope. Default false. */
  noEnvelope: option(FLAG, () => false),
  /** Whether responses to batches leave out the written rows. Default false. */
  omitsListRows: option(FLAG, () => false),
  /** Whether a response with status 200 leaves out records of which the store has the same already. Default false. */
  omitsDuplicates: option(FLAG, () => false),
  /** The documented filters of DELETE on the collection; only these may restrict a deletion. Default: none. */
  deleteFilters: option(listOf(STRING), () => []),
  /** Whether an update replaces the record, so that all of it has to be sent. Default false: updates merge. */
  replaces: option(FLAG, () => false),
  /**
   * Query parameters that belong to a record: it is written with the values that it was read with, and two values are two records.
   * @example `['channel_id']` for settings that each channel may override. Default: none.
   */
  scope: option(listOf(STRING), () => []),
  /**
   * The documented query parameters of reads of one record, of writes and of actions: `{ create: { include: ['options'] } }`.
   * Default: they are not checked, unless the filters are declared.
   */
  params: optional(PARAMS, extendParams),
  /** What operations respond with, if not the usual. Default: a row, rows or nothing, as the operation says. */
  responses: option(RESPONSES, () => ({})),
  /**
   * The filters that find a record by attributes that no other record shares: `{ 'location_code:in': 'code' }`. They find the key of
   * a new record if the response to its creation has none. Default: the filter of an attribute that is `unique`, if there is one.
   */
  naturalKey: optional(NATURAL_KEY),
  /** How records are written inside their parent: `throughParent({ … })`. Default: they are not. */
  through: optional(THROUGH),
  /** How a sort order is written: `sort=name&direction=desc`, or `sort=name:desc`. Default: the former in V3, the latter in V2. */
  ordering: option(oneOf('direction', 'suffix'), ({ dialect }) => dialect.ordering),
};

type Table = typeof RESOURCE_OPTIONS;
type OptionName = keyof Table;
type Given = { [Name in OptionName]: Table[Name] extends Option<infer Value, unknown> ? Value : never };
type Declared = { readonly [Name in OptionName]: Given[Name] | ReturnType<Table[Name]['byDefault']> };

/** Options of `@Resource`. */
export interface ResourceOptions extends Partial<Given> {}

/** All options of a resource: given, inherited or default. Attributes have the API's names. */
export interface ResolvedOptions extends Declared {}

/** The table, typed so that the types within each option belong together. */
const TABLE: { readonly [Name in OptionName]: Option<Given[Name], Declared[Name]> } = RESOURCE_OPTIONS;

/**
 * Checks the options of a class and completes them with those of its parent and with defaults.
 *
 * @param model the name of the class, for messages
 * @param isSamePath whether the class is at the path of its parent, so that it has what the parent has, and more
 * @throws ConfigurationError if an option does not exist, or its value is invalid
 */
export function resolveOptions(
  model: string,
  options: ResourceOptions,
  parent: ResolvedOptions | undefined,
  apiName: ToApiName,
  isSamePath: boolean,
): ResolvedOptions {
  const owner = `@Resource of ${model}`;
  assertKnownOptions(options, RESOURCE_OPTIONS, owner, ConfigurationError);
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
    const { kind, byDefault, resetBy, extend } = TABLE[name];
    if (given[name] !== undefined) assertKind(kind, given[name], name, owner);
    if (extend !== undefined && isSamePath && given[name] !== undefined && inherited[name] !== undefined)
      return extend(inherited[name], given[name]);
    const value = given[name] ?? (resetBy !== undefined && given[resetBy] !== undefined ? undefined : inherited[name]);
    if (value === undefined) return byDefault(basics);
    return kind.toApiNames === undefined ? value : kind.toApiNames(value, apiName);
  }

  // The table has every option; TypeScript does not infer that from Object.fromEntries.
  return Object.fromEntries(keysOf(RESOURCE_OPTIONS).map((name) => [name, resolve(name)])) as Declared;
}
