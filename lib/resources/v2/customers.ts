import { act } from '../../model/action.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
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

/** A customer. */
@Resource('/customers', { version: 'v2', filters, statuses: { create: 200 } })
export class Customer extends Model<Customer, typeof filters> {
  @Attribute(() => Number, { readOnly: true }) id!: number;
  @Attribute(() => Date, { readOnly: true }) date_created!: Date | null;
  @Attribute(() => Date, { readOnly: true }) date_modified!: Date | null;
  @Attribute(() => Object) _authentication!: Record<string, unknown>;
  @Attribute(() => String) company!: string;
  @Attribute(() => String, { required: true }) first_name!: string;
  @Attribute(() => String, { required: true }) last_name!: string;
  @Attribute(() => String, { required: true, unique: true }) email!: string;
  @Attribute(() => String) phone!: string;
  @Attribute(() => String, { decimals: 4 }) store_credit!: string;
  @Attribute(() => String) registration_ip_address!: string;
  @Attribute(() => Number) customer_group_id!: number;
  @Attribute(() => String) notes!: string;
  @Attribute(() => String) tax_exempt_category!: string;
  @Attribute(() => Boolean, { readOnly: true }) accepts_marketing!: boolean;
  @Attribute(() => Array, { readOnly: true }) form_fields!: Record<string, unknown>[];
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

/** An address of a customer. */
@Resource('/customers/:customer_id/addresses', {
  version: 'v2',
  filters: addressFilters,
  statuses: { create: 200 },
  alwaysSend: ['first_name', 'last_name', 'street_1', 'city', 'state', 'zip', 'country', 'phone'],
})
export class CustomerAddress extends Model<CustomerAddress, typeof addressFilters> {
  @Attribute(() => Number, { readOnly: true }) id!: number;
  @Attribute(() => String, { readOnly: true, setBy: 'country' }) country_iso2!: string;
  @Attribute(() => Number, { readOnly: true }) customer_id!: number;
  @Attribute(() => String, { required: true }) first_name!: string;
  @Attribute(() => String, { required: true }) last_name!: string;
  @Attribute(() => String) company!: string;
  @Attribute(() => String, { required: true }) street_1!: string;
  @Attribute(() => String) street_2!: string;
  @Attribute(() => String, { required: true }) city!: string;
  @Attribute(() => String, { required: true }) state!: string;
  @Attribute(() => String, { required: true }) zip!: string;
  @Attribute(() => String, { required: true }) country!: string;
  @Attribute(() => String, { required: true }) phone!: string;
  @Attribute(() => String) address_type!: 'residential' | 'commercial';
}
