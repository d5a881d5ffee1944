import { queryString } from '../transport/query-string.js';
import type { Events, SessionEvents } from './events.js';

/** Whether `DEBUG` names us, in the way of the `debug` package: `bigrecord`, `bigrecord:*`, `*`, among others or alone. */
export function isTraced(debug = process.env['DEBUG']): boolean {
  const names = (debug ?? '').slice(0, 1000).split(/[\s,]+/);
  return names.some((name) => ['bigrecord', 'bigrecord*', 'bigrecord:*', '*'].includes(name)) && !names.includes('-bigrecord');
}

/** Writes a line a request to the standard error stream: address, status, time, waits. Neither headers nor bodies. */
export function trace(events: Events, write: (line: string) => void = (line) => void process.stderr.write(line)): void {
  const line = (event: SessionEvents['request'], what: string): void => {
    const query = shown(event.query);
    const address = `${event.path}${query === '' ? '' : `?${query}`}`;
    write(`bigrecord ${event.store ?? 'legacy'} ${event.method} ${address} ${what}${event.attempt > 1 ? ` (try ${event.attempt})` : ''}\n`);
  };
  events.on('response', (event) => line(event, `${event.status} ${Math.round(event.ms)} ms`));
  events.on('retry', (event) => line(event, `${event.reason}: again in ${Math.round(event.waitMs)} ms`));
  events.on('throttle', (event) => line(event, `${event.reason}: waits ${Math.round(event.waitMs)} ms`));
  events.on('error', (event) => line(event, `failed: ${event.error.name}`));
}

/** A query that cannot be sent is no reason to fail here: that is what the line tells of. */
function shown(query: SessionEvents['request']['query']): string {
  try {
    return queryString(query);
  } catch {
    return '(invalid query)';
  }
}
