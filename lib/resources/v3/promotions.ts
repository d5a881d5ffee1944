import { act } from '../../model/action.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { CallOptions } from '../../transport/request.js';
import { noFilters } from '../no-filters.js';

const promotionFilters = {
  id: Number,
  name: String,
  code: String,
  currency_code: String,
  redemption_type: String,
  status: String,
  channels: String,
  query: String,
} as const;

/** A promotion, automatic or by coupon code. */
@Resource('/promotions', {
  version: 'v3',
  filters: promotionFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  deleteFilters: ['id:in'],
  statuses: { create: 201 },
})
export class Promotion extends Model<Promotion, typeof promotionFilters> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => String) redemption_type!: 'AUTOMATIC' | 'COUPON';
  @Attribute(() => String) name!: string;
  @Attribute(() => String) display_name!: string;
  @Attribute(() => Array) channels!: Record<string, unknown>[];
  @Attribute(() => Object) customer!: Record<string, unknown>;
  @Attribute(() => Array) rules!: Record<string, unknown>[];
  @Attribute(() => Number, { readOnly: true }) readonly current_uses!: number;
  @Attribute(() => Number) max_uses!: number | null;
  @Attribute(() => String) status!: 'ENABLED' | 'DISABLED' | 'INVALID';
  @Attribute(() => String) start_date!: string;
  @Attribute(() => String) end_date!: string | null;
  @Attribute(() => Boolean) stop!: boolean;
  @Attribute(() => Boolean) can_be_used_with_other_promotions!: boolean;
  @Attribute(() => String) currency_code!: string;
  @Attribute(() => Array) notifications!: Record<string, unknown>[];
  @Attribute(() => Object) shipping_address!: Record<string, unknown> | null;
  @Attribute(() => Object) schedule!: Record<string, unknown> | null;
  @Attribute(() => Object, { readOnly: true }) readonly created_from!: unknown;
  @Attribute(() => Object) codes!: Record<string, unknown>;
  @Attribute(() => Boolean) coupon_overrides_other_promotions!: boolean;
  @Attribute(() => Boolean) coupon_overrides_automatic_when_offering_higher_discounts!: boolean;
  @Attribute(() => Object, { readOnly: true }) readonly multiple_codes!: Record<string, unknown>;
  @Attribute(() => String) coupon_type!: 'SINGLE' | 'BULK';
  @HasMany(() => PromotionCode) issued_codes!: HasMany<PromotionCode>;

  /** Generates many codes at once. */
  async generateCodes(body: { batch_size: number } & Record<string, unknown>, options?: CallOptions): Promise<Record<string, unknown>> {
    return act(this, 'POST', 'codegen', { body, ...options });
  }
}

const promotionCodeFilters = { code: String } as const;

const promotionCodeRequired = ['code'] as const;

/** A code of a promotion. */
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
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => String) code!: string;
  @Attribute(() => Number, { readOnly: true }) readonly current_uses!: number;
  @Attribute(() => Number) max_uses!: number;
  @Attribute(() => Number) max_uses_per_customer!: number;
  @Attribute(() => Date, { readOnly: true }) readonly created!: Date | null;
}

const couponCodeFilters = { code: String } as const;

/** Codes of all promotions. */
@Resource('/promotions/codes', {
  version: 'v3',
  filters: couponCodeFilters,
  key: 'code',
  operations: ['list', 'deleteAll', 'count'],
  deleteFilters: ['code'],
})
export class CouponCode extends Model<CouponCode, typeof couponCodeFilters> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => String, { readOnly: true }) readonly code!: string;
  @Attribute(() => Number, { readOnly: true }) readonly current_uses!: number;
  @Attribute(() => Number, { readOnly: true }) readonly max_uses!: number;
  @Attribute(() => Number, { readOnly: true }) readonly max_uses_per_customer!: number;
  @Attribute(() => Date, { readOnly: true }) readonly created!: Date | null;
}

/** Promotion settings. */
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
  @Attribute(() => Boolean) promotions_apply_on_products_with_custom_product_price!: boolean;
  @Attribute(() => Boolean) promotions_triggered_by_products_with_zero_product_price!: boolean;
  @Attribute(() => Number) number_of_coupons_allowed_at_checkout!: number;
  @Attribute(() => Boolean) promotions_applied_on_original_product_price!: boolean;
}
