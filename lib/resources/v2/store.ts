import { sessionFor } from '../../model/action.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { V2Filters } from '../../query/where.js';
import { Attribute } from '../../schema/attribute.js';
import type { Money, Open } from '../../schema/types.js';
import type { CallOptions } from '../../transport/request.js';
import { noFilters } from '../no-filters.js';
import { unixSeconds } from '../unix-seconds.js';
import type { CarrierConnection, CarrierConnections } from './shipping-values.js';
import type { StoreFeatures, StoreLogo, StoreTimezone } from './store-values.js';

const currencyRequired = [
  'currency_code',
  'currency_exchange_rate',
  'token_location',
  'token',
  'decimal_token',
  'thousands_token',
  'decimal_places',
  'name',
] as const;

/** A currency of the store. `deleteAll` leaves the default one. */
@Resource('/currencies', {
  version: 'v2',
  filters: noFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll'],
  statuses: { create: 200 },
  required: currencyRequired,
})
export class Currency extends Model<Currency, V2Filters<typeof noFilters>, unknown, typeof currencyRequired> {
  /** Whether it is the default currency. It can be set to true only: another one takes its place. The default one cannot be deleted. */
  @Attribute(() => Boolean) is_default!: boolean;
  /** Its country: two letters, ISO 3166-1. */
  @Attribute(() => String) country_iso2!: string;
  /** Countries that it is the default of. Read-only: set `country_iso2`. */
  @Attribute(() => Array, { readOnly: true, setBy: 'country_iso2' }) readonly default_for_country_codes!: string[];
  /** Three letters, ISO 4217. Required; it cannot be changed later. */
  @Attribute(() => String) currency_code!: string;
  /** What one US dollar is worth in it, a decimal string; a number is accepted. Required. */
  @Attribute(() => String) currency_exchange_rate!: Money;
  /** Whether the rate follows Open Exchange Rates. Only for currencies that are not transactional. */
  @Attribute(() => Boolean) auto_update!: boolean;
  /** Side of the amount on which the symbol is. Required. */
  @Attribute(() => String) token_location!: Open<'left' | 'right'>;
  /** Its symbol, such as `€`. Required. */
  @Attribute(() => String) token!: string;
  /** Decimal separator. Required. */
  @Attribute(() => String) decimal_token!: string;
  /** Thousands separator. Required. */
  @Attribute(() => String) thousands_token!: string;
  /** Decimal places that are shown. Required. */
  @Attribute(() => Number) decimal_places!: number;
  /** Such as `Euro`. Required. */
  @Attribute(() => String) name!: string;
  /** Whether the store uses it. */
  @Attribute(() => Boolean) enabled!: boolean;
  /** Whether orders can be paid in it; otherwise it is for display only. */
  @Attribute(() => Boolean) is_transactional!: boolean;
  /** Whether it has its default name. Read-only: set `name`. */
  @Attribute(() => Boolean, { readOnly: true, setBy: 'name' }) readonly use_default_name!: boolean;
  /** Assigned by the store. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** When it was last changed. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly last_updated!: Date | null;
}

/** An enabled payment method. */
@Resource('/payments/methods', { version: 'v2', filters: noFilters, key: 'code', operations: ['list', 'get'] })
export class PaymentMethod extends Model<PaymentMethod, V2Filters<typeof noFilters>> {
  /** Its key: `cod`, `authorizenet`. */
  @Attribute(() => String, { readOnly: true }) readonly code!: string;
  /** Shown to shoppers. */
  @Attribute(() => String, { readOnly: true }) readonly name!: string;
  /** Whether no money is moved. */
  @Attribute(() => Boolean, { readOnly: true }) readonly test_mode!: boolean;
}

/** A shipping method of the legacy shipping settings. */
@Resource('/shipping/methods', { version: 'v2', filters: noFilters, operations: ['list', 'get'] })
export class ShippingMethod extends Model<ShippingMethod, V2Filters<typeof noFilters>> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** Shown to shoppers. */
  @Attribute(() => String, { readOnly: true }) readonly name!: string;
  /** Name of the module: `shipping_flatrate`. */
  @Attribute(() => String, { readOnly: true }) readonly method_name!: string;
}

