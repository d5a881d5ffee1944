import { isJsonObject, type JsonObject } from '../json-object.js';
import { targetOf } from '../query/load-strategy.js';
import type { RelationDeclaration } from '../schema/declaration.js';
import { serverDialectOf } from './dialects.js';
import { familyOf } from './families/index.js';
import { project } from './projection.js';
import { ResourceRows } from './resource-rows.js';
import { fieldsOf, includedIn, isAsked } from './selection.js';
import type { Entry } from './tables.js';

/** The query parameters of a request. */
type Query = Readonly<Record<string, string>>;

/** Returns the row of an entry for a response: the attributes that the query selects, and related rows. */
export function showRow(rows: ResourceRows, entry: Entry, query: Query, root: string): JsonObject {
  const { resource } = rows;
  const row = fieldsOf(project(resource, entry), query, resource.key);
  const included = includedIn(query);
  const { linksRelated } = serverDialectOf(resource);
  for (const relation of Object.values(resource.relations)) {
    if (relation.countedBy !== undefined && isAsked(query, relation.countedBy))
      row[relation.countedBy] = rows.children(relation, entry).length;
    const shown = linksRelated ? linkTo(rows, relation, entry, root) : embed(rows, relation, entry, included, root);
    if (shown !== undefined && (query['include_fields'] === undefined || included.has(relation.property))) row[relation.property] = shown;
  }
  familyOf(resource)?.show?.({ row, entry, query, root, tables: rows.tables });
  return row;
}

/** Returns the query for the response to a new row: it includes what the query asks for, and the related rows that were sent. */
export function queryFor({ resource }: ResourceRows, body: unknown, query: Query): Query {
  if (!isJsonObject(body)) return query;
  // V2 links to what was sent, as to all related rows.
  const sent = serverDialectOf(resource).linksRelated ? [] : Object.keys(body);
  const inline = sent.filter((name) => isInline(resource.relations[name]));
  const asked = query['include'] === undefined ? [] : [query['include']];
  const names = [...asked, ...inline, ...(familyOf(resource)?.included?.(body) ?? [])];
  return names.length === 0 ? query : { ...query, include: names.join(',') };
}

/** Whether the request that creates a row takes the related rows. */
const isInline = (relation: RelationDeclaration | undefined): boolean =>
  relation !== undefined && (relation.inline || targetOf(relation).through?.create === true);

/** Returns the address of the related rows of an entry. */
function linkTo({ resource }: ResourceRows, relation: RelationDeclaration, entry: Entry, root: string): unknown {
  const { kind, key = '', by } = relation;
  const other = targetOf(relation);
  const at = (path: string): unknown => ({ url: `${root}/${resource.version}${path}`, resource: path });
  if (kind !== 'belongsTo') return by === undefined ? at(below(other.path, entry)) : undefined;
  const otherKey = entry.values[key] ?? 0;
  return otherKey === 0 || resource.path.includes(':') ? undefined : at(`${other.path}/${String(otherKey)}`);
}

/** Returns the related rows that are included in the query, or always embedded. */
function embed(rows: ResourceRows, relation: RelationDeclaration, entry: Entry, included: ReadonlySet<string>, root: string): unknown {
  const { property, kind } = relation;
  const isEmbedded = kind === 'hasMany' && (included.has(property) || (isInline(relation) && !rows.resource.includes.includes(property)));
  if (!isEmbedded) return undefined;
  const other = new ResourceRows(targetOf(relation), rows.tables);
  return rows
    .children(relation, entry)
    .slice(0, relation.maxEmbedded)
    .map((child) => showRow(other, child, {}, root));
}

/** Fills the keys of an entry into a path below it. */
const below = (path: string, entry: Entry): string => path.replace(/:(\w+)/g, (_, name: string) => entry.parents[name] ?? entry.key);
