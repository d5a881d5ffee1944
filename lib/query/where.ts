import type { FilterDeclarations, FilterType } from '../schema/declaration.js';
import type { Operators } from '../schema/dialect.js';
import type { AttributeName, Whole } from '../schema/types.js';

/**
 * Carries the filter declarations of a model in its type; no record has such a property. A subclass that adds filters says so.
 *
 * @example
 * const added = { new_filter: String } as const;
 * @Resource(undefined, { filters: added })
 * class MyProduct extends Product {
 *   override [filtersOf]?(): DeclaredFilters<Product> & typeof added;
 * }
 */
export const filtersOf: unique symbol = Symbol('filters');

type ValueOf<T extends FilterType> = T extends NumberConstructor
  ? number
  : T extends BooleanConstructor
    ? boolean
    : T extends DateConstructor
      ? Date | string
      : string;

/** `id:in` and `min_id` both refer to `id`. */
type BaseName<K> = K extends `${infer Name}:${string}` ? Name : K extends `min_${infer Name}` | `max_${infer Name}` ? Name : K;

type NamesOf<F, Base> = { [K in keyof F & string]: BaseName<K> extends Base ? K : never }[keyof F & string];

/** A filter of an attribute: its value, a list of values, or operators. */
export type Filter<T> = T | readonly T[] | Operators<T>;

/** The parameter of the API that asks for one of several values or a range, as its own name says. */
type Parameter<T> = T | readonly T[];

/** Attributes whose property is called otherwise than by the API, whose names have no capitals. */
type RenamedKey<M, K extends keyof M> = K extends Lowercase<K & string> ? never : K extends AttributeName<M> ? K : never;

/** Marks the filters of a V2 resource, which has no general operators; never present at run time. */
declare const ofV2: unique symbol;

/** The filters of a V2 resource: each is one value, or a range where the API documents its ends. */
export type V2Filters<F extends FilterDeclarations> = F & { readonly [ofV2]?: true };

/** A filter that the API asks for as 0 or 1, of an attribute that is a flag. */
type FlagFilter = Filter<boolean | number>;

/** A filter of V2 that is one value, or a range. */
export type RangeFilter<Value> = Value | Range<Value>;

/** A filter of V2: `min` and `max` where the API has `min_name` and `max_name`. */
type V2Filter<F, Name, Value> = `min_${Name & string}` extends keyof F
  ? `max_${Name & string}` extends keyof F
    ? Name extends keyof F
      ? RangeFilter<Value>
      : Range<Value>
    : Name extends keyof F
      ? Value | Pick<Range<Value>, 'min'>
      : Pick<Range<Value>, 'min'>
  : `max_${Name & string}` extends keyof F
    ? Name extends keyof F
      ? Value | Pick<Range<Value>, 'max'>
      : Pick<Range<Value>, 'max'>
    : Value;

/** The ends of a range; each may be left out. */
interface Range<Value> {
  /** At least. */
  min?: Value;
  /** At most. */
  max?: Value;
}

type IsFlag<M, Name> = Name extends keyof M ? (NonNullable<M[Name]> extends boolean ? true : false) : false;

/** The type of a filter by its name: an attribute of the API, a parameter of it, or a property that has another name. */
type DeclaredFilter<M, F extends FilterDeclarations, Name> =
  Name extends BaseName<keyof F>
    ? typeof ofV2 extends keyof F
      ? V2Filter<F, Name, IsFlag<M, Name> extends true ? boolean | ValueOf<F[NamesOf<F, Name>]> : ValueOf<F[NamesOf<F, Name>]>>
      : IsFlag<M, Name> extends true
        ? FlagFilter
        : Filter<ValueOf<F[NamesOf<F, Name>]>>
    : Name extends keyof F
      ? typeof ofV2 extends keyof F
        ? ValueOf<F[Name]>
        : Parameter<ValueOf<F[Name]>>
      : Name extends keyof M
        ? FilterOf<NonNullable<M[Name]>>
        : never;

type Scalar = string | number | boolean | Date;

/** Filters that are not attributes of the model: any parameter of the API, checked when the query is made. */
export interface UncheckedFilters {
  [parameter: string]: Filter<Scalar> | undefined;
}

type FilterOf<V> = V extends boolean
  ? Filter<boolean | 0 | 1>
  : V extends Scalar
    ? Filter<Filterable<V>>
    : V extends readonly (infer E)[]
      ? FilterOf<E>
      : Filter<Scalar>;

/** A date may stand for the text or the seconds that the API has, a flag for its 0 and 1, and the other way round. */
type Filterable<V> = V extends Date ? Date | string : V extends number ? V | boolean | Date : V | Date;

/** The names of `F` and of renamed attributes, in one mapped type: an editor prints each with its type. */
type FiltersOf<M> = M extends { [filtersOf]?(): infer F }
  ? unknown extends F
    ? FreeFilters<M>
    : NonNullable<F> extends infer Declared extends FilterDeclarations
      ? {
          [Name in
            | BaseName<keyof Declared & string>
            | (keyof Declared & string)
            | { [K in keyof M]-?: RenamedKey<M, K> }[keyof M]]?: DeclaredFilter<M, Declared, Name>;
        }
      : FreeFilters<M>
  : FreeFilters<M>;

type FreeFilters<M> = M extends unknown ? { [K in AttributeName<M> & keyof M]?: FilterOf<NonNullable<M[K]>> } & UncheckedFilters : never;

/** What `where` accepts for a model. */
export type Where<M> = FiltersOf<Whole<M>>;

/** The filters that a model declares, for a subclass that adds some: see {@link filtersOf}. */
export type DeclaredFilters<M> = M extends { [filtersOf]?(): infer F } ? NonNullable<F> : never;
