/**
 * Returns how many milliseconds a response asks to wait; `undefined` if it does not. `X-Rate-Limit-Time-Reset-Ms` is in milliseconds,
 * `X-Retry-After` in seconds (api-rate-limits), `Retry-After` in seconds or a date (RFC 9110 §10.2.3). Never negative, never NaN.
 */
export function retryAfterMs(headers: Readonly<Record<string, string>>, now = Date.now()): number | undefined {
  return number(headers['x-rate-limit-time-reset-ms']) ?? askedWaitMs(headers, now);
}

/** Does the same without the window of the quota, which is in every response and unrelated to an outage. */
export function askedWaitMs(headers: Readonly<Record<string, string>>, now = Date.now()): number | undefined {
  const seconds = number(headers['x-retry-after'] ?? headers['retry-after']);
  if (seconds !== undefined) return seconds * 1000;
  const date = Date.parse(headers['retry-after'] ?? '');
  return Number.isNaN(date) ? undefined : Math.max(0, date - now);
}

function number(text: string | undefined): number | undefined {
  return text !== undefined && /^\s{0,8}\d{1,12}(\.\d{1,6})?\s{0,8}$/.test(text) ? Number(text) : undefined;
}
