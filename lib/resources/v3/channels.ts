import { HasOne } from '../../associations/has-one.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import { noFilters } from '../no-filters.js';
import { SiteRoute } from './sites.js';

const channelFilters = {
  available: Boolean,
  'status:in': String,
  'type:in': String,
  'platform:in': String,
  date_created: Date,
  'date_created:min': Date,
  'date_created:max': Date,
  date_modified: Date,
  'date_modified:min': Date,
  'date_modified:max': Date,
} as const;

const channelIncludes = ['currencies'] as const;

const channelRequired = ['name', 'type', 'platform'] as const;

/** The app behind a channel, and its pages in the control panel. */
export interface ChannelApp {
  id: number;
  sections: { title: string; query_path: string }[];
}

/** A sales channel: a storefront, a marketplace or a point of sale. */
@Resource('/channels', {
  version: 'v3',
  filters: channelFilters,
  operations: ['list', 'get', 'create', 'update', 'count'],
  includes: channelIncludes,
  required: channelRequired,
})
export class Channel extends Model<Channel, typeof channelFilters, (typeof channelIncludes)[number], typeof channelRequired> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => String) external_id!: string;
  @Attribute(() => Boolean) is_listable_from_ui!: boolean;
  @Attribute(() => Boolean, { readOnly: true, setBy: 'status' }) readonly is_enabled!: boolean;
  @Attribute(() => Boolean) is_visible!: boolean;
  @Attribute(() => String) status!:
    | 'active'
    | 'prelaunch'
    | 'inactive'
    | 'connected'
    | 'disconnected'
    | 'archived'
    | 'deleted'
    | 'terminated';
  @Attribute(() => String) name!: string;
  @Attribute(() => String) type!: 'pos' | 'marketplace' | 'storefront' | 'marketing';
  @Attribute(() => String) platform!: string;
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  @Attribute(() => String, { readOnly: true }) readonly icon_url!: string;
  @Attribute(() => Object, { readOnly: true }) readonly currencies!: Record<string, unknown>;
  @Attribute(() => Object) app!: ChannelApp;
  @HasMany(() => ChannelListing) listings!: HasMany<ChannelListing>;
  @HasOne(() => ChannelSite) site!: HasOne<ChannelSite>;
  @HasOne(() => ChannelActiveTheme) active_theme!: HasOne<ChannelActiveTheme>;
  @HasOne(() => ChannelMenus) menus!: HasOne<ChannelMenus>;
  @HasOne(() => ChannelCurrencyAssignment) currency_assignment!: HasOne<ChannelCurrencyAssignment>;
}

const channelListingFilters = {
  'product_id:in': Number,
  date_created: Date,
  'date_created:min': Date,
  'date_created:max': Date,
  date_modified: Date,
  'date_modified:min': Date,
  'date_modified:max': Date,
} as const;

const channelListingRequired = ['product_id', 'state', 'variants'] as const;

/** An assignment of a product to a channel. */
@Resource('/channels/:channel_id/listings', {
  version: 'v3',
  filters: channelListingFilters,
  key: 'listing_id',
  operations: ['list', 'get', 'create', 'update', 'count'],
  batch: { create: 10, update: 10 },
  cursor: true,
  batchOnly: ['create', 'update'],
  alwaysSend: ['product_id', 'state'],
  required: channelListingRequired,
})
export class ChannelListing extends Model<ChannelListing, typeof channelListingFilters, unknown, typeof channelListingRequired> {
  @Attribute(() => Number, { readOnly: true }) readonly channel_id!: number;
  @Attribute(() => Number) listing_id!: number;
  @Attribute(() => String) external_id!: string;
  @Attribute(() => Number) product_id!: number;
  @Attribute(() => String) state!:
    | 'active'
    | 'disabled'
    | 'error'
    | 'pending'
    | 'pending_disable'
    | 'pending_delete'
    | 'partially_rejected'
    | 'queued'
    | 'rejected'
    | 'submitted'
    | 'deleted';
  @Attribute(() => String) name!: string;
  @Attribute(() => String) description!: string;
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  @Attribute(() => Array) variants!: Record<string, unknown>[];
}

const currencyAssignmentFilters = {} as const;

const currencyAssignmentRequired = ['channel_id', 'enabled_currencies', 'default_currency'] as const;

