import { isJsonObject } from '../json-object.js';
import { WebhookEvent } from './event.js';

/** Restores an event from the JSON of {@link WebhookEvent.toJSON}. @throws for anything else */
export function eventFromJson(text: string): WebhookEvent {
  const value: unknown = JSON.parse(text);
  const { scope, storeHash, storeId, hash, data, createdAt } = isJsonObject(value) ? value : {};
  if (typeof scope !== 'string' || typeof storeHash !== 'string' || typeof hash !== 'string' || typeof data !== 'object' || data === null)
    throw new TypeError('it does not hold an event');
  return new WebhookEvent({
    scope,
    storeHash,
    storeId: typeof storeId === 'string' ? storeId : undefined,
    hash,
    data,
    createdAt: typeof createdAt === 'string' ? new Date(createdAt) : undefined,
  });
}
