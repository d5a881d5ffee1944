import type { JsonObject } from '../../json-object.js';
import { CITIES, onDay, personOf, pick } from './values.js';

export function customer(index: number): JsonObject {
  const { first, last, email } = personOf(index);
  const city = pick(CITIES, index);
  return {
    id: index + 1,
    first_name: first,
    last_name: last,
    email,
    company: index % 3 === 0 ? `${last} & Co` : '',
    phone: `555-01${String(index).padStart(2, '0')}`,
    store_credit: '0.0000',
    customer_group_id: index % 4,
    registration_ip_address: '203.0.113.7',
    notes: '',
    date_created: onDay(index * 2),
    date_modified: onDay(index * 2 + 5),
    addresses: [
      {
        id: index + 1,
        first_name: first,
        last_name: last,
        company: '',
        street_1: `${index + 1} Main Street`,
        street_2: '',
        city,
        state: 'Texas',
        zip: String(78_700 + index),
        country: 'United States',
        country_iso2: 'US',
        address1: `${index + 1} Main Street`,
        address2: '',
        state_or_province: 'Texas',
        postal_code: String(78_700 + index),
        country_code: 'US',
        customer_id: index + 1,
        phone: '555-0100',
        address_type: 'residential',
      },
    ],
  };
}
