import {
  AfterCreate,
  AfterHookError,
  ArgumentError,
  Attribute,
  BelongsTo,
  HasMany,
  HasOne,
  Model,
  Resource,
  Session,
  UncertainOutcomeError,
  ValidationError,
} from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { json, serve } from '../support/http-server.js';
import { rejection } from '../support/rejection.js';
import { models, sent, sentBy, useStore } from '../support/store.js';

@Resource('/shelves', { version: 'v3' })
class Shelf extends Model {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute() name!: string;
  @Attribute() owner_id!: number;
  readonly log: string[] = [];
  @HasMany(() => Book) books!: HasMany<Book>;
  @HasMany(() => Leaf) pages!: HasMany<Leaf>;
  @HasOne(() => Label) label!: HasOne<Label>;
  @BelongsTo(() => Owner, { key: 'owner_id' }) owner!: BelongsTo<Owner>;

  @AfterCreate() afterCreate(): void {
    this.log.push('afterCreate');
  }
}

@Resource('/shelves/:shelf_id/books', { version: 'v3' })
class Book extends Model {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ required: true }) title!: string;
}

@Resource('/shelves/:shelf_id/leaves', { version: 'v3' })
class Leaf extends Model {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute() text!: string;

  @AfterCreate() afterCreate(): void {
    throw new Error('no ink');
  }
}

@Resource('/shelves/:shelf_id/label', { version: 'v3', addressing: 'single' })
class Label extends Model {
  @Attribute() text!: string;
}

@Resource('/owners', { version: 'v3', filters: { 'id:in': Number } })
class Owner extends Model {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute() name!: string;
}

const titles = (books: readonly Book[]): string[] => books.map(({ title }) => title);
const MUG = { name: 'Mug', type: 'physical', weight: 1, price: 4 } as const;
const NO = { status: 422, method: 'POST', body: { title: 'no', errors: { title: 'is too long' } } } as const;

