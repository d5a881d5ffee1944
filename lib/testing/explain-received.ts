import { inspect } from 'node:util';
import { isJsonObject } from '../json-object.js';
import { type Expected, type ReceivingStore, requestsOf } from './received.js';

const SHOWN = 5;
const LONGEST = 300;
const SECRET = /passw|secret|token|authorization|card_number|verification|cvv/i;

type Received = ReceivingStore['requests'][number];

/** Returns a message for an expectation that failed: what the store has received instead, the nearest first. */
export function explain(store: unknown, expected: Expected, what: string): string {
  const ranked = requestsOf(store)
    .map((request) => ({ request, distance: distanceOf(request, expected) }))
    .sort((a, b) => a.distance - b.distance);
  const lines = ranked.slice(0, SHOWN).map(({ request }) => `  ${lineOf(request)}`);
  const others = ranked.length > SHOWN ? [`  … and ${ranked.length - SHOWN} others`] : [];
  const instead = lines.length === 0 ? ['It has received nothing.'] : ['It has received, nearest first:', ...lines, ...others];
  return [`expected the store ${what} ${nameOf(expected)}`, ...instead].join('\n');
}

/** How much less a request is what was expected: the path counts most, then the method, then the body. */
function distanceOf({ method, path, body }: Received, expected: Expected): number {
  const wanted = typeof expected.path === 'string' ? expected.path.replace(/^\/stores\/[^/]+/, '').split('?')[0] : undefined;
  const isAtPath = typeof expected.path === 'string' ? wanted === path : expected.path.test(path);
  const common = wanted === undefined ? 0 : commonStart(wanted.split('/'), path.split('/'));
  return (isAtPath ? 0 : 100 - common) + (method === expected.method.toUpperCase() ? 0 : 10) + differences(body, expected.body);
}

const commonStart = (a: readonly string[], b: readonly string[]): number => {
  const at = a.findIndex((part, index) => part !== b[index]);
  return at < 0 ? a.length : at;
};

/** How many of the expected values a body does not have; at most 9. */
function differences(body: unknown, expected: unknown): number {
  if (!isJsonObject(expected)) return 0;
  if (!isJsonObject(body)) return 9;
  return Math.min(9, Object.entries(expected).filter(([name, value]) => inspect(body[name]) !== inspect(value)).length);
}

const nameOf = ({ method, path, body, isExact }: Expected): string =>
  `${method.toUpperCase()} ${String(path)}${body === undefined ? '' : ` with ${isExact === true ? 'exactly ' : ''}${shown(body)}`}`;

function lineOf({ method, path, url, body, status }: Received): string {
  const query = url.indexOf('?') < 0 ? '' : decodeURIComponent(url.slice(url.indexOf('?')));
  return `${method} ${path}${query}${body === undefined ? '' : ` ${shown(body)}`} → ${status === 0 ? 'no response' : status}`;
}

function shown(body: unknown): string {
  const text = JSON.stringify(body, (name, value) => (SECRET.test(name) && value !== null ? '[redacted]' : value)) ?? String(body);
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text;
}
