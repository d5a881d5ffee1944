import { isDeepStrictEqual } from 'node:util';
import { Model } from 'bigrecord';
import type { Listening } from '../../support/http-server.js';
import { makeCall } from './calls.js';
import { comparable, documentedRows, expectRequest, pathOf } from './exchange.js';
import { modelOf, type Route, rowsOf } from './models.js';
import { isRow, type Row, type Sample } from './samples.js';
import { misfits, untyped } from './shapes.js';

/** What came of a sample. */
export interface Verdict {
  /** Why the request was not sent as documented; undefined if it was. */
  readonly notSent: string | undefined;
  /** What of the response cannot be read, or does not fit its type. */
  readonly misread: readonly string[];
  /** What of the body does not fit its type. */
  readonly bodyMisfits: readonly string[];
  /** Values of the response whose type says nothing. */
  readonly untyped: number;
}

type Store = Listening & { answerWith(sample: Sample, route: Route): void };

/** Makes the call of a sample on a store that responds as documented, and compares. */
export async function judge(documented: Sample, route: Route, store: Store): Promise<Verdict> {
  const sample = withBody(documented, route);
  const path = pathOf(sample, route);
  store.answerWith(sample, route);
  store.requests.length = 0;
  const outcome = await store.session().run(() => settled(() => makeCall(route, sample, path)));
  const difference = notSentAs(sample, path, store);
  const body = route.body === undefined || sample.body === undefined ? [] : bodyMisfitsOf(sample, route);
  const { error } = outcome;
  // An error explains best what was not sent. After a documented response, it is about the response.
  const notSent = sample.response === undefined ? (error ?? difference) : difference && (error ?? difference);
  if (sample.response === undefined || error !== undefined)
    return { notSent, misread: sample.response === undefined || error === undefined ? [] : [error], bodyMisfits: body, untyped: 0 };
  return { notSent, bodyMisfits: body, ...read(outcome.value, sample, route) };
}

/** Why the documented request is not the one that arrived. Settings may be read before they are written. */
function notSentAs(sample: Sample, path: string, { requests }: Store): string | undefined {
  const sent = requests.filter(({ method }) => method === sample.method || method !== 'GET');
  if (sent.length === 1) return reasonOf(() => expectRequest(sent[0], sample, path));
  return sent.length === 0 ? 'Nothing was sent.' : `Sent were ${sent.map(({ method, url }) => `${method} ${url}`).join(', ')}.`;
}

/** Where a guide shows only the response to a write, the writable fields of the response are what is sent. */
function withBody(sample: Sample, route: Route): Sample {
  const { owner, role } = route;
  if (sample.body !== undefined || sample.response === undefined || !/^(?:create|update)$/.test(role)) return sample;
  const { attributes, key } = modelOf(owner).resource;
  const isUpdate = route.isBatch === true && role === 'update';
  const isSent = ([name, value]: [string, unknown]): boolean =>
    name === key ? isUpdate : attributes[name]?.readOnly === false && !isStub(value);
  const rows = documentedRows(sample, route).map((row) => Object.fromEntries(Object.entries(row).filter(isSent)));
  return { ...sample, body: route.isBatch === true ? rows : (rows[0] ?? {}) };
}

function bodyMisfitsOf({ body }: Sample, { body: shape, role, row }: Route): string[] {
  if (shape === undefined) return [];
  if (role === 'action' || row === undefined) return misfits(body, shape, { isInput: true });
  return [...new Set(rowsOf(body).flatMap((each) => misfits(each, row, { isInput: true })))];
}

/** Compares what the call returned with the documented response, and both with the declared types. */
function read(returned: unknown, sample: Sample, route: Route): Pick<Verdict, 'misread' | 'untyped'> {
  const documented = documentedRows(sample, route);
  const { row } = route;
  if (route.role === 'count') return { misread: returned === documented[0]?.['count'] ? [] : [`count: ${returned}`], untyped: 0 };
  if (route.form === 'transaction' && route.role === 'action') return { misread: transactionMisread(returned, sample), untyped: 0 };
  if (row === undefined || route.form === 'none')
    return { misread: returned === undefined ? [] : ['a value where none is declared'], untyped: 0 };
  const records = rowsOf(returned);
  if (records.length !== documented.length) return { misread: [`${records.length} records of ${documented.length}`], untyped: 0 };
  return {
    misread: [...new Set(documented.flatMap((each, at) => unread(records[at] ?? {}, each, route)))],
    untyped: documented.reduce((sum, each) => sum + untyped(each, row), 0),
  };
}

/** Changes of inventory return the number of their transaction. */
function transactionMisread(returned: unknown, { response }: Sample): string[] {
  const id = (value: unknown): unknown => (isRow(value) ? value['transaction_id'] : undefined);
  return id(returned) === id(response) ? [] : [`transaction_id: ${String(id(returned))}`];
}

function unread(record: object, documented: Row, { row }: Route): string[] {
  if (row === undefined) return [];
  const lost = Object.entries(documented).flatMap(([name, value]) => {
    const found = fieldOf(record, name);
    if (isStub(value)) return [];
    const isSame = isDeepStrictEqual(comparable(plain(found), 'v2'), comparable(value, 'v2')) || isSameDate(found, value);
    return isSame ? [] : [`${name}: ${JSON.stringify(plain(found))} instead of ${JSON.stringify(value)}`.slice(0, 200)];
  });
  const readable = Object.fromEntries(Object.keys(documented).map((name) => [name, typedField(record, name, documented[name])]));
  return [...lost, ...misfits(readable, row)];
}

/** A field of a record by the name of the API, or of a plain value. Relations are the rows that came with the record. */
function fieldOf(record: object, name: string): unknown {
  if (!(record instanceof Model)) return Reflect.get(record, name);
  const { attributes, relations } = modelOfRecord(record).resource;
  if (name in attributes) return Reflect.get(record, attributes[name]?.property ?? name);
  return name in relations ? record.toObject({ include: [name] })[name] : Reflect.get(record, name);
}

/** Whether a date was read from a form of it: Unix seconds, a local date, or an empty one. */
function isSameDate(found: unknown, value: unknown): boolean {
  if (found === null) return value === '' || value === '0';
  if (!(found instanceof Date)) return false;
  return found.getTime() === (/^\d+$/.test(String(value)) ? Number(value) * 1000 : Date.parse(String(value)));
}

/** Stubs of V2 are no values: they say where a relation is. */
const typedField = (record: object, name: string, documented: unknown): unknown => (isStub(documented) ? undefined : fieldOf(record, name));

const isStub = (value: unknown): boolean => isRow(value) && 'resource' in value && 'url' in value;

const plain = (value: unknown): unknown => (value === undefined ? undefined : JSON.parse(JSON.stringify(value)));

function modelOfRecord(record: Model): ReturnType<typeof modelOf> {
  const { resource, name } = Object.getPrototypeOf(record).constructor;
  return modelOf({ version: resource.version, name });
}

async function settled(run: () => Promise<unknown>): Promise<{ value?: unknown; error?: string }> {
  try {
    return { value: await run() };
  } catch (error) {
    return { error: messageOf(error) };
  }
}

function reasonOf(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

const messageOf = (error: unknown): string => (error instanceof Error ? `${error.constructor.name}: ${error.message}` : String(error));
