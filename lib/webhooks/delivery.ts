import { createHash, timingSafeEqual } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import { parseJson } from '../transport/json.js';
import { WebhookEvent } from './event.js';
import { WebhookError } from './webhook-error.js';

/** Headers, as `Request` or node:http have them. */
export type HeaderSource = Headers | Readonly<Record<string, string | readonly string[] | undefined>>;

/** What a delivery must have to be believed. */
export interface DeliveryOptions {
  /** The custom `headers` with which the hook was created: the only secret that a delivery carries. All of them are needed. */
  secretHeaders: Readonly<Record<string, string>>;
  /** The store that deliveries must come from. Left out: any. */
  storeHash?: string | undefined;
  /** Bytes of a body, decompressed, at the most. Default 1 MiB. */
  maxBytes?: number | undefined;
}

/** The names of {@link DeliveryOptions}. */
export const DELIVERY_OPTIONS = { secretHeaders: 1, storeHash: 1, maxBytes: 1 } as const satisfies Record<keyof DeliveryOptions, 1>;

export const DEFAULT_MAX_BYTES = 1024 * 1024;

/**
 * Verifies a delivery and gives its event (integrations/webhooks/overview): the shared secret headers in constant time, then
 * size and shape.
 *
 * @param body the text or bytes, or what a framework has parsed them to
 * @throws WebhookError with the status to answer; ConfigurationError without a secret header to check
 * @example
 * const event = parseDelivery(await request.text(), request.headers, { secretHeaders: { 'x-webhook-secret': process.env.SECRET } });
 * if (event.scope === 'store/order/created') await event.record();
 */
export function parseDelivery(body: unknown, headers: HeaderSource, options: DeliveryOptions): WebhookEvent {
  assertKnownOptions(options, DELIVERY_OPTIONS, 'parseDelivery()', ConfigurationError);
  return eventFrom(body, headers, options);
}

/** The same with options that are checked. */
export function eventFrom(body: unknown, headers: HeaderSource, options: DeliveryOptions): WebhookEvent {
  const { secretHeaders, storeHash, maxBytes = DEFAULT_MAX_BYTES } = options;
  verifySecrets(headers, secretHeaders);
  const value = typeof body === 'string' || body instanceof Uint8Array ? parse(body, maxBytes) : body;
  const event = eventOf(value);
  if (storeHash !== undefined && event.storeHash !== storeHash) throw new WebhookError('The delivery comes from another store.', 401);
  return event;
}

/** Every configured header must be there once, with the right value. What differs is not told. */
function verifySecrets(headers: HeaderSource, secrets: Readonly<Record<string, string>>): void {
  const expected = Object.entries(secrets ?? {});
  if (expected.length === 0 || expected.some(([, value]) => typeof value !== 'string' || value === ''))
    throw new ConfigurationError('secretHeaders needs at least one header with a value: nothing else in a delivery is secret.');
  const results = expected.map(([name, secret]) => isSame(headerOf(headers, name), secret));
  if (results.includes(false)) throw new WebhookError('The delivery does not carry the shared secret headers.', 401);
}

function isSame(given: string | undefined, secret: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given ?? ''), digest(secret)) && given !== undefined;
}

function headerOf(headers: HeaderSource, name: string): string | undefined {
  if (headers instanceof Headers) return headers.get(name) ?? undefined;
  const found = Object.keys(headers).filter((each) => each.toLowerCase() === name.toLowerCase());
  const values = found.flatMap((each) => headers[each] ?? []);
  return values.length === 1 ? (values[0] as string) : undefined;
}

function parse(body: string | Uint8Array, maxBytes: number): unknown {
  let bytes = typeof body === 'string' ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (bytes.length > maxBytes) throw tooLarge(maxBytes);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    try {
      bytes = gunzipSync(bytes, { maxOutputLength: maxBytes });
    } catch {
      throw tooLarge(maxBytes);
    }
  }
  try {
    return parseJson(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw new WebhookError('The delivery is no JSON.', 400);
  }
}

export const tooLarge = (maxBytes: number): WebhookError => new WebhookError(`The delivery is larger than ${maxBytes} bytes.`, 413);

function eventOf(value: unknown): WebhookEvent {
  if (!isRow(value)) throw malformed('an object');
  const { scope, store_id, producer, hash, created_at, data } = value;
  if (typeof scope !== 'string' || !/^store\/[\w/*-]{1,200}$/.test(scope)) throw malformed('a scope');
  const storeHash = typeof producer === 'string' ? /^stores\/([A-Za-z0-9_-]{1,64})$/.exec(producer)?.[1] : undefined;
  if (storeHash === undefined) throw malformed('the store that produced it');
  if (typeof hash !== 'string' || !/^[\w-]{1,200}$/.test(hash)) throw malformed('a hash');
  if (!isRow(data)) throw malformed('data');
  return new WebhookEvent({
    scope,
    storeHash,
    storeId: typeof store_id === 'string' || typeof store_id === 'number' ? String(store_id) : undefined,
    hash,
    createdAt: typeof created_at === 'number' && Number.isFinite(created_at) ? new Date(created_at * 1000) : undefined,
    data,
  });
}

const malformed = (missing: string): WebhookError => new WebhookError(`The delivery is not shaped like one: ${missing} is missing.`, 400);

const isRow = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
