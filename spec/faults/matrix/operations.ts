import type { Session } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';

/** An operation of the library that ends in one request. */
export interface Operation {
  readonly name: string;
  /** What the request does to the store, which decides what may be sent again. */
  readonly kind: 'read' | 'update' | 'create' | 'delete';
  /** What the answer must hold. */
  readonly due: 'list' | 'record' | 'count' | 'anything';
  /** The body of a right answer; `undefined` for 204. */
  readonly healthy: unknown;
  run(session: Session): Promise<unknown>;
}

const PRODUCT = { id: 1, name: 'A', price: 1 };
const CUSTOMER = { id: 1, email: 'a@example.com', first_name: 'A', last_name: 'B' };
const list = (...data: unknown[]) => ({ data, meta: { pagination: { total: data.length, current_page: 1, total_pages: 1 } } });

/** The first failure of a bulk run is its failure. */
async function first(run: PromiseLike<{ failed: readonly { error: Error }[] }>): Promise<unknown> {
  const result = await run;
  const [failed] = result.failed;
  if (failed !== undefined) throw failed.error;
  return result;
}

function changed(session: Session): v3.Product {
  const product = v3.Product.using(session).load(PRODUCT);
  product.name = 'B';
  return product;
}

/** Every way to the store. */
export const OPERATIONS: readonly Operation[] = [
  { name: 'find', kind: 'read', due: 'record', healthy: { data: PRODUCT }, run: (s) => v3.Product.using(s).find(1) },
  { name: 'find (V2)', kind: 'read', due: 'record', healthy: PRODUCT, run: (s) => v2.Product.using(s).find(1) },
  { name: 'first', kind: 'read', due: 'list', healthy: list(PRODUCT), run: (s) => v3.Product.using(s).first() },
  { name: 'all', kind: 'read', due: 'list', healthy: list(PRODUCT), run: (s) => v3.Product.using(s).all() },
  { name: 'all (V2)', kind: 'read', due: 'list', healthy: [PRODUCT], run: (s) => v2.Product.using(s).all() },
  { name: 'count', kind: 'read', due: 'count', healthy: list(PRODUCT), run: (s) => v3.Product.using(s).count() },
  { name: 'relation', kind: 'read', due: 'list', healthy: list(PRODUCT), run: async (s) => await v3.Product.using(s).ref(1).images },
  { name: 'reload', kind: 'read', due: 'record', healthy: { data: PRODUCT }, run: (s) => v3.Product.using(s).load(PRODUCT).reload() },
  { name: 'session.get', kind: 'read', due: 'anything', healthy: { data: PRODUCT }, run: (s) => s.get('/x') },
  { name: 'save', kind: 'update', due: 'record', healthy: { data: PRODUCT }, run: (s) => changed(s).save() },
  { name: 'update by id', kind: 'update', due: 'record', healthy: PRODUCT, run: (s) => v2.Product.using(s).update(1, { name: 'B' }) },
  {
    name: 'saveMany',
    kind: 'update',
    due: 'list',
    healthy: list(CUSTOMER),
    run: (s) => {
      const customer = v3.Customer.using(s).load(CUSTOMER);
      customer.first_name = 'C';
      return first(v3.Customer.using(s).saveMany([customer]));
    },
  },
  {
    name: 'create',
    kind: 'create',
    due: 'record',
    healthy: { data: PRODUCT },
    run: (s) => v3.Product.using(s).create({ name: 'A' } as never),
  },
  {
    name: 'createMany',
    kind: 'create',
    due: 'list',
    healthy: list(CUSTOMER),
    run: (s) => first(v3.Customer.using(s).createMany([{ email: 'a@example.com', first_name: 'A', last_name: 'B' }])),
  },
  { name: 'graphql', kind: 'create', due: 'anything', healthy: { data: { store: 1 } }, run: (s) => s.graphql('query { store }') },
  { name: 'session.post', kind: 'create', due: 'anything', healthy: { data: PRODUCT }, run: (s) => s.post('/x', { body: { a: 1 } }) },
  { name: 'destroy', kind: 'delete', due: 'anything', healthy: undefined, run: (s) => v3.Product.using(s).load(PRODUCT).destroy() },
  { name: 'destroy by id', kind: 'delete', due: 'anything', healthy: undefined, run: (s) => v2.Product.using(s).destroy(1) },
];

export const isRepeatable = ({ kind }: Operation): boolean => kind !== 'create';
