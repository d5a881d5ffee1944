import { type DeliveryOptions, eventFrom } from '../../webhooks/delivery.js';
import type { AnyWebhookEvent } from '../../webhooks/event.js';

/** Reads a delivery without verifying who sent it. @throws WebhookError if it is malformed, or of another store */
export function unverifiedEvent(body: Uint8Array | string, storeHash?: string): AnyWebhookEvent {
  const options: DeliveryOptions = { storeHash };
  return eventFrom(body, {}, options);
}
