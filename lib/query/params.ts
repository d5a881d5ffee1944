import { ArgumentError } from '../errors/argument-error.js';
import { didYouMean, nearest } from '../errors/nearest.js';
import type { FilterType, ParamDeclarations, ResourceDeclaration } from '../schema/declaration.js';
import { dialectOf } from '../schema/dialects.js';
import type { IncludeName } from '../schema/types.js';
import { describe } from '../transport/path.js';
import { type CallOptions, type GivenParams, NO_QUERY, type QueryParams, type QueryValue, type SaveOptions } from '../transport/request.js';
import { splitScope } from './scope.js';
import type { filtersOf } from './where.js';

/** Carries the parameter declarations of a model in its type; no record has such a property. */
export const paramTypesOf: unique symbol = Symbol('params');

/** What a call may do with a record: read it, write it, or an action of that name. */
export type Verb = 'get' | 'create' | 'update' | 'delete' | (string & {});

type Scalar<T> = T extends NumberConstructor
  ? number
  : T extends BooleanConstructor
    ? boolean
    : T extends DateConstructor
      ? Date | string
      : string;

type Value<T> = T extends FilterType
  ? Scalar<T> | readonly Scalar<T>[]
  : T extends readonly (infer Name)[]
    ? Name | readonly Name[]
    : never;

type NameAt<P, V> = V extends keyof P ? keyof P[V] : never;

type ValueAt<P, V, Name> = V extends keyof P ? (Name extends keyof P[V] ? Value<P[V][Name]> : never) : never;

/** Marks the parameters of a call that has none, so that every name is refused. */
declare const none: unique symbol;

interface NoParams {
  readonly [none]?: never;
}

/** `include` of a read, where the model names what it can include. */
type Includes<M, V> = 'get' extends V
  ? string extends IncludeName<M>
    ? unknown
    : { readonly include?: readonly IncludeName<M>[] }
  : unknown;

type DeclaredParams<M, P, V> = NoParams & Includes<M, V> & { readonly [Name in NameAt<P, V>]?: ValueAt<P, V, Name> };

type HasFilters<M> = M extends { [filtersOf]?(): infer F } ? (unknown extends F ? false : true) : false;

/** The query parameters that a call on a model takes: those declared for it. A model that declares neither them nor filters takes any. */
export type ParamsFor<M, V extends string> = M extends { [paramTypesOf]?(): infer P }
  ? unknown extends P
    ? HasFilters<M> extends true
      ? NoParams & Includes<M, V>
      : QueryParams
    : DeclaredParams<M, NonNullable<P>, V>
  : QueryParams;

/** Options of a call that reads, changes or deletes one record of a model. */
export interface RecordCallOptions<M, V extends string> extends CallOptions {
  /** Query parameters of the request, besides those that the call sets itself. @example `{ params: { include: ['options'] } }` */
  readonly params?: ParamsFor<M, V> | undefined;
}

/** Options of a call that saves one record of a model. */
export interface RecordSaveOptions<M, V extends string> extends SaveOptions {
  /** Query parameters of the request, besides those that the call sets itself. @example `{ params: { include: ['options'] } }` */
  readonly params?: ParamsFor<M, V> | undefined;
}

/** Options of an action, by the declarations of its model and its name. */
export interface ActionOptions<P extends ParamDeclarations, Action extends keyof P> extends CallOptions {
  /** Query parameters of the request. */
  readonly params?: (NoParams & { readonly [Name in keyof P[Action]]?: Value<P[Action][Name]> }) | undefined;
}

/** The parameters that an operation takes: their types, the names that they may list, or nothing for those of the scope. */
type Known = Readonly<Record<string, FilterType | readonly string[] | undefined>>;

/**
 * Checks the query parameters of a call, and writes their values as the API generation wants them.
 *
 * @throws ArgumentError for a name or an included name that is not declared, and for a value that cannot be written
 */
export function checkParams(resource: ResourceDeclaration, verb: Verb, given: object): QueryParams {
  const { name: model, filters, params, scope } = resource;
  const isChecked = params !== undefined || filters !== undefined || scope.length > 0;
  const known = knownParams(resource, verb);
  const checked: Record<string, QueryValue> = {};
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const isKnown = Object.hasOwn(known, name);
    if (isChecked && !isKnown) throw unknown(`${model}: ${verb} has no parameter`, name, Object.keys(known));
    const allowed = isKnown ? known[name] : undefined;
    const write = (each: unknown) => writeParam(resource, `\`${name}\` of ${verb}`, each, allowed);
    checked[name] = Array.isArray(value) ? value.map((each) => String(write(each))) : write(value);
  }
  return checked;
}

/** Returns the checked parameters of a call: those that belong to the records, and the others. @throws ArgumentError */
export const splitParams = (resource: ResourceDeclaration, verb: Verb, { params }: GivenParams): ReturnType<typeof splitScope> =>
  splitScope(resource, params === undefined ? NO_QUERY : checkParams(resource, verb, params));

function knownParams({ scope, includes, params }: ResourceDeclaration, verb: Verb): Known {
  const included = verb === 'get' && includes.length > 0 ? { include: includes } : {};
  return { ...included, ...Object.fromEntries(scope.map((name) => [name, undefined])), ...params?.[verb] };
}

function writeParam({ name: model, version }: ResourceDeclaration, what: string, value: unknown, allowed: Known[string]) {
  const written: unknown = value instanceof Date ? dialectOf(version).writeDate(value) : value;
  if (!isWritable(written)) throw new ArgumentError(`${model}: ${what} cannot be ${describe(written)}. Nothing was sent.`);
  if (Array.isArray(allowed) && !allowed.includes(written)) throw unknown(`${model}: ${what} cannot be`, String(written), allowed);
  return written;
}

const isWritable = (value: unknown): value is string | number | boolean =>
  typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value));

function unknown(what: string, name: string, known: readonly string[]): ArgumentError {
  return new ArgumentError(
    `${what} \`${name}\`${didYouMean(nearest(name, known))} Known: ${known.join(', ') || 'none'}.` +
      ' Declare a new one in @Resource({ params }), or send it with request(). Nothing was sent.',
  );
}
