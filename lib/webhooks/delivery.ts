import { gunzipSync } from 'node:zlib';
import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import { isJsonObject, propertyOf } from '../json-object.js';
import { parseJson } from '../transport/json.js';
import { WebhookEvent } from './event.js';
import { type HeaderSource, verifySecretHeaders } from './secret-headers.js';
import { WebhookError } from './webhook-error.js';

/** What a delivery must have to be accepted. */
export interface DeliveryOptions {
  /** The custom `headers` with which the hook was created, the only secret that a delivery carries. All must match. */
  secretHeaders: Readonly<Record<string, string>>;
  /** The store that deliveries must come from. Default: any. */
  storeHash?: string | undefined;
  /** The most bytes of a body, after decompression. Default 1 MiB. */
  maxBytes?: number | undefined;
}

const DELIVERY_OPTIONS = { secretHeaders: 1, storeHash: 1, maxBytes: 1 } as const satisfies Record<keyof DeliveryOptions, 1>;

export const DEFAULT_MAX_BYTES = 1024 * 1024;

/**
 * Verifies a delivery and returns its event (integrations/webhooks/overview): the shared secret headers in constant time, then
 * size and shape.
 *
 * @param body a string, bytes, or the object that a framework has parsed them to
 * @throws WebhookError with the status of the response; ConfigurationError without a secret header to check
 * @example
 * const event = parseDelivery(await request.text(), request.headers, { secretHeaders: { 'x-webhook-secret': secret } });
 * if (event.scope === 'store/order/created') await event.record();
 */
export function parseDelivery(body: unknown, headers: HeaderSource, options: DeliveryOptions): WebhookEvent {
  assertKnownOptions(options, DELIVERY_OPTIONS, 'parseDelivery()', ConfigurationError);
  return eventFrom(body, headers, options);
}

/** The last second that a Date can hold. */
const LATEST_SECOND = 8.64e12;

/** Does the same with options that are checked already. */
export function eventFrom(body: unknown, headers: HeaderSource, options: DeliveryOptions): WebhookEvent {
  const { secretHeaders, storeHash, maxBytes = DEFAULT_MAX_BYTES } = options;
  verifySecretHeaders(headers, secretHeaders);
  const value = typeof body === 'string' || body instanceof Uint8Array ? parse(body, maxBytes) : body;
  const event = eventOf(value);
  if (storeHash !== undefined && event.storeHash !== storeHash) throw new WebhookError('The delivery comes from another store.', 401);
  return event;
}

function parse(body: string | Uint8Array, maxBytes: number): unknown {
  let bytes = typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (bytes.length > maxBytes) throw tooLarge(maxBytes);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    try {
      bytes = gunzipSync(bytes, { maxOutputLength: maxBytes });
    } catch (error) {
      if (propertyOf(error, 'code') === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes);
      throw new WebhookError('The gzip body of the delivery is damaged.', 400);
    }
  }
  try {
    return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new WebhookError('The delivery body is not valid JSON.', 400);
  }
}

export const tooLarge = (maxBytes: number): WebhookError => new WebhookError(`The delivery is larger than ${maxBytes} bytes.`, 413);

function eventOf(value: unknown): WebhookEvent {
  if (!isJsonObject(value)) throw new WebhookError('The delivery body is not a JSON object.', 400);
  const { scope, store_id, producer, hash, created_at, data } = value;
  if (typeof scope !== 'string' || !/^store\/[\w/*-]{1,200}$/.test(scope)) throw malformed('scope');
  const storeHash = typeof producer === 'string' ? /^stores\/([A-Za-z0-9_-]{1,64})$/.exec(producer)?.[1] : undefined;
  if (storeHash === undefined) throw malformed('producer');
  if (typeof hash !== 'string' || !/^[\w-]{1,200}$/.test(hash)) throw malformed('hash');
  if (!isJsonObject(data)) throw malformed('data');
  return new WebhookEvent({
    scope,
    storeHash,
    storeId: typeof store_id === 'string' || typeof store_id === 'number' ? String(store_id) : undefined,
    hash,
    createdAt: typeof created_at === 'number' && Math.abs(created_at) <= LATEST_SECOND ? new Date(created_at * 1000) : undefined,
    data,
  });
}

const malformed = (part: string): WebhookError => new WebhookError(`The delivery has no valid ${part}.`, 400);
