import {
  Attribute,
  type Attributes,
  type Changes,
  Model,
  type Money,
  type NewAttributes,
  type Query,
  Resource,
  type Selected,
  type Where,
} from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';

/** Fails to compile unless both types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Same<A, B>): void => {};

/**
 * Never called: it is the compiler that checks it, when the specs are built. Each line under an expected error fails the
 * build as soon as it compiles.
 */
export async function typeChecks(product: v2.Product, newer: v3.Product): Promise<void> {
  const options = await product.options;
  same<typeof options, v2.ProductOption[]>(true);
  const found = await v2.Product.find(1);
  same<typeof found, v2.Product>(true);
  const several = await v3.Product.find([1, 2]);
  same<typeof several, v3.Product[]>(true);
  const first = await v2.Customer.where({ first_name: 'John' }).first();
  same<typeof first, v2.Customer | null>(true);
  const brand = await product.brand;
  same<typeof brand, v2.Brand | null>(true);
  const names = await v3.Product.pluck('name');
  same<typeof names, string[]>(true);
  const all = await v3.Product.where({ is_visible: true });
  same<typeof all, v3.Product[]>(true);
  for await (const option of product.options) same<typeof option, v2.ProductOption>(true);
  for (const option of await product.options) option.display_name.toUpperCase();
  const value = await v3.ProductOptionValue.of(1, 2).find(3);
  same<typeof value, v3.ProductOptionValue>(true);
  same<Attributes<v2.ProductOption>['display_name'], string>(true);

  const { succeeded, failed } = await v3.Customer.createMany([{ email: 'a@b.co', first_name: 'A', last_name: 'B' }]);
  same<typeof succeeded, readonly v3.Customer[]>(true);
  failed[0]?.record.email.toUpperCase();
  for await (const { record, error } of v3.Product.saveMany([newer])) error?.message ?? record.name.toUpperCase();
  v3.Product.preload('brand', 'images').lazy();
  v2.Order.preload('customer.addresses');
  v3.Product.where({ is_visible: true }).updateAll({ price: 1 });

  v3.Product.updateMany([{ id: 1, price: 2 }, newer], { by: 'sku', ifUnchanged: true });

  product.price = '1.00';
  newer.price = 1;
  new v3.Product({ name: 'x', images: [{ image_url: 'y' }] });
  v3.Product.where({ id: { in: [1, 2] }, inventory_level: { min: 1 }, name: { like: 'x' }, date_modified: { min: new Date() } });
  v2.Order.where({ total: { min: 3 }, customer_id: 1, min_id: 4 });
  newer.assign({ price: 2 });

  // @ts-expect-error: a wrong attribute
  product.pirce = '1';
  // @ts-expect-error: a wrong type of attribute
  product.price = 1;
  // @ts-expect-error: a wrong attribute of a new record
  new v2.Product({ nmae: 'x' });
  // @ts-expect-error: a wrong attribute in create
  void v3.Product.create({ nmae: 'x' });
  // @ts-expect-error: a wrong attribute in assign
  newer.assign({ nmae: 'x' });
  // @ts-expect-error: a wrong attribute in update
  void v2.Product.update(1, { weight: 3 });
  // @ts-expect-error: a wrong filter
  v2.Customer.where({ emial: 'x' });
  // @ts-expect-error: a wrong filter operand
  v3.Product.where({ id: { min: 'x' } });
  // @ts-expect-error: a wrong filter value
  v3.Product.where({ is_visible: 'maybe' });
  // @ts-expect-error: a wrong operator
  v3.Product.where({ id: { mni: 1 } });
  // @ts-expect-error: a missing await on a relation
  product.options.map((option: unknown) => option);
  // @ts-expect-error: a missing await on a relation
  product.options.length;
  // @ts-expect-error: a missing await on a to-one relation
  product.brand.name;
  // @ts-expect-error: a wrong attribute of a list
  v3.Customer.createMany([{ emial: 'x' }]);
  // @ts-expect-error: records of another model
  v3.Product.saveMany([product]);
  // @ts-expect-error: a wrong attribute for all
  v3.Product.where({ is_visible: true }).updateAll({ pirce: 1 });
  // @ts-expect-error: a wrong attribute of a row
  v3.Product.updateMany([{ id: 1, pirce: 2 }]);
  // @ts-expect-error: no such relation
  v3.Product.preload('brnad');
  // @ts-expect-error: a wrong name to pluck
  void v3.Product.pluck('nmae');
  // @ts-expect-error: a wrong name to select
  v3.Product.select('nmae');
  // @ts-expect-error: a relation is no attribute
  v3.Product.select('images');
  // @ts-expect-error: a relation is not assigned as an attribute
  newer.assign({ save: 1 });
  // @ts-expect-error: a key is a number or a text
  void v2.Product.find({});
  // @ts-expect-error: no such direction
  v2.Product.order('name', 'up');
  // @ts-expect-error: a model is not made without a class
  new Model();
  // @ts-expect-error: a filter of the wrong shape
  const where: Where<v2.Customer> = { email: 7 };
  // @ts-expect-error: an attribute of the wrong type
  const attributes: NewAttributes<v3.Brand> = { name: 7 };
  void where;
  void attributes;
}

