import { act } from '../../model/action.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { V2Filters } from '../../query/where.js';
import { Attribute } from '../../schema/attribute.js';
import type { CallOptions } from '../../transport/request.js';
import { Order } from './orders.js';

const filters = {
  first_name: String,
  last_name: String,
  company: String,
  email: String,
  phone: String,
  store_credit: String,
  customer_group_id: Number,
  min_id: Number,
  max_id: Number,
  min_date_created: Date,
  max_date_created: Date,
  min_date_modified: Date,
  max_date_modified: Date,
  tax_exempt_category: String,
} as const;

const customerRequired = ['first_name', 'last_name', 'email'] as const;

/** A customer. */
@Resource('/customers', { version: 'v2', filters, statuses: { create: 200 }, required: customerRequired })
export class Customer extends Model<Customer, V2Filters<typeof filters>, unknown, typeof customerRequired> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  @Attribute(() => Object) _authentication!: Record<string, unknown>;
  @Attribute(() => String) company!: string;
  @Attribute(() => String) first_name!: string;
  @Attribute(() => String) last_name!: string;
  @Attribute(() => String, { unique: true }) email!: string;
  @Attribute(() => String) phone!: string;
  @Attribute(() => String, { decimals: 4 }) store_credit!: string;
  @Attribute(() => String) registration_ip_address!: string;
  @Attribute(() => Number) customer_group_id!: number;
  @Attribute(() => String) notes!: string;
  @Attribute(() => String) tax_exempt_category!: string;
  @Attribute(() => Boolean, { readOnly: true }) readonly accepts_marketing!: boolean;
  @Attribute(() => Array, { readOnly: true }) readonly form_fields!: Record<string, unknown>[];
  @Attribute(() => Boolean) reset_pass_on_login!: boolean;
  @HasMany(() => CustomerAddress) addresses!: HasMany<CustomerAddress>;
  @HasMany(() => Order, { by: 'customer_id' }) orders!: HasMany<Order>;

  /** Checks the customer's password, and returns whether it is correct. */
  async validatePassword(password: string, options?: CallOptions): Promise<boolean> {
    const { success } = await act<{ success: boolean }>(this, 'POST', 'validate', { body: { password }, ...options });
    return success;
  }
}

const addressFilters = {} as const;

const customerAddressRequired = ['first_name', 'last_name', 'street_1', 'city', 'state', 'zip', 'country', 'phone'] as const;

/** An address of a customer. */
@Resource('/customers/:customer_id/addresses', {
  version: 'v2',
  filters: addressFilters,
  statuses: { create: 200 },
  alwaysSend: ['first_name', 'last_name', 'street_1', 'city', 'state', 'zip', 'country', 'phone'],
  required: customerAddressRequired,
})
export class CustomerAddress extends Model<CustomerAddress, V2Filters<typeof addressFilters>, unknown, typeof customerAddressRequired> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => String, { readOnly: true, setBy: 'country' }) readonly country_iso2!: string;
  @Attribute(() => Number, { readOnly: true }) readonly customer_id!: number;
  @Attribute(() => String) first_name!: string;
  @Attribute(() => String) last_name!: string;
  @Attribute(() => String) company!: string;
  @Attribute(() => String) street_1!: string;
  @Attribute(() => String) street_2!: string;
  @Attribute(() => String) city!: string;
  @Attribute(() => String) state!: string;
  @Attribute(() => String) zip!: string;
  @Attribute(() => String) country!: string;
  @Attribute(() => String) phone!: string;
  @Attribute(() => String) address_type!: 'residential' | 'commercial';
}
