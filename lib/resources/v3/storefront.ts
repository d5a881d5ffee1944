import { act, formOf, sessionFor, type Upload } from '../../model/action.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { CallOptions } from '../../transport/request.js';
import { encodeSegment } from '../../transport/well-formed.js';

const redirectFilters = { site_id: Number, 'id:in': Number, 'id:min': Number, 'id:max': Number, keyword: String } as const;

const redirectIncludes = ['to_url'] as const;

/** A redirect from an old URL to another. */
@Resource('/storefront/redirects', {
  version: 'v3',
  filters: redirectFilters,
  addressing: 'filter',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { update: 10, upsert: 10 },
  includes: redirectIncludes,
  deleteFilters: ['id:in', 'site_id'],
  statuses: { update: 201 },
})
export class Redirect extends Model<Redirect, typeof redirectFilters, (typeof redirectIncludes)[number]> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number) site_id!: number;
  @Attribute(() => String) from_path!: string;
  @Attribute(() => Object) to!: Record<string, unknown>;
  @Attribute(() => String, { readOnly: true, setBy: 'to' }) readonly to_url!: string;
}

const redirectJobFilters = { id: String, type: String, status: String } as const;

/** An import or export job of redirects. */
@Resource('/storefront/redirects/imex/jobs', { version: 'v3', filters: redirectJobFilters, operations: ['list', 'count'] })
export class RedirectJob extends Model<RedirectJob, typeof redirectJobFilters> {
  @Attribute(() => String, { readOnly: true }) readonly id!: string;
  @Attribute(() => String, { readOnly: true }) readonly type!: 'import' | 'export';
  @Attribute(() => String, { readOnly: true }) readonly status!: 'new' | 'working' | 'complete' | 'aborted' | 'failed';
  @Attribute(() => Number, { readOnly: true }) readonly completed_items!: number;
  @Attribute(() => Number, { readOnly: true }) readonly failed_items!: number;
  @Attribute(() => Number, { readOnly: true }) readonly total_items!: number;
  @Attribute(() => Array, { readOnly: true }) readonly errors!: Record<string, unknown>[];
  @Attribute(() => Date, { readOnly: true }) readonly created_at!: Date | null;
  @Attribute(() => Date, { readOnly: true }) readonly completed_at!: Date | null;

  /** Starts an export of redirects, and returns the job. */
  static async export(body: Record<string, unknown> = {}, options?: CallOptions): Promise<{ id: string }> {
    return act(sessionFor(this), 'POST', '/storefront/redirects/imex/export', { body, ...options });
  }

  /** Starts an import of redirects from a CSV file. */
  static async import(file: Upload, options?: CallOptions): Promise<{ id: string }> {
    return act(sessionFor(this), 'POST', '/storefront/redirects/imex/import', { body: formOf('import_file', file), ...options });
  }

  /** Downloads the file of an export. */
  static async download(id: string, options?: CallOptions): Promise<unknown> {
    return act(sessionFor(this), 'GET', `/storefront/redirects/imex/export/${encodeSegment(id, 'id')}/download`, options);
  }

  /** Streams the events of an export or import. */
  static async events(id: string, kind: 'export' | 'import' = 'export', options?: CallOptions): Promise<unknown> {
    return act(sessionFor(this), 'GET', `/storefront/redirects/imex/${kind}/${encodeSegment(id, 'id')}/events`, options);
  }
}

const customTemplateAssociationFilters = { channel_id: Number, 'entity_id:in': Number, type: String, is_valid: Boolean } as const;

/** The custom template of a product, category, brand or page. */
@Resource('/storefront/custom-template-associations', {
  version: 'v3',
  filters: customTemplateAssociationFilters,
  addressing: 'filter',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { update: 100, upsert: 100 },
  deleteFilters: ['id:in', 'channel_id', 'type', 'entity_id:in'],
  responses: { create: 'none', update: 'none' },
  // The three together name an association (custom-template-associations.v3.yml, PUT).
  naturalKey: { channel_id: 'channel_id', type: 'entity_type', 'entity_id:in': 'entity_id' },
})
export class CustomTemplateAssociation extends Model<CustomTemplateAssociation, typeof customTemplateAssociationFilters> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number) channel_id!: number;
  @Attribute(() => String) entity_type!: 'product' | 'category' | 'brand' | 'page';
  @Attribute(() => Number) entity_id!: number;
  @Attribute(() => String) file_name!: string;
  @Attribute(() => Boolean, { readOnly: true }) readonly is_valid!: boolean;
  @Attribute(() => String, { readOnly: true }) readonly date_created!: string;
  @Attribute(() => String, { readOnly: true }) readonly date_modified!: string;
}

const storefrontTokenFilters = {} as const;

const storefrontTokenRequired = ['expires_at'] as const;

/** A token for the GraphQL Storefront API in a browser. */
@Resource('/storefront/api-token', {
  version: 'v3',
  filters: storefrontTokenFilters,
  key: 'token',
  operations: ['create'],
  required: storefrontTokenRequired,
})
export class StorefrontToken extends Model<StorefrontToken, typeof storefrontTokenFilters, unknown, typeof storefrontTokenRequired> {
  @Attribute(() => String, { readOnly: true }) readonly token!: string;
  @Attribute(() => Array) allowed_cors_origins!: string[];
  @Attribute(() => Number) expires_at!: number;
  @Attribute(() => Array) channel_ids!: number[];
  @Attribute(() => Number) channel_id!: number;

  /** Revokes a token. */
  static async revoke(token: string, options?: CallOptions): Promise<void> {
    await sessionFor(this).delete('/storefront/api-token', { headers: { 'Sf-Api-Token': token }, ...options });
  }
}

const customerImpersonationTokenFilters = {} as const;

const customerImpersonationTokenRequired = ['expires_at'] as const;

/** A token for the GraphQL Storefront API on a server that may act for customers. */
@Resource('/storefront/api-token-customer-impersonation', {
  version: 'v3',
  filters: customerImpersonationTokenFilters,
  key: 'token',
  operations: ['create'],
  required: customerImpersonationTokenRequired,
})
export class CustomerImpersonationToken extends Model<
  CustomerImpersonationToken,
  typeof customerImpersonationTokenFilters,
  unknown,
  typeof customerImpersonationTokenRequired
> {
  @Attribute(() => String, { readOnly: true }) readonly token!: string;
  @Attribute(() => Number) expires_at!: number;
  @Attribute(() => Array) channel_ids!: number[];
  @Attribute(() => Number) channel_id!: number;
}

const privateStorefrontTokenFilters = {} as const;

const privateStorefrontTokenRequired = ['expires_at', 'scopes'] as const;

/** A token for the GraphQL Storefront API on a server. */
@Resource('/storefront/api-token-private', {
  version: 'v3',
  filters: privateStorefrontTokenFilters,
  key: 'token',
  operations: ['create'],
  required: privateStorefrontTokenRequired,
})
export class PrivateStorefrontToken extends Model<
  PrivateStorefrontToken,
  typeof privateStorefrontTokenFilters,
  unknown,
  typeof privateStorefrontTokenRequired
> {
  @Attribute(() => String, { readOnly: true }) readonly token!: string;
  @Attribute(() => Number) expires_at!: number;
  @Attribute(() => Array) channel_ids!: number[];
  @Attribute(() => Number) channel_id!: number;
  @Attribute(() => Array) scopes!: string[];
}
