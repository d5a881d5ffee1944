import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import { noFilters } from '../no-filters.js';

/** Cart settings. A channel may override them. */
@Resource('/carts/settings', { version: 'v3', filters: noFilters, addressing: 'single', operations: ['get', 'update'] })
export class CartSettings extends Model<CartSettings, typeof noFilters> {
  /** Whether shoppers can put products into carts. */
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
  /** Whether shoppers can put products into carts; null for the global setting. */
  @Attribute(() => Boolean) allow_purchasing!: boolean | null;
}

/** The scripts in place of the checkout of the platform. */
abstract class CheckoutScripts<Self = unknown> extends Model<Self, typeof noFilters> {
  /** Address of a script that replaces the store's checkout; empty for the checkout of the platform. */
  @Attribute(() => String) custom_checkout_script_url!: string;
  /** Whether `custom_checkout_script_url` serves the confirmation of orders too; `custom_order_confirmation_script_url` is then empty. */
  @Attribute(() => Boolean) order_confirmation_use_custom_checkout_script!: boolean;
  /** Address of a script that replaces the store's confirmation of orders; empty for that of the platform. */
  @Attribute(() => String) custom_order_confirmation_script_url!: string;
  /** Whether the custom checkout supports the settings of the optimized one-page checkout. */
  @Attribute(() => Boolean) custom_checkout_supports_uco_settings!: boolean;
  /** Subresource integrity hash of the checkout script. */
  @Attribute(() => String) custom_checkout_sri_hash!: string;
  /** Subresource integrity hash of the confirmation script. */
  @Attribute(() => String) custom_order_confirmation_sri_hash!: string;
}

/** Checkout settings. A channel may override them. */
@Resource('/checkouts/settings', { version: 'v3', filters: noFilters, addressing: 'single', operations: ['get', 'update'] })
export class CheckoutSettings extends CheckoutScripts<CheckoutSettings> {}

/** Checkout settings of one channel. An update leaves those alone that it does not name. */
@Resource('/checkouts/settings/channels/:channel_id', {
  version: 'v3',
  filters: noFilters,
  addressing: 'single',
  operations: ['get', 'update'],
})
export class CheckoutChannelSettings extends CheckoutScripts<CheckoutChannelSettings> {
  /** Kind of checkout. */
  @Attribute(() => String) checkout_type!: string;
  /** Whether, and how, guests can check out. */
  @Attribute(() => String) guest_checkout_type!: string;
  /** What a guest sees whose email address belongs to a customer. */
  @Attribute(() => String) guest_checkout_for_existing_accounts!: string;
  /** Whether shoppers must agree to the privacy policy. */
  @Attribute(() => String) policy_consent!: string;
  /** Address that the confirmation of an order names for questions. */
  @Attribute(() => String) order_confirmation_contact_email!: string;
  /** Whether shoppers must agree to terms and conditions. */
  @Attribute(() => Boolean) is_order_terms_and_conditions_enabled!: boolean;
  /** Whether the terms are a link or a text. */
  @Attribute(() => String) order_terms_and_conditions_type!: string;
  /** Address of the terms. */
  @Attribute(() => String) order_terms_and_conditions_link!: string;
  /** Text of the terms. */
  @Attribute(() => String) order_terms_and_conditions_textarea!: string;
  /** Whether shoppers log in on the storefront instead of in the checkout. */
  @Attribute(() => Boolean) should_redirect_to_storefront_for_auth!: boolean;
}
