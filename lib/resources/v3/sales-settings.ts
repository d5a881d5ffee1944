import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import { noFilters } from '../no-filters.js';

/** Who is notified of orders. */
@Resource('/orders/settings', { version: 'v3', filters: noFilters, addressing: 'single', operations: ['get', 'update'], noEnvelope: true })
export class OrderSettings extends Model<OrderSettings, typeof noFilters> {
  @Attribute(() => Object) notifications!: Record<string, unknown>;
}

/** Who is notified of orders on one channel. */
@Resource('/orders/settings/channels/:channel_id', {
  version: 'v3',
  filters: noFilters,
  addressing: 'single',
  operations: ['get', 'update'],
  noEnvelope: true,
})
export class OrderChannelSettings extends Model<OrderChannelSettings, typeof noFilters> {
  @Attribute(() => Object) notifications!: Record<string, unknown>;
}

/** Shipping settings. A channel may override them. */
@Resource('/shipping/settings', { version: 'v3', filters: noFilters, addressing: 'single', operations: ['get', 'update'] })
export class ShippingSettings extends Model<ShippingSettings, typeof noFilters> {
  @Attribute(() => Object) checkout!: Record<string, unknown>;
}

/** Shipping settings of one channel. */
@Resource('/shipping/settings/channels/:channel_id', {
  version: 'v3',
  filters: noFilters,
  addressing: 'single',
  operations: ['get', 'update'],
})
export class ShippingChannelSettings extends Model<ShippingChannelSettings, typeof noFilters> {
  @Attribute(() => Object) checkout!: Record<string, unknown>;
}

/** Tax settings. */
@Resource('/tax/settings', { version: 'v3', filters: noFilters, addressing: 'single', operations: ['get', 'update'] })
export class TaxSettings extends Model<TaxSettings, typeof noFilters> {
  @Attribute(() => Boolean) tax_entered_with_prices!: boolean;
  @Attribute(() => Object) price_display_settings!: Record<string, unknown>;
  @Attribute(() => String) fallback_strategy!: 'FIXED' | 'BASIC' | 'DISABLE';
  @Attribute(() => Boolean) should_subtract_store_tax!: boolean;
  @Attribute(() => Boolean) should_use_geolocation_to_determine_guest_shopper_tax_zone!: boolean;
  @Attribute(() => Number) guest_shopper_tax_zone_id!: number;
  @Attribute(() => Number) store_tax_zone_id!: number;
  @Attribute(() => String) document_submission_strategy!: 'ON_PAYMENT_CAPTURE' | 'ON_ORDER_CREATION';
  @Attribute(() => String) rounding_strategy!: 'NO_ROUNDING' | 'RATE_ROUNDING';
}
