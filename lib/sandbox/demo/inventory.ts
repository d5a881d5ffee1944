import type { JsonObject } from '../../json-object.js';
import * as v3 from '../../resources/v3/index.js';
import { type DemoRows, rows } from './rows.js';
import { onDay } from './values.js';

const CLOSED = { open: false, opening: '00:00', closing: '00:00' };
const OPEN = { open: true, opening: '09:00', closing: '17:00' };

const location = (id: number, own: JsonObject): JsonObject => ({
  id,
  description: '',
  managed_by_external_source: false,
  type_id: 'PHYSICAL',
  enabled: true,
  time_zone: 'America/Chicago',
  operating_hours: {
    sunday: CLOSED,
    monday: OPEN,
    tuesday: OPEN,
    wednesday: OPEN,
    thursday: OPEN,
    friday: OPEN,
    saturday: CLOSED,
  },
  storefront_visibility: true,
  special_hours: [],
  created_at: onDay(id),
  updated_at: onDay(id),
  ...own,
});

const address = (address1: string, zip: string, latitude: number, longitude: number): JsonObject => ({
  address1,
  address2: '',
  city: 'Austin',
  state: 'TX',
  zip,
  email: 'shop@example.com',
  phone: '555-0100',
  geo_coordinates: { latitude, longitude },
  country_code: 'US',
});

const method = (id: number, location_id: number, display_name: string): JsonObject => ({
  id,
  location_id,
  display_name,
  collection_instructions: 'Bring your ID',
  collection_time_description: 'Monday to Friday, 9 to 5',
  date_created: onDay(id),
  date_modified: onDay(id),
});

const metafield = (id: number, key: string, value: string): JsonObject => ({
  id,
  permission_set: 'app_only',
  namespace: 'store finder',
  key,
  value,
  description: '',
  resource_type: 'location',
  resource_id: 1,
  owner_client_id: 'sandbox-client-id',
  date_created: onDay(id),
  date_modified: onDay(id),
});

/** Two locations, how their stock is picked up, and what an app says of the first one. The stock itself is in the catalogue. */
export const inventory = (): DemoRows[] => [
  rows(v3.Location, [
    location(1, { code: 'BC-LOCATION-1', label: 'Default location', address: address('1 Congress Avenue', '78701', 30.2669, -97.7428) }),
    location(2, { code: 'WAREHOUSE', label: 'Warehouse', address: address('2 Airport Boulevard', '78702', 30.2768, -97.7035) }),
  ]),
  rows(v3.LocationMetafield, [metafield(1, 'parking', 'yes'), metafield(2, 'floor', 'ground')], { location_id: '1' }),
  rows(v3.PickupMethod, [method(1, 1, 'Pick up in store'), method(2, 2, 'Pick up at the warehouse')]),
];
