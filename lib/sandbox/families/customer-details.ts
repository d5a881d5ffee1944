import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import type { Entry, Tables } from '../tables.js';
import { ATTRIBUTE_VALUES } from './customers.js';
import { inherited, withDefaults } from './defaults.js';
import type { Change, Families, Family } from './family.js';
import { type Lengths, mistakeInEmail, mistakesInChoices, mistakesInKeys, mistakesInLengths } from './field-rules.js';
import { refusing } from './rules.js';

const ATTRIBUTES = '/customers/attributes';
const MOST_ATTRIBUTES = 50;

const ATTRIBUTE: Family = {
  refusalOf({ body, entry, tables, place = 0 }) {
    const isFull = entry === undefined && tables.of(ATTRIBUTES).list().length + place >= MOST_ATTRIBUTES;
    const isChanged = entry !== undefined && body['type'] !== undefined && body['type'] !== entry.values['type'];
    return refusing({
      ...mistakesInLengths(body, { name: [1, 255] }),
      ...mistakesInChoices(body, { type: ['string', 'number', 'date'] }),
      ...(isFull ? { name: `is too much: a store has at most ${MOST_ATTRIBUTES} customer attributes` } : {}),
      ...(isChanged ? { type: 'cannot be changed: delete the attribute, and create it anew' } : {}),
    });
  },
  // With it go its values (customers.v3.yml, Create a Customer Attribute).
  removed({ entry, tables }) {
    for (const each of tables.of(ATTRIBUTE_VALUES).list())
      if (String(each.values['attribute_id']) === entry.key) tables.remove(ATTRIBUTE_VALUES, each);
  },
};

/** What is wrong with a value, by the type of its attribute. */
const MISTAKES: Readonly<Record<string, (value: string) => string | undefined>> = {
  number: (value) => (value !== '' && Number.isFinite(Number(value)) ? undefined : 'must be a number'),
  date: (value) => (Number.isNaN(Date.parse(value)) ? 'must be a date' : undefined),
};

const ATTRIBUTE_VALUE: Family = {
  refusalOf({ body, entry, tables }) {
    const attribute_id = body['attribute_id'] ?? entry?.values['attribute_id'];
    const type = tables.of(ATTRIBUTES).get(String(attribute_id), {})?.values['type'];
    const mistake = body['value'] === undefined ? undefined : MISTAKES[String(type)]?.(String(body['value']));
    return refusing({
      ...mistakesInLengths(body, { value: [0, 255] }),
      ...mistakesInKeys(body, { attribute_id: ATTRIBUTES, customer_id: '/customers' }, tables),
      ...(mistake === undefined ? {} : { value: mistake }),
    });
  },
  // An upsert finds the value that a customer has of an attribute.
  identity(row, tables): JsonObject {
    if (row['id'] !== undefined) return {};
    const isMeant = ({ values }: Entry): boolean =>
      values['attribute_id'] === row['attribute_id'] && values['customer_id'] === row['customer_id'];
    const found = tables.of(ATTRIBUTE_VALUES).list().find(isMeant);
    return found === undefined ? {} : { id: found.key };
  },
  stored: ({ body }) => (body['value'] === undefined ? {} : { value: String(body['value']), attribute_value: String(body['value']) }),
  // A response has the value under another name.
  show({ row }) {
    delete row['value'];
  },
};

const FORM_VALUE: Family = {
  refusalOf: ({ body, tables }) =>
    refusing(mistakesInKeys(body, { customer_id: '/customers', address_id: '/customers/addresses' }, tables)),
};

const CATEGORIES = ['essential', 'functional', 'analytics', 'targeting'];

const CONSENT: Family = {
  refusalOf({ body }) {
    const wrong = ['allow', 'deny'].filter((name) => {
      const list = body[name];
      return Array.isArray(list) && list.some((each) => !CATEGORIES.includes(String(each)));
    });
    return refusing(Object.fromEntries(wrong.map((name) => [name, `must have ${CATEGORIES.join(', ')} only`])));
  },
  stored: ({ tables }) => ({ updated_at: tables.clock.iso() }),
  show: ({ row }) => Object.assign(row, { allow: [], deny: [], updated_at: null, ...row }),
};

const SUBSCRIBER_LENGTHS: Lengths = { first_name: [0, 255], last_name: [0, 255], source: [0, 255] };

