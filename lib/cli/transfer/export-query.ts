import { preload } from '../../associations/preloader.js';
import { nearest } from '../../errors/nearest.js';
import type { JsonObject } from '../../json-object.js';
import type { Model } from '../../model/model.js';
import type { Query } from '../../model/query.js';
import type { Session } from '../../model/session.js';
import { contextOf } from '../../record/record-base.js';
import type { ResourceDeclaration } from '../../schema/declaration.js';
import { apiName } from '../../schema/names.js';
import { UsageError } from '../usage-error.js';
import type { NamedModel } from './model-named.js';
import { assertParents } from './parents.js';
import { rowOfRecord } from './row-of-record.js';
import { parseWhere } from './where-option.js';

/** Which records a command reads, and what of them. */
export interface Selection {
  readonly where?: readonly string[];
  readonly select?: readonly string[];
  readonly include?: readonly string[];
  readonly order?: string;
  readonly limit?: number;
  /** The keys of the parents, for a resource with a nested path. */
  readonly of?: readonly string[];
}

/** A query, and how a record of it becomes a row. */
export interface ExportQuery {
  readonly query: Query<Model>;
  readonly resource: ResourceDeclaration;
  /** The attributes that rows have, if not all. */
  readonly selected: readonly string[] | undefined;
  /** The relations that rows have. */
  readonly relations: readonly string[];
  /** Turns the records of a page into rows. Relations that the API does not embed are requested for all of them. */
  rowsOf(records: readonly Model[]): Promise<JsonObject[]>;
}

/** Makes the query of a selection. @throws UsageError, ArgumentError, UnknownFilterError, before anything is sent */
export function exportQuery(named: NamedModel, session: Session, selection: Selection): ExportQuery {
  const { where = [], include = [], order, limit, of = [] } = selection;
  const { model, name } = named;
  const { resource } = model;
  if (of.length > 0) assertParents(named, of);
  const selected = selectedNames(name, resource, selection.select);
  const bound = model.using(session);
  const filters = parseWhere(where, resource);
  let query = of.length > 0 ? bound.of(...of).where(filters) : bound.where(filters);
  if (selected !== undefined && resource.version === 'v3') query = query.param('include_fields', selected);
  const relations: string[] = [];
  const loaded: string[] = [];
  for (const each of include) {
    const isRelation = Object.hasOwn(resource.relations, each);
    if (!isRelation && !resource.includes.includes(each))
      throw unknownName('--include', name, 'relation', each, [...Object.keys(resource.relations), ...resource.includes]);
    if (resource.includes.includes(each)) query = query.include(each);
    else loaded.push(each);
    if (isRelation) relations.push(each);
  }
  if (order !== undefined) query = ordered(query, name, resource, order);
  if (limit !== undefined) query = query.limit(limit);
  const kept = selected === undefined ? undefined : new Set([resource.key, ...selected, ...include]);
  return {
    query,
    resource,
    selected,
    relations,
    async rowsOf(records) {
      const contexts = records.map((record) => contextOf(record));
      if (loaded.length > 0) await preload(contexts, loaded, {});
      return contexts.map((context) => {
        const row = rowOfRecord(context, relations);
        return kept === undefined ? row : Object.fromEntries(Object.entries(row).filter(([each]) => kept.has(each)));
      });
    },
  };
}

/** @throws UsageError for a name that is no attribute */
function selectedNames(model: string, resource: ResourceDeclaration, names: readonly string[] | undefined): readonly string[] | undefined {
  if (names === undefined) return undefined;
  const known = Object.keys(resource.attributes);
  return names.map((given) => {
    const name = apiName(resource, given);
    if (known.includes(name)) return name;
    throw unknownName('--select', model, 'attribute', given, known);
  });
}

function unknownName(option: string, model: string, what: string, given: string, known: readonly string[]): UsageError {
  const names = [...new Set(known)];
  const meant = nearest(given, names);
  const advice = meant === undefined ? `. It has ${names.join(', ') || 'none'}.` : `; did you mean \`${meant}\`?`;
  return new UsageError(`${option}: ${model} has no ${what} \`${given}\`${advice}`);
}

/** Sorts by `name`, `name:desc` or `-name`. @throws UsageError for a name that the resource does not have: an API may ignore it */
function ordered(query: Query<Model>, model: string, resource: ResourceDeclaration, order: string): Query<Model> {
  const [, minus, name = '', direction] = /^(-)?([^:]+)(?::(asc|desc))?$/.exec(order) ?? [];
  if (name === '') throw new UsageError(`--order ${order}: write an attribute, with :desc for a descending order: price:desc.`);
  const filters = Object.keys(resource.filters ?? {}).map((filter) => filter.split(':')[0] ?? filter);
  const known = [...Object.keys(resource.attributes), resource.key, ...filters];
  if (!known.includes(apiName(resource, name))) throw unknownName('--order', model, 'attribute', name, known);
  return query.order(name, minus !== undefined || direction === 'desc' ? 'desc' : 'asc');
}