describe('children of a parent that was created', () => {
  const context = useStore({ models: models(Shelf, Book, Leaf, Label, Owner) });

  it('are still there and dirty where the store refused them, and are retried by save()', async () => {
    const shelf = new Shelf({ name: 'S', books: [{ title: 'one' }, { title: 'two' }] } as never);
    context.store.fail({ ...NO, path: '/v3/shelves/1/books' });
    const error = await rejection(shelf.save(), ValidationError);
    expect(error.errors['title']).to.deep.equal(['is too long']);
    expect([shelf.isNew, shelf.isDirty, shelf.log]).to.deep.equal([false, true, ['afterCreate']]);
    const books = await shelf.books;
    expect(titles(books)).to.deep.equal(['one', 'two']);
    expect(books.map(({ isNew, isDirty }) => [isNew, isDirty])).to.deep.equal([
      [true, true],
      [true, true],
    ]);
    expect(books[0]?.fieldErrors).to.deep.equal({ title: ['is too long'] });
    (books[0] as Book).title = 'uno';
    const lines = await sentBy(context.store, () => shelf.save());
    expect(lines).to.deep.equal(['POST /v3/shelves/1/books {"title":"uno"}', 'POST /v3/shelves/1/books {"title":"two"}']);
    expect([shelf.isDirty, shelf.log, books[0]?.isNew]).to.deep.equal([false, ['afterCreate'], false]);
    expect(await shelf.books).to.deep.equal(books);
    expect(await sentBy(context.store, () => shelf.save())).to.deep.equal([]);
  });

  it('are retried by saveMany() too, and the others are created', async () => {
    const shelves = ['a', 'b'].map((name) => new Shelf({ name, books: [{ title: name }] } as never));
    context.store.fail({ ...NO, path: '/v3/shelves/1/books' });
    const first = await Shelf.saveMany(shelves);
    expect(first.failed.map(({ error }) => error instanceof ValidationError)).to.deep.equal([true]);
    expect(shelves.map(({ log }) => log)).to.deep.equal([['afterCreate'], ['afterCreate']]);
    const [failed] = first.failed;
    expect(failed?.record.isDirty).to.equal(true);
    const lines = await sentBy(context.store, async () => expect((await Shelf.saveMany(shelves)).failed).to.deep.equal([]));
    expect(lines).to.have.length(1);
    expect(lines[0]).to.match(/^POST \/v3\/shelves\/\d\/books/);
  });

  it('are saved with the parent when they can be saved by themselves first', async () => {
    const shelf = new Shelf({ name: 'S', books: [{ title: 'one' }] } as never);
    context.store.fail({ ...NO, path: '/v3/shelves/1/books' });
    await rejection(shelf.save());
    const [book] = await shelf.books;
    await book?.save();
    expect(await sentBy(context.store, () => shelf.save())).to.deep.equal([]);
    expect(await shelf.books).to.deep.equal([book]);
    await book?.destroy();
    expect(await shelf.books).to.deep.equal([]);
  });

  it('are not created once more by themselves where the outcome is not known', async () => {
    const shelf = new Shelf({ name: 'S', books: [{ title: 'one' }] } as never);
    context.store.fail({ reset: 'after', method: 'POST', path: '/v3/shelves/1/books' });
    await rejection(shelf.save(), UncertainOutcomeError);
    shelf.name = 'T';
    expect(await sentBy(context.store, () => shelf.save())).to.deep.equal(['PUT /v3/shelves/1 {"name":"T"}']);
    expect((await shelf.books)[0]?.isNew).to.equal(true);
  });

  it('get their keys where they were sent inside it', async () => {
    const option = new v3.ProductOption({
      display_name: 'Cut',
      type: 'dropdown',
      product_id: 1,
      option_values: [
        { label: 'Slim', sort_order: 1 },
        { label: 'Wide', sort_order: 2 },
      ],
    } as never);
    const given = await option.option_values;
    await option.save();
    const ids = given.map(({ id }) => id);
    expect(ids.every((id) => typeof id === 'number')).to.equal(true);
    expect(given.map(({ isNew, isDirty }) => [isNew, isDirty])).to.deep.equal([
      [false, false],
      [false, false],
    ]);
    const lines = await sentBy(context.store, async () => {
      expect(await option.option_values).to.deep.equal(given);
      (given[1] as v3.ProductOptionValue).label = 'Wider';
      await given[1]?.save();
    });
    expect(lines[0]).to.match(new RegExp(`^PUT /v3/catalog/products/1/options/${option.id}/values/${ids[1]} `));
  });

  it('get the keys that are theirs, in whatever order the store names them', async () => {
    const server = await serve((_, response) =>
      json(response, {
        data: {
          id: 5,
          ...MUG,
          images: [
            { id: 12, product_id: 5, image_url: 'https://x/1.png', is_thumbnail: true },
            { id: 11, product_id: 5, image_url: 'https://x/1.png', is_thumbnail: false },
          ],
        },
      }),
    );
    const image = { image_url: 'https://x/1.png' };
    const product = new (v3.Product.using(server.session()))({ ...MUG, images: [image, { ...image, is_thumbnail: true }] });
    const [plain, thumbnail] = await product.images;
    await product.save();
    expect([plain?.id, thumbnail?.id]).to.deep.equal([11, 12]);
    await server.close();
  });

  it('get them by one further request where the answer does not tell', async () => {
    const order = new v2.Order({
      billing_address: { first_name: 'A', email: 'a@example.com' },
      products: [
        { product_id: 1, quantity: 2 },
        { product_id: 2, quantity: 1 },
      ],
    } as never);
    const given = await order.products;
    await order.save();
    expect(given.map(({ isNew }) => isNew)).to.deep.equal([false, false]);
    const found = await order.products;
    expect(found[0]).to.equal(given[0]);
    expect(given.map(({ id, product_id }) => [typeof id, product_id])).to.deep.equal([
      ['number', 1],
      ['number', 2],
    ]);
    const product = new v3.Product({ ...MUG, images: [{ image_url: 'a.jpg' }, { image_url: 'b.jpg' }] });
    const images = await product.images;
    await product.save();
    (images[1] as v3.ProductImage).description = 'B';
    await images[1]?.save();
    expect((await v3.ProductImage.of(product).find(images[1]?.id as number)).image_url).to.equal('b.jpg');
  });

  it('hold what the store says of them where it refuses the parent', async () => {
    const product = new v3.Product({ ...MUG, variants: [{ sku: 'A' }, { sku: 'B', price: -1 }], images: [{ image_url: 'x' }] } as never);
    const [first, second] = await product.variants;
    const errors = { 'variants.1.price': 'must not be negative', 'variants[0].sku': 'is taken', 'images.0': 'is no image', name: 'bad' };
    context.store.fail({ status: 422, method: 'POST', body: { title: 'no', errors } });
    await rejection(product.save(), ValidationError);
    expect(second?.fieldErrors).to.deep.equal({ price: ['must not be negative'] });
    expect(first?.fieldErrors).to.deep.equal({ sku: ['is taken'] });
    expect((await product.images)[0]?.fieldErrors).to.deep.equal({ base: ['is no image'] });
    expect(product.fieldErrors).to.have.keys(Object.keys(errors));
    context.store.fail({ status: 422, method: 'POST', body: { title: 'no', errors: { 'variants.0.sku': 'is taken' } } });
    await v3.Product.saveMany([product]);
    expect([first?.fieldErrors, second?.fieldErrors]).to.deep.equal([{ sku: ['is taken'] }, {}]);
    await product.save();
    expect([first?.fieldErrors, first?.isNew, second?.isNew]).to.deep.equal([{}, false, false]);
  });

  it('stay where an update of the parent embeds a fresh list', async () => {
    const option = await v3.ProductOption.of(1).find(1);
    const [value] = await option.option_values;
    const built = option.option_values.build({ label: 'Extra', sort_order: 9 } as never);
    (value as v3.ProductOptionValue).label = 'Mine';
    option.display_name = 'Renamed';
    await option.save();
    expect((await option.option_values)[0]).to.equal(value);
    expect(value?.changes).to.have.keys('label');
    await built.save();
    expect(await option.option_values).to.include(built);
    await value?.destroy();
    expect(await option.option_values).to.not.include(value);
  });
});

