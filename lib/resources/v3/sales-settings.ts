import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { Open } from '../../schema/types.js';
import { noFilters } from '../no-filters.js';

/** Addresses that emails go to. */
export interface OrderEmailAddresses {
  /** None switches the emails off. */
  email_addresses: string[];
}

/** Who is told of orders. */
export interface OrderNotifications {
  /** Emails about new orders. */
  order_placed: OrderEmailAddresses;
  /** Copies of invoices. */
  forward_invoice: OrderEmailAddresses;
}

/** Addresses that emails of a channel go to. */
export interface OrderChannelEmailAddresses {
  /** None switches the emails off; null stands for the setting of the store. */
  email_addresses: string[] | null;
}

/** Who is told of orders of a channel. Either both lists are null or none is. */
export interface OrderChannelNotifications {
  /** Emails about new orders. */
  order_placed: OrderChannelEmailAddresses;
  /** Copies of invoices. */
  forward_invoice: OrderChannelEmailAddresses;
}

/** What shoppers see at checkout, on one channel. */
export interface ShippingChannelCheckoutSettings {
  /** Told to shoppers whose order cannot be shipped. */
  out_of_delivery_zone_message: string;
}

/** What shoppers see at checkout. */
export interface ShippingCheckoutSettings extends ShippingChannelCheckoutSettings {
  /** Which countries they can choose. */
  country_list_strategy: Open<'DISPLAY_ALL_COUNTRIES' | 'DISPLAY_ONLY_SHIPPABLE_COUNTRIES'>;
}

/** Whether prices are shown with tax, without it, or by the tax zone. */
export interface TaxPriceDisplaySettings {
  /** In the control panel: by the tax zone of the order, or always so. */
  control_panel_price_display_strategy: Open<'ZONE' | 'INCLUSIVE' | 'EXCLUSIVE'>;
  /** On invoices: by the tax zone of the shopper, or always so. Default: `ZONE`. */
  invoice_price_display_strategy: Open<'ZONE' | 'INCLUSIVE' | 'EXCLUSIVE'>;
}

/** Who is notified of orders. */
@Resource('/orders/settings', { version: 'v3', filters: noFilters, addressing: 'single', operations: ['get', 'update'], noEnvelope: true })
export class OrderSettings extends Model<OrderSettings, typeof noFilters> {
  /** Addresses that emails go to. */
  @Attribute(() => Object) notifications!: OrderNotifications;
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
  /** Addresses that emails go to. Either both lists are null, for the store's setting, or none is. */
  @Attribute(() => Object) notifications!: OrderChannelNotifications;
}

/** Shipping settings. A channel may override them. */
@Resource('/shipping/settings', { version: 'v3', filters: noFilters, addressing: 'single', operations: ['get', 'update'] })
export class ShippingSettings extends Model<ShippingSettings, typeof noFilters> {
  /** What shoppers see at checkout. */
  @Attribute(() => Object) checkout!: ShippingCheckoutSettings;
}

/** Shipping settings of one channel. */
@Resource('/shipping/settings/channels/:channel_id', {
  version: 'v3',
  filters: noFilters,
  addressing: 'single',
  operations: ['get', 'update'],
})
export class ShippingChannelSettings extends Model<ShippingChannelSettings, typeof noFilters> {
  /** What shoppers see at checkout. */
  @Attribute(() => Object) checkout!: ShippingChannelCheckoutSettings;
}

/** Tax settings. */
@Resource('/tax/settings', { version: 'v3', filters: noFilters, addressing: 'single', operations: ['get', 'update'] })
export class TaxSettings extends Model<TaxSettings, typeof noFilters> {
  /** Whether prices are entered with tax. */
  @Attribute(() => Boolean) tax_entered_with_prices!: boolean;
  /** Whether prices are shown with tax. */
  @Attribute(() => Object) price_display_settings!: TaxPriceDisplaySettings;
  /** What happens if a tax provider fails: a fixed rate, the basic rates, or no checkout. Default: `FIXED`. */
  @Attribute(() => String) fallback_strategy!: Open<'FIXED' | 'BASIC' | 'DISABLE'>;
  /** For prices entered with tax: whether the store's tax is taken out before the shopper's is added, so that prices without tax are the same everywhere. */
  @Attribute(() => Boolean) should_subtract_store_tax!: boolean;
  /** Whether a guest's tax zone is guessed by country of the IP address, and not `guest_shopper_tax_zone_id`. Default: false. */
  @Attribute(() => Boolean) should_use_geolocation_to_determine_guest_shopper_tax_zone!: boolean;
  /** Tax zone of guests whose zone is not known otherwise. Default: 1. */
  @Attribute(() => Number) guest_shopper_tax_zone_id!: number;
  /** Tax zone whose tax is taken out by `should_subtract_store_tax`. Default: 1. */
  @Attribute(() => Number) store_tax_zone_id!: number;
  /** When tax documents go to a tax provider. Default: `ON_PAYMENT_CAPTURE`. */
  @Attribute(() => String) document_submission_strategy!: Open<'ON_PAYMENT_CAPTURE' | 'ON_ORDER_CREATION'>;
  /** How the basic tax provider rounds: not at all, or each rate to the decimals of the currency. */
  @Attribute(() => String) rounding_strategy!: Open<'NO_ROUNDING' | 'RATE_ROUNDING'>;
}
