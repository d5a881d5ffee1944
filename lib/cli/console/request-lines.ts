import { reasonOf } from '../../session/safe-call.js';
import type { StoreSession } from '../../session/session.js';
import { addressOf, type RequestDescription } from '../../transport/request.js';
import type { Paint } from '../terminal.js';

/** Prints a line for each request of a session: when it has its response, when it waits, when it is sent again. */
export function printRequests(session: StoreSession, print: (line: string) => void, paint: Paint): void {
  session.use(async (request, next) => {
    const startedAt = performance.now();
    const taken = (): string => `${Math.round(performance.now() - startedAt)} ms`;
    try {
      const response = await next(request);
      const { status, headers } = response;
      const colour = status >= 500 ? 'red' : status >= 400 ? 'yellow' : 'green';
      print(
        `${lineOf(request, paint)}  ${paint(colour, String(status))}  ${paint('dim', [taken(), quotaIn(headers)].filter(Boolean).join('  '))}`,
      );
      return response;
    } catch (error) {
      print(`${lineOf(request, paint)}  ${paint('red', 'failed')}  ${paint('dim', `${taken()}  ${firstLine(reasonOf(error))}`)}`);
      throw error;
    }
  });
  session.on('retry', ({ method, path, waitMs, reason }) =>
    print(paint('yellow', `${method} ${path}  ${reason}: sent again in ${secondsOf(waitMs)}`)),
  );
  session.on('throttle', ({ method, path, waitMs, reason }) => {
    if (waitMs > 0) print(paint('yellow', `${method} ${path}  waits ${secondsOf(waitMs)} (${reason})`));
  });
}

function lineOf(request: RequestDescription, paint: Paint): string {
  const query = Object.entries(request.query)
    .map(([name, value]) => `${name}=${String(value)}`)
    .join('&');
  return `${paint('cyan', request.method)} ${addressOf(request)}${query === '' ? '' : `?${query}`}`;
}

function quotaIn(headers: Readonly<Record<string, string>>): string {
  const { 'x-rate-limit-requests-left': left, 'x-rate-limit-requests-quota': quota } = headers;
  if (left === undefined) return '';
  return quota === undefined ? `${left} left` : `${left} of ${quota} left`;
}

const firstLine = (text: string): string => text.split('\n')[0] ?? '';

const secondsOf = (ms: number): string => (ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(1)} s`);
