import type { JsonObject } from '../../json-object.js';
import type { Tables } from '../tables.js';
import { isBlank } from '../values.js';

const NAMES = [
  'first_name',
  'last_name',
  'company',
  'street_1',
  'street_2',
  'city',
  'state',
  'zip',
  'country',
  'country_iso2',
  'phone',
  'email',
];

/** Returns an address of V2 with all that responses have. The country is known by its name or by its code. */
export function wholeAddress(address: JsonObject, tables: Tables): JsonObject {
  const { country, country_iso2 } = address;
  const known = tables
    .of('/countries')
    .list()
    .find(({ values }) => (isBlank(country_iso2) ? values['country'] === country : values['country_iso2'] === country_iso2))?.values;
  return {
    ...Object.fromEntries(NAMES.map((name) => [name, ''])),
    ...address,
    ...(isBlank(country) ? { country: known?.['country'] ?? '' } : {}),
    ...(isBlank(country_iso2) ? { country_iso2: known?.['country_iso2'] ?? '' } : {}),
  };
}

/** The names of V3 by those of V2, where they differ: both generations show the same addresses. */
export const ADDRESS_NAMES_OF_V3: Readonly<Record<string, string>> = {
  street_1: 'address1',
  street_2: 'address2',
  state: 'state_or_province',
  zip: 'postal_code',
  country_iso2: 'country_code',
};

/** Returns an address of V3 in the names of V2. */
export const addressFromV3 = (address: JsonObject): JsonObject =>
  Object.fromEntries(NAMES.map((name) => [name, address[ADDRESS_NAMES_OF_V3[name] ?? name] ?? '']));

/** Returns the part of a row that is an address. */
export const addressIn = (row: JsonObject): JsonObject => Object.fromEntries(NAMES.map((name) => [name, row[name] ?? '']));
