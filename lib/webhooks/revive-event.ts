import { type EventInit, WebhookEvent } from './event.js';

/** Reads an event as a file keeps it. @throws SyntaxError, TypeError for what is none */
export function revive(text: string): WebhookEvent {
  const init = Object(JSON.parse(text)) as Partial<EventInit> & { createdAt?: string | null };
  const { scope, storeHash, hash, data, createdAt } = init;
  if (typeof scope !== 'string' || typeof storeHash !== 'string' || typeof hash !== 'string' || typeof data !== 'object' || data === null)
    throw new TypeError('it holds no event');
  return new WebhookEvent({
    scope,
    storeHash,
    storeId: init.storeId,
    hash,
    data,
    createdAt: typeof createdAt !== 'string' ? undefined : new Date(createdAt),
  });
}