@Resource('/mugs', { version: 'v3' })
class Mug extends Model<Mug> {
  @Attribute() id!: number;
  @Attribute() name!: string;
  @Attribute() size = 'large';
  @Attribute() madeAt!: Date | null;
  get isLarge(): boolean {
    return this.size === 'large';
  }
  label(): string {
    return this.name;
  }
}

class SpecialProduct extends v3.Product {
  @Attribute() color!: string;
}

/** Never called. */
export async function changesAreTyped(
  product: v2.Product,
  newer: v3.Product,
  special: SpecialProduct,
  mug: Mug,
  any: Model,
): Promise<void> {
  same<(typeof product.changes)['price'], readonly [before: Money, after: Money] | undefined>(true);
  same<(typeof newer.changes)['price'], readonly [before: number, after: number] | undefined>(true);
  same<(typeof mug.previousChanges)['madeAt'], readonly [before: Date | null, after: Date | null] | undefined>(true);
  const before: number | undefined = special.changes.price?.[0];
  special.changes.color?.[1].toUpperCase();
  const record: Model = newer;
  const untyped: Changes = { anything: [1, 'x'] };
  void [before, record, untyped, any.changes];

  // @ts-expect-error: no such attribute
  newer.changes.prise;
  // @ts-expect-error: a relation is no attribute
  newer.changes.images;
  // @ts-expect-error: a price of V2 is a text
  product.changes.price?.[0].toFixed();
}

/** Never called. */
export async function selectionsAreTyped(newer: v3.Product, brand: v3.Brand): Promise<void> {
  const query = v3.Product.where({ is_visible: true })
    .select('name', 'price')
    .order('sku')
    .where({ id: { min: 1 } });
  same<typeof query, Query<Selected<v3.Product, 'name' | 'price'>>>(true);
  const more = v3.Product.select('name').select('price');
  same<typeof more, typeof query>(true);
  for await (const row of query) {
    same<[typeof row.id, typeof row.name, typeof row.price], [number, string, number]>(true);
    for (const image of await row.images) image.is_thumbnail.valueOf();
    row.price = 2;
    const saved = await row.save();
    same<typeof saved, typeof row>(true);
    await row.destroy();
    row.isSame(newer);
    newer.isSame(row);
    v3.ProductImage.of(row);
    const record: Model = row;
    void record;
    // @ts-expect-error: not asked for
    row.sku;
    // @ts-expect-error: it has not all of a product
    const whole: v3.Product = row;
    void whole;
  }
  const rows = await query;
  v3.Product.saveMany(rows);
  v3.Product.saveMany([...rows, newer]);
  v3.Product.destroyMany([...rows, newer, 7]);
  v3.Product.select('name').updateAll({ sku: 'x' });
  for (const page of [await query.page(1)]) for (const { name } of page) name.toUpperCase();
  const names = await query.pluck('name');
  same<typeof names, string[]>(true);
  const [mug] = await Mug.select('name');
  mug?.label().toUpperCase();
  const [special] = await SpecialProduct.select('color', 'price');
  if (special !== undefined) v3.Product.saveMany([special]);
  const [bare] = await v3.Brand.select('name');

  // @ts-expect-error: a getter of the class may read what was not asked for
  mug?.isLarge;
  // @ts-expect-error: not asked for
  mug?.size;
  // @ts-expect-error: not asked for
  void query.pluck('sku');
  // @ts-expect-error: records of another model
  v3.Brand.saveMany(rows);
  // @ts-expect-error: records of another model
  v3.Brand.destroyMany(rows);
  // @ts-expect-error: records of another model
  v3.Product.saveMany([brand]);
  // @ts-expect-error: records of another model
  if (bare !== undefined) v3.Product.saveMany([bare]);
  // @ts-expect-error: a wrong attribute
  v3.Product.select('name').updateAll({ pirce: 1 });
  // @ts-expect-error: a wrong filter
  v3.Product.select('name').where({ pirce: 1 });
  // @ts-expect-error: a wrong attribute for all
  v3.Product.updateAll({ pirce: 1 }, { all: true });
  // @ts-expect-error: a wrong name to select
  query.select('nmae');
}

/** Never called. */
export function namesAreTyped(): void {
  v3.Product.include('images', 'variants').include('primary_image');
  v3.Customer.where({}).include('addresses', 'storecredit');
  v2.Order.include('consignments.line_items');
  Mug.include('anything');
  v3.Product.preload('variants.metafields', 'brand').preload('images');
  v2.Order.preload('customer.addresses');
  const path: 'images' | 'brand' = Math.random() < 0.5 ? 'images' : 'brand';
  v3.Product.preload(path);

  // @ts-expect-error: cannot be embedded
  v3.Product.include('brand');
  // @ts-expect-error: a wrong name
  v3.Customer.where({}).include('adresses');
  // @ts-expect-error: a wrong step of a path
  v3.Product.preload('variants.metafeilds');
  // @ts-expect-error: a wrong first step of a path
  v3.Product.where({}).preload('varaints.metafields');
  // @ts-expect-error: an attribute is no relation
  v3.Product.preload('name');
}
