import { randomUUID } from 'node:crypto';
import type { Incoming } from './endpoint.js';
import { REPLIES, type Reply } from './replies.js';
import type { Entry, Tables } from './tables.js';

type Row = Record<string, unknown>;

/** What an action works with: the request, and the store behind it. */
interface Action {
  readonly incoming: Incoming;
  readonly tables: Tables;
  /** The parsed body, as an object. */
  readonly body: Row;
}

type Handler = (action: Action) => Reply;

/** An operation that is no create, read, update or delete. */
export interface ActionRoute {
  readonly method: string;
  readonly path: string;
  readonly call: (incoming: Incoming, tables: Tables) => Reply;
}

const v3 = REPLIES.v3;
const data = (value: unknown, status = 200): Reply => ({ status, body: { data: value, meta: {} } });
const notFound = (): Reply => v3.error(404, 'The requested resource was not found.');
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null && !Array.isArray(value);
const rowsIn = (value: unknown): Row[] => (Array.isArray(value) ? value.filter(isRow) : []);

/** Does something with the entry that the path names by `:$key`. */
const on =
  (path: string, work: (entry: Entry, action: Action) => Reply): Handler =>
  (action) => {
    const { $key = '', ...parents } = action.incoming.params;
    const above = Object.fromEntries(Object.entries(parents).filter(([name]) => !name.startsWith('$')));
    const entry = action.tables.of(path).get($key, above);
    return entry === undefined ? notFound() : work(entry, action);
  };

const picture: (path: string) => Handler = (path) =>
  on(path, (entry, { body }) => {
    entry.values['image_url'] = `https://images.example.com/${String(body['image_file'] ?? body['image_url'] ?? 'image.jpg')}`;
    return data({ image_url: entry.values['image_url'] });
  });

const noPicture: (path: string) => Handler = (path) =>
  on(path, (entry) => {
    entry.values['image_url'] = '';
    return { status: 204 };
  });

const CARTS = '/carts';
const cart = (work: (entry: Entry, action: Action) => Reply): Handler => on(CARTS, work);

function lineItems(entry: Entry): Record<string, Row[]> {
  const items = (entry.values['line_items'] ??= {}) as Record<string, Row[]>;
  if (Array.isArray(items)) entry.values['line_items'] = { physical_items: items.map((item: Row) => ({ id: randomUUID(), ...item })) };
  return entry.values['line_items'] as Record<string, Row[]>;
}

const shown = ({ values }: Entry): Reply => data(values);

const addItems: Handler = cart((entry, { body }) => {
  const items = lineItems(entry);
  items['physical_items'] = [
    ...(items['physical_items'] ?? []),
    ...rowsIn(body['line_items']).map((item) => ({ id: randomUUID(), ...item })),
  ];
  items['custom_items'] = [
    ...(items['custom_items'] ?? []),
    ...rowsIn(body['custom_items']).map((item) => ({ id: randomUUID(), ...item })),
  ];
  return shown(entry);
});

const changeItem: Handler = cart((entry, { body, incoming }) => {
  const item = (lineItems(entry)['physical_items'] ?? []).find(({ id }) => id === incoming.params['$item']);
  if (item === undefined) return notFound();
  Object.assign(item, isRow(body['line_item']) ? body['line_item'] : body);
  return shown(entry);
});

const dropItem: Handler = cart((entry, { incoming, tables }) => {
  const items = lineItems(entry);
  for (const [kind, all] of Object.entries(items)) items[kind] = all.filter(({ id }) => id !== incoming.params['$item']);
  if (Object.values(items).some((all) => all.length > 0)) return shown(entry);
  tables.remove(CARTS, entry);
  return { status: 204 };
});

/** Adds to a list of the checkout, or changes or removes an entry of it. */
const into = (list: string, rows: (body: unknown) => Row[]): Handler =>
  cart((entry, { incoming }) => {
    entry.values[list] = [...rowsIn(entry.values[list]), ...rows(incoming.body).map((row) => ({ id: randomUUID(), ...row }))];
    return shown(entry);
  });
