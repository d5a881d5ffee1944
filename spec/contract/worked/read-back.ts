import type { Session } from 'bigrecord';
import { isRow, type Row } from '../guides/samples.js';
import { isSame, isStub } from './compare.js';
import { type Request, rowsIn } from './fill.js';
import { type AnyModel, KEY, type Place, twinsOf } from './places.js';
import { type Answer, send } from './replay.js';

/** Reads what a request has changed through other endpoints. Returns what contradicts the response or the request. */
export async function readBack(session: Session, place: Place, request: Request, answer: Answer): Promise<string[]> {
  const { kind, model } = place;
  if (request.method === 'DELETE') return kind === 'row' ? gone(session, place, request) : [];
  if (kind === 'single') return singleBack(session, place, request);
  if (kind === 'action') return actionBack(session, place, request, answer);
  const rows = rowsIn(answer.body, request.version);
  const sent = rowsIn(request.body, request.version);
  const found: string[] = [];
  for (const [at, row] of rows.entries()) {
    const key = kind === 'row' ? request.values[KEY] : keyIn(row, place);
    if (key === undefined) continue;
    const all = { key, shown: row, sent: sent[at] ?? {} };
    found.push(...(await rowBack(session, model, place, request, all)));
    for (const twin of twinsOf(place)) found.push(...(await rowBack(session, twin, place, request, { ...all, shown: {} })).map((each) => `${twin.resource.version} ${each}`));
  }
  return found;
}

interface Written {
  readonly key: string;
  /** The row of the response. */
  readonly shown: Row;
  readonly sent: Row;
}

const keyIn = (row: Row, { resource }: Place): string | undefined => {
  const key = row[resource.key];
  return typeof key === 'string' || typeof key === 'number' ? String(key) : undefined;
};

/** The path of the rows beside the one in a request. */
function listPath({ resource }: AnyModel, { values }: Request): string | undefined {
  const names = [...resource.path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);
  if (names.some((name) => values[name] === undefined)) return undefined;
  return resource.path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
}

async function rowBack(session: Session, model: AnyModel, place: Place, request: Request, written: Written): Promise<string[]> {
  const { resource } = model;
  const { key, shown, sent } = written;
  const path = listPath(model, request);
  if (path === undefined) return [];
  const found: string[] = [];
  const row = await rowAt(session, model, path, key);
  if (row === 'unreadable') return [];
  if (row === undefined) return [`GET ${path}/${key}: not there`];
  const isTwin = resource.version !== place.resource.version;
  const isReadable = ([name, value]: [string, unknown]): boolean => resource.attributes[name] !== undefined && resource.relations[name] === undefined && value !== null;
  for (const [name, value] of Object.entries(sent).filter(isReadable)) {
    if (place.resource.attributes[name]?.readOnly === true || resource.attributes[name]?.type !== place.resource.attributes[name]?.type) continue;
    if (!covers(value, row[name]) && !(isTwin && row[name] === undefined)) found.push(`GET ${path}/${key} ${name}: ${text(row[name])} instead of ${text(value)}`);
  }
  for (const [name, value] of Object.entries(shown).filter(isReadable))
    if (!/modified|updated|calculated/.test(name) && !(name in sent) && !covers(value, row[name])) found.push(`GET ${path}/${key} ${name}: ${text(row[name])} after ${text(value)} in the response`);
  if (!isTwin) found.push(...(await listBack(session, model, path, key)));
  return found;
}

/** Gets a row by its key; `undefined` if it is not there. */
async function rowAt(session: Session, { resource }: AnyModel, path: string, key: string): Promise<Row | undefined | 'unreadable'> {
  const { version, addressing, operations, keyFilter, key: name } = resource;
  if (addressing === 'path' && operations.includes('get')) {
    const { status, body } = await send(session, { method: 'GET', version, path: `${path}/${encodeURIComponent(key)}` });
    return status === 200 ? rowsIn(body, version)[0] : undefined;
  }
  if (!operations.includes('list')) return 'unreadable';
  const query = addressing === 'filter' && resource.filters !== undefined && `${keyFilter}:in` in resource.filters ? { [`${keyFilter}:in`]: key } : { limit: String(resource.pageSize) };
  const { body } = await send(session, { method: 'GET', version, path, query });
  return rowsIn(body, version).find((each) => isSame(each[name], key));
}

