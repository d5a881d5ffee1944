import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { Open } from '../../schema/types.js';
import { noFilters } from '../no-filters.js';
import { channelFilters, channelParams, channelSettings } from './channel-scope.js';

/** What shoppers are asked about tracking. */
export interface CustomerPrivacySettings {
  /** Whether shoppers have to agree to being tracked. */
  ask_shopper_for_tracking_consent: boolean;
  /** Whether they are asked at checkout too. Shown in examples of customers.v3.yml, not in its schemas; may be absent. */
  ask_shopper_for_tracking_consent_on_checkout?: boolean;
  /** Where the privacy policy is. */
  policy_url: string;
}

/** The groups that customers belong to at first. */
export interface CustomerGroupDefaults {
  /** The group of guests; 0 for none. */
  guest_customer_group_id: number;
  /** The group of new customers; 0 for none. */
  default_customer_group_id: number;
}

/** Settings of a channel: null stands for the setting of the store (customers.v3.yml, notes of /customers/settings/channels). */
export type Overridable<T> = { [K in keyof T]: T[K] | null };

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

/** Cart settings. A channel may override them. */
@Resource('/carts/settings', { version: 'v3', filters: noFilters, addressing: 'single', operations: ['get', 'update'] })
export class CartSettings extends Model<CartSettings, typeof noFilters> {
  /** Whether shoppers can buy at all. Required in an update. */
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
  /** Whether shoppers can buy at all; null for the store's setting. */
  @Attribute(() => Boolean) allow_purchasing!: boolean | null;
}

/** Checkout settings. A channel may override them. */
@Resource('/checkouts/settings', { version: 'v3', filters: noFilters, addressing: 'single', operations: ['get', 'update'] })
export class CheckoutSettings extends Model<CheckoutSettings, typeof noFilters> {
  /** Script in place of the platform's checkout. With an empty string here and for the confirmation, the store returns to one-page checkout. */
  @Attribute(() => String) custom_checkout_script_url!: string;
  /** Whether the confirmation uses the script of the checkout; its own is then empty. */
  @Attribute(() => Boolean) order_confirmation_use_custom_checkout_script!: boolean;
  /** Script in place of the platform's order confirmation. */
  @Attribute(() => String) custom_order_confirmation_script_url!: string;
  /** Whether the script heeds the settings of one-page checkout. */
  @Attribute(() => Boolean) custom_checkout_supports_uco_settings!: boolean;
  /** Hash that browsers compare the script of the checkout with: subresource integrity. */
  @Attribute(() => String) custom_checkout_sri_hash!: string;
  /** Hash that browsers compare the script of the confirmation with: subresource integrity. */
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
  /** Kind of checkout: `optimized`, `single` and so on. */
  @Attribute(() => String) checkout_type!: string;
  /** Whether and how guests may check out. */
  @Attribute(() => String) guest_checkout_type!: string;
  /** Whether guests may check out with the email address of an account. */
  @Attribute(() => String) guest_checkout_for_existing_accounts!: string;
  /** How shoppers agree to the privacy policy. */
  @Attribute(() => String) policy_consent!: string;
  /** Address that the confirmation tells shoppers to write to. */
  @Attribute(() => String) order_confirmation_contact_email!: string;
  /** Whether shoppers have to agree to terms and conditions. */
  @Attribute(() => Boolean) is_order_terms_and_conditions_enabled!: boolean;
  /** Whether the terms are a link or a text. */
  @Attribute(() => String) order_terms_and_conditions_type!: string;
  /** Where the terms are. */
  @Attribute(() => String) order_terms_and_conditions_link!: string;
  /** The terms themselves. */
  @Attribute(() => String) order_terms_and_conditions_textarea!: string;
  /** Whether shoppers sign in on the storefront. */
  @Attribute(() => Boolean) should_redirect_to_storefront_for_auth!: boolean;
  /** Script in place of the platform's checkout. With an empty string here and for the confirmation, the store returns to one-page checkout. */
  @Attribute(() => String) custom_checkout_script_url!: string;
  /** Whether the confirmation uses the script of the checkout; its own is then empty. */
  @Attribute(() => Boolean) order_confirmation_use_custom_checkout_script!: boolean;
  /** Script in place of the platform's order confirmation. */
  @Attribute(() => String) custom_order_confirmation_script_url!: string;
  /** Whether the script heeds the settings of one-page checkout. */
  @Attribute(() => Boolean) custom_checkout_supports_uco_settings!: boolean;
  /** Hash that browsers compare the script of the checkout with: subresource integrity. */
  @Attribute(() => String) custom_checkout_sri_hash!: string;
  /** Hash that browsers compare the script of the confirmation with: subresource integrity. */
  @Attribute(() => String) custom_order_confirmation_sri_hash!: string;
}

