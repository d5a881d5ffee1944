import type { ResourceDeclaration } from 'bigrecord';
import type { Description } from './description.js';
import { isRow, type Row } from './guides/samples.js';

/** Returns the body of the description for a create or an update: what a client may set, with what it must. */
export function bodyFor(
  description: Description,
  resource: ResourceDeclaration,
  method: 'POST' | 'PUT',
  values: Readonly<Record<string, string>>,
): Row | undefined {
  const { version, path, batch } = resource;
  const own = `/${version}${path.replace(/:(\w+)/g, (_, name: string) => values[name] ?? '1')}`;
  const places = [`${own}/1`, own, `/${version}${batch.path ?? ''}`];
  const found =
    (method === 'PUT' ? places : places.slice(1)).map((each) => description.requestBody(method, each)).find((each) => each !== undefined) ??
    (method === 'POST' ? description.requestBody('PUT', own) : undefined);
  const [row]: unknown[] = Array.isArray(found) ? found : [found];
  if (!isRow(row)) return undefined;
  const body = Object.fromEntries(Object.entries(settable(resource, row)).filter(([name]) => !(name in values)));
  const better = Object.entries(BETTER[path] ?? {}).filter(([name]) => name in resource.attributes || name in resource.relations);
  const whole = dated(resource, { ...body, ...Object.fromEntries(better) });
  if (method === 'POST') return complete(resource, whole);
  return Object.fromEntries(Object.entries(whole).filter(([name]) => KEPT[path]?.includes(name) !== true));
}

/** Without what only the store sets, which the examples hold all the same, and without the keys of relations. */
function settable({ attributes, relations, batch }: ResourceDeclaration, body: Row): Row {
  const entries = Object.entries(body).filter(
    ([name, value]) => attributes[name]?.readOnly !== true && name !== batch.parent && value !== null,
  );
  return Object.fromEntries(
    entries.map(([name, value]) => {
      const target: unknown = relations[name]?.target();
      const below = typeof target === 'function' && 'resource' in target ? modelByClass(target) : undefined;
      const kept = meant(name, value);
      return [name, below !== undefined && Array.isArray(value) ? value.filter(isRow).map((row) => settable(below, row)) : kept];
    }),
  );
}

/** A value of an example that the store can take: 0 is no key, and `string` no address. */
function meant(name: string, value: unknown): unknown {
  if (typeof value === 'number' && value <= 0 && /_id$/.test(name)) return 1;
  if (name === 'email' && !String(value).includes('@')) return 'someone@example.com';
  if (Array.isArray(value) && /^(?:categories|channels|related_products)$/.test(name)) return value.map((each) => (each === 0 ? 1 : each));
  return typeof value === 'string' && /_url$/.test(name) && !value.startsWith('http') ? 'https://example.com/image.jpg' : value;
}

/** What the examples of the descriptions lack or get wrong, by path. */
const BETTER: Readonly<Record<string, Row>> = {
  '/catalog/products/:product_id/bulk-pricing-rules': { quantity_min: 5000, quantity_max: 5999, type: 'price', amount: 1 },
  '/products/:product_id/discount_rules': { min: 6000, max: 6999, type: 'price', type_value: 1 },
  '/catalog/products/:product_id/modifiers': {
    type: 'text',
    display_name: 'Message',
    required: false,
    config: { default_value: 'Hello', text_max_length: 25 },
  },
  '/catalog/products/:product_id/reviews': { status: 'approved' },
  '/catalog/products/:product_id/complex-rules': {
    conditions: [
      { modifier_id: 1, modifier_value_id: 11 },
      { modifier_id: 2, modifier_value_id: 12 },
    ],
  },
  '/catalog/trees/categories': { parent_id: 0 },
  '/promotions': { customer: { group_ids: [1] }, redemption_type: 'AUTOMATIC', codes: undefined },
  '/customers': { _authentication: { password: 'Passw0rd1' }, email: 'someone@example.com' },
  '/orders/pickups': { ready_at: '2024-03-01T10:00:00Z', collected_at: '1709287200' },
  '/orders/:order_id/payment_actions/refunds': { items: [{ item_type: 'PRODUCT', item_id: 1, quantity: 1, reason: 'Wrong size.' }] },
  '/channels/:channel_id/site': { url: 'https://shop.example.com' },
  '/content/pages': { parent_id: 0 },
  '/pages': { parent_id: 0 },
  '/content/widgets': { widget_template_uuid: '00000000-0000-4000-8000-000000000021' },
  '/content/placements': { widget_uuid: '00000000-0000-4000-8000-000000000041' },
};

/** What cannot be changed, though the examples of updates have it. */
const KEPT: Readonly<Record<string, readonly string[]>> = {
  '/catalog/trees': ['channels'],
  '/catalog/trees/categories': ['parent_id', 'tree_id'],
  '/promotions': ['redemption_type'],
  '/content/scripts': ['html'],
};

function modelByClass(target: unknown): ResourceDeclaration {
  // Relations of the store's models lead to the store's models.
  const { resource } = target as { resource: ResourceDeclaration };
  return resource;
}

/** With a value for each attribute that a new record needs. */
function complete({ attributes, relations, required }: ResourceDeclaration, body: Row): Row {
  const values: Row = { string: 'x', number: 1, boolean: true, date: new Date().toISOString(), array: [], object: {}, unknown: 'x' };
  const isMissing = (name: string): boolean => relations[name] === undefined && (body[name] === undefined || body[name] === '');
  const missing = required.flatMap((names) => {
    const group = [names].flat();
    return group.every(isMissing) ? group.slice(0, 1) : [];
  });
  const filled = Object.fromEntries(missing.map((name) => [name, values[attributes[name]?.type ?? 'unknown']]));
  return { ...body, ...filled };
}

/** With a date where an example has `string` for one. */
function dated({ attributes }: ResourceDeclaration, body: Row): Row {
  const wrong = Object.values(attributes).filter(
    ({ name, type }) => type === 'date' && typeof body[name] === 'string' && Number.isNaN(Date.parse(String(body[name]))),
  );
  return { ...body, ...Object.fromEntries(wrong.map(({ name }) => [name, new Date().toISOString()])) };
}

/** The same with other values where no two records may share one. */
export function distinct({ attributes }: ResourceDeclaration, body: Row, mark: string): Row {
  const shared = Object.values(attributes).filter(({ name, unique }) => unique && typeof body[name] === 'string');
  return { ...body, ...Object.fromEntries(shared.map(({ name }) => [name, `${mark}-${String(body[name])}`])) };
}
