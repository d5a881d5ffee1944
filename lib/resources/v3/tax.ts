import { act, sessionFor } from '../../model/action.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { CallOptions } from '../../transport/request.js';
import { noFilters } from '../no-filters.js';

const taxClassFilters = {} as const;

const taxClassRequired = ['name'] as const;

/** A tax class: a kind of goods with tax rates of its own. */
@Resource('/tax/classes', {
  version: 'v3',
  filters: taxClassFilters,
  addressing: 'filter',
  operations: ['create', 'update', 'delete'],
  batch: { create: 50, update: 50 },
  deleteFilters: ['id:in'],
  required: taxClassRequired,
})
export class TaxClass extends Model<TaxClass, typeof taxClassFilters, unknown, typeof taxClassRequired> {
  @Attribute(() => String) name!: string;
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Date, { readOnly: true }) readonly created_at!: Date | null;
  @Attribute(() => Date, { readOnly: true }) readonly updated_at!: Date | null;
}

const taxCustomerFilters = { 'customer_id:in': Number } as const;

/** The tax properties of a customer. */
@Resource('/tax/customers', {
  version: 'v3',
  filters: taxCustomerFilters,
  key: 'customer_id',
  addressing: 'filter',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { update: 10, upsert: 10 },
  deleteFilters: ['customer_id:in'],
})
export class TaxCustomer extends Model<TaxCustomer, typeof taxCustomerFilters> {
  @Attribute(() => Number) customer_id!: number;
  @Attribute(() => Object) tax_properties!: Record<string, unknown>;
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
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => String) code!: string;
  @Attribute(() => String) display_name!: string;
  @Attribute(() => String) description!: string;
  @Attribute(() => Date, { readOnly: true }) readonly created_at!: Date | null;
  @Attribute(() => Date, { readOnly: true }) readonly updated_at!: Date | null;
  @Attribute(() => String) type!: 'PRODUCT' | 'CUSTOMER';
}

const productTaxPropertyFilters = { 'product_id:in': Number } as const;

/** The tax properties of a product. */
@Resource('/tax/products/properties', {
  version: 'v3',
  filters: productTaxPropertyFilters,
  key: 'product_id',
  addressing: 'filter',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { update: 10, upsert: 10 },
  deleteFilters: ['product_id:in'],
})
export class ProductTaxProperty extends Model<ProductTaxProperty, typeof productTaxPropertyFilters> {
  @Attribute(() => Number) product_id!: number;
  @Attribute(() => Object) tax_properties!: Record<string, unknown>;
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
  @Attribute(() => String) username!: string;
  @Attribute(() => Boolean, { readOnly: true }) readonly configured!: boolean;
  @Attribute(() => String) profile!: string;
  @Attribute(() => Object, { readOnly: true }) readonly target!: Record<string, unknown>;
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
  @Attribute(() => Array) class_rates!: Record<string, unknown>[];
  @Attribute(() => Boolean) enabled!: boolean;
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => String) name!: string;
  @Attribute(() => Number) priority!: number;
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
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => String) name!: string;
  @Attribute(() => Boolean) enabled!: boolean;
  @Attribute(() => Object) price_display_settings!: Record<string, unknown>;
  @Attribute(() => Object) shopper_target_settings!: Record<string, unknown>;

  /** Finds the tax zones of addresses. */
  static async check(addresses: readonly Record<string, unknown>[], options?: CallOptions): Promise<TaxZone[]> {
    const rows = await act<object[]>(sessionFor(this), 'POST', '/tax/zonecheck', { body: addresses, ...options });
    return rows.map((row) => this.load(row));
  }
}
