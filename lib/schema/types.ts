import type { Instead } from './guesses.js';
import type { ReservedName } from './reserved-names.js';

export type { ReservedName } from './reserved-names.js';

/** Marks the types of relations, so that attributes and relations of a model can be told apart; never present at run time. */
declare const relatedType: unique symbol;

/** What every relation type has in common. */
export interface RelationMark<T> {
  readonly [relatedType]?: T;
}

type IsRelation<V> = typeof relatedType extends keyof NonNullable<V> ? true : false;

type AttributeName<M> = {
  [K in keyof M]-?: K extends ReservedName | symbol
    ? never
    : M[K] extends ((...args: never[]) => unknown) | Instead<string>
      ? never
      : IsRelation<M[K]> extends true
        ? never
        : K;
}[keyof M];

type RelationName<M> = { [K in keyof M]-?: K extends ReservedName | symbol ? never : IsRelation<M[K]> extends true ? K : never }[keyof M];

/** Names of relations, and paths that begin with one: `brand`, `variants.metafields`. */
export type RelationPath<M> = unknown extends M ? string : (RelationName<M> & string) | `${RelationName<M> & string}.${string}`;

/** The attributes of a model, without its methods and relations. */
export type Attributes<M> = { [K in AttributeName<M>]: M[K] };

type Related<V> = NonNullable<V> extends { readonly [relatedType]?: infer T } ? NonNullable<T> : never;

type RelatedInput<V> =
  NonNullable<V> extends readonly unknown[]
    ? never
    : Related<V> extends readonly (infer T)[]
      ? readonly (T | NewAttributes<T>)[]
      : Related<V> | NewAttributes<Related<V>> | null;

/** A value object may be given as a plain object of its properties. */
type Given<V> = V extends Date | string | number | boolean | null | undefined
  ? V
  : V extends readonly (infer T)[]
    ? readonly Given<T>[]
    : V extends object
      ? V | { [K in keyof V as V[K] extends (...args: never[]) => unknown ? never : K]?: V[K] }
      : V;

/** What a record may be given: any of its attributes. */
export type GivenAttributes<M> = { [K in AttributeName<M>]?: Given<M[K]> };

/** A row of `updateMany`: attributes to be set, and the one that names the record: its key, or what `by` says. */
export type UpdateRow<M> = { [K in AttributeName<M>]?: Given<M[K]> };

/** What a new record may be given: any of its attributes, and related records. */
export type NewAttributes<M> = unknown extends M
  ? Readonly<Record<string, unknown>>
  : GivenAttributes<M> & { [K in RelationName<M>]?: RelatedInput<M[K]> };