const change = (list: string): Handler =>
  cart((entry, { body, incoming }) => {
    const found = rowsIn(entry.values[list]).find(({ id }) => id === incoming.params['$item']);
    if (found === undefined) return notFound();
    Object.assign(found, body);
    return shown(entry);
  });
const drop = (list: string, name = 'id'): Handler =>
  cart((entry, { body, incoming }) => {
    const gone = Array.isArray(body['ids']) ? (body['ids'] as unknown[]) : [incoming.params['$item']];
    entry.values[list] = rowsIn(entry.values[list]).filter((row) => !gone.includes(row[name]));
    return shown(entry);
  });

const toOrder: Handler = cart((entry, { tables }) => {
  const order = tables
    .of('/orders')
    .insert('id', { cart_id: entry.key, status_id: 1, status: 'Pending', date_created: new Date().toISOString() }, {});
  return data({ id: order.values['id'] });
});

const ORDERS = '/orders';
const quotes: Handler = on(ORDERS, (_, { body }) => {
  const total = rowsIn(body['items']).reduce((sum, item) => sum + Number(item['amount'] ?? 0), 0);
  return data(
    {
      order_id: 0,
      total_refund_amount: total,
      total_refund_tax_amount: 0,
      rounding: 0,
      adjustment: 0,
      tax_inclusive: false,
      refund_methods: [],
    },
    201,
  );
});
const status = (id: number, name: string): Handler =>
  on(ORDERS, (entry) => {
    Object.assign(entry.values, { status_id: id, status: name });
    return { status: 201, body: {} };
  });

const credentials: Handler = ({ body, tables }) => {
  const email = String(body['email'] ?? '').toLowerCase();
  const found = tables.of('/customers').having('email', email);
  return {
    status: 200,
    body: { is_valid: found !== undefined && body['password'] === 'password', customer_id: found === undefined ? null : Number(found.key) },
  };
};

const adjust =
  (isAbsolute: boolean): Handler =>
  ({ body, tables }) => {
    for (const item of rowsIn(body['items'])) {
      const variant = tables.of('/products/:product_id/variants').get(String(item['variant_id']), {});
      if (variant === undefined)
        return v3.error(422, 'A variant is not known.', { variant_id: `${String(item['variant_id'])} is not known` });
      variant.values['inventory_level'] = Number(item['quantity']) + (isAbsolute ? 0 : Number(variant.values['inventory_level'] ?? 0));
    }
    return { status: 200, body: { transaction_id: randomUUID() } };
  };

const codes: Handler = on('/promotions', (entry, { body, tables }) => {
  const size = Number(body['batch_size'] ?? 1);
  if (!Number.isInteger(size) || size < 1 || size > 250)
    return v3.error(422, 'The batch size is from 1 to 250.', { batch_size: 'must be from 1 to 250' });
  for (let each = 0; each < size; each++)
    tables
      .of('/promotions/:promotion_id/codes')
      .insert('id', { code: `${String(body['prefix'] ?? '')}${randomUUID().slice(0, 8).toUpperCase()}` }, { promotion_id: entry.key });
  return data({ batch_size: size }, 201);
});

const across: Handler = ({ incoming, tables }) => {
  for (const row of rowsIn(incoming.body)) {
    const list = tables.of('/pricelists').get(String(row['price_list_id']), {});
    if (list === undefined) return v3.error(422, 'A price list is not known.', { price_list_id: 'is not known' });
    const records = tables.of('/pricelists/:price_list_id/records');
    const known = records
      .list({ price_list_id: list.key })
      .find(({ values }) => values['variant_id'] === row['variant_id'] && values['currency'] === row['currency']);
    if (known !== undefined) Object.assign(known.values, row);
    else records.insert('variant_id', row, { price_list_id: list.key }, ['currency']);
  }
  return data({});
};