/** The list has the row, and its count is the number of rows. */
async function listBack(session: Session, { resource }: AnyModel, path: string, key: string): Promise<string[]> {
  const { version, operations, pageSize, key: name } = resource;
  if (!operations.includes('list')) return [];
  const { status, body } = await send(session, { method: 'GET', version, path, query: { limit: String(pageSize) } });
  const rows = rowsIn(body, version);
  const found = status < 300 && (rows.length >= pageSize || rows.some((row) => isSame(row[name], key))) ? [] : [`GET ${path}: without ${key}`];
  if (version === 'v2' && operations.includes('count') && rows.length < pageSize) {
    const counted = await send(session, { method: 'GET', version, path: `${path}/count` });
    if (!isRow(counted.body) || counted.body['count'] !== rows.length) found.push(`GET ${path}/count: ${text(counted.body)} of ${rows.length}`);
  }
  return found;
}

async function gone(session: Session, { resource, model }: Place, request: Request): Promise<string[]> {
  const path = listPath(model, request);
  const key = request.values[KEY];
  if (path === undefined || key === undefined || !resource.operations.includes('get')) return [];
  const { status } = await send(session, { method: 'GET', version: resource.version, path: `${path}/${key}` });
  return status === 404 ? [] : [`GET ${path}/${key}: status ${status} after the deletion`];
}

async function singleBack(session: Session, { resource }: Place, request: Request): Promise<string[]> {
  if (!resource.operations.includes('get')) return [];
  const { version, path, query } = request;
  const { body } = await send(session, { method: 'GET', version, path, ...(query === undefined ? {} : { query }) });
  const [row = {}] = rowsIn(body, version);
  const [sent = {}] = rowsIn(request.body, version);
  return Object.entries(sent).flatMap(([name, value]) =>
    resource.attributes[name]?.readOnly !== false || value === null || covers(value, row[name]) ? [] : [`GET ${path} ${name}: ${text(row[name])} instead of ${text(value)}`],
  );
}

/** After an action that returns the row, the row is as it returned it. */
async function actionBack(session: Session, { model, resource }: Place, request: Request, answer: Answer): Promise<string[]> {
  const key = request.values[KEY];
  const path = listPath(model, request);
  const [shown = {}] = rowsIn(answer.body, request.version);
  if (key === undefined || path === undefined || !isSame(shown[resource.key], key) || resource.version !== request.version) return [];
  const row = await rowAt(session, model, path, key);
  if (row === undefined || row === 'unreadable') return row === undefined ? [`GET ${path}/${key}: not there`] : [];
  return Object.entries(shown).flatMap(([name, value]) =>
    resource.attributes[name] === undefined || /modified|updated/.test(name) || covers(value, row[name]) ? [] : [`GET ${path}/${key} ${name}: ${text(row[name])} after ${text(value)} in the response`],
  );
}

/** Whether a value has all that another one has: the store may add fields to objects. */
function covers(wanted: unknown, got: unknown): boolean {
  if (wanted === null || wanted === undefined || isStub(got)) return true;
  if (Array.isArray(wanted) && Array.isArray(got)) return wanted.length <= got.length && wanted.every((each, at) => covers(each, got[at]) || got.some((one) => covers(each, one)));
  // The lines of a cart are sent as an array, and shown by kind.
  if (Array.isArray(wanted) && isRow(got)) return covers(wanted, Object.values(got).flat());
  if (isRow(wanted)) return isRow(got) && Object.entries(wanted).every(([name, value]) => covers(value, got[name]));
  return isSame(wanted, got);
}

const text = (value: unknown): string => (JSON.stringify(value) ?? 'nothing').slice(0, 80);
