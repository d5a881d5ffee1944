import { ArgumentError } from '../../errors/argument-error.js';
import type { JsonObject } from '../../json-object.js';
import type { ResourceDeclaration } from '../../schema/declaration.js';
import { apiName } from '../../schema/names.js';
import { mistakeInNames } from './known-names.js';

/** Returns attributes by the API's names, with what sequences give for the n-th record. @throws ArgumentError for a misspelt name */
export function givenAttributes(resource: ResourceDeclaration, given: object, n: number): JsonObject {
  const named = Object.entries(given).filter(([, value]) => value !== undefined);
  const values = Object.fromEntries(named.map(([name, value]) => [name, typeof value === 'function' ? value(n) : value]));
  const mistake = mistakeInNames(resource, values);
  if (mistake !== undefined) throw new ArgumentError(mistake);
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [apiName(resource, name), value]));
}

/** Removes what a test does not need: of attributes of which one is enough, the others if it gives one. */
export function withoutAlternatives(
  { required, through }: ResourceDeclaration,
  defaults: Readonly<JsonObject>,
  given: Readonly<JsonObject>,
): JsonObject {
  const spare = new Set(
    required.flatMap((names) => {
      if (typeof names === 'string') return [];
      const isGiven = (name: string): boolean => given[name] !== undefined;
      // The last of attributes that depend on each other follows from the others, which are all needed.
      const needed = names.every((name) => through?.dependent?.includes(name)) ? names.length - 1 : 1;
      const missing = Object.keys(defaults).filter((name) => names.includes(name) && !isGiven(name));
      return names.some(isGiven) ? missing.slice(Math.max(0, needed - names.filter(isGiven).length)) : [];
    }),
  );
  return Object.fromEntries(Object.entries(defaults).filter(([name]) => given[name] === undefined && !spare.has(name)));
}

/** Returns the names of the texts that are others for each record, such as its name. */
export const sequencedIn = (defaults: Readonly<JsonObject>, next: Readonly<JsonObject>): string[] =>
  Object.keys(defaults).filter((name) => typeof defaults[name] === 'string' && defaults[name] !== next[name]);

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
