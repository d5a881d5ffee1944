export { type DeliveryOptions, type HeaderSource, parseDelivery } from './delivery.js';
export { type DuplicateStore, MemoryDuplicates } from './duplicates.js';
export { type EventInit, WebhookEvent } from './event.js';
export { type HandlerOptions, type WebhookHandler, webhookHandler } from './handler.js';
export { DiskQueue, type EventQueue, MemoryQueue, type QueuedEvent } from './queue.js';
export { WebhookError } from './webhook-error.js';
