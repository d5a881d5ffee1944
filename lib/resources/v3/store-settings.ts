import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import { noFilters } from '../no-filters.js';
import { channelFilters, channelParams, channelSettings } from './channel-scope.js';

/** Catalog settings. */
@Resource('/settings/catalog', channelSettings)
export class CatalogSettings extends Model<CatalogSettings, typeof channelFilters, unknown, unknown, typeof channelParams> {
  @Attribute(() => Boolean) auto_approve_reviews!: boolean;
  @Attribute(() => Boolean) enable_product_comparisons!: boolean;
}

/** Which emails are sent. */
@Resource('/settings/email-statuses', channelSettings)
export class EmailStatusSettings extends Model<EmailStatusSettings, typeof channelFilters, unknown, unknown, typeof channelParams> {
  @Attribute(() => Boolean) abandoned_cart_email!: boolean;
  @Attribute(() => Boolean) account_details_changed_email!: boolean;
  @Attribute(() => Boolean) combined_order_status_email!: boolean;
  @Attribute(() => Boolean) create_account_email!: boolean;
  @Attribute(() => Boolean) create_guest_account_email!: boolean;
  @Attribute(() => Boolean) gift_certificate_email!: boolean;
  @Attribute(() => Boolean) invoice_email!: boolean;
  @Attribute(() => Boolean) order_message_notification_email!: boolean;
  @Attribute(() => Boolean) product_review_email!: boolean;
  @Attribute(() => Boolean) return_confirmation_email!: boolean;
  @Attribute(() => Boolean) return_statuschange_email!: boolean;
}

/** Inventory settings. */
@Resource('/settings/inventory', channelSettings)
export class InventorySettings extends Model<InventorySettings, typeof channelFilters, unknown, unknown, typeof channelParams> {
  @Attribute(() => String) product_out_of_stock_behavior!:
    | 'do_nothing'
    | 'hide_product'
    | 'hide_product_and_accessible'
    | 'hide_product_and_redirect';
  @Attribute(() => String) option_out_of_stock_behavior!: 'do_nothing' | 'hide_option' | 'label_option';
  @Attribute(() => String) update_stock_behavior!: 'order_placed' | 'order_completed_or_shipped';
  @Attribute(() => Boolean) edit_order_stock_adjustment!: boolean;
  @Attribute(() => Boolean) refund_order_stock_adjustment!: boolean;
  @Attribute(() => String) stock_level_display!: 'dont_show' | 'show' | 'show_when_low';
  @Attribute(() => String) default_out_of_stock_message!: string;
  @Attribute(() => Boolean) hide_in_product_filtering!: boolean;
  @Attribute(() => Boolean) show_pre_order_stock_levels!: boolean;
  @Attribute(() => Boolean) show_out_of_stock_message!: boolean;
}

/** Who is notified of low stock. */
@Resource('/settings/inventory/notifications', { ...channelSettings, responses: { update: 'none' } })
export class InventoryNotificationSettings extends Model<
  InventoryNotificationSettings,
  typeof channelFilters,
  unknown,
  unknown,
  typeof channelParams
> {
  @Attribute(() => Array) low_stock_notification_address!: string[];
  @Attribute(() => Array) out_of_stock_notification_address!: string[];
}

/** Locale settings. */
@Resource('/settings/store/locale', {
  version: 'v3',
  filters: noFilters,
  addressing: 'single',
  operations: ['get', 'update'],
  alwaysSend: ['default_shopper_language'],
})
export class LocaleSettings extends Model<LocaleSettings, typeof noFilters> {
  @Attribute(() => String) default_shopper_language!: string;
  @Attribute(() => String) shopper_language_selection_method!: 'browser' | 'default_shopper_language';
  @Attribute(() => String) store_country!: string;
}

/** The store profile: name, address, email and phone. */
@Resource('/settings/store/profile', channelSettings)
export class StoreProfileSettings extends Model<StoreProfileSettings, typeof channelFilters, unknown, unknown, typeof channelParams> {
  @Attribute(() => String) store_address!: string;
  @Attribute(() => String) store_address_type!: 'Home Office' | 'Commercial Office' | 'Retail' | 'Warehouse';
  @Attribute(() => String) store_email!: string;
  @Attribute(() => String) store_name!: string;
  @Attribute(() => String) store_phone!: string;
}

/** Units of measurement. */
@Resource('/settings/store/units-of-measurement', channelSettings)
export class MeasurementSettings extends Model<MeasurementSettings, typeof channelFilters, unknown, unknown, typeof channelParams> {
  @Attribute(() => String) weight_measurement!: 'LBS' | 'Ounces' | 'KGS' | 'Grams' | 'Tonnes';
  @Attribute(() => String) length_measurement!: 'Inches' | 'Centimeters';
  @Attribute(() => String) decimal_token!: string;
  @Attribute(() => String) thousands_token!: string;
  @Attribute(() => Number) decimal_places!: number;
  @Attribute(() => String) factoring_dimension!: 'depth' | 'height' | 'width';
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
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly channel_id!: number;
  @Attribute(() => String) name!: string;
  @Attribute(() => String) code!: string;
  @Attribute(() => Boolean) enabled!: boolean;
  @Attribute(() => Boolean) data_tag_enabled!: boolean;
  @Attribute(() => Number) version!: number;
  @Attribute(() => String, { readOnly: true }) readonly api_secret!: string;
  @Attribute(() => Object) is_oauth_connected!: unknown;
}
