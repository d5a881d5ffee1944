import type { Model, ModelClass, ResourceDeclaration } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import type { Sample } from '../guides/samples.js';

export type AnyModel = ModelClass<Model>;

const isModel = (value: unknown): value is AnyModel => typeof value === 'function' && 'resource' in value;

export const MODELS: readonly AnyModel[] = [...Object.values(v3), ...Object.values(v2)].filter(isModel);

/** What a path is about: a resource, the names of the values in the path, and what follows them. */
export interface Place {
  readonly model: AnyModel;
  readonly resource: ResourceDeclaration;
  /** `list` and `row`: the path of the rows, or of one. `count`: of their number. `action`: of something else below. */
  readonly kind: 'list' | 'row' | 'single' | 'count' | 'action';
  /** The names of the placeholders, in the order of the path; the key of the row is `KEY`, what follows `ITEM`. */
  readonly names: readonly string[];
  /** Whether the path is for the rows below all parents. */
  readonly isAcross: boolean;
}

export const KEY = '$key';
export const ITEM = '$item';

interface Candidate extends Place {
  readonly score: number;
}

/** Finds the resource that the path of a sample is about; `undefined` if no model has one with such a beginning. */
export function placeOf({ version, path, method }: Pick<Sample, 'version' | 'path' | 'method'>): Place | undefined {
  const found = MODELS.flatMap((model) => placesOf(model, path, method).map((each) => ({ ...each, score: each.score + bonus(model, version) })));
  return found.reduce<Candidate | undefined>((best, each) => (best === undefined || each.score > best.score ? each : best), undefined);
}

/** A resource of the other API generation can have actions in this one. */
const bonus = ({ resource }: AnyModel, version: Sample['version']): number => (resource.version === version ? 50 : 0);

function placesOf(model: AnyModel, path: string, method: string): Candidate[] {
  const { resource } = model;
  const isSingle = resource.addressing === 'single';
  const across = resource.collectionPath?.path ?? (resource.version === 'v2' ? resource.path.replace(/\/:\w+/g, '') : resource.path);
  const batch = resource.batch.path ?? resource.path;
  const templates: (readonly [template: string, kind: Place["kind"], isAcross: boolean])[] = [
    [resource.path, isSingle ? 'single' : 'list', false],
    ...(isSingle ? [] : ([[`${resource.path}/:${KEY}`, 'row', false]] as const)),
    ...(isSingle || resource.version === 'v3' ? [] : ([[`${resource.path}/count`, 'count', false]] as const)),
    ...(across === resource.path ? [] : ([[across, 'list', true], [`${across}/count`, 'count', true]] as const)),
    ...(batch === resource.path || batch === across || method === 'GET' ? [] : ([[batch, 'list', true]] as const)),
  ];
  return templates.flatMap(([template, kind, isAcross]) => {
    const match = matchOf(template, path);
    if (match === undefined) return [];
    const { names, score, rest } = match;
    if (rest.length > 0 && (isAcross || kind === 'count')) return [];
    return [{ model, resource, kind: rest.length > 0 ? 'action' : kind, names, isAcross, score }];
  });
}

/** Compares a path with the template that it has to begin with. Fixed parts count more than values, and the whole more than a beginning. */
function matchOf(template: string, path: string): { names: string[]; score: number; rest: string[] } | undefined {
  const [parts, given] = [template.split('/'), path.split('/')];
  if (given.length < parts.length) return undefined;
  const names: string[] = [];
  let score = 0;
  for (const [at, part] of parts.entries()) {
    const value = given[at] ?? '';
    if (part.startsWith(':')) names.push(part.slice(1));
    else if (part !== value) return undefined;
    score += part.startsWith(':') ? (/^\{|^\d+$/.test(value) ? 3 : 1) : 4;
  }
  const rest = given.slice(parts.length);
  for (const part of rest) if (part.startsWith('{')) names.push(ITEM);
  return { names, score: score - rest.length * 2 + (rest.length === 0 ? 100 : 0), rest };
}

/** The model whose rows are at a path; that of V3 if there are two. */
export const modelAt = (path: string): AnyModel | undefined => MODELS.find(({ resource }) => resource.path === path);

/** The models of the other API generation that have the same rows. */
export function twinsOf({ resource }: Place): AnyModel[] {
  const table = tableOf(resource.path);
  return MODELS.filter(
    (each) => each.resource.version !== resource.version && tableOf(each.resource.path) === table && each.resource.addressing === 'path',
  );
}

const tableOf = (path: string): string => path.replace(/^\/catalog/, '');
