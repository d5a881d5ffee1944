import type { SaveOptions } from '../transport/request.js';
import type { Instead } from './guesses.js';

/** Marks the types of relations, to distinguish them from attributes; never present at run time. */
declare const relatedType: unique symbol;

/** The common part of all relation types. */
export interface RelationMark<T> {
  readonly [relatedType]?: T;
}

/** The members that every record has: reserved, and never attributes of a resource. */
export type ReservedName =
  | 'save'
  | 'update'
  | 'assign'
  | 'destroy'
  | 'reload'
  | 'restore'
  | 'clone'
  | 'isSame'
  | 'request'
  | 'validate'
  | 'isNew'
  | 'isDirty'
  | 'isDestroyed'
  | 'changed'
  | 'changes'
  | 'previousChanges'
  | 'fieldErrors'
  | 'toObject'
  | 'toJSON'
  | 'session';

type IsRelation<V> = typeof relatedType extends keyof NonNullable<V> ? true : false;

type IsMethod<V> = V extends (...args: never[]) => unknown ? true : false;

/** `K` if it names an attribute, else `never`. */
type AttributeKey<M, K extends keyof M> = K extends ReservedName | symbol
  ? never
  : M[K] extends ((...args: never[]) => unknown) | Instead<string>
    ? never
    : IsRelation<M[K]> extends true
      ? never
      : K;

/** `K` if it names a relation, else `never`. */
type RelationKey<M, K extends keyof M> = K extends ReservedName | symbol ? never : IsRelation<M[K]> extends true ? K : never;

/** Names of the attributes of a model. */
export type AttributeName<M> = { [K in keyof M]-?: AttributeKey<M, K> }[keyof M] & string;

type RelationName<M> = { [K in keyof M]-?: RelationKey<M, K> }[keyof M] & string;

/** The model of related records, without the array of a to-many relation. */
type TargetOf<V> =
  NonNullable<V> extends { readonly [relatedType]?: infer T } ? (NonNullable<T> extends readonly (infer E)[] ? E : NonNullable<T>) : never;

/** The part of a path typed so far, and the names that may follow. It is one level at a time, since relations may be circular. */
type Path<M, P extends string> = P extends `${infer First}.${infer Rest}`
  ? First extends RelationName<M>
    ? `${First}.${Path<TargetOf<M[First & keyof M]>, Rest>}`
    : RelationName<M>
  : P extends RelationName<M>
    ? P | `${P}.${RelationName<TargetOf<M[P & keyof M]>>}`
    : RelationName<M>;

/** Paths of relations: `brand`, `variants.metafields`. */
export type RelationPath<M, P extends string = RelationName<M>> = unknown extends M ? string : Path<M, P>;

/** The attributes of a model, without its methods and relations. */
export type Attributes<M> = { [K in AttributeName<M> & keyof M]: M[K] };

type Related<V> = NonNullable<V> extends { readonly [relatedType]?: infer T } ? NonNullable<T> : never;

type RelatedInput<V> =
  NonNullable<V> extends readonly unknown[]
    ? never
    : Related<V> extends readonly (infer T)[]
      ? readonly (T | SelectedFrom<T> | Unsaved<T>)[]
      : Related<V> | SelectedFrom<Related<V>> | Unsaved<Related<V>> | null;

/** A string of known values, which the store may extend: editors complete the known ones, and any other is accepted. */
export type Open<Known extends string> = Known | (string & {});

/** Marks amounts of money that are decimal strings; never present at run time. */
declare const moneyType: unique symbol;

/** An amount of the V2 API: a decimal string, `'199.9000'`. Where attributes are given, a number is accepted as well. */
export type Money = string & { readonly [moneyType]?: true };

/** Marks values that are given in another form than they are read in; never present at run time. */
declare const givenType: unique symbol;

/** A value that is read in one form and given in another: a cart shows its items by kind, and a new cart takes a list of products. */
export type GivenAs<Read, Input> = Read & { readonly [givenType]?: Input };

type InputOf<V> = NonNullable<V> extends { readonly [givenType]?: infer Input } ? NonNullable<Input> | Extract<V, null | undefined> : never;

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** `K` if it can be written, else `never`: properties that are `readonly`, and getters without a setter. */
type WritableKey<M, K extends keyof M> = Same<Marked<Pick<M, K>>, Mutable<Pick<M, K>>> extends true ? K : never;

