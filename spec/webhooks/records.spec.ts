import { ArgumentError, Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import { Customer, PriceList, PriceListRecord, Product, ProductVariant } from 'bigrecord/v3';
import { type AnyWebhookEvent, parseDelivery, webhookHandler } from 'bigrecord/webhooks';
import { expect } from 'chai';
import { delivery, HEADERS, SECRETS } from '../support/deliveries.js';
import { PAYLOADS } from '../support/payloads.js';

describe('the record of a webhook event', () => {
  let store: Sandbox;
  let session: Session;
  beforeEach(async () => {
    store = await Sandbox.start({ seed: false });
    session = new Session(store.credentials);
  });
  afterEach(() => store.stop());

  const eventOf = (scope: string, data: unknown): AnyWebhookEvent =>
    parseDelivery(delivery({ scope, data }), HEADERS, { secretHeaders: SECRETS });
  const sent = (): string[] =>
    store.requests.map(({ method, url }) => `${method} ${decodeURIComponent(url.replace('/stores/sandbox', ''))}`);

  it('is known for each of the 63 documented payloads, or why there is none', () => {
    expect(PAYLOADS).to.have.length(63);
  });

  for (const { scope, data, record, owner, requests, reason } of PAYLOADS) {
    it(`${scope} ${JSON.stringify(data).slice(0, 60)}`, async () => {
      const event = eventOf(scope, data);
      if (record === undefined) {
        expect(event.noRecord).to.contain(reason);
        expect(await event.record(session)).to.equal(undefined);
        expect(sent()).to.deep.equal([]);
        return;
      }
      const [model, row, parents] = record;
      store.insert(Customer, [{ id: 60, email: 'another@example.com' }]);
      if (scope === 'store/metafield/created') insertVariant(store);
      if (owner !== undefined) store.insert(owner[0], [owner[1]]);
      store.insert(model, [row], parents);
      const found = await event.record(session);
      expect(event.noRecord).to.equal(undefined);
      expect(found).to.be.instanceOf(model);
      for (const [name, value] of Object.entries(row)) expect(found).to.have.deep.property(name, value);
      expect(sent().map((request) => request.replace(/[?&](page=1|limit=250)\b/g, ''))).to.deep.equal(requests);
    });
  }

  it('is null once it is gone, and undefined where there is none', async () => {
    const gone = eventOf('store/order/created', { type: 'order', id: 9999 });
    expect([await gone.record(session), gone.noRecord]).to.deep.equal([null, undefined]);
    const unknown = eventOf('store/new/thing', { type: 'order', id: 9999 });
    expect([await unknown.record(session), unknown.topic]).to.deep.equal([undefined, undefined]);
    expect(unknown.noRecord).to.contain('store/new/thing');
    const incomplete = eventOf('store/sku/created', { type: 'sku', id: 1, sku: { product_id: 1 } });
    expect(await incomplete.record(session)).to.equal(undefined);
    expect(incomplete.noRecord).to.contain('no sku.variant_id');
  });

  it('is not looked for in another store', async () => {
    const event = eventOf('store/order/created', { type: 'order', id: 1 });
    const other = new Session({ ...store.credentials, storeHash: 'other' });
    for (const call of [() => event.record(other), () => event.records(other)]) {
      const error = await call().catch((caught: unknown) => caught);
      expect(error).to.be.instanceOf(ArgumentError).with.property('message').that.contains('sandbox').and.contains('other');
    }
    expect(sent()).to.deep.equal([]);
  });

  it('of prices is read list by list, and the delivery is accepted', async () => {
    const rows = [
      { price_list_id: 1, variant_id: 179, currency: 'USD' },
      { price_list_id: 1, variant_id: 180, currency_code: 'EUR' },
      { price_list_id: 2, variant_id: 180, currency: 'USD' },
    ];
    store.insert(PriceList, [{ id: 1, name: 'One' }]);
    for (const [list, variant_id, currency] of [
      [1, 179, 'USD'],
      [1, 180, 'EUR'],
      [1, 180, 'USD'],
    ] as const)
      store.insert(PriceListRecord, [{ variant_id, currency, price: 1 }], { price_list_id: list });
    const seen: AnyWebhookEvent[] = [];
    const handler = webhookHandler({ secretHeaders: SECRETS, onEvent: (event) => seen.push(event) });
    const body = delivery({ scope: 'store/priceList/records/updated', data: rows });
    expect((await handler(new Request('http://x/', { method: 'POST', headers: HEADERS, body }))).status).to.equal(200);
    await handler.idle();
    const records = await session.run(async () => (await seen[0]?.records()) ?? []);
    expect(records.map((each) => [each instanceof PriceListRecord && each.variant_id, (each as PriceListRecord).currency])).to.deep.equal([
      [179, 'USD'],
      [180, 'EUR'],
    ]);
    expect(sent()).to.have.length(2);
  });
});

/** The variant that the metafield of the documentation belongs to. */
function insertVariant(store: Sandbox): void {
  store.insert(Product, [{ id: 77, name: 'Seventy-seven' }]);
  store.insert(ProductVariant, [{ id: 118, product_id: 77 }], { product_id: 77 });
}