const SUBSCRIBER: Family = {
  refusalOf({ body }) {
    const { consents } = body;
    const known = ['marketing_newsletter', 'abandoned_cart'];
    return refusing({
      ...mistakesInLengths(body, SUBSCRIBER_LENGTHS),
      ...mistakeInEmail(body),
      ...(Array.isArray(consents) && consents.some((each) => !known.includes(String(each)))
        ? { consents: `must have ${known.join(', ')} only` }
        : {}),
    });
  },
  stored: ({ body, entry }) =>
    entry === undefined
      ? { first_name: '', last_name: '', source: 'custom', order_id: null, channel_id: 1, consents: [], ...known(body) }
      : {},
};

const known = (body: JsonObject): JsonObject =>
  Object.fromEntries(
    ['first_name', 'last_name', 'source', 'order_id', 'channel_id', 'consents'].flatMap((name) =>
      body[name] === undefined ? [] : [[name, body[name]]],
    ),
  );

const isProduct = ({ product_id }: JsonObject, tables: Tables): boolean => tables.of('/products').get(String(product_id), {}) !== undefined;

/** Returns new items of a wishlist. Their ids go on from those that it has. */
export function wishlistItems(items: readonly JsonObject[], known: readonly JsonObject[] = []): JsonObject[] {
  const last = Math.max(0, ...known.map(({ id }) => Number(id)));
  return items.map(({ product_id, variant_id }, at) => ({
    id: last + at + 1,
    product_id,
    ...(variant_id === undefined ? {} : { variant_id }),
  }));
}

/** Returns why items cannot be on a wishlist. */
export function mistakesInItems(items: unknown, tables: Tables): Readonly<Record<string, string>> {
  const wrong = jsonObjectsIn(items).flatMap((item, place) => (item['id'] !== undefined || isProduct(item, tables) ? [] : [place]));
  return Object.fromEntries(wrong.map((place) => [`items.${place}.product_id`, 'is not a product of this store']));
}

const WISHLIST: Family = {
  refusalOf: ({ body, tables }) =>
    refusing({
      ...mistakesInKeys(body, { customer_id: '/customers' }, tables),
      ...mistakesInItems(body['items'], tables),
    }),
  stored: (change) => (change.entry === undefined ? newWishlist(change) : changedWishlist(change, change.entry)),
};

function newWishlist({ body }: Change): JsonObject {
  const { is_public = false, items } = body;
  return { is_public, token: crypto.randomUUID(), items: wishlistItems(jsonObjectsIn(items)) };
}

/** An update changes items that are there, and adds and removes none (wishlists.v3.yml). The customer stays. */
function changedWishlist({ body }: Change, { values }: Entry): JsonObject {
  const given = jsonObjectsIn(body['items']);
  const items = jsonObjectsIn(values['items']).map((item) => ({
    ...item,
    ...given.find(({ id }) => id !== undefined && String(id) === String(item['id'])),
  }));
  return { items, customer_id: values['customer_id'] };
}

const PRIVACY = { ask_shopper_for_tracking_consent: false, policy_url: '', ask_shopper_for_tracking_consent_on_checkout: false };
const GROUPS = { guest_customer_group_id: 0, default_customer_group_id: 0 };

/** Settings of customers, as a whole or on a channel. What is left out of a group of settings stays as it is. */
const settings = (defaults: JsonObject): Family => ({
  ...withDefaults(defaults),
  stored: ({ body, entry }) =>
    Object.fromEntries(
      ['privacy_settings', 'customer_group_settings'].flatMap((name) =>
        body[name] === undefined
          ? []
          : [[name, { ...asJsonObject(defaults[name]), ...asJsonObject(entry?.values[name]), ...asJsonObject(body[name]) }]],
      ),
    ),
});

const CHANNEL_SETTINGS = settings({ privacy_settings: inherited(PRIVACY), customer_group_settings: inherited(GROUPS) });

export const CUSTOMER_DETAIL_FAMILIES: Families = {
  'v3 /customers/settings': settings({ privacy_settings: PRIVACY, customer_group_settings: GROUPS }),
  'v3 /customers/settings/channels/:channel_id': {
    ...CHANNEL_SETTINGS,
    show(shown) {
      CHANNEL_SETTINGS.show?.(shown);
      // By default customers of all channels log in to the default storefront alone (customers.v3.yml, Create Customers).
      shown.row['allow_global_logins'] ??= shown.entry.parents['channel_id'] === '1';
    },
  },
  'v3 /customers/attributes': ATTRIBUTE,
  'v3 /customers/attribute-values': ATTRIBUTE_VALUE,
  'v3 /customers/form-field-values': FORM_VALUE,
  'v3 /customers/:customer_id/consent': CONSENT,
  'v3 /customers/subscribers': SUBSCRIBER,
  'v3 /wishlists': WISHLIST,
};
