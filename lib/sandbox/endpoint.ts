import type { JsonObject } from '../json-object.js';
import type { ResourceDeclaration } from '../schema/declaration.js';
import { dialectOf } from '../schema/dialects.js';
import type { Reply, ServerDialect } from './dialect.js';
import { serverDialectOf } from './dialects.js';
import { refusalOf } from './refusals.js';
import { type Params, ResourceRows } from './resource-rows.js';
import { showRow } from './row-view.js';
import type { Entry, Tables } from './tables.js';

/** A request as an endpoint sees it. */
export interface Incoming {
  readonly params: Params;
  readonly query: Readonly<Record<string, string>>;
  readonly body: unknown;
  /** The address of the store, for links. */
  readonly root: string;
}

/** Answers a request to an endpoint. */
export type Verb = (endpoint: Endpoint, incoming: Incoming) => Reply;

/** What the verbs of one resource work with: its rows, and how its responses are written. */
export class Endpoint {
  readonly rows: ResourceRows;
  readonly dialect: ServerDialect;
  /** Status codes of success. */
  readonly statuses: { readonly create: number; readonly update: number; readonly delete: number };

  constructor(
    readonly resource: ResourceDeclaration,
    tables: Tables,
  ) {
    this.rows = new ResourceRows(resource, tables);
    this.dialect = serverDialectOf(resource);
    this.statuses = { ...dialectOf(resource.version).statuses, ...resource.statuses };
  }

  show(entry: Entry, { query, root }: Pick<Incoming, 'query' | 'root'>): JsonObject {
    return showRow(this.rows, entry, query, root);
  }

  /** The response to a change. */
  changed(entry: Entry, incoming: Incoming): Reply {
    const status = this.statuses.update;
    return status === 204 ? { status } : { ...this.dialect.one(this.show(entry, incoming)), status };
  }

  /** The response to a deletion. */
  get deleted(): Reply {
    const status = this.statuses.delete;
    return status === 204 ? { status } : { status, body: this.dialect.deleted };
  }

  get notFound(): Reply {
    return this.dialect.error(404, 'The requested resource was not found.');
  }

  get notAnObject(): Reply {
    return this.dialect.error(400, 'The body must be an object.');
  }

  /** The response to a path that leads through a record that does not exist. */
  missingParent(params: Params): Reply | undefined {
    return this.rows.isParentMissing(params) ? this.notFound : undefined;
  }

  /** Why a body cannot be stored as a new entry, or as a change of one. */
  refusalOf(body: JsonObject, entry?: Entry): Reply | undefined {
    return refusalOf(this.rows, this.dialect, body, entry);
  }
}
