import type { Decimals } from './decimals.js';
import type { ResolvedOptions } from './resource-options.js';

export type {
  Addressing,
  BatchLimits,
  CollectionPath,
  FilterDeclarations,
  FilterType,
  Operation,
  ResourceOptions,
  Statuses,
} from './resource-options.js';

/** A class, as thunks return it. */
export type Class<T = object> = abstract new (...args: never[]) => T;

/** A pair of functions between the API's form of a value and the program's. */
export interface Cast<Value = unknown> {
  /** From the JSON of a response. */
  read(value: unknown): Value;
  /** To the JSON of a request. Left out: the value is sent as it is. */
  write?(value: Value): unknown;
}

/** The type of an attribute in the API. */
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
  /** Whether the API accepts the related records inside the body that creates the parent. */
  readonly inline: boolean;
  /** `hasMany`: the filter of the target that takes this record's key, if the target has a path of its own. */
  readonly by: string | undefined;
  /** `hasMany`: the most related records that a response embeds. */
  readonly maxEmbedded: number | undefined;
  /** `hasMany`: the attribute that holds their number. */
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

/** All that is known of a resource: made once from the decorators, frozen, and read by everything else. */
export interface ResourceDeclaration extends ResolvedOptions {
  readonly name: string;
  /** Path template below the version: `/products/:product_id/options`. */
  readonly path: string;
  /** By the API's names. */
  readonly attributes: Readonly<Record<string, AttributeDeclaration>>;
  /** By property. */
  readonly relations: Readonly<Record<string, RelationDeclaration>>;
}