// The modifiers alone are compared: comparing the types of the properties too would never end where models refer to each other.
type Marked<T> = { [P in keyof T]: 1 };
type Mutable<T> = { -readonly [P in keyof T]: 1 };

/** A value, as it may be given: nested objects in part and without what cannot be written, money also as a number. */
type Given<V> = [V] extends [null | undefined]
  ? V
  : typeof moneyType extends keyof NonNullable<V>
    ? string | number | Extract<V, null | undefined>
    : [V] extends [Date | string | number | boolean | null | undefined]
      ? V
      : typeof givenType extends keyof NonNullable<V>
        ? InputOf<V>
        : GivenObject<V>;

type GivenObject<V> = V extends Date | string | number | boolean | null | undefined
  ? V
  : V extends readonly (infer T)[]
    ? readonly Given<T>[]
    : V extends object
      ? string extends keyof V
        ? V
        : { -readonly [K in keyof V as IsMethod<V[K]> extends true ? never : WritableKey<V, K>]?: Given<V[K]> }
      : V;

/** `K` if it names an attribute that can be written, else `never`. */
type GivenKey<M, K extends keyof M> = AttributeKey<M, K> extends never ? never : WritableKey<M, K>;

/**
 * Related records that are set on a saved one: records, or rows of attributes. A row with a key changes the record that has it, one
 * without a key is a new record. A relation itself is accepted too, so that a record may be given whole: it has none of its own.
 */
type RelatedUpdate<V> =
  Related<V> extends readonly (infer T)[]
    ? readonly (T | SelectedFrom<T> | UpdateRow<T>)[]
    : Related<V> | SelectedFrom<Related<V>> | UpdateRow<Related<V>> | null;

/** Attributes to set on a record: any of its writable attributes, and related records that an update of it takes. */
// The condition is always true: it makes editors show the properties instead of the name of the type.
export type GivenAttributes<M> = M extends unknown
  ? {
      -readonly [K in keyof M as GivenKey<M, K> | RelationKey<M, K>]?: K extends RelationKey<M, K>
        ? RelatedUpdate<M[K]> | M[K]
        : Given<M[K]>;
    }
  : never;

/** Names that may identify a record, though the store assigns their values. */
type IdentityName = 'id' | 'uuid' | 'sku' | 'code' | 'token' | `${string}_id`;

type RowKey<M, K extends keyof M> = K extends IdentityName ? AttributeKey<M, K> : GivenKey<M, K>;

/** A row of `updateMany`: the attributes to set, and the one that identifies the record: the key, or the attribute `by`. */
export type UpdateRow<M> = M extends unknown
  ? {
      -readonly [K in keyof M as RowKey<M, K> | RelationKey<M, K>]?: K extends RelationKey<M, K> ? RelatedUpdate<M[K]> | M[K] : Given<M[K]>;
    }
  : never;

/** Attributes of a related record that is created with its parent. Editors show this name, since relations may be circular. */
type Unsaved<M> = {
  -readonly [K in keyof M as GivenKey<M, K> | RelationKey<M, K>]?: K extends RelationKey<M, K> ? RelatedInput<M[K]> : Given<M[K]>;
};

/** Attributes of a new record: any of its writable attributes, and related records. */
export type NewAttributes<M> = unknown extends M ? Readonly<Record<string, unknown>> : { [Name in keyof Unsaved<M>]: Unsaved<M>[Name] };

/** A row of `upsertMany`: attributes of a record that may be on the store already, so its key may be among them. */
export type UpsertRow<M> = NewAttributes<M> & UpdateRow<M>;

/** What a new record must have: names of attributes and relations; in an inner list, any one of them will do. */
export type RequiredNames = readonly (string | readonly string[])[];

/** Carries the names that a new record must have in the type of a model; no record has such a property. */
export const requiredOf: unique symbol = Symbol('required');

/**
 * Names the required attributes that a subclass supplies itself, by a default or a hook, so that `create` does not demand them.
 *
 * @example
 * class Poster extends Product {
 *   declare readonly [supplies]?: 'type' | 'weight';
 *   type = 'physical';
 *   weight = 0.1;
 * }
 */
export const supplies: unique symbol = Symbol('supplies');

type Demanded<M, Name> = Required<Pick<Unsaved<M>, Name & keyof Unsaved<M>>>;

/** One type for each name: any one of them is required. */
type OneOf<M, Name> = Name extends string ? Demanded<M, Name> : never;

