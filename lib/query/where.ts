import type { FilterDeclarations, FilterType } from '../schema/declaration.js';
import type { Operators } from '../schema/dialect.js';
import type { Attributes } from '../schema/types.js';

type ValueOf<T extends FilterType> = T extends NumberConstructor
  ? number
  : T extends BooleanConstructor
    ? boolean
    : T extends DateConstructor
      ? Date | string
      : string;

/** `id:in` and `min_id` both refer to `id`. */
type BaseName<K> = K extends `${infer Name}:${string}` ? Name : K extends `min_${infer Name}` | `max_${infer Name}` ? Name : K;

type NamesOf<F, Base> = { [K in keyof F]: BaseName<K> extends Base ? K : never }[keyof F];

type Given<T> = T | readonly T[];

/** Filters of a resource that declares them: by attribute, with operators, or by the API's own parameter names. */
type Declared<F extends FilterDeclarations> = {
  [Base in BaseName<keyof F> & string]?: Given<ValueOf<F[NamesOf<F, Base>]>> | Operators<ValueOf<F[NamesOf<F, Base>]>>;
} & { [K in keyof F as K extends BaseName<K> ? never : K]?: Given<ValueOf<F[K]>> };

type Scalar = string | number | boolean | Date;

type FilterValue = Given<Scalar>;

/** Filters of a custom model: its attributes are typed; other names may be API names, which are checked at run time. */
type Free<M> = { [K in keyof Attributes<M>]?: FilterOf<NonNullable<Attributes<M>[K]>> } & {
  [name: string]: FilterValue | Operators<Scalar> | undefined;
};

/** Attributes whose property has another name than the API's, which has no capitals. */
type Renamed<M> = {
  [K in keyof Attributes<M> as K extends Lowercase<K & string> ? never : K]?: FilterOf<NonNullable<Attributes<M>[K]>>;
};

type FilterOf<V> = V extends Scalar
  ? Given<Filterable<V>> | Operators<Filterable<V>>
  : V extends readonly (infer E)[]
    ? FilterOf<E>
    : FilterValue | Operators<Scalar>;

/** A date may stand for the string or the seconds of the API, a boolean for its 0 and 1, and vice versa. */
type Filterable<V> = V extends Date
  ? Date | string
  : V extends boolean
    ? boolean | 0 | 1
    : V extends number
      ? V | boolean | Date
      : V | Date;

/** What `where` accepts for a model. */
export type Where<M> = M extends { readonly [filtersOf]?: infer F }
  ? unknown extends F
    ? Free<M>
    : NonNullable<F> extends FilterDeclarations
      ? Declared<NonNullable<F>> & Renamed<M>
      : Free<M>
  : Free<M>;

/** Carries the filter declarations of a model in its type; the property does not exist at run time. */
export declare const filtersOf: unique symbol;
