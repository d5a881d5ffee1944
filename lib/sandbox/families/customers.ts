import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { amountOf, money } from '../amounts.js';
import { includedIn } from '../selection.js';
import type { Entry, Tables } from '../tables.js';
import { isBlank } from '../values.js';
import { defaultGroup } from './customer-groups.js';
import type { Change, Families, Family, Refusal, Shown } from './family.js';
import { type Lengths, mistakeInEmail, mistakesInKeys, mistakesInLengths } from './field-rules.js';
import { type Reasons, refusing } from './rules.js';

const ADDRESSES = '/customers/addresses';
export const ATTRIBUTE_VALUES = '/customers/attribute-values';
export const FORM_VALUES = '/customers/form-field-values';

const LENGTHS: Lengths = {
  email: [3, 250],
  first_name: [1, 100],
  last_name: [1, 100],
  company: [0, 255],
  phone: [0, 50],
  tax_exempt_category: [0, 255],
};

/** The most addresses and attributes that a new customer may have (customers.v3.yml, customer_Post). */
const MOST_INLINE = 10;

/** What an address inside a new customer must have (customers.v3.yml, Create Customers). */
const ADDRESS_REQUIRED = ['first_name', 'last_name', 'address1', 'city', 'country_code'] as const;

/** Returns why a password cannot be set (form_fields.sf.yml). */
function mistakeInPassword(password: unknown): string | undefined {
  if (isBlank(password)) return undefined;
  const text = String(password);
  const isStrong = text.length >= 7 && /[a-zA-Z]/.test(text) && /\d/.test(text);
  return isStrong ? undefined : 'must be at least 7 characters and contain both alphabetic and numeric characters';
}

/** What both generations refuse. */
const mistakesIn = ({ body, tables }: Change): Reasons => ({
  ...mistakesInLengths(body, LENGTHS),
  ...mistakeInEmail(body),
  ...mistakesInKeys(body, { customer_group_id: '/customer_groups' }, tables),
});

/** What a customer has of whom nothing else is known. */
const defaults = (tables: Tables): JsonObject => ({
  company: '',
  phone: '',
  notes: '',
  tax_exempt_category: '',
  registration_ip_address: '',
  customer_group_id: defaultGroup(tables),
  store_credit: money(0),
  accepts_product_review_abandoned_cart_emails: false,
  reset_pass_on_login: false,
  channel_ids: null,
  origin_channel_id: 1,
});

/** What is stored of a new customer besides what the client sends. */
function ofNew({ body, entry, tables }: Change): JsonObject {
  if (entry !== undefined) return {};
  return Object.fromEntries(Object.entries(defaults(tables)).filter(([name]) => (body[name] ?? null) === null));
}

const V3: Family = {
  refusalOf: refusalOfV3,
  stored(change) {
    const { body, entry } = change;
    const { new_password, force_password_reset } = asJsonObject(body['authentication']);
    const [credit] = jsonObjectsIn(body['store_credit_amounts']);
    return {
      ...ofNew(change),
      // The origin is that of the create (customers.v3.yml, Update Customers).
      ...(entry === undefined ? {} : { origin_channel_id: entry.values['origin_channel_id'] }),
      ...(credit === undefined ? {} : { store_credit: money(amountOf(credit['amount'])) }),
      ...(new_password === undefined ? {} : { $password: new_password }),
      ...(force_password_reset === undefined ? {} : { reset_pass_on_login: force_password_reset }),
      // Stored in tables of their own, or nowhere.
      ...{ attributes: undefined, form_fields: undefined, authentication: undefined, store_credit_amounts: undefined },
      trigger_account_created_notification: undefined,
    };
  },
  complete({ body, entry, tables }) {
    const customer_id = entry.values['id'];
    const isNew = tables
      .of(ATTRIBUTE_VALUES)
      .list()
      .every(({ values }) => values['customer_id'] !== customer_id);
    for (const { attribute_id, attribute_value } of isNew ? jsonObjectsIn(body['attributes']) : [])
      insertAttributeValue({ attribute_id, customer_id, value: attribute_value }, tables);
    for (const { name, value } of jsonObjectsIn(body['form_fields'])) setFormValue({ name, value, customer_id }, tables);
  },
  included: (body) => INCLUDES.filter(([, attribute]) => body[attribute] !== undefined).map(([name]) => name),
  show: showV3,
  removed,
};

