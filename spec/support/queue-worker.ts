// A process of its own, that works in the folder of a DiskQueue.
import { DiskQueue, WebhookEvent } from 'bigrecord/webhooks';

const [mode, folder] = process.argv.slice(2) as [string, string];
const queue = new DiskQueue(folder);
const event = (hash: string): WebhookEvent =>
  new WebhookEvent({ scope: 'store/order/created', storeHash: 'sandbox', storeId: undefined, hash, createdAt: undefined, data: { id: 1 } });

if (mode === 'push') {
  await queue.push(event('a')).then(
    () => console.log('accepted'),
    ({ name, status, code }) => console.log('refused', name, status, code),
  );
  console.log('pending', (await queue.pending()).length);
} else if (mode === 'many') {
  const pushed = await Promise.all(Array.from({ length: 2000 }, (_, at) => queue.push(event(`e${at}`))));
  console.log('pushed', pushed.length);
  await Promise.all(pushed.map(({ id }) => queue.release(id)));
  const next = new DiskQueue(folder);
  const pending = await next.pending();
  console.log('pending', pending.length);
  console.log('claimed', (await Promise.all(pending.map(({ id }) => next.claim(id)))).filter(Boolean).length);
  await Promise.all(pending.map(({ id }) => next.done(id)));
  console.log('left', (await next.pending()).length);
} else {
  await queue.push(event('held'));
  console.log('holding');
  setInterval(() => {}, 1000);
}
