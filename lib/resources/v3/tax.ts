import { act, sessionFor } from '../../model/action.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { Open } from '../../schema/types.js';
import type { CallOptions } from '../../transport/request.js';
import { noFilters } from '../no-filters.js';
import type {
  TaxClassRate,
  TaxPropertyValues,
  TaxProviderTarget,
  TaxZoneAddress,
  TaxZonePriceDisplay,
  TaxZoneTarget,
} from './tax-values.js';

const taxClassRequired = ['name'] as const;

/** A tax class: a kind of goods with tax rates of its own. */
@Resource('/tax/classes', {
  version: 'v3',
  filters: noFilters,
  addressing: 'filter',
  operations: ['create', 'update', 'delete'],
  batch: { create: 50, update: 50, delete: 50 },
  deleteFilters: ['id:in'],
  required: taxClassRequired,
})
export class TaxClass extends Model<TaxClass, typeof noFilters, unknown, typeof taxClassRequired> {
  /** 1 to 100 characters, none of ``< > { } ` ( ) ; |``; unique, upper and lower case being the same: else a ConflictError. Required. */
  @Attribute(() => String) name!: string;
  /** Assigned by the store. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** When it was created. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly created_at!: Date | null;
  /** When it was last changed. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly updated_at!: Date | null;
}

const taxCustomerFilters = { 'customer_id:in': Number } as const;

const taxCustomerRequired = ['customer_id', 'tax_properties'] as const;

/** The tax properties of a customer. */
@Resource('/tax/customers', {
  version: 'v3',
  filters: taxCustomerFilters,
  key: 'customer_id',
  addressing: 'filter',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { update: 10, upsert: 10 },
  deleteFilters: ['customer_id:in'],
  required: taxCustomerRequired,
})
export class TaxCustomer extends Model<TaxCustomer, typeof taxCustomerFilters, unknown, typeof taxCustomerRequired> {
  /** The customer. Required. */
  @Attribute(() => Number) customer_id!: number;
  /** Values by the code of a tax property, which has to exist. A save adds them to those of the customer. Required. */
  @Attribute(() => Object) tax_properties!: TaxPropertyValues;
}

const taxPropertyFilters = { 'id:in': Number, 'type:in': String } as const;

const taxPropertyRequired = ['code', 'display_name', 'type'] as const;

/** A tax property: a code for tax providers. */
@Resource('/tax/properties', {
  version: 'v3',
  filters: taxPropertyFilters,
  addressing: 'filter',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { create: 10, update: 10 },
  deleteFilters: ['id:in'],
  required: taxPropertyRequired,
})
export class TaxProperty extends Model<TaxProperty, typeof taxPropertyFilters, unknown, typeof taxPropertyRequired> {
  /** Assigned by the store. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** What the tax provider knows it by; unique. Required. */
  @Attribute(() => String) code!: string;
  /** Label of the field in the control panel. Required. */
  @Attribute(() => String) display_name!: string;
  /** Tooltip of the field in the control panel. */
  @Attribute(() => String) description!: string;
  /** When it was created. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly created_at!: Date | null;
  /** When it was last changed. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly updated_at!: Date | null;
  /** What can have it. Required; it cannot be changed later. */
  @Attribute(() => String) type!: Open<'PRODUCT' | 'CUSTOMER'>;
}

const productTaxPropertyFilters = { 'product_id:in': Number } as const;

const productTaxPropertyRequired = ['product_id', 'tax_properties'] as const;

/** The tax properties of a product. */
@Resource('/tax/products/properties', {
  version: 'v3',
  filters: productTaxPropertyFilters,
  key: 'product_id',
  addressing: 'filter',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { update: 10, upsert: 10 },
  deleteFilters: ['product_id:in'],
  required: productTaxPropertyRequired,
})
export class ProductTaxProperty extends Model<
  ProductTaxProperty,
  typeof productTaxPropertyFilters,
  unknown,
  typeof productTaxPropertyRequired
> {
  /** The product. Required. */
  @Attribute(() => Number) product_id!: number;
  /** Values by the code of a tax property, which has to exist. A save adds them to those of the product. Required. */
  @Attribute(() => Object) tax_properties!: TaxPropertyValues;
}

/** The connection to a tax provider. */
@Resource('/tax/providers/:provider_id/connection', {
  version: 'v3',
  filters: noFilters,
  addressing: 'single',
  operations: ['get', 'update', 'delete'],
  statuses: { delete: 200 },
  responses: { delete: 'row' },
})
export class TaxProviderConnection extends Model<TaxProviderConnection, typeof noFilters> {
  /** Account at the tax provider. */
  @Attribute(() => String) username!: string;
  /** Whether the credentials are complete, so that merchants can turn the provider on. Read-only. */
  @Attribute(() => Boolean, { readOnly: true }) readonly configured!: boolean;
  /** Part of the provider's URLs, if it supports profiles; else empty. */
  @Attribute(() => String) profile!: string;
  /** Where the connection is used. Read-only. */
  @Attribute(() => Object, { readOnly: true }) readonly target!: TaxProviderTarget;
  /** Of the account. Never returned. */
  @Attribute(() => String) password!: string;
}

const taxRateFilters = { 'id:in': Number, 'tax_zone_id:in': Number } as const;

const taxRateRequired = ['class_rates', 'name', 'tax_zone_id'] as const;

/** A rate in a tax zone. */
@Resource('/tax/rates', {
  version: 'v3',
  filters: taxRateFilters,
  addressing: 'filter',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { create: 10, update: 10 },
  deleteFilters: ['id:in'],
  required: taxRateRequired,
})
export class TaxRate extends Model<TaxRate, typeof taxRateFilters, unknown, typeof taxRateRequired> {
  /** Its rate for each tax class; each class of the store needs one. An update keeps those of classes that it leaves out (store-operations/tax/tax-rates-zones). Required. */
  @Attribute(() => Array) class_rates!: TaxClassRate[];
  /** Default: true. */
  @Attribute(() => Boolean) enabled!: boolean;
  /** Assigned by the store. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** Shown in the control panel, and to shoppers if the tax settings say so. Required. */
  @Attribute(() => String) name!: string;
  /** The order in which rates compound. Default: 1. */
  @Attribute(() => Number) priority!: number;
  /** The zone that it is for. Required. */
  @Attribute(() => Number) tax_zone_id!: number;
}

const taxZoneFilters = { 'id:in': Number } as const;

const taxZoneRequired = ['name'] as const;

/** A tax zone. */
@Resource('/tax/zones', {
  version: 'v3',
  filters: taxZoneFilters,
  addressing: 'filter',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { create: 10, update: 10 },
  deleteFilters: ['id:in'],
  required: taxZoneRequired,
})
export class TaxZone extends Model<TaxZone, typeof taxZoneFilters, unknown, typeof taxZoneRequired> {
  /** Assigned by the store; 1 is the default zone, for all that no other covers. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** Shown in the control panel. Required. */
  @Attribute(() => String) name!: string;
  /** Whether it is used. Default: true; the default zone is always. */
  @Attribute(() => Boolean) enabled!: boolean;
  /** How its shoppers see prices. */
  @Attribute(() => Object) price_display_settings!: TaxZonePriceDisplay;
  /** Which shoppers it is for. The default zone has none. */
  @Attribute(() => Object) shopper_target_settings!: TaxZoneTarget;

  /**
   * Finds the tax zone of each address.
   *
   * @example
   * const [zone] = await TaxZone.check([{ country_code: 'AU', subdivision_codes: 'NSW', postal_code: '2099' }]);
   * // POST /v3/tax/zonecheck
   */
  static async check(addresses: readonly TaxZoneAddress[], options?: CallOptions): Promise<TaxZone[]> {
    const rows = await act<object[]>(sessionFor(this), 'POST', '/tax/zonecheck', { body: addresses, ...options });
    return rows.map((row) => this.load(row));
  }
}