describe('a loaded relation', () => {
  const context = useStore({ models: models(Shelf, Book, Leaf, Label, Owner) });
  let shelf: Shelf;
  beforeEach(async () => {
    shelf = await Shelf.create({ name: 'S', books: [{ title: 'a' }, { title: 'b' }, { title: 'c' }] } as never);
    shelf = await Shelf.find(shelf.id);
  });

  it('gives lists of the caller, which it does not share', async () => {
    (await shelf.books).length = 0;
    expect(await sentBy(context.store, async () => expect(await shelf.books).to.have.length(3))).to.deep.equal([]);
    const [one, two] = await Promise.all([shelf.books, shelf.books]);
    one.pop();
    expect([two.length, (await shelf.books).length]).to.deep.equal([3, 3]);
    (await shelf.books.reload()).reverse();
    expect(titles(await shelf.books)).to.deep.equal(['a', 'b', 'c']);
    const fresh = new Shelf({ books: [{ title: 'x' }] } as never);
    (await fresh.books).length = 0;
    expect(await fresh.books).to.have.length(1);
    const product = (await v3.Product.include('variants').limit(1))[0] as v3.Product;
    (await product.variants).length = 0;
    expect((await product.variants).length).to.be.greaterThan(0);
    const loaded = (await v2.Product.where({ min_id: 1, max_id: 1 }).preload('options'))[0] as v2.Product;
    (await loaded.options).length = 0;
    expect((await loaded.options).length).to.be.greaterThan(0);
  });

  it('shows what was destroyed, built and saved, by whatever way', async () => {
    const [a] = await shelf.books;
    await a?.destroy();
    const built = shelf.books.build({ title: 'd' });
    expect(titles(await shelf.books)).to.deep.equal(['b', 'c']);
    await built.save();
    expect(titles(await shelf.books)).to.deep.equal(['b', 'c', 'd']);
    const created = await shelf.books.create({ title: 'e' });
    const seen: string[] = [];
    for await (const { title } of shelf.books) seen.push(title);
    expect(seen).to.deep.equal(['b', 'c', 'd', 'e']);
    expect(titles(await shelf.books.all())).to.deep.equal(seen);
    expect((shelf.toObject({ include: ['books'] })['books'] as Book[]).map(({ title }) => title)).to.deep.equal(seen);
    expect((await shelf.books.first())?.title).to.equal('b');
    await created.destroy();
    await Book.destroyMany(await shelf.books);
    expect(await shelf.books).to.deep.equal([]);
    expect(await shelf.books.reload()).to.deep.equal([]);
  });

  it('is read again where several of its records were written at once', async () => {
    await shelf.books;
    await shelf.books.createMany([{ title: 'd' }]);
    expect(titles(await shelf.books)).to.deep.equal(['a', 'b', 'c', 'd']);
    const [first] = await shelf.books;
    await shelf.books.destroyMany([first?.id as number]);
    expect(titles(await shelf.books)).to.deep.equal(['b', 'c', 'd']);
    await shelf.books.where({ title: 'b' }).destroyAll();
    expect(titles(await shelf.books)).to.deep.equal(['c', 'd']);
    await shelf.books.where({ title: 'c' }).deleteAll();
    expect(titles(await shelf.books)).to.deep.equal(['d']);
    await shelf.books.deleteAll();
    expect(await shelf.books).to.deep.equal([]);
  });

  it('shows what firstOrCreate() created, and what firstOrNew() made once it is saved', async () => {
    await shelf.books;
    const created = await shelf.books.firstOrCreate({ title: 'd' });
    const made = await shelf.books.firstOrNew({ title: 'e' });
    expect(titles(await shelf.books)).to.deep.equal(['a', 'b', 'c', 'd']);
    await made.save();
    const books = await shelf.books;
    expect([books.at(-2), books.at(-1)]).to.deep.equal([created, made]);
    expect(books.at(-1)).to.equal(made);
    const fresh = new Shelf({ name: 'T' });
    const refused = await rejection(fresh.books.create({ title: 'x' }));
    expect(refused.message).to.include('Save the Shelf first');
  });

  it('shows what update() changed by its key, and keeps what the program changed itself', async () => {
    const [a, b] = await shelf.books;
    (b as Book).title = 'mine';
    await shelf.books.update(a?.id as number, { title: 'A' });
    await shelf.books.update(b?.id as number, { title: 'B' });
    expect(titles(await shelf.books)).to.deep.equal(['A', 'mine', 'c']);
    expect([a?.isDirty, b?.changes]).to.deep.equal([false, { title: ['B', 'mine'] }]);
    expect((await shelf.books)[0]).to.equal(a);
  });

  it('shows a record that was created although its after-hook threw', async () => {
    await shelf.pages;
    const error = await rejection(shelf.pages.create({ text: 'p' }), AfterHookError);
    expect(await shelf.pages).to.deep.equal([error.record]);
  });

  it('is read again where a deletion of several records failed half-way', async () => {
    const [first] = await shelf.books;
    context.store.fail({ status: 403, method: 'DELETE', path: `/v3/shelves/${shelf.id}/books/${first?.id}` });
    await rejection(shelf.books.where({ title: { in: ['a', 'b'] } as never }).deleteAll());
    expect(titles(await shelf.books)).to.deep.equal(['a', 'c']);
  });

  it('is loaded for all that wait for it, whoever of them gives up', async () => {
    context.store.latency = 40;
    const impatient = new AbortController();
    const first = rejection(shelf.books.all({ signal: impatient.signal }));
    const second = shelf.books.all();
    const third = rejection(shelf.books.all({ signal: impatient.signal }));
    const hurried = rejection(shelf.books.all({ timeout: 5, retry: { limit: 0 } }));
    impatient.abort();
    expect([(await first).name, (await third).name, (await hurried).name]).to.deep.equal(['AbortError', 'AbortError', 'TimeoutError']);
    expect(titles(await second)).to.deep.equal(['a', 'b', 'c']);
  });

  it('is not overwritten by a list that was read before something was created', async () => {
    context.store.latency = 30;
    const reading = shelf.books.all();
    await shelf.books.create({ title: 'd' });
    await reading;
    expect(titles(await shelf.books)).to.deep.equal(['a', 'b', 'c', 'd']);
  });
});

