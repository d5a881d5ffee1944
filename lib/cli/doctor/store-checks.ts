import { isJsonObject, propertyOf } from '../../json-object.js';
import type { Check } from './check.js';
import type { Probe, Reading } from './probe.js';

/** How many requests the latency is measured by. */
const SAMPLES = 5;
/** What a clock may differ: `Date` has whole seconds, and a response takes its time. */
const CLOCK_TOLERANCE_MS = 5000;

/** Checks whether the store answers, and what its answers say. Stops at once if it does not. */
export async function storeChecks(probe: Probe): Promise<{ checks: Check[]; isReached: boolean }> {
  const first = await probe.read('v2', '/time');
  const reached = reachability(first);
  if (reached.status === 'problem') return { checks: [reached], isReached: false };
  const readings = [first];
  while (readings.length < SAMPLES) readings.push(await probe.read('v2', '/time'));
  const last = readings.at(-1) ?? first;
  return { checks: [reached, clock(last), latency(readings.slice(1)), quota(last)], isReached: true };
}

function reachability({ status, reason = '' }: Reading): Check {
  const found = (isRight: boolean, message: string): Check => ({
    name: 'store',
    status: isRight ? 'ok' : 'problem',
    message,
    data: { status },
  });
  if (status === undefined) return found(false, `does not answer: ${reason}`);
  if (status === 401) return found(false, 'refuses the access token (401): it is wrong, was revoked, or belongs to another store');
  if (status === 404) return found(false, 'is not there (404): compare BIGCOMMERCE_STORE_HASH with the address of the API account');
  if (status >= 500) return found(false, `is out of order for now (${status}): ${reason}`);
  return found(true, 'answers');
}

function clock({ headers, body, at }: Reading): Check {
  const { date } = headers;
  const seconds = propertyOf(body, 'time');
  const store = date === undefined ? (typeof seconds === 'number' ? seconds * 1000 : Number.NaN) : Date.parse(date);
  if (Number.isNaN(store)) return { name: 'clock', status: 'unknown', message: 'the responses have no date' };
  // Whole seconds are cut off: on average the time is half a second later.
  const skewMs = Math.round(at - store - 500);
  const data = { skewMs };
  if (Math.abs(skewMs) <= CLOCK_TOLERANCE_MS) return { name: 'clock', status: 'ok', message: 'agrees with that of the store', data };
  const difference = `${(Math.abs(skewMs) / 1000).toFixed(1)} s ${skewMs > 0 ? 'ahead of' : 'behind'} that of the store`;
  return { name: 'clock', status: 'problem', message: `${difference}: signatures are refused; synchronise it (NTP)`, data };
}

function latency(readings: readonly Reading[]): Check {
  const sorted = readings.map(({ ms }) => ms).sort((a, b) => a - b);
  const [median = 0, least = 0, most = 0] = [Math.floor(sorted.length / 2), 0, sorted.length - 1].map((at) => sorted[at]);
  const shown = (ms: number): string => (ms < 10 ? ms.toFixed(1) : String(Math.round(ms)));
  return {
    name: 'latency',
    status: 'ok',
    message: `${shown(median)} ms (median of ${sorted.length}; ${shown(least)} to ${shown(most)} ms)`,
    data: { medianMs: median, leastMs: least, mostMs: most },
  };
}

function quota({ headers }: Reading): Check {
  const [left, total, windowMs, resetMs] = ['requests-left', 'requests-quota', 'time-window-ms', 'time-reset-ms'].map((name) =>
    Number(headers[`x-rate-limit-${name}`] ?? Number.NaN),
  );
  if (left === undefined || Number.isNaN(left)) return { name: 'quota', status: 'unknown', message: 'the responses state none' };
  const isScarce = left < 10;
  const data = { left, quota: total, windowMs, resetMs };
  const window = windowMs === undefined || Number.isNaN(windowMs) ? '' : `, renewed every ${windowMs / 1000} s`;
  const message = `${left} of ${total} requests left${window}`;
  return isScarce
    ? { name: 'quota', status: 'problem', message: `${message}: other programs use it up`, data }
    : { name: 'quota', status: 'ok', message, data };
}

/** Checks the hooks of the token's API account. */
export async function webhookChecks(probe: Probe): Promise<Check[]> {
  const { status, body, reason = '' } = await probe.read('v3', '/hooks', { limit: 250 });
  const hooks: unknown = propertyOf(body, 'data');
  if (!Array.isArray(hooks)) {
    const message = status === 204 ? 'none' : `cannot be read: ${reason}`;
    return [{ name: 'webhooks', status: status === 204 ? 'ok' : 'unknown', message }];
  }
  const problems = hooks.filter(isJsonObject).flatMap(problemsOf);
  if (problems.length > 0) return problems;
  return [
    { name: 'webhooks', status: 'ok', message: hooks.length === 0 ? 'none' : `${hooks.length}, all active`, data: { hooks: hooks.length } },
  ];
}

function problemsOf({ id, scope, destination, is_active: isActive }: Readonly<Record<string, unknown>>): Check[] {
  const hook = `hook ${String(id)} (${String(scope)} to ${String(destination)})`;
  const data = { id, scope, destination };
  const found = (message: string): Check => ({ name: 'webhooks', status: 'problem', message, data });
  return [
    ...(isActive === false
      ? [found(`${hook} is deactivated: it failed for 48 hours, or had no event for 90 days; \`webhooks sync\` reactivates it`)]
      : []),
    ...(/^https:\/\//i.test(String(destination)) ? [] : [found(`${hook} has no https destination: the platform delivers to https only`)]),
  ];
}
