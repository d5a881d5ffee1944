import type { Open } from '../../schema/types.js';

/** Where a channel sells. Which `type` each goes with is in the description of channels; `custom` goes with all. */
export type ChannelPlatform = Open<
  | 'clover'
  | 'square'
  | 'stripe'
  | 'talech'
  | 'vend'
  | 'amazon'
  | 'belk'
  | 'catch'
  | 'ebay'
  | 'etsy'
  | 'facebook'
  | 'hudsons_bay'
  | 'google'
  | 'google_shopping'
  | 'instagram'
  | 'macys'
  | 'meta'
  | 'microsoft'
  | 'mirakl'
  | 'overstock'
  | 'pinterest'
  | 'target_plus'
  | 'tiktok'
  | 'wayfair'
  | 'wish'
  | 'walmart'
  | 'acquia'
  | 'bigcommerce'
  | 'bloomreach'
  | 'catalyst'
  | 'deity'
  | 'drupal'
  | 'gatsby'
  | 'next'
  | 'vue'
  | 'wordpress'
  | 'custom'
>;

/** The currencies of a channel. */
export interface ChannelCurrencies {
  /** The channel. */
  readonly channel_id: number;
  /** ISO 4217 codes. */
  readonly enabled_currencies: readonly string[];
  /** An ISO 4217 code; shown where no other currency can be. */
  readonly default_currency: string;
}

/** A page of a channel's app in the control panel. */
export interface ChannelMenuSection {
  /** Shown to the merchant. */
  title: string;
  /** What the app gets as the parameter `section`. */
  query_path: string;
}

/** The app that serves a channel. */
export interface ChannelApp {
  /** The key of the app, from the address of its page in the developer portal. */
  id: number;
  /** Its pages in the control panel. */
  sections: ChannelMenuSection[];
}

/** A page of the control panel that a channel can have of its own. */
export type ProtectedMenuSection = Open<
  | 'overview'
  | 'storefront_settings'
  | 'localization'
  | 'carousel'
  | 'script_manager'
  | 'currencies'
  | 'payments'
  | 'checkout'
  | 'domains'
  | 'notifications'
  | 'social'
  | 'pages'
  | 'data_solutions'
>;

/** How far a channel is with a product or a variant. */
export type ListingState =
  | 'active'
  | 'disabled'
  | 'error'
  | 'pending'
  | 'pending_disable'
  | 'pending_delete'
  | 'queued'
  | 'rejected'
  | 'submitted'
  | 'deleted';

/** A variant of a product as a channel lists it. */
export interface ChannelListingVariant {
  /** The channel that lists the variant. */
  readonly channel_id?: number;
  /** The product of the listing. */
  product_id: number;
  /** The variant of the product. */
  variant_id: number;
  /** The variant's key in another system. */
  external_id?: string;
  /** How far the channel is with it. */
  state: Open<ListingState>;
  /** In place of the variant's name, in this channel. */
  name?: string;
  /** In place of the variant's description, in this channel. */
  description?: string;
  /** ISO 8601. */
  readonly date_created?: string;
  /** ISO 8601. */
  readonly date_modified?: string;
}
