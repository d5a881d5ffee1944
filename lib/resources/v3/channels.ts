import { HasOne } from '../../associations/has-one.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { Open } from '../../schema/types.js';
import { noFilters } from '../no-filters.js';
import type {
  ChannelApp,
  ChannelCurrencies,
  ChannelListingVariant,
  ChannelMenuSection,
  ChannelPlatform,
  ListingState,
  ProtectedMenuSection,
} from './channel-values.js';
import { SiteRecord } from './sites.js';

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

/** A sales channel: a storefront, a marketplace or a point of sale. */
@Resource('/channels', {
  version: 'v3',
  filters: channelFilters,
  operations: ['list', 'get', 'create', 'update', 'count'],
  includes: channelIncludes,
  required: channelRequired,
})
export class Channel extends Model<Channel, typeof channelFilters, (typeof channelIncludes)[number], typeof channelRequired> {
  /** 1 is the storefront that each store has from the start. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The channel's key in another system. */
  @Attribute(() => String) external_id!: string;
  /** Whether products can be listed in the channel from the control panel. The default depends on `type` and `platform`. */
  @Attribute(() => Boolean) is_listable_from_ui!: boolean;
  /** Deprecated: whether `status` is `prelaunch`, `active` or `connected`. */
  @Attribute(() => Boolean, { readOnly: true, setBy: 'status' }) readonly is_enabled!: boolean;
  /** Whether the control panel shows it. Default `true`. */
  @Attribute(() => Boolean) is_visible!: boolean;
  /**
   * Storefronts have `prelaunch`, `active` and `inactive`, the other types `connected` and `disconnected`, all of them `archived` and
   * `deleted`. `prelaunch` can only be given to a new channel, `deleted` only to an old one. 90 days after that it becomes `terminated`,
   * for good. A channel that is `deleted` or `terminated` cannot be changed.
   */
  @Attribute(() => String) status!: Open<
    'active' | 'prelaunch' | 'inactive' | 'connected' | 'disconnected' | 'archived' | 'deleted' | 'terminated'
  >;
  /** Shown in the control panel. Latin letters, digits, dashes and underscores only, says the description, though examples have spaces. */
  @Attribute(() => String) name!: string;
  /** Set once, in a new channel; not every type goes with every `platform`. */
  @Attribute(() => String) type!: Open<'pos' | 'marketplace' | 'storefront' | 'marketing'>;
  /** Set once, in a new channel. `custom` goes with every `type`. */
  @Attribute(() => String) platform!: ChannelPlatform;
  /** Set by the store. */
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  /** Set by the store. */
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  /** The picture of the platform. */
  @Attribute(() => String, { readOnly: true }) readonly icon_url!: string;
  /** Absent unless a single channel is read with `include('currencies')`; written by `currency_assignment`. */
  @Attribute(() => Object, { readOnly: true }) readonly currencies!: ChannelCurrencies;
  /** The app that serves the channel, and its pages in the control panel. A guide writes it (integrations/apps/guide/id). */
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

/** A product as a channel lists it; meant for marketplaces, marketing and points of sale. */
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
  /** The channel that lists the product. */
  @Attribute(() => Number, { readOnly: true }) readonly channel_id!: number;
  /** The key; from 1. Errors call it `group_id`. */
  @Attribute(() => Number) listing_id!: number;
  /** The listing's key in another system. */
  @Attribute(() => String) external_id!: string;
  /** Set once, in a new listing. */
  @Attribute(() => Number) product_id!: number;
  /** How far the channel is with it. */
  @Attribute(() => String) state!: Open<ListingState | 'partially_rejected'>;
  /** In place of the product's name, in this channel. */
  @Attribute(() => String) name!: string;
  /** In place of the product's description, in this channel. */
  @Attribute(() => String) description!: string;
  /** Set by the store. */
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  /** Set by the store. */
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  /** A change updates the variants that it has and adds new ones; variants that are left out stay. */
  @Attribute(() => Array) variants!: ChannelListingVariant[];
}

const currencyAssignmentRequired = ['channel_id', 'enabled_currencies', 'default_currency'] as const;

/** The currencies of each channel. */
@Resource('/channels/currency-assignments', {
  version: 'v3',
  filters: noFilters,
  key: 'channel_id',
  addressing: 'filter',
  operations: ['list', 'create', 'update', 'count'],
  batch: { create: 10, update: 10 },
  required: currencyAssignmentRequired,
})
export class CurrencyAssignment extends Model<CurrencyAssignment, typeof noFilters, unknown, typeof currencyAssignmentRequired> {
  /** The channel. */
  @Attribute(() => Number) channel_id!: number;
  /** ISO 4217 codes, each a currency of the store. */
  @Attribute(() => Array) enabled_currencies!: string[];
  /** An ISO 4217 code; shown where no other currency can be. */
  @Attribute(() => String) default_currency!: string;
}

const channelCurrencyAssignmentRequired = ['enabled_currencies', 'default_currency'] as const;

/** The currencies of one channel. Once it is deleted, the channel has those of the store. */
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
  /** The channel. */
  @Attribute(() => Number, { readOnly: true }) readonly channel_id!: number;
  /** ISO 4217 codes, each a currency of the store. */
  @Attribute(() => Array) enabled_currencies!: string[];
  /** An ISO 4217 code; shown where no other currency can be. */
  @Attribute(() => String) default_currency!: string;
}

/** The menus of a channel in the control panel. A create replaces those that are there. */
@Resource('/channels/:channel_id/channel-menus', {
  version: 'v3',
  filters: noFilters,
  addressing: 'single',
  operations: ['get', 'create', 'delete'],
  statuses: { delete: 200 },
})
export class ChannelMenus extends Model<ChannelMenus, typeof noFilters> {
  /** Pages of the control panel that the channel has of its own, in place of the store's. */
  @Attribute(() => Array) bigcommerce_protected_app_sections!: ProtectedMenuSection[];
  /** Pages of the channel's app. */
  @Attribute(() => Array) custom_app_sections!: ChannelMenuSection[];
}

/** The theme that a channel shows; not for Blueprint themes. */
@Resource('/channels/:channel_id/active-theme', { version: 'v3', filters: noFilters, addressing: 'single', operations: ['get'] })
export class ChannelActiveTheme extends Model<ChannelActiveTheme, typeof noFilters> {
  /** The theme. */
  @Attribute(() => String, { readOnly: true }) readonly active_theme_uuid!: string;
  /** The settings that the theme is shown with. */
  @Attribute(() => String, { readOnly: true }) readonly active_theme_configuration_uuid!: string;
  /** The version of the theme; `ThemeCustomTemplates` is read by it. */
  @Attribute(() => String, { readOnly: true }) readonly active_theme_version_uuid!: string;
  /** The settings saved last. If they are not the active ones, there are changes that have not been published. */
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
export class ChannelSite extends SiteRecord<ChannelSite, typeof noFilters> {}

/** The checkout URL of a channel. It cannot be read by itself: `ChannelSite.urls` has it. Once it is deleted, a shared one is used. */
@Resource('/channels/:channel_id/site/checkout-url', {
  version: 'v3',
  filters: noFilters,
  addressing: 'single',
  operations: ['update', 'delete'],
  statuses: { delete: 200 },
  // A change is answered with the site, whose URL is another one.
  responses: { update: 'none', delete: 'row' },
})
export class ChannelCheckoutUrl extends Model<ChannelCheckoutUrl, typeof noFilters> {
  /** A subdomain of the primary address; HTTP becomes HTTPS. */
  @Attribute(() => String) url!: string;
}
