import { HttpError, type Session } from 'bigrecord';
import type { Sandbox } from 'bigrecord/sandbox';
import { isRow, type Row, type Sample } from '../guides/samples.js';
import { withBody, withSurroundings } from './bodies.js';
import { changed } from './change.js';
import { differences, isSame } from './compare.js';
import { filled, type Request, rowsIn, rowsWithin, withoutPlaceholders } from './fill.js';
import { type Place, placeOf } from './places.js';
import { readBack } from './read-back.js';
import { seedsFor } from './set-up.js';

/** What a store has responded. */
export interface Answer {
  readonly status: number;
  readonly body: unknown;
}

/** What came of a sample. */
export interface Replay {
  readonly request: Request;
  readonly answer: Answer;
  /** Differences from the documented response. */
  readonly problems: readonly string[];
  /** What other endpoints contradict. */
  readonly unseen: readonly string[];
}

/** A store and a session for it. */
export interface Opened {
  readonly store: Sandbox;
  readonly session: Session;
}

/** Sends a request on a store; a refusal is an answer too. */
export async function send(session: Session, request: Pick<Sample, 'method' | 'version' | 'path' | 'query' | 'body'>): Promise<Answer> {
  const { method, version, path, query, body } = request;
  const options = { version, retry: false, ...(query === undefined ? {} : { query }), ...(body === undefined ? {} : { body }) } as const;
  try {
    const { status, body: received } = await CALLS[method](session, path, options);
    return { status, body: received };
  } catch (error) {
    if (error instanceof HttpError) return { status: error.status, body: error.body };
    throw error;
  }
}

type Options = Parameters<Session['get']>[1];

const CALLS: Record<Sample['method'], (session: Session, path: string, options: Options) => Promise<Answer>> = {
  GET: (session, path, options) => session.get(path, options),
  POST: (session, path, options) => session.post(path, options),
  PUT: (session, path, options) => session.put(path, options),
  DELETE: (session, path, options) => session.delete(path, options),
};

/** The request of a sample, with all its values. */
function requestOf(shown: Sample, seed: number): { request: Request; place: Place | undefined } {
  const sample = withSurroundings(shown);
  const place = placeOf(sample);
  const whole = place === undefined ? sample : withBody(sample, place);
  const plain = place === undefined ? { ...sample, ...bodyOf(sample), values: {} } : filled(whole, place);
  return { request: changed(plain, seed), place };
}

const bodyOf = ({ body }: Sample): Partial<Sample> => (body === undefined ? {} : { body: withoutPlaceholders('', body) });

/** Replays a sample as the guide shows it, after a set-up of what it presupposes. */
export async function replay(sample: Sample, seed: number, { store, session }: Opened): Promise<Replay> {
  const { request, place } = requestOf(sample, seed);
  const seeds = seedsFor(request, place);
  seeds.store(store);
  for (const call of seeds.calls) await send(session, call);
  const answer = await send(session, request);
  if (answer.status >= 300)
    return { request, answer, problems: [`status ${answer.status}: ${JSON.stringify(answer.body)?.slice(0, 240)}`], unseen: [] };
  const problems = request.response === undefined ? [] : differences(request.response, answer.body, knownOf(request, place));
  const unseen = place === undefined || request.method === 'GET' ? [] : await readBack(session, place, request, answer);
  return { request, answer, problems, unseen };
}

function knownOf(request: Request, place: Place | undefined): Parameters<typeof differences>[2] {
  const { body, response, method, version } = request;
  const sent = aligned(body, response);
  const hasNumbersAsText = version === 'v2' && place?.resource.path === '/orders';
  const told = { hasNumbersAsText, isNamed: (name: string, value: unknown): boolean => isNamedIn([body, request.query], name, value) };
  if (method === 'GET')
    return place?.kind === 'single' && !place.resource.operations.includes('update')
      ? told
      : { ...told, before: isRow(response) && version === 'v3' && 'data' in response ? { data: response['data'] } : response };
  const isUpdate = method === 'PUT' && place !== undefined && ['row', 'list', 'single'].includes(place.kind);
  // Rows that the request does not change are as they were: the set-up took them from the response.
  return { ...told, hasWritten: true, sent, ...(isUpdate && isOwn(response, place, version) ? { before: response } : {}) };
}

function isOwn(response: unknown, { resource }: Place, version: Sample['version']): boolean {
  const [row = {}] = rowsIn(response, version);
  return resource.key in row;
}

/** The request in the form of the response: in its envelope, as an array or not. */
function aligned(body: unknown, response: unknown): unknown {
  if (!isRow(response) || !('data' in response) || (isRow(body) && 'data' in body)) return body;
  const { data } = response;
  if (Array.isArray(data) && !Array.isArray(body)) return { data: [body] };
  return { data: Array.isArray(body) && !Array.isArray(data) ? body[0] : body };
}

function isNamedIn(parts: readonly unknown[], name: string, value: unknown): boolean {
  const base = name.replace(/\[\d+\]$/, '');
  if (base === 'id' || value === '' || typeof value === 'boolean') return false;
  return parts.flatMap(rowsWithin).some((row: Row) => row[base] !== undefined && isSame(row[base], value));
}