/** The store itself: its name, addresses, plan and features. A channel may have other settings. */
@Resource('/store', { version: 'v2', filters: noFilters, addressing: 'single', operations: ['get'] })
export class Store extends Model<Store, V2Filters<typeof noFilters>> {
  /** The store hash. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly id!: string;
  /** UUID of the account that owns the store. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly account_uuid!: string;
  /** Primary domain, without `https://`. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly domain!: string;
  /** URL with `https://`. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly secure_url!: string;
  /** URL of the control panel. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly control_panel_base_url!: string;
  /** Such as `live`. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly status!: string;
  /** Shown to shoppers. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly name!: string;
  /** Of the primary contact, as at sign-up. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly first_name!: string;
  /** Of the primary contact, as at sign-up. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly last_name!: string;
  /** As shown to shoppers. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly address!: string;
  /** Full name, as at sign-up. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly country!: string;
  /** Two letters, ISO 3166-1. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly country_code!: string;
  /** Google Cloud region that hosts the store, such as `us-central1`. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly infrastructure_region!: string;
  /** As shown to shoppers. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly phone!: string;
  /** Of the owner. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly admin_email!: string;
  /** For orders and fulfillment. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly order_email!: string;
  /** Of the icon in browser tabs. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly favicon_url!: string;
  /** Time zone and date formats. Read-only. */
  @Attribute(() => Object, { readOnly: true }) readonly timezone!: StoreTimezone;
  /** Default language, such as `en`. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly language!: string;
  /** Default currency, ISO 4217. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly currency!: string;
  /** Of the default currency. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly currency_symbol!: string;
  /** Of amounts in the default currency. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly decimal_separator!: string;
  /** Of amounts in the default currency. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly thousands_separator!: string;
  /** Of amounts in the default currency. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly decimal_places!: number;
  /** `left` or `right` of the amount. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly currency_symbol_location!: string;
  /** Such as `Ounces`. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly weight_units!: string;
  /** Such as `Inches`. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly dimension_units!: string;
  /** Of dimensions. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly dimension_decimal_places!: number;
  /** Decimal separator of dimensions. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly dimension_decimal_token!: string;
  /** Thousands separator of dimensions. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly dimension_thousands_token!: string;
  /** Plan of the store, such as `Standard`. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly plan_name!: string;
  /** Level of the plan. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly plan_level!: string;
  /** Whether the plan is a trial. Read-only. */
  @Attribute(() => Boolean, { readOnly: true }) readonly plan_is_trial!: boolean;
  /** As at sign-up. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly industry!: string;
  /** Image of the storefront; an empty array if there is none. Read-only. */
  @Attribute(() => Object, { readOnly: true }) readonly logo!: StoreLogo | readonly never[];
  /** Whether prices are entered with tax. Read-only. */
  @Attribute(() => Boolean, { readOnly: true }) readonly is_price_entered_with_tax!: boolean;
  /** Number of the store, other than the hash. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly store_id!: number;
  /** Channel of the default storefront; 1 is the first that was created. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly default_channel_id!: number;
  /** Site of the default storefront. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly default_site_id!: number;
  // The descriptions leave open what is in it.
  /** Modules for comparison shopping. Read-only. */
  @Attribute(() => Array, { readOnly: true }) readonly active_comparison_modules!: readonly unknown[];
  /** What is turned on. Read-only. */
  @Attribute(() => Object, { readOnly: true }) readonly features!: StoreFeatures;

  /**
   * Connects the store to a carrier, with which it has an account. The store responds in the same way if the carrier refuses: only a
   * missing field is an error. `ShippingZoneMethod` then offers the carrier in a zone.
   */
  static async connectCarrier<Carrier extends string>(
    carrier_id: Carrier,
    connection: CarrierConnection<Carrier>,
    options?: CallOptions,
  ): Promise<void> {
    await sessionFor(this).post('/shipping/carrier/connection', { version: 'v2', body: { carrier_id, connection }, ...options });
  }

  /** Updates the connection to a carrier, with all of its fields. */
  static async updateCarrier<Carrier extends string>(
    carrier_id: Carrier,
    connection: CarrierConnection<Carrier>,
    options?: CallOptions,
  ): Promise<void> {
    await sessionFor(this).put('/shipping/carrier/connection', { version: 'v2', body: { carrier_id, connection }, ...options });
  }

  /** Deletes the connection to a carrier. */
  static async disconnectCarrier(carrier_id: Open<keyof CarrierConnections>, options?: CallOptions): Promise<void> {
    await sessionFor(this).delete('/shipping/carrier/connection', { version: 'v2', body: { carrier_id }, ...options });
  }
}

/** A tax class: a kind of goods with tax rates of its own. */
@Resource('/tax_classes', { version: 'v2', filters: noFilters, operations: ['list', 'get'] })
export class TaxClass extends Model<TaxClass, V2Filters<typeof noFilters>> {
  /** A number in a string. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly id!: string;
  /** Such as `Shipping`. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly name!: string;
  /** When it was created. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly created_at!: Date | null;
  /** When it was last changed. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly updated_at!: Date | null;
}

/** The clock of the platform: the cheapest request to test credentials with. */
@Resource('/time', { version: 'v2', filters: noFilters, addressing: 'single', operations: ['get'] })
export class Time extends Model<Time, V2Filters<typeof noFilters>> {
  /** Now, to the second. Read-only. */
  @Attribute(() => Number, { readOnly: true, cast: unixSeconds }) readonly time!: Date | null;
}

const webhookRequired = ['scope', 'destination'] as const;

/** A webhook: a URL that is notified of events in the store. */
@Resource('/hooks', {
  version: 'v2',
  filters: noFilters,
  operations: ['list', 'get', 'create', 'update', 'delete'],
  required: webhookRequired,
})
export class Webhook extends Model<Webhook, V2Filters<typeof noFilters>, unknown, typeof webhookRequired> {
  /** Assigned by the platform. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** App that owns it. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly client_id!: string;
  /** Store that it is for, such as `stores/abc123`. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly store_hash!: string;
  /** Events that it is notified of, such as `store/order/created`. Required. */
  @Attribute(() => String) scope!: string;
  /** An HTTPS URL on port 443. Required. */
  @Attribute(() => String) destination!: string;
  /** Sent with each delivery, by name; `null` for none. */
  @Attribute(() => Object) headers!: Readonly<Record<string, string>> | null;
  /** The platform sets it to false after failed deliveries. */
  @Attribute(() => Boolean) is_active!: boolean;
  /** When it was created. Read-only. */
  @Attribute(() => Number, { readOnly: true, cast: unixSeconds }) readonly created_at!: Date | null;
  /** When it was last changed. Read-only. */
  @Attribute(() => Number, { readOnly: true, cast: unixSeconds }) readonly updated_at!: Date | null;
}
