import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { Open } from '../../schema/types.js';
import type { AddressFormField } from './customer-values.js';

const customerAddressFilters = { 'company:in': String, 'name:in': String, 'customer_id:in': Number, 'id:in': Number } as const;

const customerAddressIncludes = ['formfields'] as const;

const customerAddressRequired = [
  'address1',
  'city',
  'country_code',
  'customer_id',
  'first_name',
  'last_name',
  'postal_code',
  'state_or_province',
] as const;

/**
 * An address of a customer. One that is the same as another of the customer, but for `address2`, is not written: the call throws a
 * ConflictError, although the API responds with 200 and leaves it out.
 */
@Resource('/customers/addresses', {
  version: 'v3',
  filters: customerAddressFilters,
  addressing: 'filter',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { create: 10, update: 10 },
  includes: customerAddressIncludes,
  deleteFilters: ['id:in'],
  // customers.v3.yml, POST and PUT /customers/addresses.
  omitsDuplicates: true,
  required: customerAddressRequired,
})
export class CustomerAddress extends Model<
  CustomerAddress,
  typeof customerAddressFilters,
  (typeof customerAddressIncludes)[number],
  typeof customerAddressRequired
> {
  /** Street and number. Required. */
  @Attribute(() => String) address1!: string;
  /** Second line of the street address. */
  @Attribute(() => String) address2!: string;
  /** Kind of building, for carriers. */
  @Attribute(() => String) address_type!: Open<'residential' | 'commercial'>;
  /** City or town; up to 100 characters. Required. */
  @Attribute(() => String) city!: string;
  /** Name of the company; up to 255 characters. */
  @Attribute(() => String) company!: string;
  /** Name of the country. Read-only: `country_code` sets it. */
  @Attribute(() => String, { readOnly: true, setBy: 'country_code' }) readonly country!: string;
  /** ISO 3166-1 alpha-2 code. Required. */
  @Attribute(() => String) country_code!: string;
  /** Customer whose address it is. Required. */
  @Attribute(() => Number) customer_id!: number;
  /** Of the person; 1 to 255 characters. Required. */
  @Attribute(() => String) first_name!: string;
  /** Assigned by the store. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** Of the person; 1 to 255 characters. Required. */
  @Attribute(() => String) last_name!: string;
  /** Phone number; up to 50 characters. */
  @Attribute(() => String) phone!: string;
  /** Postal code; up to 30 characters. Required. */
  @Attribute(() => String) postal_code!: string;
  /** Full name of the state or province; up to 100 characters. Required. */
  @Attribute(() => String) state_or_province!: string;
  /** What the address has in the store's form fields; absent unless `formfields` is included. */
  @Attribute(() => Array) form_fields!: AddressFormField[];
}
