import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import type { Version } from '../transport/request.js';
import type { Decimals } from './decimals.js';

/** A class, as thunks return it. */
export type Class<T = object> = abstract new (...args: never[]) => T;

/** What can be done with a resource. */
export type Operation = 'list' | 'get' | 'create' | 'update' | 'delete' | 'deleteAll' | 'count';

/** The kinds of values a filter takes. */
export type FilterType = NumberConstructor | StringConstructor | BooleanConstructor | DateConstructor;

/**
 * The filters of a resource: each documented parameter by its own name, with the type of its value.
 * V3 names carry their operator (`'id:in'`), V2 ranges their prefix (`min_id`).
 */
export type FilterDeclarations = Readonly<Record<string, FilterType>>;

/** A pair of functions between the API's form of a value and the program's. */
export interface Cast<Value = unknown> {
  /** From the JSON of an answer. */
  read(value: unknown): Value;
  /** To the JSON of a request. Left out: the value is sent as it is. */
  write?(value: Value): unknown;
}

/** What the API itself calls the type of an attribute. */
export type AttributeType = 'string' | 'number' | 'boolean' | 'date' | 'object' | 'array' | 'unknown';

/** An attribute, as its decorator declared it. */
export interface AttributeDraft {
  readonly property: string;
  readonly name: string;
  readonly readOnly: boolean;
  readonly setBy: string | undefined;
  readonly required: boolean;
  readonly unique: boolean;
  readonly decimals: Decimals | undefined;
  readonly thunk: (() => Class) | undefined;
  readonly cast: Cast | undefined;
}

export type RelationKind = 'hasMany' | 'hasOne' | 'belongsTo';

/** A relation, as its decorator declared it. */
export interface RelationDraft {
  readonly property: string;
  readonly kind: RelationKind;
  readonly target: () => Class;
  /** `belongsTo`: the attribute that holds the key of the other record. */
  readonly key: string | undefined;
  /** Whether the API takes the related records inside the body that creates the parent. */
  readonly inline: boolean;
  /** `hasMany`: the filter of the target that takes this record's key, where the target has a path of its own. */
  readonly by: string | undefined;
  /** `hasMany`: the most related records that an answer embeds. */
  readonly maxEmbedded: number | undefined;
  /** `hasMany`: the attribute that tells how many there are. */
  readonly countedBy: string | undefined;
}

export type HookName =
  | 'beforeSave'
  | 'afterSave'
  | 'beforeCreate'
  | 'afterCreate'
  | 'beforeUpdate'
  | 'afterUpdate'
  | 'beforeDestroy'
  | 'afterDestroy'
  | 'afterLoad';

export interface Hook {
  readonly on: HookName;
  call(record: object): unknown;
}

/** Returns a message where the value is not acceptable. */
export type Validation = (value: never, record: never) => string | undefined | null | false | Promise<string | undefined | null | false>;

/** How many records one request may carry, for each kind of write; absent where the API has no batch (FACTS: writes). */
export interface BatchLimits {
  readonly create?: number;
  readonly update?: number;
  /** Creates what is missing and updates what is there, by PUT. */
  readonly upsert?: number;
  /** By a list of keys in the body. Resources whose `deleteFilters` hold `id:in` are deleted by query instead. */
  readonly delete?: number;
  /** Template of the path that takes the lists, where it is not the resource's own: `/catalog/variants`. */
  readonly path?: string;
  /** Attribute by which a new record of a list names its parent: `resource_id`. */
  readonly parent?: string;
  /** The valid entries of a list to be created are stored although the list is refused: it must not be sent again in parts. */
  readonly partialCreate?: boolean;
}

/** Status codes of success, by kind of write. */
export interface Statuses {
  readonly create?: number;
  readonly update?: number;
  readonly delete?: number;
}

/** A list of records of many parents at once. */
export interface CollectionPath {
  /** Path template: `/catalog/variants`. */
  readonly path: string;
  /** Attribute that names the parent, filtered by `:in`: `product_id`. */
  readonly parent: string;
}

/** How a record is reached: by a path with its key, by a filter, or because it is the only one. */
export type Addressing = 'path' | 'filter' | 'single';

