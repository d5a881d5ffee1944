import { searchOf } from '../transport/query-string.js';
import type { Events, SessionEvents } from './events.js';

/**
 * Whether `DEBUG` names us, in the way of the `debug` package: `bigrecord`, `bigrecord:*`, `*`, alone or among others.
 * (`util.debuglog` of Node reads `NODE_DEBUG` instead, once for the whole process.)
 */
export function isTraced(debug = process.env['DEBUG']): boolean {
  const names = (debug ?? '').slice(0, 1000).split(/[\s,]+/);
  return names.some((name) => ['bigrecord', 'bigrecord*', 'bigrecord:*', '*'].includes(name)) && !names.includes('-bigrecord');
}

/** Writes a line for each request to the standard error stream: address, status, time, waits. Neither headers nor bodies. */
export function trace(events: Events, write: (line: string) => void = (line) => void process.stderr.write(line)): void {
  const line = (event: SessionEvents['request'], what: string): void => {
    const address = `${event.path}${shown(event.query)}`;
    write(`bigrecord ${event.store ?? 'legacy'} ${event.method} ${address} ${what}${event.attempt > 1 ? ` (try ${event.attempt})` : ''}\n`);
  };
  events.on('response', (event) => line(event, `${event.status} ${Math.round(event.ms)} ms`));
  events.on('retry', (event) => line(event, `${event.reason}: again in ${Math.round(event.waitMs)} ms`));
  events.on('throttle', (event) => line(event, `${event.reason}: waits ${Math.round(event.waitMs)} ms`));
  events.on('error', (event) => line(event, `failed: ${event.error.name}`));
}

/** A query that cannot be sent must not fail here: the line reports that very failure. */
function shown(query: SessionEvents['request']['query']): string {
  try {
    return searchOf(query);
  } catch {
    return '?(invalid query)';
  }
}
