import type { Open } from '../../schema/types.js';

/** A channel that a promotion targets. */
export interface PromotionChannel {
  id: number;
}

/** Customers in any of these segments. */
export interface PromotionSegmentIds {
  /** UUIDs of segments; at least one. */
  id: string[];
}

/** Customers who do not match. */
export interface NotPromotionSegments {
  not: PromotionSegments;
}

/** Customers who match all of these. */
export interface AndPromotionSegments {
  and: PromotionSegments[];
}

/** Customers who match any of these. */
export interface OrPromotionSegments {
  or: PromotionSegments[];
}

/** Which segments of customers are eligible: ids, or `not`, `and` and `or` of such, nested at most three deep. */
export type PromotionSegments = PromotionSegmentIds | NotPromotionSegments | AndPromotionSegments | OrPromotionSegments;

/** Which customers are eligible for a promotion. All that is given has to be met. */
export interface PromotionCustomer {
  /** Customer groups that are eligible; empty: all. 0 stands for guests and customers without a group. Not with `excluded_group_ids`. */
  group_ids?: number[];
  /** Completed orders that the customer must have at least. The control panel cannot set it (promotions/api-ui-features). */
  minimum_order_count?: number;
  /** Customer groups that are not eligible; empty: none. Not with `group_ids`. */
  excluded_group_ids?: number[];
  /** Segments that are eligible; `null` for no limit, as responses show it (promotions/examples/order). */
  segments?: PromotionSegments | null;
}

/** A message that the storefront shows about a promotion. */
export interface PromotionNotification {
  /** HTML; placeholders such as `%ACTION.FREE_PRODUCT%` stand for values of the condition and the action. */
  content: string;
  /**
   * When it shows: always, or once the condition is met in part, is met without the discount being taken yet, or the discount is
   * applied (store-operations/promotions).
   */
  type: Open<'PROMOTION' | 'UPSELL' | 'ELIGIBLE' | 'APPLIED'>;
  /** Pages that show it (store-operations/promotions). */
  locations: Open<'HOME_PAGE' | 'PRODUCT_PAGE' | 'CART_PAGE' | 'CHECKOUT_PAGE'>[];
}

/** Orders shipped to these countries. */
export interface CountryAddressMatcher {
  countries: {
    /** Two letters, ISO 3166-1. */
    iso2_country_code: string;
  }[];
}

/** Orders shipped to other countries than these. */
export interface NotAddressMatcher {
  not: CountryAddressMatcher;
}

/** Which shipping addresses a promotion is for. They are told apart by their keys. */
export type PromotionAddressMatcher = CountryAddressMatcher | NotAddressMatcher;

/** The hours of the week in which a promotion is available. */
export interface PromotionSchedule {
  /** 1: every week; 2: every other week; and so on. */
  week_frequency: number;
  week_days: Open<'Monday' | 'Tuesday' | 'Wednesday' | 'Thursday' | 'Friday' | 'Saturday' | 'Sunday'>[];
  /** From this time of day, `HH:MM:SS`. */
  daily_start_time: string;
  /** Until this time of day, `HH:MM:SS`. */
  daily_end_time: string;
}

/** Whether a coupon promotion has many codes. */
export interface PromotionMultipleCodes {
  /** Default: false. */
  readonly has_multiple_codes?: boolean;
}

/** The code of a coupon promotion. */
export interface PromotionCouponCode {
  readonly id: number;
  /** Letters, digits, spaces, `_` and `-`; at most 50; unique. */
  code: string;
  /** How often it was used. */
  readonly current_uses: number;
  /** How often it can be used. Default 0: any number of times. */
  max_uses?: number;
  /** How often one customer can use it. Default 0: any number of times. */
  max_uses_per_customer?: number;
  /** When it was created, ISO 8601. */
  readonly created: string;
}

/** How a batch of codes is generated. A code has at most 50 characters, prefix, suffix and delimiters included. */
export interface PromotionCodeBatch {
  /** How many codes: 1 to 250. */
  batch_size: number;
  /** How often each code can be used: 0 to 100,000. Default 1; 0: any number of times. */
  max_uses?: number;
  /** How often one customer can use each code: 0 to 100,000. Default 1; 0: any number of times. */
  max_uses_per_customer?: number;
  /** Begins each code: capital letters, digits, `_` and `-`; at most 20. */
  prefix?: string;
  /** Ends each code: capital letters, digits, `_` and `-`; at most 20. */
  suffix?: string;
  /** Separates the prefix and the suffix from the rest: `_` or `-`. */
  delimiter?: string;
  /** Capital letters and digits that the random part must not have, one a string. */
  exclude_characters?: readonly string[];
  /** Length of the random part: 6 to 16. Default: 16. */
  code_length?: number;
}

/** Codes that were generated together. */
export interface GeneratedPromotionCodes {
  /** When they were generated, ISO 8601. */
  created: string;
  /** How often each can be used; 0: any number of times. */
  max_uses: number;
  /** How often one customer can use each; 0: any number of times. */
  max_uses_per_customer: number;
  /** How many there are. */
  batch_size: number;
  codes: { code: string }[];
}