describe('a to-one relation whose key changes', () => {
  const context = useStore({ models: models(Shelf, Book, Leaf, Label, Owner) });

  async function shelves(): Promise<[Shelf, Shelf]> {
    for (const name of ['Ann', 'Bob', 'Cy']) await Owner.create({ name });
    for (const owner_id of [1, 2]) await Shelf.create({ owner_id } as never);
    const [one, two] = await Shelf.all();
    context.store.latency = 30;
    return [one as Shelf, two as Shelf];
  }

  it('does not join the load of the old one', async () => {
    const [shelf] = await shelves();
    const old = Shelf.load({ id: 9, owner_id: 1 });
    for (const record of [shelf, old]) {
      const before = record.owner.reload();
      record.owner_id = 2;
      const [first, second, third] = await Promise.all([before, record.owner, record.owner]);
      expect([first?.name, second?.name, third?.name]).to.deep.equal(['Ann', 'Bob', 'Bob']);
      expect((await record.owner)?.name).to.equal('Bob');
      record.owner_id = 1;
    }
  });

  it('is not taken for missing when it is loaded for several records together', async () => {
    const [one, two] = await shelves();
    const both = [one.owner, two.owner].map((owner) => owner.then((found) => found?.name));
    await new Promise((resolve) => setTimeout(resolve, 5));
    one.owner_id = 3;
    const changed = one.owner.then((found) => found?.name);
    expect((await Promise.all(both))[1]).to.equal('Bob');
    expect(await changed).to.equal('Cy');
    expect((await one.owner)?.name).to.equal('Cy');
  });

  it('is null once the other was destroyed', async () => {
    const [shelf] = await shelves();
    const owner = await shelf.owner;
    await owner?.destroy();
    expect(await shelf.owner).to.equal(null);
    expect(await shelf.owner.reload()).to.equal(null);
  });

  it('is loaded for whoever waits for it, where a reload() of it is aborted', async () => {
    await shelves();
    const impatient = new AbortController();
    const record = Shelf.load({ id: 9, owner_id: 1 });
    const aborted = rejection(record.owner.reload({ signal: impatient.signal }));
    const waiting = record.owner.then((found) => found?.name);
    impatient.abort();
    expect([(await aborted).name, await waiting]).to.deep.equal(['AbortError', 'Ann']);
  });

  it('reads anew where reload() comes while it is loading', async () => {
    const [shelf] = await shelves();
    const lines = await sentBy(context.store, () => Promise.all([shelf.owner, shelf.owner.reload()]));
    expect(lines).to.have.length(2);
  });
});

