import type { Open } from '../../schema/types.js';

/** Formats of dates, as PHP writes them: `M jS Y`. */
export interface StoreDateFormats {
  readonly display: string;
  /** In exports of orders, customers and products. */
  readonly export: string;
  /** With the time: `M jS Y @ g:i A`. */
  readonly extended_display: string;
}

/** The time zone of a store. */
export interface StoreTimezone {
  /** Such as `America/Chicago`. */
  readonly name: string;
  /** Seconds from UTC in winter. */
  readonly raw_offset: number;
  /** Seconds from UTC in summer. */
  readonly dst_offset: number;
  /** Whether it has daylight saving time. */
  readonly dst_correction: boolean;
  readonly date_format: StoreDateFormats;
}

/** The logo of a store. */
export interface StoreLogo {
  readonly url: string;
}

/** How many storefronts a store has. */
export interface StorefrontLimits {
  /** Active ones; 1 without `multi_storefront_enabled`. */
  readonly active: number;
  /** All, inactive ones too. */
  readonly total_including_inactive: number;
}

/** What is turned on in a store. */
export interface StoreFeatures {
  /** Whether it has a Stencil theme. */
  readonly stencil_enabled: boolean;
  /** Whether all pages are served by HTTPS. */
  readonly sitewidehttps_enabled: boolean;
  /** Catalog at Meta; empty: none. */
  readonly facebook_catalog_id: string;
  /** `single` has one page; `single_customizable` is that for developers. */
  readonly checkout_type: Open<'optimized' | 'single' | 'single_customizable' | 'klarna'>;
  readonly wishlists_enabled: boolean;
  /** Whether the GraphQL Storefront API can be used. */
  readonly graphql_storefront_api_enabled: boolean;
  /** Whether the store keeps what shoppers allowed in the consent dialog. */
  readonly shopper_consent_tracking_enabled: boolean;
  /** Whether the plan allows several storefronts. */
  readonly multi_storefront_enabled: boolean;
  readonly storefront_limits: StorefrontLimits;
}
