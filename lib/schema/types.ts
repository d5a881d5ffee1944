import type { Instead } from './guesses.js';

/** Marks the types of relations, so that attributes and relations of a model can be told apart; never present at run time. */
declare const relatedType: unique symbol;

/** What every relation type has in common. */
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

/** `K` where it names an attribute. */
type AttributeKey<M, K extends keyof M> = K extends ReservedName | symbol
  ? never
  : M[K] extends ((...args: never[]) => unknown) | Instead<string>
    ? never
    : IsRelation<M[K]> extends true
      ? never
      : K;

/** `K` where it names a relation. */
type RelationKey<M, K extends keyof M> = K extends ReservedName | symbol ? never : IsRelation<M[K]> extends true ? K : never;

/** Names of the attributes of a model. */
export type AttributeName<M> = { [K in keyof M]-?: AttributeKey<M, K> }[keyof M] & string;

type RelationName<M> = { [K in keyof M]-?: RelationKey<M, K> }[keyof M] & string;

/** The model of related records, without the array of a to-many relation. */
type TargetOf<V> =
  NonNullable<V> extends { readonly [relatedType]?: infer T } ? (NonNullable<T> extends readonly (infer E)[] ? E : NonNullable<T>) : never;

/** What has been typed of a path, and the names that may follow: a level at a time, so that circles of relations have no end to reach. */
type Path<M, P extends string> = P extends `${infer First}.${infer Rest}`
  ? First extends RelationName<M>
    ? `${First}.${Path<TargetOf<M[First & keyof M]>, Rest>}`
    : RelationName<M>
  : P extends RelationName<M>
    ? P | `${P}.${RelationName<TargetOf<M[P & keyof M]>>}`
    : RelationName<M>;

/** Names of relations, and of what these lead to: `brand`, `variants.metafields`. */
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

/** A value object may be given as a plain object of its properties. */
type Given<V> = V extends Date | string | number | boolean | null | undefined
  ? V
  : V extends readonly (infer T)[]
    ? readonly Given<T>[]
    : V extends object
      ? V | { [K in keyof V as IsMethod<V[K]> extends true ? never : K]?: V[K] }
      : V;

/** What a record may be given: any of its attributes. */
// The condition is always met: an editor prints the properties of its result, where it would print the name of the type.
export type GivenAttributes<M> = M extends unknown ? { -readonly [K in keyof M as AttributeKey<M, K>]?: Given<M[K]> } : never;

/** A row of `updateMany`: attributes to be set, and the one that names the record: its key, or what `by` says. */
export type UpdateRow<M> = GivenAttributes<M>;

/** Attributes of a related record that is created with its parent. A name that editors print, since relations lead in circles. */
type Unsaved<M> = {
  -readonly [K in keyof M as AttributeKey<M, K> | RelationKey<M, K>]?: K extends RelationKey<M, K> ? RelatedInput<M[K]> : Given<M[K]>;
};

/** What a new record may be given: any of its attributes, and related records. */
export type NewAttributes<M> = unknown extends M ? Readonly<Record<string, unknown>> : { [Name in keyof Unsaved<M>]: Unsaved<M>[Name] };

/** Old and new value of each changed attribute, by property: `{ price: ['10.00', '199.90'] }`. */
export type Changes<M = unknown> = unknown extends M
  ? Readonly<Record<string, readonly [before: unknown, after: unknown]>>
  : { readonly [K in keyof M as AttributeKey<M, K>]?: readonly [before: M[K], after: M[K]] };

/** Carries the names that `include` takes in the type of a model; no record has such a property. */
export const includesOf: unique symbol = Symbol('includes');

/** Carries the members that every record has in the type of a model; no record has such a property. */
export const membersOf: unique symbol = Symbol('members');

/** Marks records of which only some attributes were asked for; there is no such property at run time. */
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

/** `K` where it names a method or a relation, which every record has, whatever was asked for. */
type KeptKey<M, K extends keyof M> = K extends ReservedName | symbol ? never : IsMethod<M[K]> extends true ? K : RelationKey<M, K>;

/**
 * A record of which only some attributes were asked for: its key `id`, these attributes, its relations and methods. A key of another
 * name has to be selected to be known to the compiler. Getters of the class are not there, since they may read what is not.
 */
export type Selected<M, Name> = MembersOf<M> & Selection<M, Name> & { [K in keyof M as K extends Name | 'id' ? K : KeptKey<M, K>]: M[K] };

/** The model of records, whether or not only some attributes of them were asked for. */
export type Whole<M> = M extends Selection<infer Model, unknown> ? Model : M;

/** The names that were asked for so far; none where all are. */
export type SelectedName<M> = M extends Selection<unknown, infer Name> ? Name : never;

/** What `include` takes: the names that the model declares as a type, else any, of which relations are completed. */
export type IncludeName<M> = unknown extends M
  ? string
  : M extends { [includesOf]?(): infer Name }
    ? unknown extends Name
      ? RelationName<M> | (string & {})
      : Extract<Name, string>
    : string;
