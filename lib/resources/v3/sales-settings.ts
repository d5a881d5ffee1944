import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { Open } from '../../schema/types.js';
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

/** With tax, without tax, or as the tax zone has it: that of the order or the shopper. */
export type TaxPriceDisplayStrategy = Open<'ZONE' | 'INCLUSIVE' | 'EXCLUSIVE'>;

/** How prices are shown, whatever the shopper's tax zone says. */
export interface TaxPriceDisplay {
  /** In the control panel. */
  control_panel_price_display_strategy: TaxPriceDisplayStrategy;
  /** On invoices. Default: `ZONE`. */
  invoice_price_display_strategy: TaxPriceDisplayStrategy;
}

/** Tax settings. */
@Resource('/tax/settings', { version: 'v3', filters: noFilters, addressing: 'single', operations: ['get', 'update'] })
export class TaxSettings extends Model<TaxSettings, typeof noFilters> {
  /** Whether prices are entered with tax. */
  @Attribute(() => Boolean) tax_entered_with_prices!: boolean;
  /** How the control panel and invoices show prices. */
  @Attribute(() => Object) price_display_settings!: TaxPriceDisplay;
  /** What happens when the tax provider fails: a fixed rate, the basic tax settings, or no checkout. Default: `FIXED`. */
  @Attribute(() => String) fallback_strategy!: Open<'FIXED' | 'BASIC' | 'DISABLE'>;
  /** For prices with tax: whether the store's own tax is subtracted first, so that prices without tax are the same in all zones. Default: true. */
  @Attribute(() => Boolean) should_subtract_store_tax!: boolean;
  /** Whether a guest's tax is estimated by the country of the IP address. Default: false. */
  @Attribute(() => Boolean) should_use_geolocation_to_determine_guest_shopper_tax_zone!: boolean;
  /** The tax zone by which the tax of other guests is estimated. Default: 1. */
  @Attribute(() => Number) guest_shopper_tax_zone_id!: number;
  /** The tax zone of the store's own tax, which `should_subtract_store_tax` subtracts. Default: 1. */
  @Attribute(() => Number) store_tax_zone_id!: number;
  /** When tax documents go to the provider. Default: `ON_PAYMENT_CAPTURE`. */
  @Attribute(() => String) document_submission_strategy!: Open<'ON_PAYMENT_CAPTURE' | 'ON_ORDER_CREATION'>;
  /** Whether each rate is rounded or only the total of basic tax. Default: `RATE_ROUNDING`. */
  @Attribute(() => String) rounding_strategy!: Open<'NO_ROUNDING' | 'RATE_ROUNDING'>;
}
