import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { Open } from '../../schema/types.js';
import { noFilters } from '../no-filters.js';
import { channelFilters, channelParams, channelSettings } from './channel-scope.js';

/** What shoppers may do with products. In the settings of a channel, `null` stands for a value that it takes from the store. */
@Resource('/settings/catalog', channelSettings)
export class CatalogSettings extends Model<CatalogSettings, typeof channelFilters, unknown, unknown, typeof channelParams> {
  /** Whether reviews are shown without being approved first. */
  @Attribute(() => Boolean) auto_approve_reviews!: boolean | null;
  /** Whether shoppers can compare products side by side. */
  @Attribute(() => Boolean) enable_product_comparisons!: boolean | null;
}

/** Which emails are sent. In the settings of a channel, `null` stands for a value that it takes from the store. */
@Resource('/settings/email-statuses', channelSettings)
export class EmailStatusSettings extends Model<EmailStatusSettings, typeof channelFilters, unknown, unknown, typeof channelParams> {
  /** To a shopper who left a cart. */
  @Attribute(() => Boolean) abandoned_cart_email!: boolean | null;
  /** To a customer whose account was changed. */
  @Attribute(() => Boolean) account_details_changed_email!: boolean | null;
  /** About the status of an order, to its customer. */
  @Attribute(() => Boolean) combined_order_status_email!: boolean | null;
  /** To a customer with a new account. Examples of the API show the name `createaccount_email`, its description this one. */
  @Attribute(() => Boolean) create_account_email!: boolean | null;
  /** To a guest who gets an account with an order. */
  @Attribute(() => Boolean) create_guest_account_email!: boolean | null;
  /** To the recipient of a gift certificate. */
  @Attribute(() => Boolean) gift_certificate_email!: boolean | null;
  /** The invoice, to the customer of an order. */
  @Attribute(() => Boolean) invoice_email!: boolean | null;
  /** When there is a message about an order. */
  @Attribute(() => Boolean) order_message_notification_email!: boolean | null;
  /** To a customer, with the request to review what was bought. */
  @Attribute(() => Boolean) product_review_email!: boolean | null;
  /** To a customer who asked to return something. */
  @Attribute(() => Boolean) return_confirmation_email!: boolean | null;
  /** When the status of a return changes. */
  @Attribute(() => Boolean) return_statuschange_email!: boolean | null;
}

/**
 * How stock is counted and shown. Those of the store count for orders that are entered by hand, those of a channel for its own; there,
 * `null` stands for a value that the channel takes from the store.
 */
@Resource('/settings/inventory', channelSettings)
export class InventorySettings extends Model<InventorySettings, typeof channelFilters, unknown, unknown, typeof channelParams> {
  /** What the storefront does with a product that is out of stock. */
  @Attribute(() => String) product_out_of_stock_behavior!: Open<
    'do_nothing' | 'hide_product' | 'hide_product_and_accessible' | 'hide_product_and_redirect'
  > | null;
  /** What the storefront does with a variant that is out of stock. */
  @Attribute(() => String) option_out_of_stock_behavior!: Open<'do_nothing' | 'hide_option' | 'label_option'> | null;
  /** When an order reduces the stock, and so when webhooks of products and SKUs fire. */
  @Attribute(() => String) update_stock_behavior!: Open<'order_placed' | 'order_completed_or_shipped'> | null;
  /** Whether a change of an order changes the stock. */
  @Attribute(() => Boolean) edit_order_stock_adjustment!: boolean | null;
  /** Whether a refund or a cancellation changes the stock. */
  @Attribute(() => Boolean) refund_order_stock_adjustment!: boolean | null;
  /** Whether the storefront shows how much there is. */
  @Attribute(() => String) stock_level_display!: Open<'dont_show' | 'show' | 'show_when_low'> | null;
  /** Shown to shoppers for what is out of stock. */
  @Attribute(() => String) default_out_of_stock_message!: string | null;
  /** Whether an option that is out of stock disappears from the product filters. For `option_out_of_stock_behavior` `label_option`. */
  @Attribute(() => Boolean) hide_in_product_filtering!: boolean | null;
  /** Default `false`. */
  @Attribute(() => Boolean) show_pre_order_stock_levels!: boolean | null;
  /** Whether lists of products show the message too. Default `false`. */
  @Attribute(() => Boolean) show_out_of_stock_message!: boolean | null;
}

/** Who is notified of low stock. A change sends both lists. In the settings of a channel, `null` stands for the list of the store. */
@Resource('/settings/inventory/notifications', {
  ...channelSettings,
  alwaysSend: ['low_stock_notification_address', 'out_of_stock_notification_address'],
  responses: { update: 'none' },
})
export class InventoryNotificationSettings extends Model<
  InventoryNotificationSettings,
  typeof channelFilters,
  unknown,
  unknown,
  typeof channelParams
