import { act } from '../../model/action.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { Open } from '../../schema/types.js';
import type { CallOptions } from '../../transport/request.js';
import { noFilters } from '../no-filters.js';
import type { PromotionRule } from './promotion-rules.js';
import type {
  GeneratedPromotionCodes,
  PromotionAddressMatcher,
  PromotionChannel,
  PromotionCodeBatch,
  PromotionCouponCode,
  PromotionCustomer,
  PromotionMultipleCodes,
  PromotionNotification,
  PromotionSchedule,
} from './promotion-values.js';

const promotionFilters = {
  id: Number,
  name: String,
  code: String,
  currency_code: String,
  redemption_type: String,
  status: String,
  /** Also finds promotions of all channels. */
  channels: Number,
  /** Searches names and codes. */
  query: String,
} as const;

const promotionRequired = ['redemption_type', 'name', 'rules'] as const;

/**
 * A promotion: rules, the first of which that applies gives a discount. It applies by itself, or by a coupon code. A store should have
 * fewer than 100 active ones with at most ten rules each (store-operations/promotions). Promotions cannot be deleted while they have codes.
 */
@Resource('/promotions', {
  version: 'v3',
  filters: promotionFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { delete: 50 },
  deleteFilters: ['id:in'],
  statuses: { create: 201 },
  required: promotionRequired,
})
export class Promotion extends Model<Promotion, typeof promotionFilters, unknown, typeof promotionRequired> {
  /** Assigned by the store. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** `AUTOMATIC`: it applies by itself; `COUPON`: shoppers enter a code. Required; it cannot be changed later. */
  @Attribute(() => String) redemption_type!: Open<'AUTOMATIC' | 'COUPON'>;
  /** Shown in the control panel only. Required. */
  @Attribute(() => String) name!: string;
  /** Shown to shoppers. */
  @Attribute(() => String) display_name!: string;
  /** Channels it is for. Default: empty, which is all. */
  @Attribute(() => Array) channels!: PromotionChannel[];
  /** Customers it is for. */
  @Attribute(() => Object) customer!: PromotionCustomer;
  /** Evaluated in their order, until one gives a discount. Required. */
  @Attribute(() => Array) rules!: PromotionRule[];
  /** Orders that it gave a discount. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly current_uses!: number;
  /** How many orders may use it; `null`: any number (promotions/examples/order). Once reached, it is inactive. */
  @Attribute(() => Number) max_uses!: number | null;
  /** `INVALID` is set by the store, such as for rules that would apply without end. */
  @Attribute(() => String) status!: Open<'ENABLED' | 'DISABLED' | 'INVALID'>;
  /** When it begins. */
  @Attribute(() => Date) start_date!: Date | null;
  /** When it ends; `null`: never. */
  @Attribute(() => Date) end_date!: Date | null;
  /** Whether promotions of lower priority are skipped once this one applied. */
  @Attribute(() => Boolean) stop!: boolean;
  /** False: it applies only where there is no discount yet, and ends the evaluation. Default: true. */
  @Attribute(() => Boolean) can_be_used_with_other_promotions!: boolean;
  /** A transactional currency, ISO 4217, or `*` for all, which takes percentages only. Default: the store's currency. */
  @Attribute(() => String) currency_code!: string;
  /** Messages that the storefront shows about it. */
  @Attribute(() => Array) notifications!: PromotionNotification[];
  /** Addresses it is for; `null`: all (promotions/examples/order). */
  @Attribute(() => Object) shipping_address!: PromotionAddressMatcher | null;
  /** Hours of the week it is available; `null`: all (promotions/examples/order). */
  @Attribute(() => Object) schedule!: PromotionSchedule | null;
  /** What created it: the control panel, its legacy editor, or the API. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly created_from!: Open<'react_ui' | 'legacy_ui' | 'api'>;
  /** The code of a coupon promotion. */
  @Attribute(() => Object) codes!: PromotionCouponCode;
  /**
   * Whether the coupon replaces all promotions that are applied; otherwise it is refused if there are any. Only for coupons with
   * `can_be_used_with_other_promotions: false`, else the store responds with 422. Default: false.
   */
  @Attribute(() => Boolean) coupon_overrides_other_promotions!: boolean;
  /**
   * Whether the coupon replaces automatic promotions that give less. Default: false.
   *
   * @deprecated use `coupon_overrides_other_promotions`
   */
  @Attribute(() => Boolean) coupon_overrides_automatic_when_offering_higher_discounts!: boolean;
  /** Whether it has many codes. Coupon promotions only. Read-only. */
  @Attribute(() => Object, { readOnly: true }) readonly multiple_codes!: PromotionMultipleCodes;
  /** `SINGLE`: it has one code; `BULK`: generated codes. Default: `SINGLE`; it cannot be changed later. */
  @Attribute(() => String) coupon_type!: Open<'SINGLE' | 'BULK'>;
  /** Its codes, if it is a coupon promotion. */
  @HasMany(() => PromotionCode) issued_codes!: HasMany<PromotionCode>;