/** Options of `@Resource`. */
export interface ResourceOptions {
  /** API generation. Default `'v3'`. */
  version?: Version;
  /** The attribute that names a record. Default `'id'`. */
  key?: string;
  /** The documented filters. Left out: filters of this model are not checked. */
  filters?: FilterDeclarations;
  /** What the resource can do. Default: everything. */
  operations?: readonly Operation[];
  /** Batch limits (FACTS: writes). */
  batch?: BatchLimits;
  /**
   * `'filter'` where single records have no path of their own: they are read with `id:in`, and written in lists. `'single'`
   * where the path leads to the one record that there is. Default `'path'`.
   */
  addressing?: Addressing;
  /** The filter that finds records by key, where it is called otherwise than the key. Default: the key. */
  keyFilter?: string;
  /** Writes that the API takes as lists only, even of one record. Default: all where `addressing` is `'filter'`, else none. */
  batchOnly?: readonly ('create' | 'update')[];
  /** Attributes that the API demands with every update, changed or not. Default: none. */
  alwaysSend?: readonly string[];
  /** Attribute by which the API itself refuses a change of an old state, with 409 (optimistic locking). Default: none. */
  lock?: string;
  /** Attributes that, besides the key, tell one record from another: sent with every update. Default: none. */
  identity?: readonly string[];
  /** The most records a page may hold. Default 250. */
  pageSize?: number;
  /** Relations and extras that `include` can embed. */
  includes?: readonly string[];
  /** Embedding these makes pages smaller: `{ options: 10 }`. */
  includePageSizes?: Readonly<Record<string, number>>;
  /** Whether lists can be walked by cursor (`after`). Default false. */
  cursor?: boolean;
  /** Where records of many parents are listed at once, filtered by the keys of these. */
  collectionPath?: CollectionPath;
  /** Status codes of success that differ from the usual: create 201 in V2 and 200 in V3, update 200, delete 204. */
  statuses?: Statuses;
  /** Whether answers of V3 come without the envelope. Default false. */
  noEnvelope?: boolean;
  /** Whether lists are answered without their rows. Default false. */
  omitsListRows?: boolean;
  /** The documented filters of DELETE on the collection; only these are trusted to narrow a deletion. */
  deleteFilters?: readonly string[];
  /** Whether an update replaces the whole record, so that all of it has to be sent. Default false: updates merge. */
  replaces?: boolean;
  /** How an order is spelt: `sort=name&direction=desc`, or `sort=name:desc`. Default: the former in V3, the latter in V2. */
  ordering?: 'direction' | 'suffix';
}

/** The names of {@link ResourceOptions}. */
const RESOURCE_OPTIONS = {
  version: 1,
  key: 1,
  filters: 1,
  operations: 1,
  batch: 1,
  addressing: 1,
  keyFilter: 1,
  batchOnly: 1,
  alwaysSend: 1,
  lock: 1,
  identity: 1,
  pageSize: 1,
  includes: 1,
  includePageSizes: 1,
  cursor: 1,
  collectionPath: 1,
  statuses: 1,
  noEnvelope: 1,
  omitsListRows: 1,
  deleteFilters: 1,
  replaces: 1,
  ordering: 1,
} as const satisfies Record<keyof ResourceOptions, 1>;

const NESTED_OPTIONS = {
  batch: { create: 1, update: 1, upsert: 1, delete: 1, path: 1, parent: 1, partialCreate: 1 } satisfies Record<keyof BatchLimits, 1>,
  collectionPath: { path: 1, parent: 1 } satisfies Record<keyof CollectionPath, 1>,
  statuses: { create: 1, update: 1, delete: 1 } satisfies Record<keyof Statuses, 1>,
} as const;

/** @throws ConfigurationError for an option of `@Resource` that does not exist */
export function checkResourceOptions(name: string, options: ResourceOptions): void {
  assertKnownOptions(options, RESOURCE_OPTIONS, `@Resource of ${name}`, ConfigurationError);
  for (const nested of ['batch', 'collectionPath', 'statuses'] as const)
    assertKnownOptions(options[nested], NESTED_OPTIONS[nested], `\`${nested}\` of @Resource of ${name}`, ConfigurationError);
}

/** One attribute of a {@link ResourceDeclaration}. */
export interface AttributeDeclaration {
  /** The API's name. */
  readonly name: string;
  /** The property of the model. */
  readonly property: string;
  readonly type: AttributeType;
  readonly readOnly: boolean;
  /** Of a read-only attribute: the attribute that is set instead. */
  readonly setBy: string | undefined;
  /** Must be given when a record is created. */
  readonly required: boolean;
  /** No two records may share it. */
  readonly unique: boolean;
  /** Decimal places that are sent of it, or of the numbers in it by name; `undefined`: all. */
  readonly decimals: Decimals | undefined;
}

/** One relation of a {@link ResourceDeclaration}. Its target is resolved when asked for, so that models may import each other in circles. */
export type RelationDeclaration = RelationDraft;

/** All that is known of a resource: frozen, made once from the decorators, read by everything else. */
export interface ResourceDeclaration {
  readonly name: string;
  readonly version: Version;
  /** Path template below the version: `/products/:product_id/options`. */
  readonly path: string;
  readonly key: string;
  /** By the API's names. */
  readonly attributes: Readonly<Record<string, AttributeDeclaration>>;
  /** By the API's parameter names; `undefined` where filters are not checked. */
  readonly filters: FilterDeclarations | undefined;
  readonly operations: readonly Operation[];
  /** By property. */
  readonly relations: Readonly<Record<string, RelationDeclaration>>;
  readonly batch: BatchLimits;
  readonly addressing: Addressing;
  readonly keyFilter: string;
  readonly batchOnly: readonly ('create' | 'update')[];
  readonly alwaysSend: readonly string[];
  readonly lock: string | undefined;
  readonly identity: readonly string[];
  readonly pageSize: number;
  readonly includes: readonly string[];
  readonly includePageSizes: Readonly<Record<string, number>>;
  readonly cursor: boolean;
  readonly collectionPath: CollectionPath | undefined;
  readonly statuses: Statuses;
  readonly noEnvelope: boolean;
  readonly omitsListRows: boolean;
  readonly deleteFilters: readonly string[];
  readonly replaces: boolean;
  readonly ordering: 'direction' | 'suffix';
}

export const ALL_OPERATIONS: readonly Operation[] = ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'];
