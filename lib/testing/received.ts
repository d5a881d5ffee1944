import { ArgumentError } from '../errors/argument-error.js';
import { isJsonObject } from '../json-object.js';
import type { LoggedRequest } from '../sandbox/responder.js';

/** A store whose requests matchers look at: a sandbox, or the replay of a cassette. */
export interface ReceivingStore {
  /** In order of arrival. */
  readonly requests: readonly Pick<LoggedRequest, 'method' | 'path' | 'url' | 'body' | 'status'>[];
}

type Received = ReceivingStore['requests'][number];

/** What a test expects a store to have received. */
export interface Expected {
  readonly method: string;
  /** Below the store; a query counts if it has one. A RegExp is tested on path and query. */
  readonly path: string | RegExp;
  readonly body?: unknown;
  /** Whether the body has to be the same, or at least to have the same parts. */
  readonly isExact?: boolean;
}

/** Returns the requests of a store. @throws ArgumentError if it is none */
export function requestsOf(store: unknown): readonly Received[] {
  const requests: unknown = isJsonObject(store) ? store['requests'] : undefined;
  if (Array.isArray(requests)) return requests;
  throw new ArgumentError('Only a store has received requests: expect(store), where store is that of Sandbox.start().');
}

/** Returns the requests of a store that are as expected. */
export const received = (store: unknown, expected: Expected): readonly Received[] =>
  requestsOf(store).filter((request) => isAt(request, expected) && hasBody(request, expected));

const isAt = ({ method, path, url }: Received, expected: Expected): boolean => {
  if (method !== expected.method.toUpperCase()) return false;
  const query = url.indexOf('?') < 0 ? '' : url.slice(url.indexOf('?'));
  if (typeof expected.path !== 'string')
    return new RegExp(expected.path.source, expected.path.flags.replace(/[gy]/g, '')).test(path + query);
  const [place = '', wanted] = expected.path.replace(/^\/stores\/[^/]+/, '').split('?');
  return place === path && (wanted === undefined || sorted(wanted) === sorted(query));
};

/** A query with its parameters in alphabetical order, decoded. */
function sorted(query: string): string {
  const params = new URLSearchParams(query);
  params.sort();
  return params.toString();
}

const hasBody = ({ body }: Received, expected: Expected): boolean =>
  expected.body === undefined || agrees(asJson(body), asJson(expected.body), expected.isExact === true);

/** Dates and value objects are compared as they are sent. Matchers such as `expect.any(Number)` stay what they are. */
function asJson(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || isAsymmetric(value)) return value;
  if ('toJSON' in value && typeof value.toJSON === 'function') return value.toJSON();
  return value;
}

interface Asymmetric {
  asymmetricMatch(value: unknown): boolean;
}

const isAsymmetric = (value: unknown): value is Asymmetric =>
  typeof value === 'object' && value !== null && 'asymmetricMatch' in value && typeof value.asymmetricMatch === 'function';

/** Whether a value is as expected: parts of objects, unless it has to be exact; arrays have to be of the same length. */
function agrees(value: unknown, expected: unknown, isExact: boolean): boolean {
  const wanted = asJson(expected);
  if (isAsymmetric(wanted)) return wanted.asymmetricMatch(value);
  if (Array.isArray(wanted))
    return Array.isArray(value) && value.length === wanted.length && wanted.every((each, at) => agrees(value[at], each, isExact));
  if (!isJsonObject(wanted)) return Object.is(value, wanted);
  if (!isJsonObject(value)) return false;
  const names = Object.keys(wanted).filter((name) => wanted[name] !== undefined);
  if (isExact && Object.keys(value).length !== names.length) return false;
  return names.every((name) => agrees(value[name], wanted[name], isExact));
}
