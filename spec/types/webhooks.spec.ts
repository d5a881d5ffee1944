import type { Sandbox } from 'bigrecord/sandbox';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { parseDelivery, type WebhookEvent, webhookHandler } from 'bigrecord/webhooks';
import { expect } from 'chai';
import { delivery, HEADERS, SECRETS } from '../support/deliveries.js';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Same<A, B>): void => {};

/** Never called: the compiler checks it. A line under an expected error fails the build as soon as it compiles. */
export async function webhookTypes(store: Sandbox): Promise<void> {
  const event = parseDelivery('', {}, { signingSecret: 'secret' });
  if (event.scope === 'store/order/statusUpdated') {
    same<typeof event.data.status.new_status_id, number>(true);
    const order = await event.record();
    same<typeof order, v2.Order | null | undefined>(true);
    // @ts-expect-error no such member
    event.data.previous_status_id;
  }
  if (event.scope === 'store/customer/address/updated') {
    same<typeof event.data.address.customer_id, number>(true);
    (await event.record())?.address1.toUpperCase();
  }
  if (event.topic === 'store/channel/{channel_id}/category/created') {
    same<typeof event.data.tree_id, number>(true);
    event.channelId?.toFixed();
  }
  if (event.scope === 'store/priceList/records/updated') {
    for (const { variant_id } of event.data) variant_id.toFixed();
    for (const { price } of await event.records()) price.toFixed();
  }
  // @ts-expect-error no such scope
  if (event.scope === 'store/order/craeted') throw event;
  webhookHandler({ secretHeaders: { a: ['b', 'c'] }, onEvent: (given: WebhookEvent) => given.hash });
  webhookHandler({ signingSecret: 'secret', onEvent: ({ scope }) => scope.length });

  const destination = 'https://example.com/hooks';
  await v3.Webhook.create({ scope: 'store/cart/lineItem/*', destination });
  await v3.Webhook.create({ scope: 'store/channel/2/order/*', destination, headers: { a: 'b' } });
  await v3.Webhook.create({ scope: 'store/channel/*/inventory/product/stock_changed', destination });
  await v3.Webhook.create({ scope: v3.Webhook.scope('store/new/thing'), destination });
  await v3.Webhook.sync(['store/order/*', v3.Webhook.scope('store/order/created')], destination);
  same<ReturnType<typeof v3.Webhook.scope<'store/sku/*'>>, 'store/sku/*'>(true);
  // @ts-expect-error no such scope
  await v3.Webhook.create({ scope: 'store/order/craeted', destination });
  // @ts-expect-error nor this
  await v3.Webhook.sync(['store/new/thing'], destination);
  // @ts-expect-error headers are strings
  await v3.Webhook.create({ scope: 'store/order/*', destination, headers: { a: 1 } });

  await store.deliver('store/shipment/created', { type: 'shipment', id: 1, orderId: 2 });
  await store.deliver('store/channel/3/page/updated', { page_id: 1 });
  await store.deliver(v3.Webhook.scope('store/new/thing'), { any: 'thing' });
  // @ts-expect-error without the order
  await store.deliver('store/shipment/created', { type: 'shipment', id: 1 });
  // @ts-expect-error a wildcard is not an event
  await store.deliver('store/shipment/*', { type: 'shipment', id: 1, orderId: 2 });
}

describe('the types of webhook events', () => {
  it('hold at run time: topic and channel are those of the scope', () => {
    const at = (scope: string): unknown[] => {
      const { topic, channelId } = parseDelivery(delivery({ scope, data: { a: 1 } }), HEADERS, { secretHeaders: SECRETS });
      return [topic, channelId];
    };
    expect(at('store/order/created')).to.deep.equal(['store/order/created', undefined]);
    expect(at('store/priceList/updated/')).to.deep.equal(['store/priceList/updated', undefined]);
    expect(at('store/channel/12/order/created')).to.deep.equal(['store/channel/{channel_id}/order/created', 12]);
    expect(at('store/channel/12/inventory/product/stock_changed')).to.deep.equal(['store/channel/*/inventory/product/stock_changed', 12]);
    expect(at('store/order/toString')).to.deep.equal([undefined, undefined]);
  });
});
