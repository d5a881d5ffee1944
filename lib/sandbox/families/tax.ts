import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import type { Entry, Tables } from '../tables.js';
import { fold } from '../values.js';
import { complete, has, missingRow, reason, refuse } from './checks.js';
import type { Change, Families, Family } from './family.js';
import { notAmong, type Reasons } from './rules.js';

const CLASSES = '/tax/classes';
const ZONES = '/tax/zones';
const RATES = '/tax/rates';
const PROPERTIES = '/tax/properties';
const OF_PRODUCTS = '/tax/products/properties';
const OF_CUSTOMERS = '/tax/customers';

const DEFAULT_ZONE = '1';
const LONGEST_NAME = 100;
const FORBIDDEN = /[<>{}`();|]/;

/** A class has a name of its own, whatever its case; that of another one is a conflict (tax_classes.v3.yaml). */
const CLASS: Family = {
  refusalOf({ body, entry, tables }) {
    const name = String(body['name'] ?? '');
    const wrong = reason(
      has(body, 'name') && (name.length > LONGEST_NAME || FORBIDDEN.test(name)),
      'name',
      'is too long or has < > { } ` ( ) ; |',
    );
    if (Object.keys(wrong).length > 0 || !has(body, 'name')) return refuse(wrong);
    const others = tables
      .of(CLASSES)
      .list()
      .filter((each) => each !== entry);
    const isTaken = others.some(({ values }) => fold(values['name']) === fold(name));
    return isTaken ? { status: 409, message: 'The name is already in use.', fields: { name: `${name} is already in use` } } : undefined;
  },
};

const PRICE_DISPLAY = { show_inclusive: false, show_both_on_detail_view: false, show_both_on_list_view: false };

/** Returns an object of a row with the members that a body sends changed. */
const merged = (name: string, initial: JsonObject, body: JsonObject, entry: Entry | undefined): JsonObject => ({
  ...initial,
  ...asJsonObject(entry?.values[name]),
  ...asJsonObject(body[name]),
});

/** Returns whom a zone is for: all postal codes of a location unless some are named. */
function targetsIn(body: JsonObject, entry: Entry | undefined): JsonObject {
  const targets = merged('shopper_target_settings', { locations: [], customer_groups: [] }, body, entry);
  const locations = jsonObjectsIn(targets['locations']).map((location) => ({ subdivision_codes: [], postal_codes: [], ...location }));
  return { ...targets, locations };
}

/** The default zone is for all who are in no other one, so that it has no targets (tax_rates_zones.v3.yml). */
const ZONE: Family = {
  refusalOf({ body, entry }) {
    const isDefault = entry?.key === DEFAULT_ZONE;
    const { locations, customer_groups } = asJsonObject(body['shopper_target_settings']);
    const isTargeted = [locations, customer_groups].some((each) => Array.isArray(each) && each.length > 0);
    return refuse(reason(isDefault && isTargeted, 'shopper_target_settings', 'cannot be set on the default tax zone'));
  },
  stored: ({ body, entry }) => ({
    ...(has(body, 'price_display_settings')
      ? { price_display_settings: merged('price_display_settings', PRICE_DISPLAY, body, entry) }
      : {}),
    ...(has(body, 'shopper_target_settings') ? { shopper_target_settings: targetsIn(body, entry) } : {}),
  }),
  complete({ entry }) {
    const shopper_target_settings = { locations: [], customer_groups: [] };
    complete({ entry }, { enabled: true, price_display_settings: { ...PRICE_DISPLAY }, shopper_target_settings });
  },
  removed({ entry, tables }) {
    for (const rate of tables.of(RATES).list()) if (String(rate.values['tax_zone_id']) === entry.key) tables.of(RATES).delete(rate);
  },
};

function wrongRates({ class_rates }: JsonObject): Reasons {
  const isWrong = jsonObjectsIn(class_rates).some(({ rate, tax_class_id }) => !(Number(rate) >= 0) || tax_class_id === undefined);
  return reason(class_rates !== undefined && isWrong, 'class_rates', 'need a rate and a tax_class_id each');
}

