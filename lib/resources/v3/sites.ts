import { HasOne } from '../../associations/has-one.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import { noFilters } from '../no-filters.js';

const siteFilters = { 'channel_id:in': Number, 'url_type:in': String } as const;

/** A URL of a channel. */
@Resource('/sites', {
  version: 'v3',
  filters: siteFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  statuses: { create: 201 },
})
export class Site extends Model<Site, typeof siteFilters> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => String) url!: string;
  @Attribute(() => Number) channel_id!: number;
  @Attribute(() => String, { readOnly: true }) readonly created_at!: string;
  @Attribute(() => String, { readOnly: true }) readonly updated_at!: string;
  @Attribute(() => String, { readOnly: true }) readonly ssl_status!: 'dedicated' | 'shared';
  @Attribute(() => Array, { readOnly: true, setBy: 'url' }) readonly urls!: Record<string, unknown>[];
  @Attribute(() => Boolean, { readOnly: true }) readonly is_checkout_url_customized!: boolean;
  @HasMany(() => SiteRoute, { maxEmbedded: 200 }) routes!: HasMany<SiteRoute>;
  @HasOne(() => SiteCertificate) certificate!: HasOne<SiteCertificate>;
}

const siteRouteFilters = { type: String } as const;

/** A route of a site: the URL of one kind of page. */
@Resource('/sites/:site_id/routes', {
  version: 'v3',
  filters: siteRouteFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { update: 10, upsert: 10 },
  alwaysSend: ['type', 'matching', 'route'],
  statuses: { create: 201, update: 201 },
})
export class SiteRoute extends Model<SiteRoute, typeof siteRouteFilters> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => String) type!:
    | 'product'
    | 'brand'
    | 'category'
    | 'page'
    | 'blog'
    | 'home'
    | 'cart'
    | 'checkout'
    | 'search'
    | 'account'
    | 'login'
    | 'returns'
    | 'static'
    | 'account_new_return'
    | 'account_order_status'
    | 'create_account'
    | 'forgot_password'
    | 'recover_abandoned_cart'
    | (string & {});
  @Attribute(() => String) matching!: string;
  @Attribute(() => String) route!: string;
  @Attribute(() => Date, { readOnly: true }) readonly created_at!: Date | null;
  @Attribute(() => Date, { readOnly: true }) readonly updated_at!: Date | null;
}

/** The certificate of one site. */
@Resource('/sites/:site_id/certificate', { version: 'v3', filters: noFilters, addressing: 'single', operations: ['get', 'update'] })
export class SiteCertificate extends Model<SiteCertificate, typeof noFilters> {
  @Attribute(() => String, { readOnly: true }) readonly status!: 'shared' | 'dedicated';
  @Attribute(() => Object, { readOnly: true }) readonly installed_certificate!: Record<string, unknown>;
  @Attribute(() => String) url!: string;
  @Attribute(() => Object) certificate!: Record<string, unknown>;
}

const certificateFilters = { 'urls:in': String } as const;

/** The certificates of all sites. */
@Resource('/sites/certificates', { version: 'v3', filters: certificateFilters, key: 'site_id', operations: ['list', 'count'] })
export class Certificate extends Model<Certificate, typeof certificateFilters> {
  @Attribute(() => String, { readOnly: true }) readonly common_name!: string;
  @Attribute(() => Array, { readOnly: true }) readonly subject_alternative_names!: string[];
  @Attribute(() => String, { readOnly: true }) readonly validity_not_before!: string;
  @Attribute(() => String, { readOnly: true }) readonly validity_not_after!: string;
  @Attribute(() => String, { readOnly: true }) readonly signing_algorithm!: string;
  @Attribute(() => String, { readOnly: true }) readonly issuer!: string;
  @Attribute(() => String, { readOnly: true }) readonly certificate!: string;
  @Attribute(() => String, { readOnly: true }) readonly intermediate_certificates!: string;
}
