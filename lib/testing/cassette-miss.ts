import { basename } from 'node:path';
import { type Exchange, identityOf, leavesOf, lineOf, type RecordedRequest } from './cassette.js';

/** How many differences a message shows. */
const SHOWN = 4;

/** What to do about it. An error of a session says so itself. */
export const AGAIN = 'If the program has changed, record it again.';

/** Explains why a request has no response on a cassette: it was asked too often, or which recorded request is nearest and how it differs. */
export function explainMiss(file: string, asked: RecordedRequest, exchanges: readonly Exchange[]): string {
  const name = basename(file);
  const line = lineOf(asked);
  if (exchanges.length === 0) return `${line} is not on the cassette ${name}, which is empty.`;
  const identity = identityOf(asked);
  const times = exchanges.filter(({ request }) => identityOf(request) === identity).length;
  if (times > 0) return `${line} was recorded ${times === 1 ? 'once' : `${times} times`} on ${name}, and was asked once more.`;
  const nearest = nearestTo(
    asked,
    exchanges.map(({ request }) => request),
  );
  const differences = differencesOf(nearest, asked);
  const shown = differences.slice(0, SHOWN).join('; ');
  const more = differences.length > SHOWN ? `; and ${differences.length - SHOWN} more` : '';
  return `${line} is not on the cassette ${name}. Nearest: ${lineOf(nearest)}; ${shown}${more}.`;
}

function nearestTo(asked: RecordedRequest, recorded: readonly RecordedRequest[]): RecordedRequest {
  let nearest = asked;
  let least = Number.POSITIVE_INFINITY;
  for (const request of recorded) {
    const distance = distanceOf(request, asked);
    if (distance < least) [nearest, least] = [request, distance];
  }
  return nearest;
}

/** Another path is further away than another method, and that than other values. */
function distanceOf(recorded: RecordedRequest, asked: RecordedRequest): number {
  const [a, b] = [recorded.path.split('/'), asked.path.split('/')];
  const differing = Math.abs(a.length - b.length) + a.filter((segment, at) => b[at] !== undefined && segment !== b[at]).length;
  const method = recorded.method === asked.method ? 0 : 1;
  const { length } = differencesOf(recorded, asked);
  return differing * 100_000 + method * 10_000 + Math.min(length, 9999);
}

/** Describes each difference: `query.page was recorded as "1", and asked as "2"`. */
function differencesOf(recorded: RecordedRequest, asked: RecordedRequest): string[] {
  const before = partsOf(recorded);
  const after = partsOf(asked);
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((at) => {
    const [was, is] = [JSON.stringify(before.get(at)), JSON.stringify(after.get(at))];
    if (was === is) return [];
    if (was === undefined) return [`${at} ${shortened(is)} was not recorded`];
    if (is === undefined) return [`${at} ${shortened(was)} was not asked`];
    return [`${at} was recorded as ${shortened(was)}, and asked as ${shortened(is)}`];
  });
}

const partsOf = ({ method, path, query, body }: RecordedRequest): Map<string, unknown> =>
  new Map([['method', method], ['path', path], ...leavesOf(query, 'query'), ...leavesOf(body, 'body')]);

const shortened = (text = ''): string => (text.length > 80 ? `${text.slice(0, 79)}…` : text);
