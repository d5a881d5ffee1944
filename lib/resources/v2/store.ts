import { sessionFor } from '../../model/action.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { V2Filters } from '../../query/where.js';
import { Attribute } from '../../schema/attribute.js';
import type { CallOptions } from '../../transport/request.js';
import { noFilters } from '../no-filters.js';

const currencyFilters = {} as const;

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

/** A currency of the store. */
@Resource('/currencies', {
  version: 'v2',
  filters: currencyFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll'],
  statuses: { create: 200 },
  required: currencyRequired,
})
export class Currency extends Model<Currency, V2Filters<typeof currencyFilters>, unknown, typeof currencyRequired> {
  @Attribute(() => Boolean) is_default!: boolean;
  @Attribute(() => String) country_iso2!: string;
  @Attribute(() => Array, { readOnly: true, setBy: 'country_iso2' }) readonly default_for_country_codes!: string[];
  @Attribute(() => String) currency_code!: string;
  @Attribute(() => String) currency_exchange_rate!: string;
  @Attribute(() => Boolean) auto_update!: boolean;
  @Attribute(() => String) token_location!: string;
  @Attribute(() => String) token!: string;
  @Attribute(() => String) decimal_token!: string;
  @Attribute(() => String) thousands_token!: string;
  @Attribute(() => Number) decimal_places!: number;
  @Attribute(() => String) name!: string;
  @Attribute(() => Boolean) enabled!: boolean;
  @Attribute(() => Boolean) is_transactional!: boolean;
  @Attribute(() => Boolean, { readOnly: true, setBy: 'name' }) readonly use_default_name!: boolean;
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Date, { readOnly: true }) readonly last_updated!: Date | null;
}

const paymentMethodFilters = {} as const;

/** An enabled payment method. */
@Resource('/payments/methods', { version: 'v2', filters: paymentMethodFilters, key: 'code', operations: ['list', 'get'] })
export class PaymentMethod extends Model<PaymentMethod, V2Filters<typeof paymentMethodFilters>> {
  @Attribute(() => String, { readOnly: true }) readonly code!: string;
  @Attribute(() => String, { readOnly: true }) readonly name!: string;
  @Attribute(() => Boolean, { readOnly: true }) readonly test_mode!: boolean;
}

const shippingMethodFilters = {} as const;

/** A shipping method of the legacy shipping settings. */
@Resource('/shipping/methods', { version: 'v2', filters: shippingMethodFilters, operations: ['list', 'get'] })
export class ShippingMethod extends Model<ShippingMethod, V2Filters<typeof shippingMethodFilters>> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => String, { readOnly: true }) readonly name!: string;
  @Attribute(() => String, { readOnly: true }) readonly method_name!: string;
}

/** The store itself: its name, addresses, plan and features. */
@Resource('/store', { version: 'v2', filters: noFilters, addressing: 'single', operations: ['get'] })
export class Store extends Model<Store, V2Filters<typeof noFilters>> {
  @Attribute(() => String, { readOnly: true }) readonly id!: string;
  @Attribute(() => String, { readOnly: true }) readonly account_uuid!: string;
  @Attribute(() => String, { readOnly: true }) readonly domain!: string;
  @Attribute(() => String, { readOnly: true }) readonly secure_url!: string;
  @Attribute(() => String, { readOnly: true }) readonly control_panel_base_url!: string;
  @Attribute(() => String, { readOnly: true }) readonly status!: string;
  @Attribute(() => String, { readOnly: true }) readonly name!: string;
  @Attribute(() => String, { readOnly: true }) readonly first_name!: string;
  @Attribute(() => String, { readOnly: true }) readonly last_name!: string;
  @Attribute(() => String, { readOnly: true }) readonly address!: string;
  @Attribute(() => String, { readOnly: true }) readonly country!: string;
  @Attribute(() => String, { readOnly: true }) readonly country_code!: string;
  @Attribute(() => String, { readOnly: true }) readonly infrastructure_region!: string;
  @Attribute(() => String, { readOnly: true }) readonly phone!: string;
  @Attribute(() => String, { readOnly: true }) readonly admin_email!: string;
  @Attribute(() => String, { readOnly: true }) readonly order_email!: string;
  @Attribute(() => String, { readOnly: true }) readonly favicon_url!: string;
  @Attribute(() => Object, { readOnly: true }) readonly timezone!: Record<string, unknown>;
  @Attribute(() => String, { readOnly: true }) readonly language!: string;
  @Attribute(() => String, { readOnly: true }) readonly currency!: string;
  @Attribute(() => String, { readOnly: true }) readonly currency_symbol!: string;
  @Attribute(() => String, { readOnly: true }) readonly decimal_separator!: string;
  @Attribute(() => String, { readOnly: true }) readonly thousands_separator!: string;
  @Attribute(() => Number, { readOnly: true }) readonly decimal_places!: number;
  @Attribute(() => String, { readOnly: true }) readonly currency_symbol_location!: string;
  @Attribute(() => String, { readOnly: true }) readonly weight_units!: string;
  @Attribute(() => String, { readOnly: true }) readonly dimension_units!: string;
  @Attribute(() => Number, { readOnly: true }) readonly dimension_decimal_places!: number;
  @Attribute(() => String, { readOnly: true }) readonly dimension_decimal_token!: string;
  @Attribute(() => String, { readOnly: true }) readonly dimension_thousands_token!: string;
  @Attribute(() => String, { readOnly: true }) readonly plan_name!: string;
  @Attribute(() => String, { readOnly: true }) readonly plan_level!: string;
  @Attribute(() => Boolean, { readOnly: true }) readonly plan_is_trial!: boolean;
  @Attribute(() => String, { readOnly: true }) readonly industry!: string;
  @Attribute(() => Object, { readOnly: true }) readonly logo!: Record<string, unknown>;
  @Attribute(() => Boolean, { readOnly: true }) readonly is_price_entered_with_tax!: boolean;
  @Attribute(() => Number, { readOnly: true }) readonly store_id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly default_channel_id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly default_site_id!: number;
  @Attribute(() => Array, { readOnly: true }) readonly active_comparison_modules!: Record<string, unknown>[];
  @Attribute(() => Object, { readOnly: true }) readonly features!: Record<string, unknown>;

