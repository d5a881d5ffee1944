import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import type { DeclaredModel, DeclaredOperation } from '../api-check-tools.js';
import { isRow, type Row, type Sample } from './samples.js';

/** What every model, and every collection of one, can do: the calls whose arguments come from a guide. */
export interface Collection {
  where(filters: object): Collection;
  include(...names: string[]): Collection;
  order(name: string, direction?: string): Collection;
  perPage(records: number): Collection;
  page(number: number): Promise<{ items: object[] }>;
  find(key: Key): Promise<object>;
  get(): Promise<LooseRecord>;
  count(): Promise<number>;
  load(row: object): LooseRecord;
  create(attributes: object): Promise<object>;
  createMany(rows: object[]): PromiseLike<Outcome>;
  update(key: Key, attributes: object): Promise<object>;
  updateMany(rows: object[]): PromiseLike<Outcome>;
  upsertMany(rows: object[]): PromiseLike<Outcome>;
  destroy(key: Key): Promise<void>;
  destroyMany(keys: Key[]): PromiseLike<Outcome>;
  deleteAll(): PromiseLike<unknown>;
}

export interface LooseModel extends Collection {
  readonly resource: {
    readonly key: string;
    readonly attributes: Record<string, { readonly property: string; readonly type?: unknown; readonly readOnly: boolean }>;
    readonly relations: Record<string, unknown>;
  };
  of(...parents: Key[]): Collection;
}

interface LooseRecord {
  update(attributes: object): Promise<object>;
}

export interface Outcome {
  readonly succeeded: object[];
  readonly failed: { readonly error: Error }[];
}

export type Key = string | number;

/** An operation that a model declares. */
export type Route = DeclaredOperation;

// The guides decide which model a call is made on and with what, so the types of the models cannot take part.
const MODELS = { v2, v3 } as unknown as Record<Sample['version'], Record<string, LooseModel>>;

export function modelOf({ version, name }: Pick<DeclaredModel, 'version' | 'name'>): LooseModel {
  const model = version === 'v2' || version === 'v3' ? MODELS[version][name] : undefined;
  if (model === undefined) throw new Error(`There is no model ${version} ${name}.`);
  return model;
}

/** Finds the operation that a sample shows: by verb and path, and by whether its body is a batch. */
export function routeOf(sample: Sample, routes: readonly Route[]): Route | undefined {
  const wanted = `${sample.method} /${sample.version}${sample.path}`;
  const found = routes.filter(({ id }) => fits(id, wanted));
  const best = Math.max(...found.map(({ id }) => literalsOf(id)));
  const closest = found.filter(({ id }) => literalsOf(id) === best);
  const rows = rowsOf(sample.body);
  const isBatch = Array.isArray(sample.body);
  const isNew = (key: string): boolean => rows.length > 0 && rows.every((row) => row[key] === undefined);
  return (
    closest.find((each) => each.role === 'action' && each.isForm !== true) ??
    closest.find((each) => each.isUpsert && isNew(each.owner.key)) ??
    closest.find((each) => (each.isBatch ?? false) === isBatch && each.role !== 'action' && !each.isUpsert) ??
    closest[0]
  );
}

/** The values in a path at the places where a template has parameters. */
export function valuesAt(template: string, path: string): string[] {
  const given = path.split('/');
  return template.split('/').flatMap((part, at) => (/^[:{]/.test(part) ? [given[at] ?? ''] : []));
}

export const rowsOf = (value: unknown): Row[] => (Array.isArray(value) ? value : [value]).filter(isRow);

function fits(id: string, wanted: string): boolean {
  const [parts, given] = [id.split('/'), wanted.split('/')];
  return parts.length === given.length && parts.every((part, at) => part === given[at] || (part === '{}' && given[at] !== ''));
}

const literalsOf = (id: string): number => id.split('/').filter((part) => part !== '{}').length;
