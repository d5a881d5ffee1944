import type { JsonObject } from '../json-object.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import type { Reply, ServerDialect } from './dialect.js';
import { serverDialectOf } from './dialects.js';
import { familyOf } from './families/index.js';
import { refusalOf, replyTo } from './refusals.js';
import { type Params, parentsOf, ResourceRows } from './resource-rows.js';
import { inForm } from './response-forms.js';
import { showRow } from './row-view.js';
import { ScopedRows, scopeIn } from './scoped-rows.js';
import type { Entry, Tables } from './tables.js';

/** A request to an endpoint. */
export interface Incoming {
  readonly params: Params;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** The address of the store, for links. */
  readonly root: string;
  /** The texts of the files of a form, by the names of its fields. */
  readonly files?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
}

/** Responds to a request to an endpoint. */
export type Verb = (endpoint: Endpoint, incoming: Incoming) => Reply;

/** One resource of the sandbox: its rows, and how its responses are written. The verbs work with it. */
export class Endpoint {
  readonly rows: ResourceRows;
  readonly dialect: ServerDialect;
  /** Status codes of success. */
  readonly statuses: { readonly create: number; readonly update: number; readonly updateMany: number; readonly delete: number };

  constructor(
    readonly resource: ResourceDeclaration,
    tables: Tables,
    scope?: Params,
  ) {
    this.rows = scope === undefined ? new ResourceRows(resource, tables) : new ScopedRows(resource, tables, scope);
    this.dialect = serverDialectOf(resource);
    const statuses = { ...this.dialect.statuses, ...resource.statuses };
    this.statuses = { ...statuses, updateMany: resource.statuses.updateMany ?? statuses.update };
  }

  /** Returns the endpoint that serves a request: that of its scope, if its query names one. */
  forRequest({ query }: Pick<Incoming, 'query'>): Endpoint {
    const scope = this.resource.scope.length === 0 ? undefined : scopeIn(this.resource, query);
    return scope === undefined ? this : new Endpoint(this.resource, this.rows.tables, scope);
  }

  show(entry: Entry, { query, root }: Pick<Incoming, 'query' | 'root'>): JsonObject {
    return showRow(this.rows, entry, query, root);
  }

  /** Returns the response to a change. */
  changed(entry: Entry, incoming: Incoming): Reply {
    const status = this.statuses.update;
    return status === 204 ? { status } : inForm(this.resource, 'update', { ...this.dialect.one(this.show(entry, incoming)), status });
  }

  /** Returns the response to a deletion. @param row what the only deleted record was, if it is known */
  deleted(row?: JsonObject): Reply {
    const status = this.statuses.delete;
    if (status === 204) return { status };
    const usual = { status, body: this.dialect.deleted };
    return inForm(this.resource, 'delete', row === undefined ? usual : { ...usual, body: { ...Object(usual.body), data: row } });
  }

  /** Returns why an entry cannot be deleted; `undefined` if it can. */
  refusalOfRemoval(entry: Entry, isByFilter = false): Reply | undefined {
    const refusal = familyOf(this.resource)?.refusalOfRemoval?.({ entry, isByFilter, tables: this.rows.tables });
    return refusal === undefined ? undefined : replyTo(refusal, this.dialect);
  }

  /** Whether the store leaves a row of an array alone. */
  isIgnored(body: JsonObject, params: Params, entry?: Entry): boolean {
    const { resource, rows } = this;
    const change = { body, entry, parents: entry?.parents ?? parentsOf(params), resource, tables: rows.tables };
    return familyOf(resource)?.isIgnored?.(change) ?? false;
  }

  /** Removes an entry. Returns the response, which has the row if the declaration says so. */
  remove(entry: Entry, incoming: Incoming): Reply {
    const refused = this.refusalOfRemoval(entry);
    if (refused !== undefined) return refused;
    const row = this.resource.responses.delete === 'row' ? this.show(entry, incoming) : undefined;
    this.rows.remove(entry);
    return this.deleted(row);
  }

  get notFound(): Reply {
    return this.dialect.error(404, 'The requested resource was not found.');
  }

  get notAnObject(): Reply {
    return this.dialect.error(400, 'The body must be an object.');
  }

  /** Returns the response if a parent in the path does not exist; `undefined` if all exist. */
  missingParent(params: Params): Reply | undefined {
    return this.rows.isParentMissing(params) ? this.notFound : undefined;
  }

  /** Returns why a body cannot be stored as a new entry below the parents in a path, or as a change of an entry. */
  refusalOf(body: JsonObject, params: Params, entry?: Entry, place = 0): Reply | undefined {
    return refusalOf(this.rows, this.dialect, { body, entry, parents: entry?.parents ?? parentsOf(params), place });
  }
}
