import type { CompleterResult } from 'node:readline';
import type { REPLServer } from 'node:repl';
import { Model } from '../../../model/model.js';
import { Query } from '../../../model/query.js';
import type { ResourceDeclaration } from '../../../schema/declaration.js';
import type { Operator } from '../../../schema/dialect.js';
import { dialectOf } from '../../../schema/dialects.js';
import { type Cursor, chainAtEnd, cursorAt } from './cursor.js';
import { type Target, targetOf } from './target.js';

const OPERATORS: readonly Operator[] = ['in', 'notIn', 'min', 'max', 'greater', 'less', 'like'];

/** Which names the objects among the arguments of a method have. */
const NAMES: Readonly<Record<string, 'filters' | 'attributes'>> = {
  where: 'filters',
  findBy: 'filters',
  exists: 'filters',
  firstOrCreate: 'filters',
  firstOrNew: 'filters',
  new: 'attributes',
  create: 'attributes',
  build: 'attributes',
  update: 'attributes',
  updateAll: 'attributes',
  assign: 'attributes',
  createMany: 'attributes',
  upsertMany: 'attributes',
  updateMany: 'attributes',
};

/** What the strings among the arguments of a method name. */
const TEXTS: Readonly<Record<string, 'filters' | 'attributes' | 'includes' | 'relations'>> = {
  where: 'filters',
  order: 'attributes',
  select: 'attributes',
  pluck: 'attributes',
  include: 'includes',
  preload: 'relations',
};

/** Completes what a REPL cannot know: names inside calls of models, and what calls return. The rest is completed as before. */
export function completeModels(server: REPLServer): void {
  const complete = server.completer;
  Object.defineProperty(server, 'completer', {
    value(line: string, done: (error?: null | Error, result?: CompleterResult) => void) {
      const found = completionsOf(line);
      if (found !== undefined) done(null, found);
      else Reflect.apply(complete, server, [line, done]);
    },
  });
}

/** Returns the names that may follow, and what is typed of them; `undefined` if the line stands at nothing of a model. */
function completionsOf(line: string): [names: string[], typed: string] | undefined {
  const cursor = cursorAt(line);
  const all = cursor === undefined ? undefined : namesAt(cursor);
  if (cursor !== undefined && all !== undefined) return matching(all, cursor.typed);
  return membersAt(line);
}

function namesAt({ target, method, kind, path }: Cursor): string[] | undefined {
  const model = targetOf(target)?.model;
  if (model === undefined) return undefined;
  const { resource } = model;
  const what = (kind === 'text' ? TEXTS : NAMES)[method];
  if (what === undefined) return undefined;
  const [filter, ...deeper] = path;
  if (filter !== undefined) return what === 'filters' && deeper.length === 0 ? operatorsOf(resource, filter) : undefined;
  return namesOf(resource, what, method);
}

function namesOf(resource: ResourceDeclaration, what: 'filters' | 'attributes' | 'includes' | 'relations', method: string): string[] {
  if (what === 'relations') return Object.keys(resource.relations);
  if (what === 'includes') return [...new Set([...(resource.includes ?? []), ...Object.keys(resource.relations)])];
  if (what === 'filters') return filtersOf(resource);
  const isGiven = NAMES[method] === 'attributes';
  return Object.values(resource.attributes)
    .filter(({ readOnly }) => !(isGiven && readOnly))
    .map(({ property }) => property);
}

/** The names without operators: those are written as objects. */
function filtersOf({ filters, version, attributes }: ResourceDeclaration): string[] {
  if (filters === undefined) return Object.values(attributes).map(({ property }) => property);
  const dialect = dialectOf(version);
  const names = Object.keys(filters).map((filter) => (filter in attributes ? filter : dialect.parse(filter).name));
  return [...new Set(names)].sort();
}

function operatorsOf({ filters, version }: ResourceDeclaration, filter: string): string[] {
  const { generalOperators, parameter } = dialectOf(version);
  return OPERATORS.filter((operator) => {
    const name = parameter(filter, operator);
    return name !== undefined && (generalOperators || filters === undefined || name in filters);
  });
}

/** What follows the dot after a call, and the attributes of a record that has not set them yet. */
function membersAt(line: string): [string[], string] | undefined {
  const [, before, typed] = /^(.*?)\??\.([\w$]*)$/s.exec(line) ?? [];
  if (before === undefined || typed === undefined) return undefined;
  const chain = chainAtEnd(before);
  const target = targetOf(chain);
  if (target === undefined || !(target.kind === 'record' || chain.includes('('))) return undefined;
  return matching(membersOf(target), typed);
}

function membersOf({ model, kind }: Target): string[] {
  if (kind === 'query') return methodsOf(Query.prototype);
  const { attributes, relations } = model.resource;
  const own = [...Object.values(attributes).map(({ property }) => property), ...Object.keys(relations)];
  return [...own, ...methodsOf(model.prototype), ...methodsOf(Model.prototype)];
}

const methodsOf = (prototype: object): string[] =>
  Object.getOwnPropertyNames(prototype).filter((name) => name !== 'constructor' && /^[a-z]/i.test(name));

const matching = (all: readonly string[], typed: string): [string[], string] => [
  [...new Set(all)].filter((name) => name.startsWith(typed)).sort(),
  typed,
];
