import { Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import { chaiStore, jestMatchers } from 'bigrecord/testing';
import { Product as V2Product } from 'bigrecord/v2';
import { Customer, Product } from 'bigrecord/v3';
import { expect, use } from 'chai';

use(chaiStore);

describe('matchers of what a store has received', () => {
  let store: Sandbox;
  let session: Session;

  before(async () => {
    store = await Sandbox.start({ port: false });
    session = Session.configure({ ...store.credentials, retry: false });
  });
  beforeEach(() => store.reset());
  after(async () => {
    await session.close();
    await store.stop();
  });

  const fails = (work: () => unknown, ...parts: (string | RegExp)[]): void => {
    let message = '';
    try {
      work();
    } catch (error) {
      message = String(Object(error).message);
    }
    expect(message, 'it passed').to.not.equal('');
    for (const part of parts) expect(message).to.match(typeof part === 'string' ? new RegExp(quoted(part)) : part);
  };

  const quoted = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

  async function work(): Promise<void> {
    const product = await V2Product.find(1);
    product.price = '199.90';
    await product.save();
    await Product.where({ 'id:in': [1, 2] }).all();
    await Product.create({ name: 'Mug', type: 'physical', weight: 1, price: 5, categories: [1, 2], custom_url: { url: '/mug/' } });
  }

  describe('for chai', () => {
    it('find a request by its method, path, query and body', async () => {
      await work();
      expect(store).to.have.received('PUT', '/v2/products/1').with({ price: '199.90' });
      expect(store).to.have.received('put', '/stores/sandbox/v2/products/1').withExactly({ price: '199.90' });
      expect(store).to.have.received('GET', '/v3/catalog/products');
      expect(store).to.have.received('GET', '/v3/catalog/products?id:in=1,2&limit=250');
      expect(store).to.have.received('GET', /products\?id:in=1/g);
      expect(store)
        .to.have.received('POST', '/v3/catalog/products')
        .with({ name: 'Mug', custom_url: { url: '/mug/' }, categories: [1, 2] });
      expect(store).to.have.received('POST', '/v3/catalog/products', { name: 'Mug' });
    });

    it('count requests, and go on', async () => {
      await work();
      expect(store).to.have.received('PUT', '/v2/products/1').with({ price: '199.90' }).once;
      expect(store).to.have.received('PUT', '/v2/products/1').once.and.with({ price: '199.90' });
      await V2Product.find(1);
      expect(store).to.have.received('GET', '/v2/products/1').times(2);
    });

    it('deny', async () => {
      await work();
      expect(store).to.not.have.received('DELETE', /./);
      expect(store).to.not.have.received('PUT', '/v2/products/1', { price: '1.00' });
      expect(store).to.have.received('PUT', '/v2/products/1').not.with({ price: '1.00' });
      expect(store).to.have.received('PUT', '/v2/products/1').not.times(2);
      fails(() => expect(store).to.not.have.received('PUT', '/v2/products/1'), 'not to have received PUT /v2/products/1');
      fails(() => expect(store).to.have.received('PUT', '/v2/products/1').not.with({ price: '199.90' }), 'not to have received');
    });

    it('leave `with` and other words to chai elsewhere', () => {
      expect([1, 2]).to.be.an('array').with.lengthOf(2);
      expect(() => expect([1]).to.be.an('array').with.lengthOf(2)).to.throw('length of 2');
    });

    it('fail for another body, a missing part, a longer array, another query', async () => {
      await work();
      const put = () => expect(store).to.have.received('PUT', '/v2/products/1');
      fails(() => put().with({ price: '1.00' }), 'with {"price":"1.00"}', 'PUT /v2/products/1 {"price":"199.90"} → 200');
      fails(() => put().with({ price: '199.90', name: 'x' }));
      const post = () => expect(store).to.have.received('POST', '/v3/catalog/products');
      fails(() => post().with({ categories: [1] }));
      fails(() => post().withExactly({ name: 'Mug' }), 'with exactly {"name":"Mug"}');
      fails(() => expect(store).to.have.received('GET', '/v3/catalog/products?id:in=1'));
      fails(() => put().times(2), 'to have received 2 times, not 1, PUT /v2/products/1');
      fails(() => expect({}).to.have.received('GET', '/'), 'Only a store has received requests');
    });

    it('tell what was received instead, nearest first, and no secret', async () => {
      fails(() => expect(store).to.have.received('GET', '/v2/products/1'), 'It has received nothing.');
      await work();
      await Customer.create({ first_name: 'A', last_name: 'B', email: 'a@example.com', authentication: { new_password: 'hunter2' } });
      fails(
        () => expect(store).to.have.received('PUT', '/v2/products/1').with({ price: '2' }),
        /nearest first:\n {2}PUT \/v2\/products\/1 \{"price":"199.90"\} → 200\n {2}GET \/v2\/products\/1 → 200\n/,
      );
      fails(() => expect(store).to.have.received('DELETE', '/v3/customers'), /nearest first:\n {2}POST \/v3\/customers .*\[redacted\]/);
      let message = '';
      try {
        expect(store).to.have.received('POST', '/v3/customers').with({ x: 1 });
      } catch (error) {
        message = String(error);
      }
      expect(message).to.not.contain('hunter2').and.not.contain(store.credentials.accessToken);
    });
  });

  describe('for jest and vitest', () => {
    const { toHaveReceived, toHaveReceivedExactly, toHaveReceivedTimes } = jestMatchers;

    it('are functions that return whether they pass, and a message for either case', async () => {
      await work();
      const found = toHaveReceived(store, 'PUT', '/v2/products/1', { price: '199.90' });
      expect([found.pass, found.message().split('\n')[0]]).to.deep.equal([
        true,
        'expected the store not to have received PUT /v2/products/1 with {"price":"199.90"}',
      ]);
      const missed = toHaveReceived(store, 'PUT', '/v2/products/1', { price: '1' });
      expect([missed.pass, missed.message()]).to.deep.equal([
        false,
        [
          'expected the store to have received PUT /v2/products/1 with {"price":"1"}',
          'It has received, nearest first:',
          ...missed.message().split('\n').slice(2),
        ].join('\n'),
      ]);
      expect(toHaveReceived(store, 'POST', /products$/, { name: { asymmetricMatch: (value: unknown) => value === 'Mug' } }).pass).to.equal(
        true,
      );
      expect(toHaveReceivedExactly(store, 'POST', /products$/, { name: 'Mug' }).pass).to.equal(false);
      expect(toHaveReceivedTimes(store, 1, 'PUT', '/v2/products/1').pass).to.equal(true);
      expect(toHaveReceivedTimes(store, 0, 'DELETE', /./).pass).to.equal(true);
    });
  });
});
