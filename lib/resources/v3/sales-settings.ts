import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { Open } from '../../schema/types.js';
import { noFilters } from '../no-filters.js';
import { channelFilters, channelParams, channelSettings } from './channel-scope.js';

/** Cart settings. A channel may override them. */
@Resource('/carts/settings', { version: 'v3', filters: noFilters, addressing: 'single', operations: ['get', 'update'] })
export class CartSettings extends Model<CartSettings, typeof noFilters> {
  @Attribute(() => Boolean) allow_purchasing!: boolean;
}

/** Cart settings of one channel. */
@Resource('/carts/settings/channels/:channel_id', {
  version: 'v3',
  filters: noFilters,
  addressing: 'single',
  operations: ['get', 'update'],
})
export class CartChannelSettings extends Model<CartChannelSettings, typeof noFilters> {
  @Attribute(() => Boolean) allow_purchasing!: boolean;
}

/** Checkout settings. A channel may override them. */
@Resource('/checkouts/settings', { version: 'v3', filters: noFilters, addressing: 'single', operations: ['get', 'update'] })
export class CheckoutSettings extends Model<CheckoutSettings, typeof noFilters> {
  @Attribute(() => String) custom_checkout_script_url!: string;
  @Attribute(() => Boolean) order_confirmation_use_custom_checkout_script!: boolean;
  @Attribute(() => String) custom_order_confirmation_script_url!: string;
  @Attribute(() => Boolean) custom_checkout_supports_uco_settings!: boolean;
  @Attribute(() => String) custom_checkout_sri_hash!: string;
  @Attribute(() => String) custom_order_confirmation_sri_hash!: string;
}

/** Checkout settings of one channel. */
@Resource('/checkouts/settings/channels/:channel_id', {
  version: 'v3',
  filters: noFilters,
  addressing: 'single',
  operations: ['get', 'update'],
})
export class CheckoutChannelSettings extends Model<CheckoutChannelSettings, typeof noFilters> {
  @Attribute(() => String) checkout_type!: string;
  @Attribute(() => String) guest_checkout_type!: string;
  @Attribute(() => String) guest_checkout_for_existing_accounts!: string;
  @Attribute(() => String) policy_consent!: string;
  @Attribute(() => String) order_confirmation_contact_email!: string;
  @Attribute(() => Boolean) is_order_terms_and_conditions_enabled!: boolean;
  @Attribute(() => String) order_terms_and_conditions_type!: string;
  @Attribute(() => String) order_terms_and_conditions_link!: string;
  @Attribute(() => String) order_terms_and_conditions_textarea!: string;
  @Attribute(() => Boolean) should_redirect_to_storefront_for_auth!: boolean;
  @Attribute(() => String) custom_checkout_script_url!: string;
  @Attribute(() => Boolean) order_confirmation_use_custom_checkout_script!: boolean;
  @Attribute(() => String) custom_order_confirmation_script_url!: string;
  @Attribute(() => Boolean) custom_checkout_supports_uco_settings!: boolean;
  @Attribute(() => String) custom_checkout_sri_hash!: string;
  @Attribute(() => String) custom_order_confirmation_sri_hash!: string;
}

/** Privacy and customer group settings. */
@Resource('/customers/settings', { version: 'v3', filters: noFilters, addressing: 'single', operations: ['get', 'update'] })
export class CustomerSettings extends Model<CustomerSettings, typeof noFilters> {
  @Attribute(() => Object) privacy_settings!: Record<string, unknown>;
  @Attribute(() => Object) customer_group_settings!: Record<string, unknown>;
}

/** Privacy and customer group settings of one channel. */
@Resource('/customers/settings/channels/:channel_id', {
  version: 'v3',
  filters: noFilters,
  addressing: 'single',
  operations: ['get', 'update'],
})
export class CustomerChannelSettings extends Model<CustomerChannelSettings, typeof noFilters> {
  @Attribute(() => Object) privacy_settings!: Record<string, unknown>;
  @Attribute(() => Object) customer_group_settings!: Record<string, unknown>;
  @Attribute(() => Boolean) allow_global_logins!: boolean;
}

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

/** Abandoned cart settings. */
@Resource('/abandoned-carts/settings', { version: 'v3', filters: noFilters, addressing: 'single', operations: ['get', 'update'] })
export class AbandonedCartSettings extends Model<AbandonedCartSettings, typeof noFilters> {
  @Attribute(() => Boolean) enable_notification!: boolean;
  @Attribute(() => Boolean) email_customer_until_cart_is_recovered!: boolean;
  @Attribute(() => Boolean) marketing_emails_require_customer_consent!: boolean;
  @Attribute(() => Boolean) email_merchant_when_cart_is_converted!: boolean;
  @Attribute(() => Boolean) email_merchant_when_cart_is_abandoned!: boolean;
  @Attribute(() => String) merchant_email_address!: string;
  @Attribute(() => String) merchant_abandoned_cart_email_frequency_type!: 'digest' | 'individual';
  @Attribute(() => Number) merchant_abandoned_cart_digest_email_frequency!: number;
}

/** Abandoned cart settings of one channel. */
@Resource('/abandoned-carts/settings/channels/:channel_id', {
  version: 'v3',
  filters: noFilters,
  addressing: 'single',
  operations: ['get', 'update'],
})
export class AbandonedCartChannelSettings extends Model<AbandonedCartChannelSettings, typeof noFilters> {
  @Attribute(() => Boolean) enable_notification!: boolean;
  @Attribute(() => Boolean) email_customer_until_cart_is_recovered!: boolean;
  @Attribute(() => Boolean) marketing_emails_require_customer_consent!: boolean;
  @Attribute(() => Boolean) email_merchant_when_cart_is_converted!: boolean;
  @Attribute(() => Boolean) email_merchant_when_cart_is_abandoned!: boolean;
  @Attribute(() => String) merchant_email_address!: string;
  @Attribute(() => String) merchant_abandoned_cart_email_frequency_type!: 'digest' | 'individual';
  @Attribute(() => Number) merchant_abandoned_cart_digest_email_frequency!: number;
}

/** Whether emails about abandoned carts are sent. */
@Resource('/marketing/abandoned-cart-emails/settings', { ...channelSettings, alwaysSend: ['use_global'], noEnvelope: true })
export class AbandonedCartEmailSettings extends Model<
  AbandonedCartEmailSettings,
  typeof channelFilters,
  unknown,
  unknown,
  typeof channelParams
> {
  @Attribute(() => Boolean) use_global!: boolean;
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
