import type { ResourceDeclaration } from 'bigrecord';
import { isRow, type Row, type Sample } from '../guides/samples.js';
import { isStub } from './compare.js';
import { rowsIn, rowsWithin } from './fill.js';
import type { Place } from './places.js';

/** Whether a sample shows too little to be sent: a write without a body, and without a response to take it from. */
export const isEmpty = ({ method, body, response }: Sample, place: Place | undefined): boolean =>
  (method === 'POST' || method === 'PUT') && body === undefined && response === undefined && !hasNoBody(place);

/** Actions can be without a body. */
const hasNoBody = (place: Place | undefined): boolean => place?.kind === 'action';

/**
 * Adds what a guide leaves out of a body: where it shows the response alone, the writable fields of the response; where it leaves out a
 * part, something for each attribute that a new record needs.
 */
export function withBody(sample: Sample, place: Place): Sample {
  const { method, body, partial = [] } = sample;
  if (method !== 'POST' && method !== 'PUT') return sample;
  if (place.kind === 'action') return sample;
  if (body === undefined && sample.response !== undefined) return { ...sample, body: bodyFrom(sample, place) };
  if (!(partial.includes('body') || FRAGMENTS.has(`${sample.guide}:${sample.line}`)) || !isRow(body) || method !== 'POST') return sample;
  return { ...sample, body: { ...missingFrom(body, place.resource), ...(isRefund(body) ? { payments: paymentsFor(body) } : {}), ...body } };
}

/** Bodies that are a part only, by the text beside them: that of an order that is the basis of all addresses. */
const FRAGMENTS: ReadonlySet<string> = new Set(['docs/start/migration/orders/prepare-data.mdx:123']);

/**
 * What the ellipses around a part of a response stand for, by the text beside them: the location's stock of a variant, of which 10 are
 * the safety buffer.
 */
const SURROUNDINGS: Readonly<Record<string, (part: Row) => Row>> = {
  'docs/store-operations/catalog/inventory-adjustments.mdx:267': (part) => ({
    data: [{ identity: { variant_id: 74 }, settings: { safety_stock: 10 }, ...part }],
  }),
};

/** Puts a part of a response where it belongs. */
export function withSurroundings(sample: Sample): Sample {
  const { response } = sample;
  const surround = SURROUNDINGS[`${sample.guide}:${sample.line}`];
  return surround === undefined || !isRow(response) ? sample : { ...sample, response: surround(response) };
}

function bodyFrom(sample: Sample, { resource, kind }: Place): unknown {
  const { attributes, key, identity, addressing, batchOnly } = resource;
  const isSent = ([name, value]: [string, unknown]): boolean =>
    name === key || identity.includes(name)
      ? sample.method === 'PUT' && kind === 'list'
      : attributes[name]?.readOnly === false && !isStub(value) && value !== null;
  const rows = rowsIn(sample.response, sample.version).map((row) => Object.fromEntries(Object.entries(row).filter(isSent)));
  const isBatch = kind === 'list' && addressing === 'filter' && batchOnly.includes(sample.method === 'PUT' ? 'update' : 'create');
  return isBatch ? rows : (rows[0] ?? {});
}

const isRefund = (body: Row): boolean => rowsWithin(body).some(({ item_type }) => item_type !== undefined);

/** What pays a refund back: its amounts, and 10 for each line. */
function paymentsFor(body: Row): Row[] {
  const costs = rowsWithin(body).map(({ item_type, amount }) => (item_type === undefined ? 0 : Number(amount ?? 10)));
  return [{ provider_id: 'braintree', amount: costs.reduce((sum, each) => sum + each, 0), offline: false }];
}

const PEOPLE = {
  first_name: 'Ann',
  last_name: 'Lee',
  email: 'ann.lee@example.com',
  street_1: '1 Main Street',
  city: 'Austin',
  state: 'Texas',
  zip: '78701',
  country: 'United States',
  country_iso2: 'US',
};

/** What stands for a part that a guide leaves out. */
const LEFT_OUT: Row = {
  billing_address: PEOPLE,
  products: [{ product_id: 97, quantity: 1 }],
};

function missingFrom(body: Row, { required, attributes }: ResourceDeclaration): Row {
  const values: Row = { string: 'Some text', number: 1, boolean: true, array: [], object: {}, unknown: '' };
  // An order has lines, or consignments with them.
  const needed = [...required, ...('billing_address' in attributes && body['consignments'] === undefined ? ['products'] : [])];
  const missing = needed.flatMap((names) => {
    const group = [names].flat();
    return group.some((name) => name in body) ? [] : group.slice(0, 1);
  });
  return Object.fromEntries(missing.map((name) => [name, LEFT_OUT[name] ?? values[attributes[name]?.type ?? 'unknown']]));
}
