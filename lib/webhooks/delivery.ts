import { gunzipSync } from 'node:zlib';
import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import { isJsonObject, propertyOf } from '../json-object.js';
import { parseJson } from '../transport/json.js';
import { type AnyWebhookEvent, distinguish, WebhookEvent } from './event.js';
import type { HeaderSource } from './headers.js';
import { areSecretHeaders, isSecret, type SecretHeaders, verifySecretHeaders } from './secret-headers.js';
import { SIGNATURE_TOLERANCE_MS, verifySignature } from './signature.js';
import { WebhookError } from './webhook-error.js';

/** What a delivery must have to be accepted: the secret headers of its hook, the signature of the platform, or both. */
export interface DeliveryOptions {
  /** The custom `headers` with which the hook was created. All must match; of several values for one header, one must. */
  secretHeaders?: SecretHeaders | undefined;
  /**
   * The client secret of the app, with which the platform signs deliveries (Standard Webhooks). Several: one must match. The raw body is
   * needed: leave it in `request.rawBody` where a body parser runs first.
   */
  signingSecret?: string | readonly string[] | undefined;
  /** Milliseconds that the time of a signature may differ from ours. Default 300,000. */
  signatureToleranceMs?: number | undefined;
  /** The store that deliveries must come from. Default: any. */
  storeHash?: string | undefined;
  /** The most bytes of a body, after decompression. Default 1 MiB. */
  maxBytes?: number | undefined;
}

const DELIVERY_OPTIONS = {
  secretHeaders: 1,
  signingSecret: 1,
  signatureToleranceMs: 1,
  storeHash: 1,
  maxBytes: 1,
} as const satisfies Record<keyof DeliveryOptions, 1>;

export const DEFAULT_MAX_BYTES = 1024 * 1024;

/**
 * Verifies a delivery and returns its event (integrations/webhooks/overview): the shared secret headers and the signature in constant
 * time, then size and shape.
 *
 * @param body a string, bytes, or the object that a framework has parsed them to
 * @throws WebhookError with the status of the response; ConfigurationError without a secret to check
 * @example
 * const event = parseDelivery(await request.text(), request.headers, { secretHeaders: { 'x-webhook-secret': secret } });
 * if (event.scope === 'store/order/created') await event.record();
 */
export function parseDelivery(body: unknown, headers: HeaderSource, options: DeliveryOptions): AnyWebhookEvent {
  assertKnownOptions(options, DELIVERY_OPTIONS, 'parseDelivery()', ConfigurationError);
  assertSecrets(options);
  if (options.secretHeaders !== undefined) verifySecretHeaders(headers, options.secretHeaders);
  return eventFrom(body, headers, options);
}

/** The last second that a Date can hold. */
const LATEST_SECOND = 8.64e12;

/** @throws ConfigurationError without a secret to check: anybody could send deliveries */
export function assertSecrets({ secretHeaders, signingSecret }: DeliveryOptions): void {
  const areRight =
    (secretHeaders === undefined || areSecretHeaders(secretHeaders)) && (signingSecret === undefined || isSecret(signingSecret));
  if (areRight && (secretHeaders ?? signingSecret) !== undefined) return;
  throw new ConfigurationError(
    'secretHeaders needs at least one header with a value, or signingSecret the client secret of the app: nothing else tells who sent a delivery.',
  );
}

/** Returns the event of a delivery whose options and secret headers are verified; verifies the signature. @throws WebhookError */
export function eventFrom(body: unknown, headers: HeaderSource, options: DeliveryOptions): AnyWebhookEvent {
  const { storeHash } = options;
  const event = eventOf(typeof body === 'string' || body instanceof Uint8Array ? parse(body, headers, options) : parsed(body, options));
  if (storeHash !== undefined && event.storeHash !== storeHash) throw new WebhookError('The delivery comes from another store.', 401);
  return distinguish(event);
}

function parse(body: string | Uint8Array, headers: HeaderSource, options: DeliveryOptions): unknown {
  const { maxBytes = DEFAULT_MAX_BYTES, signingSecret, signatureToleranceMs = SIGNATURE_TOLERANCE_MS } = options;
  const received = typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (received.length > maxBytes) throw tooLarge(maxBytes);
  const bytes = received[0] === 0x1f && received[1] === 0x8b ? unzip(received, maxBytes) : received;
  if (signingSecret !== undefined)
    verifySignature(headers, bytes === received ? [bytes] : [bytes, received], signingSecret, signatureToleranceMs);
  try {
    return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new WebhookError('The delivery body is not valid JSON.', 400);
  }
}

function unzip(bytes: Buffer, maxBytes: number): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: maxBytes });
  } catch (error) {
    if (propertyOf(error, 'code') === 'ERR_BUFFER_TOO_LARGE') throw tooLarge(maxBytes);
    throw new WebhookError('The gzip body of the delivery is damaged.', 400);
  }
}

function parsed(body: unknown, { signingSecret }: DeliveryOptions): unknown {
  if (signingSecret === undefined || !isJsonObject(body)) return body;
  throw new ConfigurationError(
    'signingSecret needs the raw body, which is what is signed: register the handler before any body parser, or let the parser leave ' +
      'the body in `request.rawBody`.',
  );
}

export const tooLarge = (maxBytes: number): WebhookError => new WebhookError(`The delivery is larger than ${maxBytes} bytes.`, 413);

function eventOf(value: unknown): WebhookEvent {
  if (!isJsonObject(value)) throw new WebhookError('The delivery body is not a JSON object.', 400);
  const { scope, store_id, producer, hash, created_at, data } = value;
  if (typeof scope !== 'string' || !/^store\/[\w/*-]{1,200}$/.test(scope)) throw malformed('scope');
  const storeHash = typeof producer === 'string' ? /^stores\/([A-Za-z0-9_-]{1,64})$/.exec(producer)?.[1] : undefined;
  if (storeHash === undefined) throw malformed('producer');
  if (typeof hash !== 'string' || !/^[\w-]{1,200}$/.test(hash)) throw malformed('hash');
  const content = contentOf(data);
  if (content === undefined) throw malformed('data');
  return new WebhookEvent({
    scope,
    storeHash,
    storeId: typeof store_id === 'string' || typeof store_id === 'number' ? String(store_id) : undefined,
    hash,
    createdAt: typeof created_at === 'number' && Math.abs(created_at) <= LATEST_SECOND ? new Date(created_at * 1000) : undefined,
    data: content,
  });
}

/** The data of an event: an object, or some objects for `store/priceList/records/…`. */
function contentOf(data: unknown): object | undefined {
  if (Array.isArray(data)) return data.length > 0 && data.every(isJsonObject) ? data : undefined;
  return isJsonObject(data) ? data : undefined;
}

const malformed = (part: string): WebhookError => new WebhookError(`The delivery has no valid ${part}.`, 400);