> {
  /** Email addresses. */
  @Attribute(() => Array) low_stock_notification_address!: string[] | null;
  /** Email addresses. */
  @Attribute(() => Array) out_of_stock_notification_address!: string[] | null;
}

/** The language and the country of the store; a channel has none of its own. */
@Resource('/settings/store/locale', {
  version: 'v3',
  filters: noFilters,
  addressing: 'single',
  operations: ['get', 'update'],
  alwaysSend: ['default_shopper_language'],
})
export class LocaleSettings extends Model<LocaleSettings, typeof noFilters> {
  /** A language, or a language with a country: `en`, `en-us`. Default `en`. Sent with each change. */
  @Attribute(() => String) default_shopper_language!: string;
  /**
   * Whether a shopper sees the language of the browser or always the default one, which is the default. Deprecated for stores with
   * Catalyst channels: there, the languages are listed by channel.
   */
  @Attribute(() => String) shopper_language_selection_method!: Open<'browser' | 'default_shopper_language'>;
  /** The English name of the country. Default `United States`. */
  @Attribute(() => String) store_country!: string;
}

/** The store profile: name, address, email and phone. In the settings of a channel, `null` stands for a value that it takes from the store. */
@Resource('/settings/store/profile', channelSettings)
export class StoreProfileSettings extends Model<StoreProfileSettings, typeof channelFilters, unknown, unknown, typeof channelParams> {
  /** The whole address, in one text. */
  @Attribute(() => String) store_address!: string | null;
  /** Of the store only, not of a channel. Default `Home Office`. */
  @Attribute(() => String) store_address_type!: Open<'Home Office' | 'Commercial Office' | 'Retail' | 'Warehouse'> | null;
  /** The address that shoppers write to. */
  @Attribute(() => String) store_email!: string | null;
  /** Shown to shoppers, in emails too. */
  @Attribute(() => String) store_name!: string | null;
  /** Shown to shoppers. */
  @Attribute(() => String) store_phone!: string | null;
}

/**
 * Units of measurement. A change sends all of them. In the settings of a channel, `null` stands for a value that it takes from the store;
 * all are `null` then, and the store itself has none.
 */
@Resource('/settings/store/units-of-measurement', {
  ...channelSettings,
  alwaysSend: ['weight_measurement', 'length_measurement', 'decimal_token', 'thousands_token', 'decimal_places', 'factoring_dimension'],
})
export class MeasurementSettings extends Model<MeasurementSettings, typeof channelFilters, unknown, unknown, typeof channelParams> {
  /** Of the weights of products. */
  @Attribute(() => String) weight_measurement!: Open<'LBS' | 'Ounces' | 'KGS' | 'Grams' | 'Tonnes'> | null;
  /** Of the dimensions of products. */
  @Attribute(() => String) length_measurement!: Open<'Inches' | 'Centimeters'> | null;
  /** Between whole and part of a number, such as `.`. */
  @Attribute(() => String) decimal_token!: string | null;
  /** Between groups of three digits, such as `,`. */
  @Attribute(() => String) thousands_token!: string | null;
  /** How many decimal places dimensions and weights have. */
  @Attribute(() => Number) decimal_places!: number | null;
  /** The dimension that shipping starts from when it packs several items. */
  @Attribute(() => String) factoring_dimension!: Open<'depth' | 'height' | 'width'> | null;
}

/** A web analytics provider. */
@Resource('/settings/analytics', {
  version: 'v3',
  filters: channelFilters,
  operations: ['list', 'get', 'update', 'count'],
  scope: ['channel_id'],
  params: channelParams,
  responses: { get: 'bare', update: 'bare' },
})
export class AnalyticsProvider extends Model<AnalyticsProvider, typeof channelFilters, unknown, unknown, typeof channelParams> {
  /** One for each kind of provider. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The channel that it is set up for. */
  @Attribute(() => Number, { readOnly: true }) readonly channel_id!: number;
  /** The title of the provider; at least 1 character. */
  @Attribute(() => String) name!: string;
  /** The code that the provider gave the merchant; at least 1 character. */
  @Attribute(() => String) code!: string;
  /** Whether the storefront reports to it. */
  @Attribute(() => Boolean) enabled!: boolean;
  /** Whether the storefront puts data tags into its pages. */
  @Attribute(() => Boolean) data_tag_enabled!: boolean;
  /** A number of the provider's own, which no description explains. */
  @Attribute(() => Number) version!: number;
  /** The secret for reports from the server; only read. */
  @Attribute(() => String, { readOnly: true }) readonly api_secret!: string;
  /** Whether the merchant has connected an account of the provider. Accepted in a change and not in the description of what is read. */
  @Attribute(() => Boolean) is_oauth_connected!: boolean;
}
