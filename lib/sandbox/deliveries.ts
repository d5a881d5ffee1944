import { createHash } from 'node:crypto';
import { asJsonObject } from '../json-object.js';
import type { Entry, Tables } from './tables.js';

/** Seconds between delivery attempts. After the last one the hook is deactivated (integrations/webhooks/overview). */
const SCHEDULE_S = [60, 180, 180, 300, 600, 900, 1800, 3600, 7200, 21_600, 50_400, 86_400];

const HOOKS = '/hooks';

/** The outcome of a delivery to one hook. */
export interface DeliveryReport {
  readonly destination: string;
  /** Status of each attempt; 0 if there was no response. */
  readonly statuses: readonly number[];
}

/** Delivers an event to all active hooks of its scope, and retries until each has accepted it. */
export async function deliver(
  tables: Tables,
  storeHash: string,
  scope: string,
  data: Readonly<Record<string, unknown>>,
  timeScale: number,
): Promise<DeliveryReport[]> {
  const createdAt = Math.floor(Date.now() / 1000);
  const hash = createHash('sha1')
    .update(JSON.stringify([storeHash, scope, data, createdAt]))
    .digest('hex');
  const body = JSON.stringify({ scope, store_id: '1000', producer: `stores/${storeHash}`, hash, created_at: createdAt, data });
  const hooks = tables
    .of(HOOKS)
    .list()
    .filter(({ values }) => values['is_active'] !== false && covers(String(values['scope']), scope));
  return Promise.all(hooks.map((hook) => deliverTo(hook, body, timeScale)));
}

async function deliverTo({ values }: Entry, body: string, timeScale: number): Promise<DeliveryReport> {
  const destination = String(values['destination']);
  const own = Object.entries(asJsonObject(values['headers'])).map(([name, value]) => [name, String(value)]);
  const headers = { 'content-type': 'application/json', ...Object.fromEntries(own) };
  const statuses: number[] = [];
  for (const seconds of [...SCHEDULE_S, undefined]) {
    const status = await fetch(destination, { method: 'POST', headers, body }).then(
      (response) => response.status,
      () => 0,
    );
    statuses.push(status);
    if (status >= 200 && status < 300) return { destination, statuses };
    if (seconds !== undefined) await new Promise((resolve) => setTimeout(resolve, seconds * 1000 * timeScale));
  }
  values['is_active'] = false;
  return { destination, statuses };
}

/** Whether the scope of a hook covers that of an event: `store/order/*` covers `store/order/created`. */
const covers = (pattern: string, scope: string): boolean =>
  pattern === scope || (pattern.endsWith('/*') && scope.startsWith(pattern.slice(0, -1)));