/** The currencies of each channel. */
@Resource('/channels/currency-assignments', {
  version: 'v3',
  filters: currencyAssignmentFilters,
  key: 'channel_id',
  addressing: 'filter',
  operations: ['list', 'create', 'update', 'count'],
  batch: { create: 10, update: 10 },
  required: currencyAssignmentRequired,
})
export class CurrencyAssignment extends Model<
  CurrencyAssignment,
  typeof currencyAssignmentFilters,
  unknown,
  typeof currencyAssignmentRequired
> {
  @Attribute(() => Number) channel_id!: number;
  @Attribute(() => Array) enabled_currencies!: string[];
  @Attribute(() => String) default_currency!: string;
}

const channelCurrencyAssignmentRequired = ['enabled_currencies', 'default_currency'] as const;

/** The currencies of one channel. */
@Resource('/channels/:channel_id/currency-assignments', {
  version: 'v3',
  filters: noFilters,
  addressing: 'single',
  operations: ['get', 'create', 'update', 'delete'],
  alwaysSend: ['enabled_currencies', 'default_currency'],
  statuses: { delete: 200 },
  required: channelCurrencyAssignmentRequired,
})
export class ChannelCurrencyAssignment extends Model<
  ChannelCurrencyAssignment,
  typeof noFilters,
  unknown,
  typeof channelCurrencyAssignmentRequired
> {
  @Attribute(() => Number, { readOnly: true }) readonly channel_id!: number;
  @Attribute(() => Array) enabled_currencies!: string[];
  @Attribute(() => String) default_currency!: string;
}

/** The menus of a channel in the control panel. */
@Resource('/channels/:channel_id/channel-menus', {
  version: 'v3',
  filters: noFilters,
  addressing: 'single',
  operations: ['get', 'create', 'delete'],
  statuses: { delete: 200 },
})
export class ChannelMenus extends Model<ChannelMenus, typeof noFilters> {
  @Attribute(() => Array) bigcommerce_protected_app_sections!: string[];
  @Attribute(() => Array) custom_app_sections!: Record<string, unknown>[];
}

/** The theme that a channel shows. */
@Resource('/channels/:channel_id/active-theme', { version: 'v3', filters: noFilters, addressing: 'single', operations: ['get'] })
export class ChannelActiveTheme extends Model<ChannelActiveTheme, typeof noFilters> {
  @Attribute(() => String, { readOnly: true }) readonly active_theme_uuid!: string;
  @Attribute(() => String, { readOnly: true }) readonly active_theme_configuration_uuid!: string;
  @Attribute(() => String, { readOnly: true }) readonly active_theme_version_uuid!: string;
  @Attribute(() => String, { readOnly: true }) readonly saved_theme_configuration_uuid!: string;
}

/** The site of a channel: its storefront URL. */
@Resource('/channels/:channel_id/site', {
  version: 'v3',
  filters: noFilters,
  addressing: 'single',
  operations: ['get', 'create', 'update', 'delete'],
  statuses: { delete: 200 },
})
export class ChannelSite extends Model<ChannelSite, typeof noFilters> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => String) url!: string;
  @Attribute(() => Number) channel_id!: number;
  @Attribute(() => Date, { readOnly: true }) readonly created_at!: Date | null;
  @Attribute(() => Date, { readOnly: true }) readonly updated_at!: Date | null;
  @Attribute(() => String, { readOnly: true }) readonly ssl_status!: 'dedicated' | 'shared';
  @Attribute(() => Array, { readOnly: true, setBy: 'url' }) readonly urls!: Record<string, unknown>[];
  @Attribute(() => Boolean, { readOnly: true }) readonly is_checkout_url_customized!: boolean;
  @HasMany(() => SiteRoute, { maxEmbedded: 200 }) routes!: HasMany<SiteRoute>;
}

/** The checkout URL of a channel. */
@Resource('/channels/:channel_id/site/checkout-url', {
  version: 'v3',
  filters: noFilters,
  addressing: 'single',
  operations: ['update', 'delete'],
  statuses: { delete: 200 },
  responses: { update: 'bare', delete: 'row' },
})
export class ChannelCheckoutUrl extends Model<ChannelCheckoutUrl, typeof noFilters> {
  @Attribute(() => String) url!: string;
}