describe('what belongs to a new parent', () => {
  const context = useStore({ models: models(Shelf, Book, Leaf, Label, Owner) });

  it('is not created where it was destroyed before', async () => {
    const shelf = new Shelf({ name: 'S', books: [{ title: 'one' }, { title: 'two' }] } as never);
    await (await shelf.books)[0]?.destroy();
    expect(titles(await shelf.books)).to.deep.equal(['two']);
    await shelf.save();
    expect(sent(context.store)).to.deep.equal(['POST /v3/shelves {"name":"S"}', 'POST /v3/shelves/1/books {"title":"two"}']);
  });

  it('is never a saved record, which belongs to another parent: the refusal names clone()', async () => {
    const old = await Shelf.create({ name: 'S', books: [{ title: 'one' }] } as never);
    const [book] = await old.books;
    expect(() => new Shelf({ name: 'T', books: [book] } as never)).to.throw(ArgumentError, /saved Book .* clone\(\)/);
    const lines = await sentBy(context.store, () => new Shelf({ name: 'T', books: [book?.clone()] } as never).save());
    expect(lines).to.deep.equal(['POST /v3/shelves {"name":"T"}', 'POST /v3/shelves/2/books {"title":"one"}']);
  });
});

describe('records of two stores', () => {
  const context = useStore({ models: models(Shelf, Book, Leaf, Label, Owner) });
  let other: Sandbox;
  let there: Session;
  beforeEach(async () => {
    other = await Sandbox.start({ models: models(Shelf, Book, Leaf, Label, Owner) });
    there = new Session(other.credentials);
  });
  afterEach(async () => {
    there.close();
    await other.stop();
  });

  it('are not mixed: what is given to a new parent is created on the store of the parent', async () => {
    const book = new Book({ title: 'one' });
    await new (Shelf.using(there))({ name: 'S', books: [book] } as never).save();
    expect(sent(other)).to.deep.equal(['POST /v3/shelves {"name":"S"}', 'POST /v3/shelves/1/books {"title":"one"}']);
    const foreign = new (Book.using(context.session))({ title: 'two' });
    const error = await rejection(new (Shelf.using(there))({ name: 'T', books: [foreign] } as never).save(), ArgumentError);
    expect(error.message).to.include('on another store');
    const { failed } = await Shelf.using(there).saveMany([new (Shelf.using(there))({ name: 'T', books: [foreign] } as never)]);
    expect(failed.map((each) => each.error.message)).to.deep.equal([error.message]);
    expect([sent(other).length, sent(context.store).length]).to.deep.equal([2, 0]);
  });

  it('do not refer to each other', async () => {
    const [owner, shelf] = [await Owner.using(there).create({ name: 'Ann' }), await Shelf.create({ name: 'S' })];
    expect(() => shelf.assign({ owner } as never)).to.throw(ArgumentError, /on another store/);
    expect(() => shelf.assign({ owner: shelf } as never)).to.throw(ArgumentError, /takes a saved Owner/);
    expect(shelf.isDirty).to.equal(false);
    shelf.assign({ owner: await Owner.create({ name: 'Bob' }) } as never);
    expect(shelf.owner_id).to.equal(1);
  });

  it('lead to their own store where they stand for the parents of a nested resource', async () => {
    const [here, away] = [await Shelf.create({ name: 'S' }), await Shelf.using(there).create({ name: 'T' })];
    await Book.of(away).create({ title: 'one' });
    expect(sent(other)).to.have.length(2);
    expect(await Book.of(here).all()).to.deep.equal([]);
    expect(await Book.of(away.id).all()).to.deep.equal([]);
    expect(await there.run(() => Book.of(here).all())).to.deep.equal([]);
    expect(() => Book.using(context.session).of(away)).to.throw(ArgumentError, /on another store/);
  });
});

