import type { Sandbox } from 'bigrecord/sandbox';
import type * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { parseDelivery, type WebhookEvent, webhookHandler } from 'bigrecord/webhooks';

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
  if (event.topic === undefined) same<typeof event.data, Readonly<Record<string, unknown>>>(true);
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
