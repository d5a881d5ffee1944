import type { Sandbox } from 'bigrecord/sandbox';
import type { Row, Sample } from '../guides/samples.js';
import { type AnyModel, modelAt } from './places.js';

interface Seed {
  readonly model: AnyModel;
  readonly row: Row;
  readonly parents: Readonly<Record<string, string>>;
}

/** The rows that a request presupposes. What several parts of it say about one row is put together. */
export class Seeds {
  /** Requests to make after the rows are stored. */
  readonly calls: Pick<Sample, 'method' | 'version' | 'path' | 'query' | 'body'>[] = [];
  readonly #seeds = new Map<string, Seed>();

  /** Adds a row, or what else is known about one that was added before. */
  add(model: AnyModel | string, row: Row, parents: Readonly<Record<string, string>> = {}): void {
    const found = typeof model === 'string' ? modelAt(model) : model;
    if (found === undefined) throw new Error(`No model is at ${String(model)}.`);
    const { key, identity, path } = found.resource;
    const name = JSON.stringify([
      path.replace(/^\/catalog/, ''),
      Object.values(parents),
      row[key] ?? row,
      ...identity.map((each) => row[each]),
    ]);
    const known = this.#seeds.get(name);
    this.#seeds.set(name, { model: known?.model ?? found, parents, row: { ...row, ...known?.row } });
  }

  /** Adds a request of the API that brings the store there. */
  call(request: Pick<Sample, 'method' | 'version' | 'path' | 'query' | 'body'>): void {
    this.calls.push(request);
  }

  /** Stores the rows: those above others first. */
  store(store: Sandbox): void {
    const depth = ({ model }: Seed): number => model.resource.path.split('/:').length;
    for (const seed of [...this.#seeds.values()].sort((a, b) => depth(a) - depth(b)))
      store.insert(seed.model, [{ ...fillerOf(seed), ...seed.row }], seed.parents);
  }
}

const NOW = '2024-03-01T10:00:00Z';

/** What the rows of some resources have at least. */
const USUAL: Readonly<Record<string, Row>> = {
  '/products': {
    type: 'physical',
    price: 20,
    weight: 1,
    is_visible: true,
    availability: 'available',
    inventory_tracking: 'none',
    inventory_level: 0,
    categories: [],
    sale_price: 0,
    calculated_price: 20,
  },
  '/customers': { first_name: 'Ann', last_name: 'Lee', customer_group_id: 0 },
  '/orders': { status_id: 11, status: 'Awaiting Fulfillment', customer_id: 0, currency_code: 'USD', date_created: NOW, is_deleted: false },
  '/coupons': { type: 'per_total_discount', amount: '5.0000', enabled: true, applies_to: { entity: 'categories', ids: [0] } },
  '/channels': {
    type: 'storefront',
    platform: 'bigcommerce',
    status: 'active',
    is_enabled: true,
    is_listable_from_ui: true,
    is_visible: true,
  },
  '/inventory/locations': { enabled: true, storefront_visibility: true, type_id: 'PHYSICAL' },
  '/carts': {
    customer_id: 0,
    channel_id: 1,
    currency: { code: 'USD' },
    tax_included: false,
    coupons: [],
    line_items: { physical_items: [], digital_items: [], gift_certificates: [], custom_items: [] },
    created_time: NOW,
    updated_time: NOW,
    locale: 'en',
    version: 1,
  },
  '/promotions': { redemption_type: 'AUTOMATIC', status: 'ENABLED', rules: [], current_uses: 0 },
  '/currencies': {
    is_default: false,
    enabled: true,
    currency_exchange_rate: '1.0000',
    decimal_places: 2,
    decimal_token: '.',
    thousands_token: ',',
  },
  '/catalog/trees': { channels: [1] },
  '/tax/properties': { type: 'PRODUCT' },
};

/** A value for each attribute that a new record needs. */
function fillerOf({ model, row }: Seed): Row {
  const { resource } = model;
  const key = String(row[resource.key] ?? 1);
  const values: Row = { string: `${resource.name} ${key}`, number: 1, boolean: true, date: NOW, array: [], object: {}, unknown: '' };
  const needed = resource.required.flatMap((names) => [names].flat());
  const filler = Object.fromEntries(needed.map((name) => [name, values[resource.attributes[name]?.type ?? 'unknown']]));
  if ('email' in resource.attributes) filler['email'] = `customer.${key}@example.com`;
  if ('name' in resource.attributes) filler['name'] ??= `${resource.name} ${key}`;
  return { ...filler, ...USUAL[resource.path.replace(/^\/catalog(?=\/products)/, '')] };
}
