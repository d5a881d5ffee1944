import { act, formOf, sessionFor, type Upload } from '../../model/action.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { Open } from '../../schema/types.js';
import type { CallOptions } from '../../transport/request.js';
import { encodeSegment } from '../../transport/well-formed.js';
import { noFilters } from '../no-filters.js';
import { unixSeconds } from '../unix-seconds.js';
import { eventsIn } from './redirect-events.js';
import type { RedirectExport, RedirectImportError, RedirectJobProgress, RedirectTarget } from './redirect-values.js';

const redirectFilters = { site_id: Number, 'id:in': Number, 'id:min': Number, 'id:max': Number, keyword: String } as const;

const redirectIncludes = ['to_url'] as const;

const redirectRequired = ['from_path', 'site_id'] as const;

/** A redirect (301) from an old path to another address. `site_id` and `from_path` name one: a second one replaces it. */
@Resource('/storefront/redirects', {
  version: 'v3',
  filters: redirectFilters,
  addressing: 'filter',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { update: 10, upsert: 10 },
  includes: redirectIncludes,
  deleteFilters: ['id:in', 'site_id'],
  statuses: { update: 201 },
  required: redirectRequired,
})
export class Redirect extends Model<Redirect, typeof redirectFilters, (typeof redirectIncludes)[number], typeof redirectRequired> {
  /** Assigned by the store; grows with time. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The site whose path it is. */
  @Attribute(() => Number) site_id!: number;
  /** The old path. */
  @Attribute(() => String) from_path!: string;
  /** Where it leads. */
  @Attribute(() => Object) to!: RedirectTarget;
  /** The whole address that it leads to. Absent unless it is read with `include('to_url')`. */
  @Attribute(() => String, { readOnly: true, setBy: 'to' }) readonly to_url!: string;
}

const redirectJobFilters = { id: String, type: String, status: String } as const;

/** An import or export job of redirects. */
@Resource('/storefront/redirects/imex/jobs', { version: 'v3', filters: redirectJobFilters, operations: ['list', 'count'] })
export class RedirectJob extends Model<RedirectJob, typeof redirectJobFilters> {
  /** Assigned by the store. */
  @Attribute(() => String, { readOnly: true }) readonly id!: string;
  /** What it does. */
  @Attribute(() => String, { readOnly: true }) readonly type!: Open<'import' | 'export'>;
  /** How far it is. */
  @Attribute(() => String, { readOnly: true }) readonly status!: Open<'new' | 'working' | 'complete' | 'aborted' | 'failed'>;
  /** How many redirects are done. */
  @Attribute(() => Number, { readOnly: true }) readonly completed_items!: number;
  /** How many redirects could not be done. */
  @Attribute(() => Number, { readOnly: true }) readonly failed_items!: number;
  /** How many redirects there are. */
  @Attribute(() => Number, { readOnly: true }) readonly total_items!: number;
  /** Why rows of an import failed. */
  @Attribute(() => Array, { readOnly: true }) readonly errors!: readonly RedirectImportError[];
  /** When it was started. */
  @Attribute(() => Date, { readOnly: true }) readonly created_at!: Date | null;
  /** When it was done; `null` until then. */
  @Attribute(() => Date, { readOnly: true }) readonly completed_at!: Date | null;

  /** Starts an export of redirects to a CSV file. */
  static async export(body: RedirectExport = {}, options?: CallOptions): Promise<{ id: string }> {
    return act(sessionFor(this), 'POST', '/storefront/redirects/imex/export', { body, ...options });
  }

  /** Starts an import of redirects from a CSV file: Domain,Old Path,Manual URL/Path,Dynamic Target Type,Dynamic Target ID. */
  static async import(file: Upload, options?: CallOptions): Promise<{ id: string }> {
    return act(sessionFor(this), 'POST', '/storefront/redirects/imex/import', { body: formOf('import_file', file), ...options });
  }

  /** Downloads the CSV file of an export, as text. */
  static async download(id: string, options?: CallOptions): Promise<string> {
    const call = { headers: { accept: 'text/csv' }, ...options };
    return act(sessionFor(this), 'GET', `/storefront/redirects/imex/export/${encodeSegment(id, 'id')}/download`, call);
  }