const members: Handler = ({ incoming, tables }) => {
  const { segment_id = '' } = incoming.params;
  const keys = Array.isArray(incoming.body) ? incoming.body.map(String) : [];
  const profiles = keys.map((key) => tables.of('/shopper-profiles').get(key, {})).filter((profile) => profile !== undefined);
  for (const { values } of profiles) tables.of('/segments/:segment_id/shopper-profiles').insert('id', values, { segment_id });
  return data(
    profiles.map(({ values }) => values),
    201,
  );
};

const job =
  (status: number): Handler =>
  () =>
    data({ job_id: randomUUID() }, status);
const redirectJob =
  (type: string): Handler =>
  ({ tables }) => {
    const entry = tables.of('/storefront/redirects/imex/jobs').insert('id', { id: randomUUID(), type, status: 'done' }, {});
    return { status: 201, body: { id: entry.values['id'] } };
  };
const done: Handler = () => ({ status: 204 });
const P = '/catalog/products/:product_id';
const C = '/carts/:$key';
const K = '/checkouts/:$key';

/** `METHOD /version/path` → what it does. */
const ACTIONS: Readonly<Record<string, Handler>> = {
  'POST /v2/customers/:$key/validate': on('/customers', (_, { body }) => ({
    status: 200,
    body: { success: body['password'] === 'password' },
  })),
  'POST /v2/shipping/carrier/connection': () => ({ status: 200, body: {} }),
  'PUT /v2/shipping/carrier/connection': () => ({ status: 200, body: {} }),
  'DELETE /v2/shipping/carrier/connection': done,
  [`POST /v3${C}/items`]: addItems,
  [`PUT /v3${C}/items/:$item`]: changeItem,
  [`DELETE /v3${C}/items/:$item`]: dropItem,
  [`POST /v3${C}/redirect_urls`]: cart(({ key }) =>
    data(
      Object.fromEntries(
        ['cart_url', 'checkout_url', 'embedded_checkout_url'].map((name) => [name, `https://sandbox.example.com/${name}?token=${key}`]),
      ),
    ),
  ),
  'POST /v3/catalog/brands/:$key/image': picture('/brands'),
  'DELETE /v3/catalog/brands/:$key/image': noPicture('/brands'),
  'POST /v3/catalog/categories/:$key/image': picture('/categories'),
  'DELETE /v3/catalog/categories/:$key/image': noPicture('/categories'),
  [`POST /v3${P}/variants/:$key/image`]: picture(`${P}/variants`),
  [`POST /v3${P}/modifiers/:modifier_id/values/:$key/image`]: picture(`${P}/modifiers/:modifier_id/values`),
  [`POST /v3${K}/billing-address`]: cart((entry, { body }) => {
    entry.values['billing_address'] = { id: randomUUID(), ...body };
    return shown(entry);
  }),
  [`PUT /v3${K}/billing-address/:$item`]: cart((entry, { body, incoming }) => {
    entry.values['billing_address'] = { ...body, id: incoming.params['$item'] };
    return shown(entry);
  }),
  [`POST /v3${K}/consignments`]: into('consignments', rowsIn),
  [`PUT /v3${K}/consignments/:$item`]: change('consignments'),
  [`DELETE /v3${K}/consignments/:$item`]: drop('consignments'),
  [`POST /v3${K}/coupons`]: into('coupons', (body) => [{ code: (body as Row)['coupon_code'] }]),
  [`DELETE /v3${K}/coupons/:$item`]: drop('coupons', 'code'),
  [`POST /v3${K}/discounts`]: into('discounts', (body) => [body as Row]),
  [`POST /v3${K}/fees`]: into('fees', (body) => rowsIn((body as Row)['fees'])),
  [`PUT /v3${K}/fees`]: cart((entry, { body }) => {
    for (const fee of rowsIn(body['fees'])) Object.assign(rowsIn(entry.values['fees']).find(({ id }) => id === fee['id']) ?? {}, fee);
    return shown(entry);
  }),
  [`DELETE /v3${K}/fees`]: drop('fees'),
  [`POST /v3${K}/orders`]: toOrder,
  [`POST /v3${K}/token`]: cart(({ key }) => data({ checkoutToken: key })),
  'POST /v3/content/widget-templates/:$key/preview': on('/content/widget-templates', ({ values }) =>
    data({ html: values['template'] ?? '' }),
  ),
  'POST /v3/customers/validate-credentials': credentials,
  'PUT /v3/inventory/adjustments/absolute': adjust(true),
  'POST /v3/inventory/adjustments/relative': adjust(false),
  'PUT /v3/inventory/locations/:location_id/items': () => ({ status: 200, body: { transaction_id: randomUUID() } }),
  'GET /v3/marketing/abandoned-cart-emails/default': () => ({ status: 200, body: { subject: 'You left something', body: '<p>…</p>' } }),
  'POST /v3/orders/:$key/payment_actions/capture': status(11, 'Awaiting Fulfillment'),
  'POST /v3/orders/:$key/payment_actions/void': status(5, 'Cancelled'),
  'POST /v3/orders/:$key/payment_actions/refund_quotes': quotes,
  'POST /v3/pickup/options': () => ({ status: 200, body: { results: [] } }),
  'POST /v3/pricelists/records': across,
  'PUT /v3/pricelists/records': across,
  'PUT /v3/pricelists/:$key/assignments': on('/pricelists', (entry, { body, tables }) => {
    const assignment = tables.of('/pricelists/assignments').insert('id', { price_list_id: Number(entry.key), ...body }, {});
    return data(assignment.values);
  }),
  'POST /v3/promotions/:$key/codegen': codes,
  'POST /v3/segments/:segment_id/shopper-profiles': members,
  'POST /v3/settings/favicon/image': done,
  'POST /v3/settings/logo/image': done,
  'DELETE /v3/storefront/api-token': done,
  'POST /v3/storefront/redirects/imex/export': redirectJob('export'),
  'POST /v3/storefront/redirects/imex/import': redirectJob('import'),
  'GET /v3/storefront/redirects/imex/export/:$key/download': ({ tables }) => ({
    status: 200,
    body: tables
      .of('/storefront/redirects')
      .list()
      .map(({ values }) => values),
  }),
  'GET /v3/storefront/redirects/imex/export/:$key/events': () => ({ status: 200, body: { event: 'done' } }),
  'GET /v3/storefront/redirects/imex/import/:$key/events': () => ({ status: 200, body: { event: 'done' } }),
  'POST /v3/tax/zonecheck': ({ incoming }) => ({ status: 200, body: rowsIn(incoming.body).map(() => ({ tax_zone_id: 1 })) }),
  'POST /v3/themes': job(201),
  'POST /v3/themes/actions/activate': ({ tables, body }) => {
    for (const { values } of tables.of('/themes').list())
      values['is_active'] = rowsIn(values['variations']).some(({ uuid }) => uuid === body['variation_id']);
    return { status: 204 };
  },
  'POST /v3/themes/:$key/actions/download': on('/themes', () => data({ job_id: randomUUID() })),
  'POST /v3/themes/:$key/configurations/validate': on('/themes', () => data({ errors: [] })),
  'POST /v3/wishlists/:$key/items': on('/wishlists', (entry, { body }) => {
    const items = rowsIn(entry.values['items']);
    entry.values['items'] = [...items, ...rowsIn(body['items']).map((item, at) => ({ id: items.length + at + 1, ...item }))];
    return shown(entry);
  }),
  'DELETE /v3/wishlists/:$key/items/:$item': on('/wishlists', (entry, { incoming }) => {
    entry.values['items'] = rowsIn(entry.values['items']).filter(({ id }) => String(id) !== incoming.params['$item']);
    return shown(entry);
  }),
};

export const ACTION_ROUTES: readonly ActionRoute[] = Object.entries(ACTIONS).map(([name, handle]) => {
  const [method = '', path = ''] = name.split(' ');
  return { method, path, call: (incoming, tables) => handle({ incoming, tables, body: isRow(incoming.body) ? incoming.body : {} }) };
});
