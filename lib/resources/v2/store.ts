import { sessionFor } from '../../model/action.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { CallOptions } from '../../transport/request.js';
import { noFilters } from '../no-filters.js';

const currencyFilters = {} as const;

/** A currency of the store. */
@Resource('/currencies', {
  version: 'v2',
  filters: currencyFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll'],
  statuses: { create: 200 },
})
export class Currency extends Model<Currency, typeof currencyFilters> {
  @Attribute(() => Boolean) is_default!: boolean;
  @Attribute(() => String) country_iso2!: string;
  @Attribute(() => Array, { readOnly: true, setBy: 'country_iso2' }) default_for_country_codes!: string[];
  @Attribute(() => String, { required: true }) currency_code!: string;
  @Attribute(() => String, { required: true }) currency_exchange_rate!: string;
  @Attribute(() => Boolean) auto_update!: boolean;
  @Attribute(() => String, { required: true }) token_location!: string;
  @Attribute(() => String, { required: true }) token!: string;
  @Attribute(() => String, { required: true }) decimal_token!: string;
  @Attribute(() => String, { required: true }) thousands_token!: string;
  @Attribute(() => Number, { required: true }) decimal_places!: number;
  @Attribute(() => String, { required: true }) name!: string;
  @Attribute(() => Boolean) enabled!: boolean;
  @Attribute(() => Boolean) is_transactional!: boolean;
  @Attribute(() => Boolean, { readOnly: true, setBy: 'name' }) use_default_name!: boolean;
  @Attribute(() => Number, { readOnly: true }) id!: number;
  @Attribute(() => Date, { readOnly: true }) last_updated!: Date | null;
}

const paymentMethodFilters = {} as const;

/** An enabled payment method. */
@Resource('/payments/methods', { version: 'v2', filters: paymentMethodFilters, key: 'code', operations: ['list', 'get'] })
export class PaymentMethod extends Model<PaymentMethod, typeof paymentMethodFilters> {
  @Attribute(() => String, { readOnly: true }) code!: string;
  @Attribute(() => String, { readOnly: true }) name!: string;
  @Attribute(() => Boolean, { readOnly: true }) test_mode!: boolean;
}

const shippingMethodFilters = {} as const;

/** A shipping method of the legacy shipping settings. */
@Resource('/shipping/methods', { version: 'v2', filters: shippingMethodFilters, operations: ['list', 'get'] })
export class ShippingMethod extends Model<ShippingMethod, typeof shippingMethodFilters> {
  @Attribute(() => Number, { readOnly: true }) id!: number;
  @Attribute(() => String, { readOnly: true }) name!: string;
  @Attribute(() => String, { readOnly: true }) method_name!: string;
}

/** The store itself: its name, addresses, plan and features. */
@Resource('/store', { version: 'v2', filters: noFilters, addressing: 'single', operations: ['get'] })
export class Store extends Model<Store, typeof noFilters> {
  @Attribute(() => String, { readOnly: true }) id!: string;
  @Attribute(() => String, { readOnly: true }) account_uuid!: string;
  @Attribute(() => String, { readOnly: true }) domain!: string;
  @Attribute(() => String, { readOnly: true }) secure_url!: string;
  @Attribute(() => String, { readOnly: true }) control_panel_base_url!: string;
  @Attribute(() => String, { readOnly: true }) status!: string;
  @Attribute(() => String, { readOnly: true }) name!: string;
  @Attribute(() => String, { readOnly: true }) first_name!: string;
  @Attribute(() => String, { readOnly: true }) last_name!: string;
  @Attribute(() => String, { readOnly: true }) address!: string;
  @Attribute(() => String, { readOnly: true }) country!: string;
  @Attribute(() => String, { readOnly: true }) country_code!: string;
  @Attribute(() => String, { readOnly: true }) infrastructure_region!: string;
  @Attribute(() => String, { readOnly: true }) phone!: string;
  @Attribute(() => String, { readOnly: true }) admin_email!: string;
  @Attribute(() => String, { readOnly: true }) order_email!: string;
  @Attribute(() => String, { readOnly: true }) favicon_url!: string;
  @Attribute(() => Object, { readOnly: true }) timezone!: Record<string, unknown>;
  @Attribute(() => String, { readOnly: true }) language!: string;
  @Attribute(() => String, { readOnly: true }) currency!: string;
  @Attribute(() => String, { readOnly: true }) currency_symbol!: string;
  @Attribute(() => String, { readOnly: true }) decimal_separator!: string;
  @Attribute(() => String, { readOnly: true }) thousands_separator!: string;
  @Attribute(() => Number, { readOnly: true }) decimal_places!: number;
  @Attribute(() => String, { readOnly: true }) currency_symbol_location!: string;
  @Attribute(() => String, { readOnly: true }) weight_units!: string;
  @Attribute(() => String, { readOnly: true }) dimension_units!: string;
  @Attribute(() => Number, { readOnly: true }) dimension_decimal_places!: number;
  @Attribute(() => String, { readOnly: true }) dimension_decimal_token!: string;
  @Attribute(() => String, { readOnly: true }) dimension_thousands_token!: string;
  @Attribute(() => String, { readOnly: true }) plan_name!: string;
  @Attribute(() => String, { readOnly: true }) plan_level!: string;
  @Attribute(() => Boolean, { readOnly: true }) plan_is_trial!: boolean;
  @Attribute(() => String, { readOnly: true }) industry!: string;
  @Attribute(() => Object, { readOnly: true }) logo!: Record<string, unknown>;
  @Attribute(() => Boolean, { readOnly: true }) is_price_entered_with_tax!: boolean;
  @Attribute(() => Number, { readOnly: true }) store_id!: number;
  @Attribute(() => Number, { readOnly: true }) default_channel_id!: number;
  @Attribute(() => Number, { readOnly: true }) default_site_id!: number;
  @Attribute(() => Array, { readOnly: true }) active_comparison_modules!: Record<string, unknown>[];
  @Attribute(() => Object, { readOnly: true }) features!: Record<string, unknown>;

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
export class TaxClass extends Model<TaxClass, typeof taxClassFilters> {
  @Attribute(() => String, { readOnly: true }) id!: string;
  @Attribute(() => String, { readOnly: true }) name!: string;
  @Attribute(() => Date, { readOnly: true }) created_at!: Date | null;
  @Attribute(() => Date, { readOnly: true }) updated_at!: Date | null;
}

/** The clock of the platform. */
@Resource('/time', { version: 'v2', filters: noFilters, addressing: 'single', operations: ['get'] })
export class Time extends Model<Time, typeof noFilters> {
  @Attribute(() => Number, { readOnly: true }) time!: number;
}

const webhookFilters = {} as const;

/** A webhook: a URL that is notified of events in the store. */
@Resource('/hooks', { version: 'v2', filters: webhookFilters, operations: ['list', 'get', 'create', 'update', 'delete'] })
export class Webhook extends Model<Webhook, typeof webhookFilters> {
  @Attribute(() => Number, { readOnly: true }) id!: number;
  @Attribute(() => String, { readOnly: true }) client_id!: string;
  @Attribute(() => String, { readOnly: true }) store_hash!: string;
  @Attribute(() => String, { required: true }) scope!: string;
  @Attribute(() => String, { required: true }) destination!: string;
  @Attribute(() => Object) headers!: Record<string, unknown>;
  @Attribute(() => Boolean) is_active!: boolean;
  @Attribute(() => Number, { readOnly: true }) created_at!: number;
  @Attribute(() => Number, { readOnly: true }) updated_at!: number;
}
