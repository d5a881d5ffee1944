import { ArgumentError } from '../../errors/argument-error.js';
import { nearest } from '../../errors/nearest.js';
import type { JsonObject } from '../../json-object.js';
import type { ResourceDeclaration } from '../../schema/declaration.js';
import { apiName } from '../../schema/names.js';
import { pathNames } from '../../transport/path.js';

/** Returns attributes by the API's names, with what sequences give for the n-th record. @throws ArgumentError for a misspelt name */
export function givenAttributes(resource: ResourceDeclaration, given: object, n: number): JsonObject {
  const known = namesOf(resource);
  const named = Object.entries(given).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    named.map(([input, value]) => {
      const name = apiName(resource, input);
      if (!known.has(name)) throw unknownName(resource, input, known);
      return [name, typeof value === 'function' ? value(n) : value];
    }),
  );
}

function namesOf({ attributes, relations, path }: ResourceDeclaration): ReadonlySet<string> {
  return new Set([...Object.keys(attributes), ...Object.keys(relations), ...pathNames(path)]);
}

function unknownName({ name, attributes, relations }: ResourceDeclaration, input: string, known: ReadonlySet<string>): ArgumentError {
  const properties = Object.values(attributes).map(({ property }) => property);
  const meant = nearest(input, [...properties, ...Object.keys(relations), ...known]);
  return new ArgumentError(`${name} has no attribute \`${input}\`${meant === undefined ? '.' : `; did you mean \`${meant}\`?`}`);
}

/** Removes what a test does not need: of attributes of which one is enough, the others if it gives one. */
export function withoutAlternatives({ required }: ResourceDeclaration, defaults: Readonly<JsonObject>, given: Readonly<JsonObject>): JsonObject {
  const spare = new Set(
    required.flatMap((names) => (typeof names !== 'string' && names.some((name) => given[name] !== undefined) ? names : [])),
  );
  return Object.fromEntries(Object.entries(defaults).filter(([name]) => given[name] === undefined && !spare.has(name)));
}

/** Returns a value for each attribute that the declaration requires, for models without a recipe. */
export function fromDeclaration(resource: ResourceDeclaration, n: number, some: (relation: string) => unknown): JsonObject {
  const names = resource.required.map((each) => [each].flat()[0] ?? '');
  const flagged = Object.values(resource.attributes).flatMap(({ name, required }) => (required ? [name] : []));
  return Object.fromEntries([...new Set([...names, ...flagged])].map((name) => [name, () => valueFor(resource, name, n, some)]));
}

function valueFor({ attributes, relations }: ResourceDeclaration, name: string, n: number, some: (relation: string) => unknown): unknown {
  const relation = Object.values(relations).find(({ kind, key }) => kind === 'belongsTo' && key === name);
  if (relation !== undefined) return some(relation.property);
  const type = attributes[name]?.type ?? 'array'; // a relation: none
  const texts: Readonly<Record<string, unknown>> = { number: n, boolean: true, array: [], object: {}, date: '2026-01-05T09:00:00.000Z' };
  return Object.hasOwn(texts, type) ? texts[type] : textFor(name, n);
}

function textFor(name: string, n: number): string {
  if (/e?mail$/.test(name)) return `${name}-${n}@example.com`;
  if (/url$|^url/.test(name)) return `https://example.com/${n}`;
  return `${name.replaceAll('_', ' ')} ${n}`;
}
