import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { Open } from '../../schema/types.js';
import { noFilters } from '../no-filters.js';
import type { FormFieldContent } from './customer-values.js';

const customerAttributeFilters = {
  name: String,
  'name:like': String,
  type: String,
  date_created: Date,
  'date_created:max': Date,
  'date_created:min': Date,
  date_modified: Date,
  'date_modified:max': Date,
  'date_modified:min': Date,
} as const;

const customerAttributeRequired = ['name', 'type'] as const;

/** A custom attribute of customers. A store has at most 50. */
@Resource('/customers/attributes', {
  version: 'v3',
  filters: customerAttributeFilters,
  addressing: 'filter',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { create: 10, update: 10 },
  deleteFilters: ['id:in'],
  required: customerAttributeRequired,
})
export class CustomerAttribute extends Model<
  CustomerAttribute,
  typeof customerAttributeFilters,
  unknown,
  typeof customerAttributeRequired
> {
  /** 1 to 255 characters. Required. */
  @Attribute(() => String) name!: string;
  /** Kind of values. Required; it cannot be changed: delete the attribute, and with it its values, and create it anew. */
  @Attribute(() => String) type!: Open<'string' | 'number' | 'date'>;
  /** Assigned by the store. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** When it was last changed. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  /** When it was created. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
}

const customerAttributeValueFilters = {
  'customer_id:in': Number,
  'attribute_id:in': Number,
  name: String,
  date_created: Date,
  'date_created:max': Date,
  'date_created:min': Date,
  date_modified: Date,
  'date_modified:max': Date,
  'date_modified:min': Date,
} as const;

const customerAttributeValueRequired = ['attribute_id', 'customer_id', 'value'] as const;

/** The value of an attribute of a customer. One PUT creates and updates up to ten. */
@Resource('/customers/attribute-values', {
  version: 'v3',
  filters: customerAttributeValueFilters,
  addressing: 'filter',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { update: 10, upsert: 10 },
  deleteFilters: ['id:in'],
  required: customerAttributeValueRequired,
})
export class CustomerAttributeValue extends Model<
  CustomerAttributeValue,
  typeof customerAttributeValueFilters,
  unknown,
  typeof customerAttributeValueRequired
> {
  /** The `CustomerAttribute`. Required. */
  @Attribute(() => Number) attribute_id!: number;
  /** The value as a response has it: always text, up to 255 characters. Read-only: set `value`. */
  @Attribute(() => String, { readOnly: true, setBy: 'value' }) readonly attribute_value!: string;
  /** Assigned by the store. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** Customer whose value it is. Required. */
  @Attribute(() => Number) customer_id!: number;
  /** When it was last changed. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  /** When it was created. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  /** The value to set, as text, up to 255 characters; a response has it as `attribute_value`. Required. */
  @Attribute(() => String) value!: string;
}

const customerFormFieldValueFilters = { customer_id: Number, address_id: Number, field_name: String, field_type: String } as const;

const customerFormFieldValueRequired = ['name', 'value', ['customer_id', 'address_id']] as const;

/** What a customer or an address has in a form field. */
@Resource('/customers/form-field-values', {
  version: 'v3',
  filters: customerFormFieldValueFilters,
  key: 'name',
  addressing: 'filter',
  operations: ['list', 'create', 'update', 'count'],
  identity: ['customer_id', 'address_id'],
  batch: { update: 10, upsert: 10 },
  cursor: true,
  required: customerFormFieldValueRequired,
})
export class CustomerFormFieldValue extends Model<
  CustomerFormFieldValue,
  typeof customerFormFieldValueFilters,
  unknown,
  typeof customerFormFieldValueRequired
> {
  /** Name of the form field; with the customer or address it identifies the value. Required. */
  @Attribute(() => String) name!: string;
  /** Text, a number, or several texts for check boxes. Required. */
  @Attribute(() => String) value!: FormFieldContent;
  /** Customer whose value it is; absent for that of an address. */
  @Attribute(() => Number) customer_id?: number;
  /** Address whose value it is; absent for that of a customer. */
  @Attribute(() => Number) address_id?: number;
}

/** A purpose of cookies and scripts. */
export type ConsentCategory = Open<'essential' | 'functional' | 'analytics' | 'targeting'>;

/** A customer's consent to cookies and scripts that collect data. */
@Resource('/customers/:customer_id/consent', {
  version: 'v3',
  filters: noFilters,
  addressing: 'single',
  operations: ['get', 'update'],
  noEnvelope: true,
})
export class CustomerConsent extends Model<CustomerConsent, typeof noFilters> {
  /** What the customer has agreed to; may be empty. */
  @Attribute(() => Array) allow!: ConsentCategory[];
  /** What the customer has declined; may be empty. */
  @Attribute(() => Array) deny!: ConsentCategory[];
  /** When it was last changed. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly updated_at!: Date | null;
}