/** Privacy and customer group settings. */
@Resource('/customers/settings', { version: 'v3', filters: noFilters, addressing: 'single', operations: ['get', 'update'] })
export class CustomerSettings extends Model<CustomerSettings, typeof noFilters> {
  /** What shoppers are asked about tracking. */
  @Attribute(() => Object) privacy_settings!: CustomerPrivacySettings;
  /** The groups of guests and new customers. */
  @Attribute(() => Object) customer_group_settings!: CustomerGroupDefaults;
}

/** Privacy and customer group settings of one channel. */
@Resource('/customers/settings/channels/:channel_id', {
  version: 'v3',
  filters: noFilters,
  addressing: 'single',
  operations: ['get', 'update'],
})
export class CustomerChannelSettings extends Model<CustomerChannelSettings, typeof noFilters> {
  /** What shoppers are asked about tracking; null in it for the store's setting. */
  @Attribute(() => Object) privacy_settings!: Overridable<CustomerPrivacySettings>;
  /** The groups of guests and new customers; null in it for the store's setting. */
  @Attribute(() => Object) customer_group_settings!: Overridable<CustomerGroupDefaults>;
  /** Whether customers who belong to no channel may sign in, and new ones are made such. */
  @Attribute(() => Boolean) allow_global_logins!: boolean;
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

/** Abandoned cart settings. */
@Resource('/abandoned-carts/settings', { version: 'v3', filters: noFilters, addressing: 'single', operations: ['get', 'update'] })
export class AbandonedCartSettings extends Model<AbandonedCartSettings, typeof noFilters> {
  /** Whether emails about abandoned carts are sent. */
  @Attribute(() => Boolean) enable_notification!: boolean;
  /** Whether a customer gets further emails until the cart is recovered. */
  @Attribute(() => Boolean) email_customer_until_cart_is_recovered!: boolean;
  /** Whether only customers who agreed to emails get them. */
  @Attribute(() => Boolean) marketing_emails_require_customer_consent!: boolean;
  /** Whether the merchant gets an email when a cart becomes an order. */
  @Attribute(() => Boolean) email_merchant_when_cart_is_converted!: boolean;
  /** Whether the merchant gets an email when a cart is abandoned. */
  @Attribute(() => Boolean) email_merchant_when_cart_is_abandoned!: boolean;
  /** Where the emails for the merchant go; up to 500 characters. */
  @Attribute(() => String) merchant_email_address!: string;
  /** One email for several carts, or for each. */
  @Attribute(() => String) merchant_abandoned_cart_email_frequency_type!: Open<'digest' | 'individual'>;
  /** How many abandoned carts make a digest: 2 to 1000. */
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
  /** Whether emails about abandoned carts are sent; null for the store's setting. */
  @Attribute(() => Boolean) enable_notification!: boolean | null;
  /** Whether a customer gets further emails until the cart is recovered; null for the store's setting. */
  @Attribute(() => Boolean) email_customer_until_cart_is_recovered!: boolean | null;
  /** Whether only customers who agreed to emails get them; null for the store's setting. */
  @Attribute(() => Boolean) marketing_emails_require_customer_consent!: boolean | null;
  /** Whether the merchant gets an email when a cart becomes an order; null for the store's setting. */
  @Attribute(() => Boolean) email_merchant_when_cart_is_converted!: boolean | null;
  /** Whether the merchant gets an email when a cart is abandoned; null for the store's setting. */
  @Attribute(() => Boolean) email_merchant_when_cart_is_abandoned!: boolean | null;
  /** Where the emails for the merchant go; up to 500 characters; null for the store's setting. */
  @Attribute(() => String) merchant_email_address!: string | null;
  /** One email for several carts, or for each; null for the store's setting. */
  @Attribute(() => String) merchant_abandoned_cart_email_frequency_type!: Open<'digest' | 'individual'> | null;
  /** How many abandoned carts make a digest: 2 to 1000; null for the store's setting. */
  @Attribute(() => Number) merchant_abandoned_cart_digest_email_frequency!: number | null;
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
  /** Whether the channel sends the store's emails, and not its own. Required. */
  @Attribute(() => Boolean) use_global!: boolean;
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