  /** Connections to the carriers with which the store has accounts. */
  static async connectCarrier(carrier_id: string, connection: Record<string, unknown>, options?: CallOptions): Promise<void> {
    await sessionFor(this).post('/shipping/carrier/connection', { version: 'v2', body: { carrier_id, connection }, ...options });
  }

  /** Updates the connection to a carrier. */
  static async updateCarrier(carrier_id: string, connection: Record<string, unknown>, options?: CallOptions): Promise<void> {
    await sessionFor(this).put('/shipping/carrier/connection', { version: 'v2', body: { carrier_id, connection }, ...options });
  }

  /** Deletes the connection to a carrier. */
  static async disconnectCarrier(carrier_id: string, options?: CallOptions): Promise<void> {
    await sessionFor(this).delete('/shipping/carrier/connection', { version: 'v2', body: { carrier_id }, ...options });
  }
}

const taxClassFilters = {} as const;

/** A tax class: a kind of goods with tax rates of its own. */
@Resource('/tax_classes', { version: 'v2', filters: taxClassFilters, operations: ['list', 'get'] })
export class TaxClass extends Model<TaxClass, V2Filters<typeof taxClassFilters>> {
  @Attribute(() => String, { readOnly: true }) readonly id!: string;
  @Attribute(() => String, { readOnly: true }) readonly name!: string;
  @Attribute(() => Date, { readOnly: true }) readonly created_at!: Date | null;
  @Attribute(() => Date, { readOnly: true }) readonly updated_at!: Date | null;
}

/** The clock of the platform. */
@Resource('/time', { version: 'v2', filters: noFilters, addressing: 'single', operations: ['get'] })
export class Time extends Model<Time, V2Filters<typeof noFilters>> {
  @Attribute(() => Number, { readOnly: true }) readonly time!: number;
}

const webhookFilters = {} as const;

const webhookRequired = ['scope', 'destination'] as const;

/** A webhook: a URL that is notified of events in the store. */
@Resource('/hooks', {
  version: 'v2',
  filters: webhookFilters,
  operations: ['list', 'get', 'create', 'update', 'delete'],
  required: webhookRequired,
})
export class Webhook extends Model<Webhook, V2Filters<typeof webhookFilters>, unknown, typeof webhookRequired> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => String, { readOnly: true }) readonly client_id!: string;
  @Attribute(() => String, { readOnly: true }) readonly store_hash!: string;
  @Attribute(() => String) scope!: string;
  @Attribute(() => String) destination!: string;
  @Attribute(() => Object) headers!: Record<string, unknown>;
  @Attribute(() => Boolean) is_active!: boolean;
  @Attribute(() => Number, { readOnly: true }) readonly created_at!: number;
  @Attribute(() => Number, { readOnly: true }) readonly updated_at!: number;
}
