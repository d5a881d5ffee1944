import { type Model, type ModelClass, Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { Dice, repeat, timeFor } from '../support/differential.js';

/** Keys of related records by the key of their parent, as a naive reader of whole tables finds them. */
type Related = ReadonlyMap<number, readonly number[]>;

interface Path {
  /** `variants.metafields` */
  readonly path: string;
  readonly related: readonly Related[];
  readonly canInclude?: boolean;
}

interface Subject {
  readonly name: string;
  readonly model: ModelClass;
  readonly ids: readonly number[];
  readonly paths: readonly Path[];
}

type Found = Model & { readonly id: number };

const range = (count: number, from = 1): number[] => Array.from({ length: count }, (_, index) => from + index);
const put = (store: Sandbox, model: unknown, rows: Record<string, unknown>[], parents: Record<string, number> = {}): void =>
  store.insert(model as ModelClass, rows, parents);

/** Fills a store, and tells what belongs to what. */
function fill(store: Sandbox): Subject[] {
  const dice = new Dice(99);
  let last = 10_000;
  const few = (most: number): number[] => range(dice.int(0, most)).map(() => ++last);
  const below = (parents: readonly number[], most: number, insert: (parent: number, id: number) => void): Related =>
    new Map(
      parents.map((parent) => {
        const ids = few(most);
        for (const id of ids) insert(parent, id);
        return [parent, ids];
      }),
    );

  const brands = range(6);
  put(
    store,
    v3.Brand,
    brands.map((id) => ({ id, name: `Brand ${id}` })),
  );
  const products = range(120).map((at) => at * 3);
  const brandOf = new Map(products.map((id) => [id, dice.int(0, 8)])); // 0 is none, 7 and 8 are gone
  put(
    store,
    v3.Product,
    products.map((id) => ({ id, name: `P${id}`, brand_id: brandOf.get(id) })),
  );
  const brand: Related = new Map(products.map((id) => [id, brands.filter((each) => each === brandOf.get(id))]));
  const images = below(products, 3, (product_id, id) => put(store, v3.ProductImage, [{ id, image_url: 'a' }], { product_id }));
  const variants = below(products, 3, (product_id, id) => put(store, v3.ProductVariant, [{ id, sku: `V${id}` }], { product_id }));
  const fields = below(products, 2, (product_id, id) => put(store, v3.ProductCustomField, [{ id, name: 'a' }], { product_id }));
  const reviews = below(products, 2, (product_id, id) => put(store, v3.ProductReview, [{ id, title: 'a' }], { product_id }));
  const metafields = below([...variants.values()].flat(), 2, (variant_id, id) => {
    const product_id = [...variants].find(([, ids]) => ids.includes(variant_id))?.[0] as number;
    put(store, v3.VariantMetafield, [{ id, key: `k${id}`, namespace: 'n', value: 'v' }], { product_id, variant_id });
  });

  const customers = range(60).map((at) => at + 500);
  put(
    store,
    v3.Customer,
    customers.map((id) => ({ id, email: `${id}@example.com`, first_name: 'a', last_name: 'b' })),
  );
  const addresses = below(customers, 14, (customer_id, id) => put(store, v3.CustomerAddress, [{ id, customer_id, city: 'x' }]));
  const values = below(customers, 3, (customer_id, id) => put(store, v3.CustomerAttributeValue, [{ id, customer_id, value: 'x' }]));

  const orders = range(80).map((at) => at + 100);
  const customerOf = new Map(orders.map((id) => [id, dice.pick([0, 499, ...customers.slice(0, 30)])]));
  put(
    store,
    v2.Order,
    orders.map((id) => ({ id, customer_id: customerOf.get(id), status_id: 1 })),
  );
  const customer: Related = new Map(orders.map((id) => [id, customers.filter((each) => each === customerOf.get(id))]));
  const lines = below(orders, 3, (order_id, id) => put(store, v2.OrderProduct, [{ id, quantity: 1 }], { order_id }));
  const ordersOf: Related = new Map(customers.map((id) => [id, orders.filter((order) => customerOf.get(order) === id)]));

  return [
    {
      name: 'v3.Product',
      model: v3.Product as unknown as ModelClass,
      ids: products,
      paths: [
        { path: 'brand', related: [brand] },
        { path: 'images', related: [images], canInclude: true },
        { path: 'variants', related: [variants], canInclude: true },
        { path: 'custom_fields', related: [fields], canInclude: true },
        { path: 'reviews', related: [reviews], canInclude: true },
        { path: 'variants.metafields', related: [variants, metafields] },
      ],
    },
    {
      name: 'v3.Customer',
      model: v3.Customer as unknown as ModelClass,
      ids: customers,
      paths: [
        { path: 'addresses', related: [addresses], canInclude: true },
        { path: 'attribute_values', related: [values] },
      ],
    },
    {
      name: 'v2.Order',
      model: v2.Order as unknown as ModelClass,
      ids: orders,
      paths: [
        { path: 'customer', related: [customer] },
        { path: 'products', related: [lines] },
        { path: 'customer.orders', related: [customer, ordersOf] },
      ],
    },
    { name: 'v2.Product', model: v2.Product as unknown as ModelClass, ids: products, paths: [{ path: 'images', related: [images] }] },
    { name: 'v2.Customer', model: v2.Customer as unknown as ModelClass, ids: customers, paths: [{ path: 'orders', related: [ordersOf] }] },
  ];
}

type Handle = PromiseLike<Found | Found[] | null> & { readonly isLoaded: boolean };

const handleOf = (record: Found, property: string): Handle => (record as unknown as Record<string, Handle>)[property] as Handle;

/** Awaits a relation of a record, and those below it; everything has to be as the naive reader has it. */
async function assertRelated(
  record: Found,
  [property = '', ...below]: readonly string[],
  [related, ...deeper]: readonly Related[],
): Promise<void> {
  const loaded = await handleOf(record, property);
  const records = loaded === null ? [] : Array.isArray(loaded) ? loaded : [loaded];
  expect(
    records.map(({ id }) => id).sort((a, b) => a - b),
    `${property} of ${record.id}`,
  ).to.deep.equal(related?.get(record.id) ?? []);
  if (below.length > 0) await Promise.all(records.map((each) => assertRelated(each, below, deeper)));
}

describe('random relations and a naive reader of whole tables', function () {
  const ROUNDS = 30;
  this.timeout(timeFor(ROUNDS));
  let store: Sandbox;
  let session: Session;
  let subjects: Subject[];

  before(async () => {
    store = await Sandbox.start({ seed: false });
    session = Session.configure(store.credentials);
    subjects = fill(store);
  });
  after(async () => {
    await session.close();
    await store.stop();
  });

  it('agree on what is preloaded, included and awaited', async () => {
    await repeat(ROUNDS, async (dice, tell) => {
      const { name, model, ids, paths } = dice.pick(subjects);
      const wanted = dice.some(paths, dice.int(1, paths.length));
      const preloaded = wanted.filter(() => dice.chance(0.4));
      const included = wanted.filter((path) => path.canInclude && !preloaded.includes(path) && dice.chance(0.5));
      const asked = dice.some(ids, dice.pick([1, 2, 15, 60, ids.length]));
      const isV3 = model.resource.version === 'v3';
      const isSmall = dice.chance(0.3);
      const way = dice.pick(isV3 ? ['list', 'find', 'all'] : ['find', 'all']);
      tell(
        `${name} by ${way}: ${asked.length} records, preload ${preloaded.map(({ path }) => path)}, include ${included.map(({ path }) => path)}`,
      );
      let query = model.preload(...(preloaded.map(({ path }) => path) as never[]));
      if (included.length > 0) query = query.include(...included.map(({ path }) => path));
      if (isSmall) query = query.perPage(dice.int(5, 40));
      const records = (way === 'all'
        ? await query
        : way === 'list'
          ? await query.where({ id: { in: asked } } as never)
          : await query.find(asked)) as unknown as Found[];
      expect(records.map(({ id }) => id)).to.deep.equal(way === 'all' ? ids : asked);

      store.requests.length = 0;
      const some = dice.chance(0.5) ? records : dice.some(records, dice.int(1, 10));
      const awaited = wanted.filter((path) => preloaded.includes(path) || dice.chance(0.7));
      tell(`awaiting ${awaited.map(({ path }) => path)} of ${some.length}`);
      for (const { path, related } of preloaded) for (const record of records) await assertRelated(record, path.split('.'), related);
      expect(
        store.requests.map(({ url }) => url),
        'requests for what is preloaded',
      ).to.deep.equal([]);
      const isAtOnce = dice.chance(0.5);
      for (const { path, related } of awaited) {
        const names = path.split('.');
        if (isAtOnce) await Promise.all(some.map((record) => assertRelated(record, names, related)));
        else for (const record of some) await assertRelated(record, names, related);
      }
    });
  });

  it('agree on handles without their record', async () => {
    await repeat(ROUNDS, async (dice, tell) => {
      const { name, model, ids, paths } = dice.pick(subjects);
      const { path, related } = dice.pick(paths.filter(({ path }) => !/brand|customer/.test(path)));
      const id = dice.pick(ids);
      tell(`${name}.ref(${id}).${path}`);
      await assertRelated(model.ref(id) as unknown as Found, path.split('.'), related);
    });
  });
});
