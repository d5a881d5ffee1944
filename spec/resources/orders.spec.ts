import { ServerError, ValidationError } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { sent, useStore } from '../support/store.js';

const TAX = { tax_adjustment_amount: 1 };

describe('orders and what belongs to them', () => {
  const context = useStore();
  const last = (): string => sent(context.store).at(-1) ?? '';

  it('are counted by status in one request', async () => {
    const { count, statuses } = await v2.Order.countByStatus({ id: { min: 101 }, customer_id: 2 });
    expect(last()).to.equal('GET /v2/orders/count?min_id=101&customer_id=2');
    expect(count).to.equal(await v2.Order.where({ id: { min: 101 }, customer_id: 2 }).count());
    expect(statuses.reduce((sum, each) => sum + each.count, 0)).to.equal(count);
    expect(statuses[0]).to.include({ id: 0, system_label: 'Incomplete', sort_order: 0 });
    expect(statuses[2]).to.include({ id: 7, system_label: 'Awaiting Payment', sort_order: 2 });
    const everything = await v2.Order.countByStatus();
    expect(last()).to.equal('GET /v2/orders/count');
    expect(everything.count).to.equal(await v2.Order.count());
  });

  it('get quotes for several refunds in one request', async () => {
    const [line] = await v2.OrderProduct.of(100).all();
    const quoted = await v2.Order.quoteRefunds([
      { order_id: 100, items: [{ item_type: 'PRODUCT', item_id: line?.id ?? 0, quantity: 1 }] },
      { order_id: 101, ...TAX },
    ]);
    expect(last()).to.match(/^POST \/v3\/orders\/payment_actions\/refund_quotes \[\{"order_id":100,"items":\[/);
    expect(quoted.quotes.map(({ order_id }) => order_id)).to.deep.equal([100, 101]);
    expect(quoted.quotes[0]?.total_refund_amount).to.equal(Number(line?.price_inc_tax));
    expect(quoted.errors).to.deep.equal([]);
  });

  it('get the quotes that were made although others failed', async () => {
    const { quotes, errors } = await v2.Order.quoteRefunds([
      { order_id: 100, ...TAX },
      { order_id: 9999, ...TAX },
    ]);
    expect(quotes.map(({ order_id }) => order_id)).to.deep.equal([100]);
    expect(errors).to.deep.equal([{ order_id: 9999, status: 404, error: 'The order does not exist.' }]);
    expect(context.store.requests.at(-1)?.status).to.equal(422);
  });

  it('reject a request for quotes that fails as a whole', async () => {
    context.store.fail({ status: 422, body: { status: 422, title: 'No', errors: {} }, times: 1 });
    await rejection(() => v2.Order.quoteRefunds([{ order_id: 100, ...TAX }]), ValidationError);
    context.store.fail({ status: 503, times: 1 });
    await rejection(() => v2.Order.quoteRefunds([{ order_id: 100, ...TAX }], { retry: false }), ServerError);
  });

  it('pickups are found by pickup_id and deleted by id', async () => {
    const pickup = {
      pickup_method_id: 1,
      ready_at: new Date('2026-01-01T00:00:00Z'),
      pickup_items: [{ order_product_id: 1, quantity: 1 }],
    };
    const { id } = await v3.OrderPickup.create({ order_id: 100, ...pickup });
    const other = await v3.OrderPickup.create({ order_id: 101, ...pickup });
    expect((await v3.OrderPickup.find(other.id)).order_id).to.equal(101);
    expect(last()).to.equal(`GET /v3/orders/pickups?pickup_id:in=${other.id}`);
    const found = await v3.OrderPickup.find(id);
    await found.save();
    await found.update({ collected_at: new Date('2026-01-02T00:00:00Z') });
    expect(last()).to.equal(`PUT /v3/orders/pickups [{"id":${id},"collected_at":"2026-01-02T00:00:00.000Z","pickup_id":${id}}]`);
    await found.destroy();
    expect(last()).to.equal(`DELETE /v3/orders/pickups?id:in=${id}`);
    expect(await v3.OrderPickup.all().then((all) => all.map((each) => each.id)))
      .to.include(other.id)
      .and.not.include(id);
  });

  it('100 pickups are created by one request', async () => {
    const row = { pickup_method_id: 1, ready_at: new Date(), pickup_items: [] };
    const result = await v3.OrderPickup.createMany(Array.from({ length: 100 }, (_, at) => ({ order_id: 100 + (at % 40), ...row })));
    expect(result.requests).to.equal(1);
  });

  it('messages know their customer, whatever the store shows for it', async () => {
    const [message] = await v2.OrderMessage.of(100).all();
    expect((await message?.customer)?.id).to.equal(message?.customer_id);
    const shown = v2.OrderMessage.of(100).load({ id: 2, customer_id: 1, customer: {} });
    expect((await shown.customer)?.id).to.equal(1);
  });

  it('lines have a date or null for their event', () => {
    const load = (event_date: string | null) => v2.OrderProduct.of(100).load({ id: 1, event_date });
    expect(load(null).event_date).to.equal(null);
    expect(load('2026-11-26').event_date).to.deep.equal(new Date('2026-11-26'));
  });

  it('customs information is always sent as a whole', async () => {
    const customs = await v3.CustomsInformation.create({
      product_id: 1,
      country_of_origin: 'US',
      commodity_description: 'Caps',
      international_shipping: true,
      hs_codes: { ALL: '501000' },
    });
    await customs.update({ commodity_description: 'Hats' });
    expect(context.store.requests.at(-1)?.body).to.deep.equal([
      { product_id: 1, country_of_origin: 'US', commodity_description: 'Hats', international_shipping: true, hs_codes: { ALL: '501000' } },
    ]);
  });
});
