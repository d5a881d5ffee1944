import { didYouMean, nearest } from '../../errors/nearest.js';
import { isJsonObject } from '../../json-object.js';
import { targetOf } from '../../query/load-strategy.js';
import { contextIn } from '../../record/record-base.js';
import * as v2 from '../../resources/v2/index.js';
import * as v3 from '../../resources/v3/index.js';
import type { ResourceDeclaration } from '../../schema/declaration.js';
import { apiName } from '../../schema/names.js';
import { pathNames } from '../../transport/path.js';
import { NESTED_NAMES } from './nested-names.js';

/** Only of these it is known what is inside their values. */
const READY = new Set([...Object.values(v2), ...Object.values(v3)].map(({ resource }) => resource));

/** The names inside a value, each with those inside its own. */
interface Names {
  readonly [name: string]: Names | undefined;
}

const PARSED = new Map<string, Names>();

/**
 * Returns what is wrong with the names of a row: those of its attributes, of what is inside them, and of related rows. The message
 * has the nearest name.
 */
export function mistakeInNames(resource: ResourceDeclaration, row: object): string | undefined {
  const { name: model, attributes, relations, path } = resource;
  const known = new Set([...Object.keys(attributes), ...Object.keys(relations), ...pathNames(path)]);
  for (const [input, value] of Object.entries(row)) {
    const name = apiName(resource, input);
    if (!known.has(name)) {
      const properties = Object.values(attributes).map(({ property }) => property);
      return unknownName(model, '', input, [...properties, ...Object.keys(relations), ...known]);
    }
    const relation = relations[name];
    const mistake = relation === undefined ? mistakeIn(resource, name, value) : mistakeInRelated(targetOf(relation), value);
    if (mistake !== undefined) return mistake;
  }
  return undefined;
}

function unknownName(model: string, within: string, name: string, known: readonly string[]): string {
  const meant = nearest(name, known);
  return `${model} has no attribute \`${within}${name}\`${didYouMean(meant && `${within}${meant}`)}`;
}

function mistakeInRelated(resource: ResourceDeclaration, value: unknown): string | undefined {
  for (const row of [value].flat()) {
    const mistake = isJsonObject(row) && contextIn(row) === undefined ? mistakeInNames(resource, row) : undefined;
    if (mistake !== undefined) return mistake;
  }
  return undefined;
}

/** Returns what is wrong with the names inside the value of an attribute. */
function mistakeIn(resource: ResourceDeclaration, name: string, value: unknown): string | undefined {
  const text = READY.has(resource) ? NESTED_NAMES[`${resource.version} ${resource.path} ${name}`] : undefined;
  return text === undefined ? undefined : mistakeWithin(resource.name, `${name}.`, value, parsed(text));
}

function mistakeWithin(model: string, within: string, value: unknown, names: Names): string | undefined {
  for (const object of [value].flat())
    for (const [name, inner] of isJsonObject(object) ? Object.entries(object) : []) {
      if (!Object.hasOwn(names, name)) return unknownName(model, within, name, Object.keys(names));
      const inside = names[name];
      const mistake = inside === undefined ? undefined : mistakeWithin(model, `${within}${name}.`, inner, inside);
      if (mistake !== undefined) return mistake;
    }
  return undefined;
}

/** Reads `street city fields(name value)`. */
function parsed(text: string): Names {
  const known = PARSED.get(text);
  if (known !== undefined) return known;
  const whole = namesFrom(text.match(/\w+|[()]/g) ?? []);
  PARSED.set(text, whole);
  return whole;
}

function namesFrom(tokens: string[]): Names {
  const names: Record<string, Names | undefined> = {};
  for (let token = tokens.shift(); token !== undefined && token !== ')'; token = tokens.shift()) {
    const isParent = tokens[0] === '(';
    if (isParent) tokens.shift();
    names[token] = isParent ? namesFrom(tokens) : undefined;
  }
  return names;
}
