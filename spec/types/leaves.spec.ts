import { Attribute, type DeclaredFilters, filtersOf, Model, type Money, Resource, retype, supplies } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';

/** Fails to compile unless both types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Same<A, B>): void => {};

@Resource('/boxes', { version: 'v2', required: ['name', ['width', 'height']] })
class Box extends Model<Box, unknown, unknown, readonly ['name', readonly ['width', 'height']]> {
  @Attribute({ readOnly: true }) readonly id!: number;
  @Attribute() name!: string;
  @Attribute() price!: Money;
  @Attribute() cost!: Money | null;
  @Attribute() width!: number;
  @Attribute() height!: number;
  @Attribute() parts!: { readonly id: number; label: string; size: { width: number; readonly area: number } }[];
  @Attribute() extras!: Record<string, unknown>;
  get isFlat(): boolean {
    return this.height === 0;
  }
}

const more = { 'margin:min': Number } as const;

@Resource(undefined, { filters: more })
class Poster extends v3.Product {
  declare readonly [supplies]?: 'type' | 'weight';
  declare [filtersOf]?: () => DeclaredFilters<v3.Product> & typeof more;
  declare type: 'physical';
  @Attribute() margin!: number;
}

@Resource()
class Mug extends retype<{ sku: string | null }>()(v3.Product) {
  @Attribute() color!: string;
}

/** Never called: it is the compiler that checks it, when the specs are built. */
async function typeChecks(box: Box, mug: Mug, product: v3.Product): Promise<void> {
  // Read-only attributes, also in nested values.
  // @ts-expect-error the store assigns it
  box.id = 2;
  // @ts-expect-error
  box.assign({ id: 2 });
  // @ts-expect-error
  void Box.update(1, { id: 2 });
  // @ts-expect-error a getter
  box.assign({ isFlat: true });
  box.assign({ parts: [{ label: 'x', size: { width: 1 } }], extras: { any: 1 } });
  // @ts-expect-error
  box.assign({ parts: [{ id: 1 }] });
  // @ts-expect-error
  box.assign({ parts: [{ size: { area: 1 } }] });
  // @ts-expect-error misspelt
  box.assign({ parts: [{ lable: 'x' }] });
  void Box.updateMany([{ id: 1, name: 'x' }]);
  void Box.upsertMany([{ id: 1, name: 'x' }, { name: 'y' }]);

  // Money.
  same<typeof box.price, Money>(true);
  box.price.padEnd(2);
  box.price = '1.00';
  // @ts-expect-error it is a decimal string
  box.price = 1;
  box.assign({ price: 1, cost: null });
  // @ts-expect-error not null
  box.assign({ price: null });

  // What a new record must have.
  void Box.create({ name: 'x', width: 1 });
  void Box.create({ name: 'x', height: 1, price: 2 });
  void Box.createMany([{ name: 'x', width: 1, height: 2 }]);
  // @ts-expect-error no name
  void Box.create({ width: 1 });
  // @ts-expect-error neither width nor height
  void Box.create({ name: 'x' });
  // @ts-expect-error
  void Box.createMany([{ name: 'x' }]);
  // @ts-expect-error misspelt
  void Box.create({ name: 'x', width: 1, hieght: 2 });
  new Box({ name: 'x' });
  Box.of().build({});
  void Box.firstOrCreate({ name: 'x', width: 1 });
  void Box.firstOrCreate({ name: 'x' }, { height: 1 });
  // @ts-expect-error
  void Box.firstOrCreate({ name: 'x' });
  void Box.firstOrNew({ name: 'x' });
  // @ts-expect-error
  void v3.Product.create({ name: 'x' });
  void v3.Product.create({ name: 'x', type: 'physical', weight: 1, price: 2 });
  void v3.Product.createMany([product.toObject({ writable: true })]);

  // Filters.
  void v2.Order.where({ customer_id: 1, id: { min: 1, max: 2 }, min_date_created: new Date() });
  // @ts-expect-error V2 has no `in`
  void v2.Order.where({ status_id: { in: [1] } });
  // @ts-expect-error nor lists
  void v2.Order.where({ status_id: [1, 2] });
  // @ts-expect-error a documented minimum only
  void v2.Order.where({ customer_id: { min: 1 } });
  void v3.Product.where({ is_featured: true, id: { in: [1] } });

  // Subclasses.
  void Poster.create({ name: 'x', price: 2, margin: 1 });
  // @ts-expect-error
  void Poster.create({ name: 'x' });
  void Poster.where({ is_visible: true, 'margin:min': 1, margin: { min: 1 } });
  // @ts-expect-error
  void Poster.where({ mragin: 1 });
  mug.sku = null;
  mug.assign({ sku: null, color: 'red' });
  const found = await Mug.find(1);
  found.sku = null;
  found.name = found.color;
  await (await found.save()).reload();
  void Mug.create({ name: 'x', type: 'physical', weight: 1, price: 2, sku: null, color: 'red' });
  void Mug.where({ is_visible: true });
  // @ts-expect-error
  mug.assign({ colour: 1 });
}

describe('types to the leaves', () => {
  it('are checked by the compiler', () => {
    expect(typeChecks).to.be.a('function');
  });

  it('have the required names in the declaration', () => {
    expect(Box.resource.required).to.deep.equal(['name', ['width', 'height']]);
    expect(Poster.resource.required).to.deep.equal(v3.Product.resource.required);
    expect(Poster.resource.attributes.weight?.required).to.equal(true);
  });
});
