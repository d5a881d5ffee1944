import { type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { countryCode, countryName } from '../countries.js';
import { includedIn } from '../selection.js';
import type { Entry, Tables } from '../tables.js';
import { ADDRESS_NAMES_OF_V3 } from './addresses.js';
import { FORM_VALUES, formValuesOf, setFormValue } from './customers.js';
import type { Change, Families, Family, Shown } from './family.js';
import { type Lengths, mistakesInChoices, mistakesInKeys, mistakesInLengths } from './field-rules.js';
import { refusing } from './rules.js';

const ADDRESSES = '/customers/addresses';

const LENGTHS: Lengths = {
  first_name: [1, 255],
  last_name: [1, 255],
  company: [0, 255],
  city: [0, 100],
  state_or_province: [0, 100],
  postal_code: [0, 30],
  country_code: [2, 2],
  phone: [0, 50],
};

const DEFAULTS = { company: '', phone: '', address_type: 'residential', address2: '', street_2: '' };

/** What makes an address another one (customers.v3.yml, Create a Customer Address). */
const CORE = [
  ...['customer_id', 'first_name', 'last_name', 'company', 'phone', 'address_type', 'address1', 'address2'],
  ...['city', 'country_code', 'state_or_province', 'postal_code'],
] as const;

/** Returns the values of an address under the names of both generations. */
function underBothNames(values: JsonObject): JsonObject {
  const both = { ...values };
  for (const [v2, v3] of Object.entries(ADDRESS_NAMES_OF_V3)) {
    if (values[v3] !== undefined) both[v2] = values[v3];
    else if (values[v2] !== undefined) both[v3] = values[v2];
  }
  return both;
}

const isStateCode = ({ state_or_province, country_code }: JsonObject, tables: Tables): boolean => {
  const country = tables.of('/countries').having('country_iso2', country_code);
  const states = country === undefined ? [] : tables.of('/countries/:country_id/states').list({ country_id: country.key });
  return states.some(({ values }) => values['state_abbreviation'] === state_or_province);
};

const V3: Family = {
  refusalOf({ body, tables }) {
    return refusing({
      ...mistakesInLengths(body, LENGTHS),
      ...mistakesInChoices(body, { address_type: ['residential', 'commercial'] }),
      ...mistakesInKeys(body, { customer_id: '/customers' }, tables),
      ...(isStateCode(body, tables) ? { state_or_province: 'must be the full name of the state or province' } : {}),
    });
  },
  parentsOf: ({ customer_id }): Record<string, string> => (customer_id === undefined ? {} : { customer_id: String(customer_id) }),
  isIgnored: (change) => isKnown(change),
  stored({ body, entry, tables }) {
    const { form_fields, ...values } = body;
    const country = values['country_code'] === undefined ? {} : { country: countryName(values['country_code'], tables) };
    const kept = entry === undefined ? DEFAULTS : { customer_id: entry.values['customer_id'] ?? Number(entry.parents['customer_id']) };
    return {
      ...underBothNames({ ...kept, ...values }),
      ...kept,
      ...pick(values, Object.keys(DEFAULTS)),
      ...country,
      form_fields: undefined,
    };
  },
  complete({ body, entry, tables }) {
    for (const { name, value } of jsonObjectsIn(body['form_fields'])) setFormValue({ name, value, address_id: entry.values['id'] }, tables);
  },
  included: (body) => (body['form_fields'] === undefined ? [] : ['formfields']),
  show({ row, entry, query, tables }) {
    const isIncluded = includedIn(query).has('formfields');
    if (isIncluded) row['form_fields'] = formValuesOf('address_id', entry.values['id'], tables);
    else delete row['form_fields'];
  },
  removed,
};

const pick = (row: JsonObject, names: readonly string[]): JsonObject =>
  Object.fromEntries(names.flatMap((name) => (row[name] === undefined ? [] : [[name, row[name]]])));

function removed({ entry, tables }: Pick<Shown, 'entry' | 'tables'>): void {
  for (const each of tables.of(FORM_VALUES).list()) if (String(each.values['address_id']) === entry.key) tables.remove(FORM_VALUES, each);
}

/** Whether a customer has such an address already. Form fields and letter case do not make another one. */
function isKnown({ body, entry, tables }: Change): boolean {
  const wanted: JsonObject = { ...DEFAULTS, ...entry?.values, ...body };
  const identityOf = (values: JsonObject): string => JSON.stringify(CORE.map((name) => String(values[name] ?? '').toLowerCase()));
  const identity = identityOf(wanted);
  const others = tables.of(ADDRESSES).list({ customer_id: String(wanted['customer_id']) });
  return others.some(
    (other: Entry) => other !== entry && identityOf({ customer_id: other.parents['customer_id'], ...other.values }) === identity,
  );
}

const V2: Family = {
  stored({ body, entry, parents, tables }) {
    const kept = entry === undefined ? { ...DEFAULTS, ...pick(body, Object.keys(DEFAULTS)) } : {};
    const code = body['country'] === undefined ? {} : { country_iso2: countryCode(body['country'], tables), country: body['country'] };
    return { ...underBothNames({ ...kept, ...body, ...code }), customer_id: Number(parents['customer_id']) };
  },
};

export const CUSTOMER_ADDRESS_FAMILIES: Families = {
  'v2 /customers/:customer_id/addresses': V2,
  'v3 /customers/addresses': V3,
};