  /**
   * Generates up to 250 codes at once and returns them. The store takes 10 of these requests at a time.
   *
   * @throws ClientError with status 405 unless `redemption_type` is `COUPON` and `coupon_type` is `BULK`
   * @example
   * const { codes } = await promotion.generateCodes({ batch_size: 100, prefix: 'SPRING', delimiter: '-' });
   * // POST /v3/promotions/12/codegen
   */
  async generateCodes(body: PromotionCodeBatch, options?: CallOptions): Promise<GeneratedPromotionCodes> {
    return act(this, 'POST', 'codegen', { body, ...options });
  }
}

const promotionCodeFilters = { code: String } as const;

const promotionCodeRequired = ['code'] as const;

/** A code of a promotion. A request deletes at most 250. */
@Resource('/promotions/:promotion_id/codes', {
  version: 'v3',
  filters: promotionCodeFilters,
  operations: ['list', 'create', 'delete', 'count'],
  cursor: true,
  deleteFilters: ['id:in', 'code'],
  statuses: { create: 201 },
  required: promotionCodeRequired,
})
export class PromotionCode extends Model<PromotionCode, typeof promotionCodeFilters, unknown, typeof promotionCodeRequired> {
  /** Assigned by the store. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** What shoppers enter: letters, digits, spaces, `_` and `-`; at most 50; unique. Required. */
  @Attribute(() => String) code!: string;
  /** How often it was used. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly current_uses!: number;
  /** How often it can be used. Default 0: any number of times. That of the promotion comes first. */
  @Attribute(() => Number) max_uses!: number;
  /** How often one customer can use it. Default 0: any number of times. */
  @Attribute(() => Number) max_uses_per_customer!: number;
  /** When it was created. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly created!: Date | null;
}

const couponCodeFilters = { code: String } as const;

/** A code of any promotion, found by the code. The store has no list of all: filter by `code`. */
@Resource('/promotions/codes', {
  version: 'v3',
  filters: couponCodeFilters,
  key: 'code',
  operations: ['list', 'deleteAll', 'count'],
  deleteFilters: ['code'],
})
export class CouponCode extends Model<CouponCode, typeof couponCodeFilters> {
  /** Assigned by the store. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** What shoppers enter. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly code!: string;
  /** How often it was used. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly current_uses!: number;
  /** How often it can be used; 0: any number of times. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly max_uses!: number;
  /** How often one customer can use it; 0: any number of times. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly max_uses_per_customer!: number;
  /** When it was created. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly created!: Date | null;
}

/** How promotions apply in the whole store. A save sends all of them. */
@Resource('/promotions/settings', {
  version: 'v3',
  filters: noFilters,
  addressing: 'single',
  operations: ['get', 'update'],
  alwaysSend: [
    'promotions_apply_on_products_with_custom_product_price',
    'promotions_triggered_by_products_with_zero_product_price',
    'number_of_coupons_allowed_at_checkout',
    'promotions_applied_on_original_product_price',
  ],
  noEnvelope: true,
})
export class PromotionSettings extends Model<PromotionSettings, typeof noFilters> {
  /** Whether promotions apply to products with a custom price. Default: false. Only enterprise accounts can change it. */
  @Attribute(() => Boolean) promotions_apply_on_products_with_custom_product_price!: boolean;
  /** Whether products that cost nothing count towards promotions. Default: false. Only enterprise accounts can change it. */
  @Attribute(() => Boolean) promotions_triggered_by_products_with_zero_product_price!: boolean;
  /** Coupons that an order may have: 1 to 5. Default: 1. Only enterprise accounts can change it. */
  @Attribute(() => Number) number_of_coupons_allowed_at_checkout!: number;
  /** Whether each promotion is computed from the original price, instead of from what earlier ones left. Default: true. */
  @Attribute(() => Boolean) promotions_applied_on_original_product_price!: boolean;
}
