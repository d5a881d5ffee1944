// A process of its own whose handler dies of an event, or hangs on it.
import { DiskQueue, webhookHandler } from 'bigrecord/webhooks';
import { delivery, HEADERS, SECRETS } from './deliveries.js';

const [folder, mode] = process.argv.slice(2) as [string, string];
const handler = webhookHandler({
  secretHeaders: SECRETS,
  queue: new DiskQueue(folder),
  maxAttempts: 2,
  onEvent: () => {
    if (mode !== 'hang') process.exit(13);
    process.send?.('at work');
    return new Promise(() => {});
  },
});
if (mode === 'resume') await handler.resume();
else await handler(new Request('http://x/hook', { method: 'POST', headers: HEADERS, body: delivery({ hash: 'bad' }) }));
await handler.idle();
await handler.close();
process.exit(0);