/** What the names in a list demand, except for those that are supplied otherwise. */
type Demands<M, Names, Supplied> = unknown extends Names
  ? unknown
  : Names extends readonly [infer First, ...infer Rest]
    ? (First extends Supplied
        ? unknown
        : First extends readonly (infer Name)[]
          ? [Extract<Name, Supplied>] extends [never]
            ? OneOf<M, Name>
            : unknown
          : Demanded<M, First>) &
        Demands<M, Rest, Supplied>
    : unknown;

type RequiredIn<M> = M extends { [requiredOf]?(): infer Names } ? Names : unknown;

type SuppliedBy<M> = M extends { readonly [supplies]?: infer Name } ? Name : never;

/** One object type, as editors show it. */
type Flat<T> = T extends unknown ? { [K in keyof T]: T[K] } : never;

/**
 * Attributes for `create`: those that a ready model requires, any other writable attribute, and related records.
 *
 * @typeParam Supplied names that are given elsewhere, as the filters of `firstOrCreate`
 */
export type CreateAttributes<M, Supplied = never> =
  unknown extends RequiredIn<M> ? NewAttributes<M> : Flat<Unsaved<M> & Demands<M, RequiredIn<M>, SuppliedBy<M> | Supplied>>;

/** What follows the filters of `firstOrCreate`: attributes, which may be left out if the filters have all that is required. */
export type CreateRest<M, Supplied> =
  object extends CreateAttributes<M, Supplied>
    ? [attributes?: CreateAttributes<M, Supplied>, options?: SaveOptions]
    : [attributes: CreateAttributes<M, Supplied>, options?: SaveOptions];

/** Members of a model that do not describe its attributes. */
type Marks = typeof includesOf | typeof membersOf;

/** A record of a model, some of whose attributes have other types. */
export type Retyped<M, Types> = MembersOf<M> & Omit<M, keyof Types | Marks | ReservedName | symbol> & Pick<M, Marks & keyof M> & Types;

/** Old and new value of each changed attribute, by property: `{ price: ['10.00', '199.90'] }`. */
export type Changes<M = unknown> = unknown extends M
  ? Readonly<Record<string, readonly [before: unknown, after: unknown]>>
  : { readonly [K in keyof M as AttributeKey<M, K>]?: readonly [before: M[K], after: M[K]] };

/** Carries the names that `include` takes in the type of a model; no record has such a property. */
export const includesOf: unique symbol = Symbol('includes');

/** Carries the members that every record has in the type of a model; no record has such a property. */
export const membersOf: unique symbol = Symbol('members');

/** Marks records with selected attributes only; never present at run time. */
declare const selectionOf: unique symbol;

/** A class for the compiler only: the type of `{ ...record }` leaves its accessor out. */
declare abstract class Selection<M, Name> {
  get [selectionOf](): { readonly model: M; readonly names: Name };
}

/** A record of a model that `select()` has read. */
export interface SelectedFrom<M> {
  readonly [selectionOf]: { readonly model: M };
}

type MembersOf<M> = M extends { [membersOf]?(): infer Members } ? NonNullable<Members> : unknown;

/** `K` if it names a method or a relation, which records have whatever was selected, else `never`. */
type KeptKey<M, K extends keyof M> = K extends ReservedName | symbol ? never : IsMethod<M[K]> extends true ? K : RelationKey<M, K>;

/**
 * A record with selected attributes only: its key `id`, these attributes, its relations and methods. A key with another name has to be
 * selected for the compiler to know it. Getters of the class are left out, since they may read attributes that were not selected.
 */
export type Selected<M, Name> = MembersOf<M> & Selection<M, Name> & { [K in keyof M as K extends Name | 'id' ? K : KeptKey<M, K>]: M[K] };

/** The model of records, also of those with selected attributes only. */
export type Whole<M> = M extends Selection<infer Model, unknown> ? Model : M;

/** The names selected so far; `never` if all attributes are. */
export type SelectedName<M> = M extends Selection<unknown, infer Name> ? Name : never;

/** The names that `include` takes: those in the model's type parameter, or any name, with completion for relations. */
export type IncludeName<M> = unknown extends M
  ? string
  : M extends { [includesOf]?(): infer Name }
    ? unknown extends Name
      ? RelationName<M> | (string & {})
      : Extract<Name, string>
    : string;