/** Returns the rates of a row with those that a body sends changed, by class. */
function ratesIn(body: JsonObject, entry: Entry | undefined): JsonObject[] {
  const sent = jsonObjectsIn(body['class_rates']);
  const named = new Set(sent.map(({ tax_class_id }) => tax_class_id));
  return [...sent, ...jsonObjectsIn(entry?.values['class_rates']).filter(({ tax_class_id }) => !named.has(tax_class_id))];
}

const RATE: Family = {
  stored: ({ body, entry }) => (has(body, 'class_rates') ? { class_rates: ratesIn(body, entry) } : {}),
  refusalOf: ({ body, tables }) => refuse(wrongRates(body), missingRow(body, 'tax_zone_id', ZONES, tables)),
  complete({ entry }) {
    complete({ entry }, { enabled: true, priority: 1 });
  },
};

/** Whether products or customers have a value for a property. */
const isUsed = (code: unknown, tables: Tables): boolean =>
  [OF_PRODUCTS, OF_CUSTOMERS].some((path) =>
    tables
      .of(path)
      .list()
      .some(({ values }) => Object.hasOwn(asJsonObject(values['tax_properties']), String(code))),
  );

const PROPERTY: Family = {
  refusalOf({ body, entry, tables }) {
    const others = tables
      .of(PROPERTIES)
      .list()
      .filter((each) => each !== entry);
    const isTaken = has(body, 'code') && others.some(({ values }) => values['code'] === body['code']);
    return refuse(notAmong(body, { type: ['PRODUCT', 'CUSTOMER'] }), reason(isTaken, 'code', 'is the code of another tax property'));
  },
  complete({ entry }) {
    complete({ entry }, { description: '', type: 'PRODUCT' });
  },
  refusalOfRemoval: ({ entry, tables }) =>
    isUsed(entry.values['code'], tables) ? { status: 409, message: 'The tax property is in use and cannot be deleted.' } : undefined,
};

/** Values of tax properties: a change adds to those that there are, and a property must be defined. */
const valuesOf = (owner: string, path: string): Family => ({
  refusalOf({ body, tables }: Change) {
    const codes = new Set(
      tables
        .of(PROPERTIES)
        .list()
        .map(({ values }) => String(values['code'])),
    );
    const unknown = Object.keys(asJsonObject(body['tax_properties'])).filter((code) => !codes.has(code));
    const message = `${unknown.join(', ')} is no tax property of the store`;
    return refuse(reason(unknown.length > 0, 'tax_properties', message), missingRow(body, owner, path, tables));
  },
  stored: ({ body, entry }) => ({
    tax_properties: { ...asJsonObject(entry?.values['tax_properties']), ...asJsonObject(body['tax_properties']) },
  }),
});

/** The connection of a tax provider: the password is not read back. */
const CONNECTION: Family = {
  initial: { configured: false, username: '', profile: '', target: { country_codes: [], subdivision_codes: [] } },
  stored: ({ body, entry }) => {
    const values = { ...entry?.values, ...body };
    return { configured: has(values, 'username') && has(values, 'password') };
  },
  show({ row }) {
    delete row['password'];
  },
};

/** The rules of taxes. */
export const TAX_FAMILIES: Families = {
  'v3 /tax/classes': CLASS,
  'v3 /tax/zones': ZONE,
  'v3 /tax/rates': RATE,
  'v3 /tax/properties': PROPERTY,
  // The guide of tax properties shows the pagination of a list in the response to a batch; the reference leaves `meta` open.
  'v3 /tax/products/properties': { ...valuesOf('product_id', '/catalog/products'), paginatesBatches: true },
  'v3 /tax/customers': valuesOf('customer_id', '/customers'),
  'v3 /tax/providers/:provider_id/connection': CONNECTION,
};