/** Attributes that are shown if they are included, by the name of the parameter. */
const INCLUDES = [
  ['attributes', 'attributes'],
  ['formfields', 'form_fields'],
  ['storecredit', 'store_credit_amounts'],
  ['shopper_profile_id', 'shopper_profile_id'],
  ['segment_ids', 'segment_ids'],
] as const;

function refusalOfV3(change: Change): Refusal | undefined {
  const { body, entry, tables } = change;
  const addresses = jsonObjectsIn(body['addresses']);
  const attributes = jsonObjectsIn(body['attributes']);
  const password = mistakeInPassword(asJsonObject(body['authentication'])['new_password']);
  return refusing({
    ...mistakesIn(change),
    ...(password === undefined ? {} : { 'authentication.new_password': password }),
    ...mistakeInChannels(body['channel_ids'], tables),
    ...(addresses.length > MOST_INLINE ? { addresses: `must have at most ${MOST_INLINE} addresses` } : {}),
    ...(attributes.length > MOST_INLINE ? { attributes: `must have at most ${MOST_INLINE} attributes` } : {}),
    ...(entry === undefined ? placed('addresses', addresses, mistakesInInlineAddress) : {}),
    ...placed('attributes', attributes, (row) => mistakesInKeys(row, { attribute_id: '/customers/attributes' }, tables)),
  });
}

/** A customer of some channels only has at least one (store-operations/customers/channel-specific-customers). */
function mistakeInChannels(channels: unknown, tables: Tables): Reasons {
  if (!Array.isArray(channels)) return {};
  if (channels.length === 0) return { channel_ids: 'must have at least one channel' };
  const unknown = channels.find((id) => tables.of('/channels').get(String(id), {}) === undefined);
  return unknown === undefined ? {} : { channel_ids: `${String(unknown)} is not a channel of this store` };
}

const mistakesInInlineAddress = (address: JsonObject): Reasons =>
  Object.fromEntries(ADDRESS_REQUIRED.filter((name) => (address[name] ?? '') === '').map((name) => [name, `${name} is required`]));

function placed(name: string, rows: readonly JsonObject[], mistakes: (row: JsonObject) => Reasons): Reasons {
  return Object.fromEntries(
    rows.flatMap((row, place) => Object.entries(mistakes(row)).map(([field, reason]) => [`${name}.${place}.${field}`, reason])),
  );
}

/** Stores the value of an attribute of a customer. */
function insertAttributeValue({ attribute_id, customer_id, value }: JsonObject, tables: Tables): void {
  const date = tables.clock.iso();
  const row = { attribute_id, customer_id, value: String(value), attribute_value: String(value), date_created: date, date_modified: date };
  tables.of(ATTRIBUTE_VALUES).insert('id', row, {});
}

/** Stores what a customer or an address has in a form field. */
export function setFormValue({ name, value, ...owner }: JsonObject, tables: Tables): void {
  const [[kind = '', key] = []] = Object.entries(owner);
  const table = tables.of(FORM_VALUES);
  const known = table.list().find(({ values }) => values['name'] === name && values[kind] === key);
  if (known === undefined) table.insert('name', { name, value, ...owner }, {}, ['customer_id', 'address_id']);
  else known.values['value'] = value;
}

/** What the owner of form fields has in them. */
export const formValuesOf = (kind: 'customer_id' | 'address_id', key: unknown, tables: Tables): JsonObject[] =>
  tables
    .of(FORM_VALUES)
    .list()
    .filter(({ values }) => values[kind] === key)
    .map(({ values }) => ({ name: values['name'], value: values['value'], [kind]: key }));