describe('children inside a new parent', () => {
  const context = useStore();

  it('have their keys as soon as the parent is created: the answer tells them', async () => {
    const product = new v3.Product({ ...MUG, images: [{ image_url: 'a.jpg' }], custom_fields: [{ name: 'a', value: 'b' }] });
    const person = { first_name: 'A', last_name: 'B' };
    const address = { ...person, address1: '1 Main Street', country_code: 'US' };
    const addresses = ['X', 'Y'].map((city) => ({ ...address, city }));
    const customer = new v3.Customer({ ...person, email: 'a@b.co', addresses });
    const children = [...(await product.images), ...(await product.custom_fields), ...(await customer.addresses)];
    await product.save();
    await customer.save();
    expect(children.map(({ id, isNew, isDirty }) => [typeof id, isNew, isDirty])).to.deep.equal(
      children.map(() => ['number', false, false]),
    );
    expect([...(await product.images), ...(await product.custom_fields), ...(await customer.addresses)]).to.deep.equal(children);
    expect(sent(context.store).map((line) => line.split(' ', 2).join(' '))).to.deep.equal([
      'POST /v3/catalog/products',
      'POST /v3/customers',
    ]);
  });
});

describe('the refusal of a record that is sent as a list of one', () => {
  const context = useStore();
  const PERSON = { first_name: 'A', last_name: 'B', email: 'a@b.co' };

  it('names the fields of the record and of its children', async () => {
    for (const [city, email] of [
      ['0.addresses.1.city', '0.email'],
      ['[0].addresses[1].city', '[0].email'],
    ] as const) {
      const errors = { [city]: 'is unknown', [email]: 'is taken' };
      context.store.fail({ status: 422, method: 'POST', path: '/v3/customers', times: 1, body: { title: 'no', errors } });
      const customer = new v3.Customer({ ...PERSON, addresses: [{ city: 'X' }, { city: 'Y' }] });
      const [first, second] = await customer.addresses;
      const error = await rejection(customer.save(), ValidationError);
      expect(customer.fieldErrors['email']).to.deep.equal(['is taken']);
      expect(error.errors).to.deep.equal(customer.fieldErrors);
      expect([first?.fieldErrors, second?.fieldErrors]).to.deep.equal([{}, { city: ['is unknown'] }]);
    }
  });

  it('names those of a change', async () => {
    const customer = await v3.Customer.find(1);
    context.store.fail({
      status: 422,
      method: 'PUT',
      path: '/v3/customers',
      times: 1,
      body: { title: 'no', errors: { '0.email': 'is taken' } },
    });
    const error = await rejection(customer.update({ email: 'x@y.co' }), ValidationError);
    expect(error.errors).to.deep.equal({ email: ['is taken'] });
    expect(error.message).to.contain('email: is taken');
    expect(customer.fieldErrors).to.deep.equal({ email: ['is taken'] });
  });
});
