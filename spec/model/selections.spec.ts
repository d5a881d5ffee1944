import { Attribute, HasMany, Model, Resource } from 'bigrecord';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { sent, sentBy, useStore } from '../support/store.js';

const FIELD = { writable: true, enumerable: true, configurable: true };

/** A model whose fields have defaults, which its constructor sets. */
@Resource('/catalog/products', { version: 'v3' })
class Mug extends Model<Mug> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute() name!: string;
  @Attribute() price = 9;
  @Attribute() condition: string | null = 'Used';
  @HasMany(() => v3.ProductImage) images!: HasMany<v3.ProductImage>;

  get isCheap(): boolean {
    return this.price < 10;
  }

  label(): string {
    return `a mug called ${this.name}`;
  }
}

/** The same with fields that the compiler defines (`useDefineForClassFields`): one without a default, one with. */
@Resource('/catalog/products', { version: 'v3' })
class Cup extends Model<Cup> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute() name!: string;
  @Attribute() price!: number;
  @Attribute() condition!: string | null;

  constructor(attributes?: { name?: string }) {
    super(attributes);
    Object.defineProperty(this, 'price', { ...FIELD, value: undefined });
    Object.defineProperty(this, 'condition', { ...FIELD, value: 'Used' });
  }
}

describe('a record of which only some attributes were selected', () => {
  const context = useStore();

  async function mugOne(): Promise<Awaited<ReturnType<typeof mugs>>[number]> {
    const [mug = expect.fail('the store has no product')] = await mugs();
    return mug;
  }
  const mugs = () => Mug.where({ id: 1 }).select('name').all();

  it('has these and its key as own properties, and nothing else', async () => {
    const mug = await mugOne();
    expect(sent(context.store).at(-1)).to.include('include_fields=name');
    expect(Object.keys(mug)).to.have.members(['id', 'name']);
    expect(mug).not.to.have.any.keys('price', 'condition');
    expect(JSON.parse(JSON.stringify(mug))).to.have.all.keys('id', 'name');
    expect(mug.toObject()).to.have.all.keys('id', 'name');
    expect(mug.label()).to.equal(`a mug called ${mug.name}`);
    expect(mug.isDirty).to.equal(false);
  });

  it('has no others where the compiler defines the fields of the class, with or without defaults', async () => {
    const [cup = expect.fail('the store has no product')] = await Cup.where({ id: 1 }).select('name');
    expect(Object.keys(cup)).to.have.members(['id', 'name']);
    cup.name = 'B';
    expect(await sentBy(context.store, () => cup.save())).to.deep.equal(['PUT /v3/catalog/products/1 {"name":"B"}']);
  });

  it('sends what changed, and nothing that was not selected', async () => {
    const mug = await mugOne();
    expect(await sentBy(context.store, () => mug.save())).to.deep.equal([]);
    mug.name = 'B';
    expect(mug.changes).to.have.all.keys('name');
    expect(await sentBy(context.store, () => mug.save())).to.deep.equal(['PUT /v3/catalog/products/1 {"name":"B"}']);
  });

  it('adds up the attributes of several selections', async () => {
    const [mug = expect.fail('the store has no product')] = await Mug.where({ id: 1 }).select('name').select('price');
    expect(Object.keys(mug)).to.have.members(['id', 'name', 'price']);
    expect(mug.price.toFixed(0)).to.match(/^\d+$/);
  });

  it('is saved and deleted with others of the model, in the same requests', async () => {
    const rows = await v3.Product.where({ id: { in: [1, 2] } }).select('name');
    for (const row of rows) row.name = `New ${row.id}`;
    const lines = await sentBy(context.store, () => v3.Product.saveMany(rows));
    expect(lines).to.deep.equal(['PUT /v3/catalog/products [{"id":1,"name":"New 1"},{"id":2,"name":"New 2"}]']);
    const { succeeded } = await v3.Product.destroyMany(rows);
    expect(succeeded).to.have.length(2);
    expect(await v3.Product.exists(1)).to.equal(false);
  });

  it('is the same as the whole record, has its relations, and is a parent as that is', async () => {
    const whole = await Mug.find(1);
    const mug = await mugOne();
    expect([mug.isSame(whole), whole.isSame(mug)]).to.deep.equal([true, true]);
    const images = await mug.images;
    expect(images.map(({ id }) => id)).to.deep.equal((await v3.ProductImage.of(mug)).map(({ id }) => id));
    expect(images.map(({ id }) => id)).to.deep.equal((await whole.images).map(({ id }) => id));
  });
});
