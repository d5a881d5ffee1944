import { expect } from 'chai';
import { json, type Listening, serve } from '../../support/http-server.js';
import { type Key, type Route, rowsOf, valuesAt } from './models.js';
import { isRow, type Row, type Sample } from './samples.js';

/** A store that gives the documented response to the documented request, and little to others. */
export async function documentedStore(): Promise<Listening & { answerWith(sample: Sample, route: Route): void }> {
  let respond: (method: string, body: string) => unknown = () => undefined;
  const server = await serve((request, response) => {
    const body = respond(request.method ?? '', request.body);
    if (body === undefined) response.writeHead(204).end();
    else json(response, body, 200);
  });
  return Object.assign(server, {
    answerWith(sample: Sample, route: Route): void {
      const key = keyOf(sample, route);
      respond = (method, sent) => {
        const isDocumented = method === sample.method;
        if (isDocumented && sample.response !== undefined)
          return returnsRecord(route) ? withKey(sample.response, route, key) : sample.response;
        if (method === 'DELETE') return undefined;
        return inEnvelope(route, substitute(method, sent === '' ? undefined : JSON.parse(sent), route, key));
      };
    },
  });
}

/** Whether an action returns its record, which is then recognized by its key. */
const returnsRecord = ({ role, row }: Route): boolean => role === 'action' && row?.isModel === true;

/** Adds the key of the record, which guides leave out where they shorten a response. */
function withKey(response: unknown, { owner }: Route, key: Key): unknown {
  if (!isRow(response) || !isRow(response['data'])) return response;
  return { ...response, data: { [owner.key]: key, ...response['data'] } };
}

/** What the store says where the guide does not: the row that was sent, with a key. */
function substitute(method: string, sent: unknown, route: Route, key: Key): unknown {
  const { owner, role } = route;
  if (returnsRecord(route)) return { [owner.key]: key };
  if (Array.isArray(sent)) return sent.map((row, at) => (isRow(row) ? { [owner.key]: at + 1, ...row } : row));
  if (role === 'list' && method === 'GET') return [];
  return { [owner.key]: key, ...(isRow(sent) ? sent : {}) };
}

const inEnvelope = ({ owner }: Route, data: unknown): unknown => (owner.version === 'v3' && !owner.noEnvelope ? { data, meta: {} } : data);

/** The rows of a documented response; a single one is a list of one. */
export function documentedRows({ response, version, body }: Sample, { role }: Route): Row[] {
  // Writes of records return them even so.
  if (role !== 'action' && isTransaction(response)) return rowsOf(body);
  const isEnveloped = version === 'v3' && isRow(response) && 'data' in response;
  return rowsOf(isEnveloped ? response['data'] : response);
}

/** What the inventory says instead of rows. */
const isTransaction = (response: unknown): boolean =>
  isRow(response) && 'transaction_id' in response && Object.keys(response).every((name) => ['transaction_id', 'meta'].includes(name));

/** The path of a sample with values in place of its names: those of the response where it has them. */
export function pathOf(sample: Sample, route: Route): string {
  const [row = {}] = documentedRows(sample, route);
  const names = valuesAt(sample.path, sample.path);
  const isMember = /^\{/.test(sample.path.split('/').at(-1) ?? '') && route.role !== 'action';
  let at = 0;
  return sample.path.replace(/\{([^}/]*)\}?/g, (_, name: string) => {
    at += 1;
    const isKey =
      route.role === 'action' ? at === valuesAt(route.owner.path, route.owner.path).length + 1 : isMember && at === names.length;
    if (isKey) return String(keyOf(sample, route));
    return String(scalar(row[name]) ?? 100 + at);
  });
}

function keyOf(sample: Sample, route: Route): Key {
  const last = sample.path.split('/').at(-1) ?? '';
  if (
    !last.startsWith('{') &&
    sample.method !== 'POST' &&
    route.role !== 'action' &&
    route.owner.path.split('/').length < sample.path.split('/').length
  )
    return last;
  const [row = {}] = documentedRows(sample, route);
  return scalar(row[route.owner.key]) ?? 7;
}

const scalar = (value: unknown): Key | undefined => (typeof value === 'string' || typeof value === 'number' ? value : undefined);

/** Fails unless the request that arrived is the documented one. */
export function expectRequest(received: Listening['requests'][number] | undefined, sample: Sample, path: string): void {
  const url = new URL(received?.url ?? '', 'http://store');
  expect(`${received?.method} ${decodeURIComponent(url.pathname)}`).to.equal(
    `${sample.method} /stores/abc123/${sample.version}${decodeURIComponent(path)}`,
  );
  // Lists ask for the largest pages.
  const sent = Object.fromEntries(
    [...url.searchParams].filter(([name]) => !['page', 'limit'].includes(name) || name in (sample.query ?? {})),
  );
  expect(sent, 'query').to.deep.equal(sample.query ?? {});
  // A guide that shows no body of a POST or PUT does not say what is sent.
  if (sample.body === undefined && sample.method !== 'DELETE') return;
  const body: unknown = received?.body === '' || received === undefined ? undefined : JSON.parse(received.body);
  expect(comparable(body, sample.version), 'body').to.deep.equal(comparable(sample.body, sample.version));
}

/** A value in which only differences of meaning are left: amounts of V2 are strings or numbers, dates have several forms. */
export function comparable(value: unknown, version: Sample['version']): unknown {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map((each) => comparable(each, version));
  if (isRow(value)) return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, comparable(each, version)]));
  if (typeof value === 'string') {
    if (/^(?:\d{4}-\d\d-\d\dT|\w{3}, \d\d? \w{3} \d{4} )/.test(value) && !Number.isNaN(Date.parse(value)))
      return new Date(value).toISOString();
    return version === 'v2' && /^-?\d+(?:\.\d+)?$/.test(value) ? Number(value) : value;
  }
  return value;
}
