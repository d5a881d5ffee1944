import { createHash, randomUUID } from 'node:crypto';
import { ArgumentError } from '../errors/argument-error.js';
import { nearest } from '../errors/nearest.js';
import { asJsonObject, type JsonObject } from '../json-object.js';
import { keysOf } from '../keys-of.js';
import { WEBHOOK_SCOPES } from '../resources/webhook-scopes.js';
import { sleep } from '../transport/abort.js';
import { topicOf } from '../webhooks/event.js';
import { RETRY_SCHEDULE_S } from '../webhooks/retry-schedule.js';
import { covers } from '../webhooks/scope-pattern.js';
import { SIGNATURE_HEADERS, signatureOf } from '../webhooks/signature.js';
import type { Entry, Tables } from './tables.js';

const HOOKS = '/hooks';

/** The outcome of a delivery to one hook. */
export interface DeliveryReport {
  readonly destination: string;
  /** Status of each attempt; 0 if there was no response. */
  readonly statuses: readonly number[];
}

/** The store that sends deliveries. */
interface Sender {
  readonly tables: Tables;
  readonly storeHash: string;
  /** Signs them. */
  readonly clientSecret: string;
  /** Factor of the waits between attempts. */
  readonly timeScale: number;
}

/** Delivers an event to all active hooks of its scope, with retries until each accepts it. @throws ArgumentError for a misspelt scope */
export async function deliver(sender: Sender, scope: string, data: object): Promise<DeliveryReport[]> {
  assertScope(scope);
  const { tables, storeHash } = sender;
  const createdAt = tables.clock.seconds();
  const hash = createHash('sha1')
    .update(JSON.stringify([storeHash, scope, data, createdAt]))
    .digest('hex');
  const body = JSON.stringify({ scope, store_id: '1000', producer: `stores/${storeHash}`, hash, created_at: createdAt, data });
  const hooks = tables
    .of(HOOKS)
    .list()
    .filter(({ values }) => values['is_active'] !== false && covers(String(values['scope']), scope));
  return Promise.all(hooks.map((hook) => deliverTo(hook, body, sender)));
}

async function deliverTo({ values }: Entry, body: string, { tables, clientSecret, timeScale }: Sender): Promise<DeliveryReport> {
  const destination = String(values['destination']);
  const own = Object.entries(asJsonObject(values['headers'])).map(([name, value]) => [name, String(value)]);
  const id = randomUUID();
  const statuses: number[] = [];
  for (const seconds of [...RETRY_SCHEDULE_S, undefined]) {
    const headers = { 'content-type': 'application/json', ...Object.fromEntries(own), ...signed(id, tables.clock.seconds(), body, clientSecret) };
    const status = await fetch(destination, { method: 'POST', headers, body }).then(
      (response) => response.status,
      () => 0,
    );
    statuses.push(status);
    if (status >= 200 && status < 300) return { destination, statuses };
    if (seconds !== undefined) await sleep(seconds * 1000 * timeScale);
  }
  values['is_active'] = false;
  keepMissed(tables, asJsonObject(JSON.parse(body)));
  return { destination, statuses };
}

/** Keeps an event that a hook has not received, once, for `GET /hooks/events`. */
function keepMissed(tables: Tables, event: JsonObject): void {
  const missed = tables.of(`${HOOKS}/events`);
  if (missed.get(String(event['hash']), {}) === undefined) missed.insert('hash', event, {});
}

/** The headers of one attempt: each is signed at its own time. */
function signed(id: string, seconds: number, body: string, clientSecret: string): Record<string, string> {
  const timestamp = String(seconds);
  return {
    [SIGNATURE_HEADERS.id]: id,
    [SIGNATURE_HEADERS.timestamp]: timestamp,
    [SIGNATURE_HEADERS.signature]: signatureOf(id, timestamp, body, clientSecret),
  };
}

/** A scope that is not documented may be delivered, unless it looks like a documented one. */
function assertScope(scope: string): void {
  if (topicOf(scope) !== undefined) return;
  const meant = nearest(scope, keysOf(WEBHOOK_SCOPES));
  if (!scope.startsWith('store/') || scope.endsWith('*') || (meant !== undefined && isTypo(scope, meant)))
    throw new ArgumentError(`${scope} is not the scope of an event${meant === undefined ? '' : `; did you mean ${meant}?`}`);
}

/** Whether one part is nearly that of the other scope, and the rest the same. */
function isTypo(scope: string, meant: string): boolean {
  const parts = scope.split('/');
  const others = meant.split('/');
  const different = parts.filter((part, at) => part !== others[at]);
  const [part = ''] = different;
  return parts.length === others.length && different.length === 1 && nearest(part, [others[parts.indexOf(part)] ?? '']) !== undefined;
}
