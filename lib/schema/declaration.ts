import type { Decimals } from './decimals.js';
import type { ResolvedOptions } from './resource-options.js';

export type {
  Addressing,
  BatchLimits,
  CollectionPath,
  FilterDeclarations,
  FilterType,
  Operation,
  ParamDeclarations,
  ParamTypes,
  ResourceOptions,
  Responses,
  Statuses,
} from './resource-options.js';

/** A class, abstract or not. */
export type Class<T = object> = abstract new (...args: never[]) => T;

/** A pair of functions between the API's form of a value and the program's. */
export interface Cast<Value = unknown> {
  /** From the JSON of a response. */
  read(value: unknown): Value;
  /** To the JSON of a request. Default: the value is sent as it is. */
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

/** Validates a value. Returns a message if it is not valid. */
export type Validation = (value: never, record: never) => string | undefined | null | false | Promise<string | undefined | null | false>;

/** One attribute of a {@link ResourceDeclaration}. */
export interface AttributeDeclaration {
  /** The API's name. */
  readonly name: string;
  /** The property of the model. */
  readonly property: string;
  readonly type: AttributeType;
  readonly readOnly: boolean;
  /** The attribute to set instead of a read-only one. */
  readonly setBy: string | undefined;
  /** Whether the API requires it when a record is created. */
  readonly required: boolean;
  /** Whether the API refuses a second record with the same value. */
  readonly unique: boolean;
  /** The decimal places to round to, also by the names of numbers in a nested value; `undefined` if the value is not rounded. */
  readonly decimals: Decimals | undefined;
}

/** One relation of a {@link ResourceDeclaration}. Its target is resolved on first use, so models may import each other. */
export type RelationDeclaration = RelationDraft;

/** Everything that is known about a resource. It is created once from the decorators, and frozen. */
export interface ResourceDeclaration extends ResolvedOptions {
  readonly name: string;
  /** Path template below the version: `/products/:product_id/options`. */
  readonly path: string;
  /** By the API's names. */
  readonly attributes: Readonly<Record<string, AttributeDeclaration>>;
  /** By property. */
  readonly relations: Readonly<Record<string, RelationDeclaration>>;
}
