import { ArgumentError } from '../errors/argument-error.js';

declare const instead: unique symbol;

/** The type of a name that another library has and this one has not. Using it does not compile, and the message names ours. */
export interface Instead<Ours extends string> {
  readonly [instead]: Ours;
}

/** Calls of other libraries, on a model or a query, and what they are called here. */
export const CALLS = {
  bulkCreate: 'createMany(list)',
  delete: 'destroy(key), or deleteAll() on a query',
  deleteMany: 'destroyMany(records), or deleteAll() on a query',
  each: 'for await (const record of query)',
  filter: 'where({ … })',
  findAll: 'all()',
  findByPk: 'find(key)',
  findById: 'find(key)',
  findFirst: 'first(), or findBy({ … })',
  findMany: 'find([keys]), or where({ … })',
  findOne: 'findBy({ … })',
  findOneBy: 'findBy({ … })',
  findOrCreate: 'firstOrCreate({ … })',
  findUnique: 'find(key), or findBy({ … })',
  forEach: 'for await (const record of query)',
  groupBy: 'all(), and group the records',
  includes: 'include(name), or preload(relation)',
  insert: 'create({ … })',
  insertMany: 'createMany(list)',
  last: "order(name, 'desc').first()",
  map: 'pluck(name), or await the query first',
  offset: 'page(number)',
  orderBy: 'order(name, direction)',
  remove: 'destroy(key), or deleteAll() on a query',
  skip: 'page(number)',
  sort: 'order(name, direction)',
  sortBy: 'order(name, direction)',
  toArray: 'all()',
  upsert: 'upsertMany([{ … }])',
  with: 'preload(relation)',
} as const;

/** The same of a record. */
export const RECORD_CALLS = { delete: 'destroy()' } as const;

/** Operators of other libraries. */
export const OPERATORS = {
  contains: 'like',
  eq: 'in',
  equals: 'in',
  ge: 'min',
  greaterThan: 'greater',
  gt: 'greater',
  gte: 'min',
  le: 'max',
  lessThan: 'less',
  lt: 'less',
  lte: 'max',
  ne: 'notIn',
  neq: 'notIn',
  nin: 'notIn',
  not: 'notIn',
  not_in: 'notIn',
} as const;

/** The names of a table, with types that do not compile when they are used. */
export type Guessed<Table extends Readonly<Record<string, string>>> = { readonly [Name in keyof Table]: Instead<Table[Name] & string> };

/** The operator that somebody means who writes that of another library, such as `$gte`; `undefined` where nobody knows. */
export function meantOperator(name: string): string | undefined {
  const bare = name.replace(/^\$/, '');
  const operators: Readonly<Record<string, string>> = OPERATORS;
  return Object.hasOwn(operators, bare) ? operators[bare] : undefined;
}

/** Gives `target` the names of a table, which throw an ArgumentError that names the right call. A declaration of the same name wins. */
export function refuseGuesses(target: object, table: Readonly<Record<string, string>>): void {
  for (const [name, ours] of Object.entries(table)) {
    function refuse(): never {
      throw new ArgumentError(`There is no ${name} here: use ${ours}. Nothing was sent.`);
    }
    if (!Object.hasOwn(target, name)) Object.defineProperty(target, name, { value: refuse, writable: true, configurable: true });
  }
}
