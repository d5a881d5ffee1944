import { HasOne } from '../../associations/has-one.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { Open } from '../../schema/types.js';
import { noFilters } from '../no-filters.js';
import type { InstalledCertificate, NewCertificate, SiteUrl } from './site-values.js';

/** What a site has, whether it is read by itself or by its channel. */
export abstract class SiteRecord<Self = unknown, Filters = unknown> extends Model<Self, Filters> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** With host and scheme; all addresses that the store makes begin with it. */
  @Attribute(() => String) url!: string;
  /** A channel has one site at most. Set once, in a new site. */
  @Attribute(() => Number) channel_id!: number;
  /** Set by the store. */
  @Attribute(() => Date, { readOnly: true }) readonly created_at!: Date | null;
  /** Set by the store. */
  @Attribute(() => Date, { readOnly: true }) readonly updated_at!: Date | null;
  /** Whether the site has a certificate of its own. */
  @Attribute(() => String, { readOnly: true }) readonly ssl_status!: Open<'dedicated' | 'shared'>;
  /** All addresses of the site, as they were entered: with `www.` or without. */
  @Attribute(() => Array, { readOnly: true, setBy: 'url' }) readonly urls!: readonly SiteUrl[];
  /** Whether the checkout has a domain of its own. If not, it is below the primary address of the default channel. */
  @Attribute(() => Boolean, { readOnly: true }) readonly is_checkout_url_customized!: boolean;
  @HasMany(() => SiteRoute, { maxEmbedded: 200 }) routes!: HasMany<SiteRoute>;
}

const siteFilters = { 'channel_id:in': Number, 'url_type:in': String } as const;

/** The site of a channel: where its storefront is. */
@Resource('/sites', {
  version: 'v3',
  filters: siteFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  statuses: { create: 201 },
})
export class Site extends SiteRecord<Site, typeof siteFilters> {
  @HasOne(() => SiteCertificate) certificate!: HasOne<SiteCertificate>;
}

const siteRouteFilters = { type: String } as const;

/** A route of a site: where its pages of one kind are, so that the store can link to them. A change sends `type`, `matching`, `route`. */
@Resource('/sites/:site_id/routes', {
  version: 'v3',
  filters: siteRouteFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { update: 10, upsert: 10 },
  alwaysSend: ['type', 'matching', 'route'],
  statuses: { create: 201, update: 201, updateMany: 200 },
})
export class SiteRoute extends Model<SiteRoute, typeof siteRouteFilters> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The kind of page. `static` is a page without a record; the five after it are of accounts and carts, and a guide adds `logout`. */
  @Attribute(() => String) type!: Open<
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
    | 'create_account'
    | 'forgot_password'
    | 'account_order_status'
    | 'account_new_return'
    | 'recover_abandoned_cart'
    | 'logout'
  >;
  /** `*` for all of the kind, or the key of one: `5`. */
  @Attribute(() => String) matching!: string;
  /** The path; `{id}` and `{slug}` (which may have slashes) stand for those of the page, `{lang}` for the language of the shopper. */
  @Attribute(() => String) route!: string;
  /** Set by the store. The samples of a guide show it, the description does not. */
  @Attribute(() => Date, { readOnly: true }) readonly created_at!: Date | null;
  /** Set by the store. The samples of a guide show it, the description does not. */
  @Attribute(() => Date, { readOnly: true }) readonly updated_at!: Date | null;
}

/** The certificate of one site. A save replaces the one that the domain has. */
@Resource('/sites/:site_id/certificate', { version: 'v3', filters: noFilters, addressing: 'single', operations: ['get', 'update'] })
export class SiteCertificate extends Model<SiteCertificate, typeof noFilters> {
  /** Whether the site has a certificate of its own. */
  @Attribute(() => String, { readOnly: true }) readonly status!: Open<'shared' | 'dedicated'>;
  /** The one that is installed; `null` for none. */
  @Attribute(() => Object, { readOnly: true, setBy: 'certificate' }) readonly installed_certificate!: InstalledCertificate | null;
  /** The domain to install it for; left out: that of the primary address. Never read back. */
  @Attribute(() => String) url!: string;
  /** The certificate to install. Never read back. */
  @Attribute(() => Object) certificate!: NewCertificate;
}

const certificateFilters = { 'urls:in': String } as const;

/** A certificate of any site. */
@Resource('/sites/certificates', { version: 'v3', filters: certificateFilters, key: 'site_id', operations: ['list', 'count'] })
export class Certificate extends Model<Certificate, typeof certificateFilters> {
  /** The domain that it is made out to. */
  @Attribute(() => String, { readOnly: true }) readonly common_name!: string;
  /** Further domains that it is valid for. */
  @Attribute(() => Array, { readOnly: true }) readonly subject_alternative_names!: readonly string[];
  /** From when it is valid. */
  @Attribute(() => Date, { readOnly: true }) readonly validity_not_before!: Date | null;
  /** Until when it is valid. */
  @Attribute(() => Date, { readOnly: true }) readonly validity_not_after!: Date | null;
  /** How it is signed. */
  @Attribute(() => String, { readOnly: true }) readonly signing_algorithm!: string;
  /** Who has issued it. */
  @Attribute(() => String, { readOnly: true }) readonly issuer!: string;
  /** The certificate itself, as text. */
  @Attribute(() => String, { readOnly: true }) readonly certificate!: string;
  /** Those between it and the root, as text. */
  @Attribute(() => String, { readOnly: true }) readonly intermediate_certificates!: string;
}
