import { Attribute, ConfigurationError, HasMany, Model, Resource } from 'bigrecord';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { models, sent, sentBy, useStore } from '../support/store.js';

@Resource('/boxes', { version: 'v3', includes: ['parts'], filters: { 'id:in': Number } })
class Box extends Model {
  @Attribute(() => Number, { readOnly: true }) id!: number;
  @Attribute() label!: string;
  @HasMany(() => Part, { maxEmbedded: 3 }) parts!: HasMany<Part>;
}

@Resource('/boxes/:box_id/parts', { version: 'v3' })
class Part extends Model {
  @Attribute({ readOnly: true }) id!: number;
}

const address = (customer_id: number, id: number) => ({ id, customer_id, first_name: 'A', last_name: 'B', city: `City ${id}` });
const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

describe('related records of which an answer embeds no more than a number', () => {
  const context = useStore({ seed: false, models: models(Box, Part) });

  /** Customer n has as many addresses as `counts` says. */
  const fill = (...counts: number[]): void => {
    for (const [at, count] of counts.entries()) {
      const id = at + 1;
      context.store.insert(v3.Customer as never, [{ id, email: `${id}@example.com`, first_name: 'a', last_name: 'b' }]);
      context.store.insert(
        v3.CustomerAddress as never,
        range(count).map((each) => address(id, id * 100 + each)),
      );
    }
  };
  const included = () => v3.Customer.include('addresses');

  it('are loaded where there are fewer, or as many as are counted', async () => {
    fill(9, 10);
    const customers = await included();
    expect(customers.map(({ addresses, address_count }) => [addresses.isLoaded, address_count])).to.deep.equal([
      [true, 9],
      [true, 10],
    ]);
    expect(await sentBy(context.store, async () => expect(await customers[1]?.addresses).to.have.length(10))).to.deep.equal([]);
  });

  it('are not loaded where there are more: awaiting fetches all of them', async () => {
    fill(12);
    const [customer] = await included();
    expect(customer?.addresses.isLoaded).to.equal(false);
    expect(customer?.toObject({ include: ['addresses'] })['addresses']).to.equal(undefined);
    const lines = await sentBy(context.store, async () => {
      expect(await customer?.addresses).to.have.length(12);
      const cities: string[] = [];
      for await (const each of customer?.addresses ?? []) cities.push(each.city);
      expect(cities).to.have.length(12);
    });
    expect(lines).to.deep.equal(['GET /v3/customers/addresses?customer_id:in=1&limit=250']);
    expect(customer?.toObject({ include: ['addresses'] })['addresses']).to.have.length(12);
  });

  it('are taken for a part without a count too, when as many came as can', () => {
    const of = (count: number, more: object = {}) =>
      v3.Customer.load({ id: 1, addresses: range(count).map((id) => address(1, id)), ...more });
    expect(of(9).addresses.isLoaded).to.equal(true);
    expect(of(10).addresses.isLoaded).to.equal(false);
    expect(of(10, { address_count: 10 }).addresses.isLoaded).to.equal(true);
    expect(of(10, { address_count: 11 }).addresses.isLoaded).to.equal(false);
    expect(v3.Customer.load({ id: 1, addresses: [], address_count: 0 }).addresses.isLoaded).to.equal(true);
  });

  it('preload() fetches what is missing of a page in one list', async () => {
    fill(2, 12, 0, 15, 10);
    const customers = await v3.Customer.preload('addresses');
    expect(sent(context.store)).to.deep.equal([
      'GET /v3/customers?include=addresses&limit=250',
      'GET /v3/customers/addresses?customer_id:in=2,4&limit=250',
    ]);
    const lines = await sentBy(context.store, async () => {
      expect(customers.every(({ addresses }) => addresses.isLoaded)).to.equal(true);
      expect((await Promise.all(customers.map(({ addresses }) => addresses))).map(({ length }) => length)).to.deep.equal([
        2, 12, 0, 15, 10,
      ]);
    });
    expect(lines).to.deep.equal([]);
  });

  it('a relation awaited on one of a page is whole for the page', async () => {
    fill(2, 12, 11);
    const customers = await v3.Customer.all();
    const lines = await sentBy(context.store, async () => {
      for (const [at, count] of [2, 12, 11].entries()) expect(await customers[at]?.addresses).to.have.length(count);
    });
    expect(lines.map((line) => line.replace(/&include_fields.*/, ''))).to.deep.equal([
      'GET /v3/customers?id:in=1,2,3&include=addresses',
      'GET /v3/customers/addresses?customer_id:in=2,3&limit=250',
    ]);
  });

  it('are not unloaded by an answer that embeds a part of them', async () => {
    fill(12);
    const customer = await v3.Customer.find(1);
    expect(await customer.addresses).to.have.length(12);
    customer.company = 'X';
    const answer = { id: 1, company: 'X', address_count: 12, addresses: range(10).map((id) => address(1, id)) };
    context.store.fail({ status: 200, method: 'PUT', body: { data: [answer], meta: {} } });
    await customer.save();
    expect(await sentBy(context.store, async () => expect(await customer.addresses).to.have.length(12))).to.deep.equal([]);
  });

  it('come from each parent where the API has no list of all', async () => {
    for (const [at, count] of [1, 3, 5].entries())
      context.store.insert(Box as never, [{ id: at + 1, label: 'x', parts: range(count).map((id) => ({ id: (at + 1) * 10 + id })) }]);
    const boxes = await Box.include('parts');
    expect(boxes.map(({ parts }) => parts.isLoaded)).to.deep.equal([true, false, false]);
    const lines = await sentBy(context.store, async () => expect(await boxes[2]?.parts).to.have.length(5));
    expect(lines).to.deep.equal(['GET /v3/boxes/3/parts?limit=250']);
    context.store.requests.length = 0;
    const preloaded = await Box.preload('parts');
    expect(preloaded.every(({ parts }) => parts.isLoaded)).to.equal(true);
    expect(sent(context.store)).to.have.members([
      'GET /v3/boxes?include=parts&limit=250',
      'GET /v3/boxes/2/parts?limit=250',
      'GET /v3/boxes/3/parts?limit=250',
    ]);
  });

  it('are routes of a site from 200 on', () => {
    const routes = (count: number) => range(count).map((id) => ({ id, type: 'product' }));
    expect(v3.Site.load({ id: 1, routes: routes(199) }).routes.isLoaded).to.equal(true);
    expect(v3.Site.load({ id: 1, routes: routes(200) }).routes.isLoaded).to.equal(false);
    expect(v3.ChannelSite.load({ id: 1, routes: routes(200) }).routes.isLoaded).to.equal(false);
  });

  it('explain() says so, and a count without a number is refused', () => {
    expect(included().explain()).to.contain('addresses (up to 10 per record');
    const declare = (): unknown => {
      @Resource('/odd', { version: 'v3' })
      class Odd extends Model {
        @HasMany(() => Part, { countedBy: 'part_count' }) parts!: HasMany<Part>;
      }
      return Odd;
    };
    expect(declare).to.throw(ConfigurationError, 'maxEmbedded');
  });
});
