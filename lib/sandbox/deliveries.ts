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
  readonly scope: string;
  readonly data: object;
  readonly destination: string;
  /** Status of each attempt; 0 if there was no response. */
  readonly statuses: readonly number[];
}

/** The store that sends deliveries. */
export interface Sender {
  readonly tables: Tables;
  readonly storeHash: string;
  /** Signs them. */
  readonly clientSecret: string;
  /** Factor of the waits between attempts. */
  readonly timeScale: number;
  /** Ends deliveries that are under way. */
  readonly signal: AbortSignal;
}

/** An event as hooks get it. */
export interface Delivery {
  readonly scope: string;
  readonly data: object;
  readonly body: string;
}

/** Called after an attempt that failed. @param isLast whether the hook has been deactivated */
export type OnFailure = (hook: Entry, isLast: boolean) => void;

/** Delivers an event to all active hooks of its scope, with retries until each accepts it. @throws ArgumentError for a misspelt scope */
export async function deliver(sender: Sender, scope: string, data: object): Promise<DeliveryReport[]> {
  const mistake = mistakeInScope(scope, false);
  if (mistake !== undefined) throw new ArgumentError(mistake);
  const delivery = deliveryOf(sender, scope, data);
  return Promise.all(hooksFor(scope, sender.tables).map((hook) => deliverTo(hook, delivery, sender)));
}

/** Returns the active hooks that get an event. */
export const hooksFor = (scope: string, tables: Tables): Entry[] =>
  tables
    .of(HOOKS)
    .list()
    .filter(({ values }) => values['is_active'] !== false && covers(String(values['scope']), scope));

/** Returns an event in the form of the platform. No two events have the same hash, although they may be about the same record. */
export function deliveryOf({ tables, storeHash }: Sender, scope: string, data: object): Delivery {
  const created_at = tables.clock.seconds();
  const hash = createHash('sha1')
    .update(JSON.stringify([storeHash, scope, data, created_at, randomUUID()]))
    .digest('hex');
  const event = { scope, store_id: '1000', producer: `stores/${storeHash}`, hash, created_at, data };
  return { scope, data, body: JSON.stringify(event) };
}

/** Delivers an event to a hook. Never rejects. A hook that does not accept it in the end is deactivated. */
export async function deliverTo(hook: Entry, delivery: Delivery, sender: Sender, onFailure?: OnFailure): Promise<DeliveryReport> {
  const { values } = hook;
  const { scope, data, body } = delivery;
  const destination = String(values['destination']);
  // The same for all attempts, so that a receiver recognises them.
  const id = randomUUID();
  const statuses: number[] = [];
  for (const seconds of [...RETRY_SCHEDULE_S, undefined]) {
    const status = await attempt(hook, id, body, sender);
    if (status !== undefined) statuses.push(status);
    if (sender.signal.aborted || isSuccess(status)) return { scope, data, destination, statuses };
    onFailure?.(hook, seconds === undefined);
    // The wait ends early when the store stops; the next attempt is then none.
    if (seconds !== undefined) await sleep(seconds * 1000 * sender.timeScale, sender.signal).catch(() => {});
  }
  values['is_active'] = false;
  keepMissed(sender.tables, asJsonObject(JSON.parse(body)));
  return { scope, data, destination, statuses };
}

const isSuccess = (status = 0): boolean => status >= 200 && status < 300;

/** Sends an event once. Returns the status of the response, 0 if there is none; `undefined` if the store has stopped. */
async function attempt({ values }: Entry, id: string, body: string, sender: Sender): Promise<number | undefined> {
  const { signal, clientSecret } = sender;
  if (signal.aborted) return undefined;
  const own = Object.entries(asJsonObject(values['headers'])).map(([name, value]) => [name, String(value)]);
  const headers = {
    'content-type': 'application/json',
    ...Object.fromEntries(own),
    ...signed(id, sender.tables.clock.seconds(), body, clientSecret),
  };
  try {
    return (await fetch(String(values['destination']), { method: 'POST', headers, body, signal })).status;
  } catch {
    return signal.aborted ? undefined : 0;
  }
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

/**
 * Returns what is wrong with a scope. One that is not documented is accepted, unless it looks like a documented one.
 *
 * @param takesPatterns whether it may stand for several, such as that of a hook
 */
export function mistakeInScope(scope: string, takesPatterns: boolean): string | undefined {
  if (topicOf(scope) !== undefined) return undefined;
  const isPattern = scope.endsWith('/*');
  const topics = keysOf(WEBHOOK_SCOPES);
  if (isPattern && takesPatterns && topics.some((topic) => covers(scope, topic.replace('{channel_id}', '1')))) return undefined;
  const meant = nearest(scope, isPattern && takesPatterns ? topics.map((topic) => topic.replace(/[^/]+$/, '*')) : topics);
  const isUnknown = !scope.startsWith('store/') || (isPattern && !takesPatterns) || (meant !== undefined && isTypo(scope, meant));
  return isUnknown ? `${scope} is not the scope of an event${meant === undefined ? '' : `; did you mean ${meant}?`}` : undefined;
}

/** Whether one part is nearly that of the other scope, and the rest the same. */
function isTypo(scope: string, meant: string): boolean {
  const parts = scope.split('/');
  const others = meant.split('/');
  const different = parts.filter((part, at) => part !== others[at]);
  const [part = ''] = different;
  return parts.length === others.length && different.length === 1 && nearest(part, [others[parts.indexOf(part)] ?? '']) !== undefined;
}