  /** Waits until the stream of an export or import ends, and returns the steps that it reported. */
  static async events(id: string, kind: 'export' | 'import' = 'export', options?: CallOptions): Promise<RedirectJobProgress[]> {
    const call = { headers: { accept: 'text/event-stream' }, ...options };
    const text = await act<string>(sessionFor(this), 'GET', `/storefront/redirects/imex/${kind}/${encodeSegment(id, 'id')}/events`, call);
    return eventsIn(text);
  }
}

const associationRequired = ['channel_id', 'entity_type', 'entity_id', 'file_name'] as const;

const customTemplateAssociationFilters = { channel_id: Number, 'entity_id:in': Number, type: String, is_valid: Boolean } as const;

/** The custom template of a product, category, brand or page. Channel, type and entity name one: a second one replaces it. */
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
  required: associationRequired,
})
export class CustomTemplateAssociation extends Model<
  CustomTemplateAssociation,
  typeof customTemplateAssociationFilters,
  unknown,
  typeof associationRequired
> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The channel that shows it so. */
  @Attribute(() => Number) channel_id!: number;
  /** What has the template. */
  @Attribute(() => String) entity_type!: Open<'product' | 'category' | 'brand' | 'page'>;
  /** Which one has it. */
  @Attribute(() => Number) entity_id!: number;
  /** The template in the theme: `custom-product-1.html`. */
  @Attribute(() => String) file_name!: string;
  /** Whether the active theme of the channel has this file. If not, the default template is used. */
  @Attribute(() => Boolean, { readOnly: true }) readonly is_valid!: boolean;
  /** Set by the store. */
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  /** Set by the store. */
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
}

/** A token for the GraphQL Storefront API. */
abstract class ApiToken<Self = unknown, Required = unknown> extends Model<Self, typeof noFilters, unknown, Required> {
  /** The token, a JWT; only the response that creates it has it. */
  @Attribute(() => String, { readOnly: true }) readonly token!: string;
  /** Until when it is valid: a Date, which the API has in Unix seconds. */
  @Attribute(() => Number, { cast: unixSeconds }) expires_at!: Date | null;
  /** The channels that it is for. Give these or `channel_id`, not both. */
  @Attribute(() => Array) channel_ids!: number[];
  /** The channel that it is for; from 1. `channel_ids` is preferred. */
  @Attribute(() => Number) channel_id!: number;
}

const storefrontTokenRequired = ['expires_at', ['channel_ids', 'channel_id']] as const;

/** A token for the GraphQL Storefront API in a browser. */
@Resource('/storefront/api-token', {
  version: 'v3',
  filters: noFilters,
  key: 'token',
  operations: ['create'],
  required: storefrontTokenRequired,
})
export class StorefrontToken extends ApiToken<StorefrontToken, typeof storefrontTokenRequired> {
  /** The origins that browsers may use it from: 1 or 2. */
  @Attribute(() => Array) allowed_cors_origins!: [origin: string, another?: string];

  /** Revokes a token. */
  static async revoke(token: string, options?: CallOptions): Promise<void> {
    await sessionFor(this).delete('/storefront/api-token', { headers: { 'Sf-Api-Token': token }, ...options });
  }
}

const customerImpersonationTokenRequired = ['expires_at', ['channel_ids', 'channel_id']] as const;

/** A token for the GraphQL Storefront API on a server that may act for customers. */
@Resource('/storefront/api-token-customer-impersonation', {
  version: 'v3',
  filters: noFilters,
  key: 'token',
  operations: ['create'],
  required: customerImpersonationTokenRequired,
})
export class CustomerImpersonationToken extends ApiToken<CustomerImpersonationToken, typeof customerImpersonationTokenRequired> {}

const privateStorefrontTokenRequired = ['expires_at', 'scopes', ['channel_ids', 'channel_id']] as const;

/** A token for the GraphQL Storefront API on a server. */
@Resource('/storefront/api-token-private', {
  version: 'v3',
  filters: noFilters,
  key: 'token',
  operations: ['create'],
  required: privateStorefrontTokenRequired,
})
export class PrivateStorefrontToken extends ApiToken<PrivateStorefrontToken, typeof privateStorefrontTokenRequired> {
  /** What it may be used for; at least 1. */
  @Attribute(() => Array) scopes!: Open<'Unauthenticated' | 'Customer' | 'B2B'>[];
}
