import { ArgumentError } from '../errors/argument-error.js';

declare const instead: unique symbol;

/** The type of a method that other libraries have and this one does not. Calling it does not compile, and the error names our method. */
export interface Instead<Ours extends string> {
  readonly [instead]: Ours;
}

/** Methods of models and queries in other libraries, and ours for the same purpose. */
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

/** Methods of records in other libraries, and ours for the same purpose. */
export const RECORD_CALLS = { delete: 'destroy()' } as const;

/** Operators of other libraries, and ours for the same purpose. */
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

/** Declares the methods of a table, so that calling one does not compile. */
export type Guessed<Table extends Readonly<Record<string, string>>> = { readonly [Name in keyof Table]: Instead<Table[Name] & string> };

/** Returns our operator for one of another library, such as `$gte`; `undefined` if it is unknown. */
export function meantOperator(name: string): string | undefined {
  const bare = name.replace(/^\$/, '');
  const operators: Readonly<Record<string, string>> = OPERATORS;
  return Object.hasOwn(operators, bare) ? operators[bare] : undefined;
}

/** Defines the methods of a table: each throws an ArgumentError that names the method to use. Existing methods are kept. */
export function refuseGuesses(target: object, table: Readonly<Record<string, string>>): void {
  for (const [name, ours] of Object.entries(table)) {
    function refuse(): never {
      throw new ArgumentError(`There is no ${name}(): use ${ours}. Nothing was sent.`);
    }
    if (!Object.hasOwn(target, name)) Object.defineProperty(target, name, { value: refuse, writable: true, configurable: true });
  }
}
