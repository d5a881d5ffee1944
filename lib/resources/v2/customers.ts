import { act } from '../../model/action.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { V2Filters } from '../../query/where.js';
import { Attribute } from '../../schema/attribute.js';
import type { Money, Open } from '../../schema/types.js';
import type { CallOptions } from '../../transport/request.js';
import { noFilters } from '../no-filters.js';
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

/** The password of a customer, to set. */
export interface CustomerPassword {
  /** Whether the customer must change the password at the next login. */
  force_reset?: boolean;
  /** The password; generated if a new customer has none. */
  password?: string;
  /** The password once more. */
  password_confirmation?: string;
}

/** What a customer has in a form field. */
export interface CustomerFormField {
  /** Name of the form field. */
  name: string;
  /** What the customer entered; null for nothing. */
  value: string | null;
}

/** A customer. The platform calls this generation of the API deprecated: use V3 where it has what you need. */
@Resource('/customers', { version: 'v2', filters, statuses: { create: 200 }, required: customerRequired })
export class Customer extends Model<Customer, V2Filters<typeof filters>, unknown, typeof customerRequired> {
  /** Assigned by the store. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** When the customer registered or was created. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  /** When the customer was last changed. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  /** Password to set. Never in a response. */
  @Attribute(() => Object) _authentication!: CustomerPassword;
  /** Name of the company; empty if there is none. */
  @Attribute(() => String) company!: string;
  /** Required. */
  @Attribute(() => String) first_name!: string;
  /** Required. */
  @Attribute(() => String) last_name!: string;
  /** Unique. Required. */
  @Attribute(() => String, { unique: true }) email!: string;
  /** Phone number, in any form. */
  @Attribute(() => String) phone!: string;
  /** In the store's default currency. */
  @Attribute(() => String, { decimals: 4 }) store_credit!: Money;
  /** Address that the customer registered from. */
  @Attribute(() => String) registration_ip_address!: string;
  /** Group that the customer belongs to; 0 for none. */
  @Attribute(() => Number) customer_group_id!: number;
  /** Notes of the merchant. */
  @Attribute(() => String) notes!: string;
  /** Code that the tax provider exempts from tax. */
  @Attribute(() => String) tax_exempt_category!: string;
  /** Whether emails that ask for product reviews, and about abandoned carts, are sent. Read-only. */
  @Attribute(() => Boolean, { readOnly: true }) readonly accepts_marketing!: boolean;
  /** What the customer has in the store's form fields; null without any. Read-only. */
  @Attribute(() => Array, { readOnly: true }) readonly form_fields!: CustomerFormField[] | null;
  /** Whether the customer must change the password at the next login. */
  @Attribute(() => Boolean) reset_pass_on_login!: boolean;
  /** Addresses; an update of the customer does not change them. */
  @HasMany(() => CustomerAddress) addresses!: HasMany<CustomerAddress>;
  /** Orders of the customer. */
  @HasMany(() => Order, { by: 'customer_id' }) orders!: HasMany<Order>;

  /** Checks the customer's password, and returns whether it is correct. */
  async validatePassword(password: string, options?: CallOptions): Promise<boolean> {
    const { success } = await act<{ success: boolean }>(this, 'POST', 'validate', { body: { password }, ...options });
    return success;
  }
}

const customerAddressRequired = ['first_name', 'last_name', 'street_1', 'city', 'state', 'zip', 'country', 'phone'] as const;

/** An address of a customer. */
@Resource('/customers/:customer_id/addresses', {
  version: 'v2',
  filters: noFilters,
  statuses: { create: 200 },
  alwaysSend: ['first_name', 'last_name', 'street_1', 'city', 'state', 'zip', 'country', 'phone'],
  required: customerAddressRequired,
})
export class CustomerAddress extends Model<CustomerAddress, V2Filters<typeof noFilters>, unknown, typeof customerAddressRequired> {
  /** Assigned by the store. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** ISO 3166-1 alpha-2 code. Read-only: `country` sets it. */
  @Attribute(() => String, { readOnly: true, setBy: 'country' }) readonly country_iso2!: string;
  /** Customer whose address it is. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly customer_id!: number;
  /** Of the person. Required. */
  @Attribute(() => String) first_name!: string;
  /** Of the person. Required. */
  @Attribute(() => String) last_name!: string;
  /** Name of the company. */
  @Attribute(() => String) company!: string;
  /** Street and number. Required. */
  @Attribute(() => String) street_1!: string;
  /** Second line of the street address. */
  @Attribute(() => String) street_2!: string;
  /** City or town. Required. */
  @Attribute(() => String) city!: string;
  /** Full name of the state or province; a space where there is none, since it cannot be null. Required. */
  @Attribute(() => String) state!: string;
  /** Postal code. Required. */
  @Attribute(() => String) zip!: string;
  /** Full name of the country. Required. */
  @Attribute(() => String) country!: string;
  /** Phone number. Required. */
  @Attribute(() => String) phone!: string;
  /** Kind of building, for carriers. */
  @Attribute(() => String) address_type!: Open<'residential' | 'commercial'>;
}