const attributeValuesOf = (customer: unknown, tables: Tables): JsonObject[] =>
  tables
    .of(ATTRIBUTE_VALUES)
    .list()
    .filter(({ values }) => values['customer_id'] === customer)
    .map(({ values: { value, ...values } }) => values);

/** The shopper profile of a customer. */
const profileOf = (customer: unknown, tables: Tables): Entry | undefined =>
  tables
    .of('/shopper-profiles')
    .list()
    .find(({ values }) => values['customer_id'] === customer);

function showV3({ row, entry, query, tables }: Shown): void {
  const { id, store_credit, reset_pass_on_login } = entry.values;
  const included = includedIn(query);
  const attributes = attributeValuesOf(id, tables);
  const isAsked = query['include_fields'] === undefined;
  if (isAsked)
    Object.assign(row, { attribute_count: attributes.length, authentication: { force_password_reset: reset_pass_on_login === true } });
  const values: Readonly<Record<string, () => unknown>> = {
    attributes: () => attributes.slice(0, MOST_INLINE),
    form_fields: () => formValuesOf('customer_id', id, tables),
    store_credit_amounts: () => [{ amount: amountOf(store_credit) }],
    shopper_profile_id: () => profileOf(id, tables)?.key,
    segment_ids: () => segmentsOf(id, tables),
  };
  for (const [name, attribute] of INCLUDES) {
    delete row[attribute];
    const value = included.has(name) ? values[attribute]?.() : undefined;
    if (value !== undefined) row[attribute] = value;
  }
}

const segmentsOf = (customer: unknown, tables: Tables): string[] =>
  tables
    .of('/segments/:segment_id/shopper-profiles')
    .list()
    .filter(({ values }) => values['customer_id'] === customer)
    .flatMap(({ parents }) => parents['segment_id'] ?? []);

/** Removes what belongs to a customer and is not below it. */
function removed({ entry, tables }: Pick<Shown, 'entry' | 'tables'>): void {
  for (const path of [ADDRESSES, ATTRIBUTE_VALUES, FORM_VALUES, '/shopper-profiles', '/wishlists'])
    for (const each of tables.of(path).list())
      if (String(each.values['customer_id'] ?? each.parents['customer_id']) === entry.key) tables.remove(path, each);
}

const V2: Family = {
  refusalOf(change) {
    const { password, password_confirmation } = asJsonObject(change.body['_authentication']);
    const mistake =
      password_confirmation !== undefined && password_confirmation !== password ? 'is not confirmed' : mistakeInPassword(password);
    return refusing({ ...mistakesIn(change), ...(mistake === undefined ? {} : { '_authentication.password': mistake }) });
  },
  stored(change) {
    const { body } = change;
    const { password, force_reset } = asJsonObject(body['_authentication']);
    return {
      ...ofNew(change),
      ...(body['store_credit'] === undefined ? {} : { store_credit: money(amountOf(body['store_credit'])) }),
      ...(password === undefined ? {} : { $password: password }),
      ...(force_reset === undefined ? {} : { reset_pass_on_login: force_reset }),
      _authentication: undefined,
    };
  },
  show({ row, entry, tables }) {
    const fields = formValuesOf('customer_id', entry.values['id'], tables);
    row['form_fields'] = fields.length === 0 ? null : fields.map(({ name, value }) => ({ name, value }));
    row['accepts_marketing'] = entry.values['accepts_product_review_abandoned_cart_emails'] === true;
    row['reset_pass_on_login'] = entry.values['reset_pass_on_login'] === true;
  },
  removed,
};

/** The password of customers that have none of their own, such as those of the demo store. */
const USUAL_PASSWORD = 'password';

/** Whether a password is that of a customer. */
export const hasPassword = ({ values }: Entry, password: unknown): boolean => (values['$password'] ?? USUAL_PASSWORD) === password;

export const CUSTOMER_FAMILIES: Families = { 'v2 /customers': V2, 'v3 /customers': V3 };
