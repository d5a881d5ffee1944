import { existsSync, readFileSync } from 'node:fs';
import { parse as parseYaml } from 'yaml';
import { isJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import type { Session } from '../../model/session.js';
import { dialectOf } from '../../schema/dialects.js';
import { reasonOf } from '../../session/safe-call.js';
import type { Version } from '../../transport/request.js';
import { counted } from '../quantities.js';
import { openStore, type StoreOptions } from '../store/open-store.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';
import { isDescription, sketchOf } from './description.js';
import { assertFree, type OutputOptions, writeCode } from './output.js';
import { attributesOf } from './samples.js';
import { classNameOfResource, isTaken, type ResourceSketch, singular } from './sketch.js';
import { sourceOf } from './source-text.js';

/** Options of `bigrecord generate model`. */
export interface GenerateModelOptions extends StoreOptions, OutputOptions {
  readonly name?: string;
  readonly path?: string;
  readonly api?: string;
  readonly key?: string;
  readonly header?: readonly string[];
  readonly rows?: number;
}

/** How many rows are looked at. */
const ROWS = 50;

/** How long a service may take. */
const TIMEOUT_MS = 30_000;

/** Runs `bigrecord generate model`: from a file, an address, or an endpoint of the store. */
export async function runGenerateModel(from: string, options: GenerateModelOptions, terminal: Terminal): Promise<void> {
  assertFree(options);
  const name = options.name === undefined ? undefined : checkName(options.name);
  const version = versionIn(options.api);
  const sketch = await sketchFrom(from, { ...options, ...(name === undefined ? {} : { name }) }, version);
  if (sketch.attributes.length === 0) throw new Error(`${from} has nothing to make attributes of: no row, and no schema with properties.`);
  const names = sketch.attributes.map((attribute) => attribute.name);
  if (options.key !== undefined && !names.includes(options.key))
    throw new UsageError(`--key ${options.key}: records have no such attribute. They have ${names.join(', ')}.`);
  writeCode(sourceOf(sketch), options, { className: sketch.className, path: sketch.path, version: sketch.version }, terminal);
}

async function sketchFrom(from: string, options: GenerateModelOptions, version: Version | undefined): Promise<ResourceSketch> {
  if (/^https?:\/\//i.test(from)) return fromService(new URL(from), options, version);
  if (/\.(json|ya?ml)$/i.test(from) || existsSync(from)) return fromFile(from, options, version);
  return fromEndpoint(from, options, version);
}

function checkName(name: string): string {
  if (isTaken(name)) throw new UsageError(`--name ${name}: the generated code uses this name for something else. Choose another one.`);
  if (/^[A-Z][A-Za-z0-9]*$/.test(name)) return name;
  throw new UsageError(`--name ${name}: the name of a class begins with a capital letter, and has letters and digits only.`);
}

function versionIn(api: string | undefined): Version | undefined {
  if (api === undefined || api === 'v2' || api === 'v3') return api;
  throw new UsageError(`--api ${api}: it must be v2 or v3.`);
}

function fromFile(file: string, { path, name, key }: GenerateModelOptions, version: Version | undefined): ResourceSketch {
  const document = parsed(textOf(file), file);
  if (!isDescription(document))
    throw new UsageError(`${file} is not a description of an API: it has no \`openapi\` or \`swagger\`, with \`paths\`.`);
  return sketchOf(document, { source: `the description ${file.split(/[\\/]/).at(-1)}`, path, name, key, version });
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${reasonOf(error)}.`);
  }
}

/** JSON is YAML too, but its own parser is faster and stricter. @throws UsageError */
function parsed(text: string, source: string): unknown {
  try {
    return /^\s*[[{]/.test(text) ? JSON.parse(text) : parseYaml(text, { maxAliasCount: 1000, logLevel: 'silent' });
  } catch (error) {
    throw new UsageError(`${source} is neither valid JSON nor valid YAML: ${reasonOf(error)}`);
  }
}

/** Reads rows, or a description, from a service of the user's own. */
async function fromService(url: URL, options: GenerateModelOptions, version: Version = 'v3'): Promise<ResourceSketch> {
  const response = await fetched(url, options.header ?? []);
  const text = await response.text();
  if (!response.ok)
    throw new Error(`GET ${url.origin}${url.pathname} returned ${response.status} ${response.statusText}: ${text.slice(0, 200)}`);
  const document = parsed(text, `The response of ${url.origin}${url.pathname}`);
  const source = `${url.origin}${url.pathname}`;
  if (isDescription(document)) return sketchOf(document, { source, path: options.path, name: options.name, key: options.key, version });
  const { rows, hasEnvelope, isSingle } = rowsIn(document);
  const path = options.path ?? url.pathname.replace(/\/$/, '');
  const inStore = storePath(path);
  return sampled({
    source: `${source}, from ${counted(rows.length, 'row')}`,
    path: inStore.path,
    version: inStore.version ?? version,
    rows,
    isSingle,
    hasNoEnvelope: !hasEnvelope,
    options,
    notes: [
      `Its session: new Session({ storeHash: '…', accessToken: '…', baseUrl: '${url.origin}' }), which requests ${url.origin}/stores/…/${version}${inStore.path}.`,
    ],
  });
}

async function fetched(url: URL, given: readonly string[]): Promise<Response> {
  const headers = new Headers({ accept: 'application/json, application/yaml' });
  for (const each of given) {
    const [, name, value] = /^([A-Za-z0-9-]+):\s*(.*)$/.exec(each) ?? [];
    if (name === undefined || value === undefined) throw new UsageError(`--header: write a name and a value: 'Authorization: Bearer …'.`);
    headers.set(name, value);
  }
  try {
    return await fetch(url, { headers, signal: AbortSignal.timeout(TIMEOUT_MS) });
  } catch (error) {
    throw new Error(
      `GET ${url.origin}${url.pathname} failed: ${reasonOf(error instanceof Error && error.cause !== undefined ? error.cause : error)}`,
    );
  }
}

/** Reads sample rows of an endpoint of the store. */
async function fromEndpoint(from: string, options: GenerateModelOptions, given: Version | undefined): Promise<ResourceSketch> {
  const { path, version = given ?? 'v3' } = storePath(from);
  const store = await openStore(options);
  try {
    const { rows, isSingle } = await rowsOfEndpoint(store.session, path, version, options.rows ?? ROWS);
    return sampled({
      source: `GET /${version}${path}, from ${counted(rows.length, 'row')}`,
      path,
      version,
      rows,
      isSingle,
      hasNoEnvelope: false,
      options,
      notes: [],
    });
  } finally {
    await store.close({ abort: true });
  }
}

async function rowsOfEndpoint(session: Session, path: string, version: Version, limit: number): Promise<Samples> {
  const { body } = await session.get(path, { version, query: { limit } });
  return body === undefined
    ? { rows: [], hasEnvelope: true, isSingle: false }
    : { ...rowsIn(dialectOf(version).unwrap(body)), hasEnvelope: true };
}

/** The path below the version, and the version if it names one. */
function storePath(text: string): { path: string; version?: Version } {
  const [, version, rest = ''] = /^\/?(?:stores\/[^/]+\/)?(?:(v[23])(?=\/))?\/?(.*?)\/?$/.exec(text.split('?')[0] ?? '') ?? [];
  return { path: `/${rest}`, ...(version === 'v2' || version === 'v3' ? { version } : {}) };
}

interface Samples {
  readonly rows: readonly JsonObject[];
  readonly hasEnvelope: boolean;
  readonly isSingle: boolean;
}

function rowsIn(document: unknown): Samples {
  const data = isJsonObject(document) && 'data' in document ? document['data'] : document;
  const hasEnvelope = data !== document;
  if (Array.isArray(data)) return { rows: jsonObjectsIn(data), hasEnvelope, isSingle: false };
  return { rows: isJsonObject(data) ? [data] : [], hasEnvelope, isSingle: isJsonObject(data) };
}

interface Sampled extends Pick<ResourceSketch, 'source' | 'version' | 'isSingle' | 'hasNoEnvelope' | 'notes'> {
  readonly path: string;
  readonly rows: readonly JsonObject[];
  readonly options: GenerateModelOptions;
}

function sampled({ source, path: given, version, rows, isSingle, hasNoEnvelope, options, notes }: Sampled): ResourceSketch {
  const { path, isRecord } = templateOf(options.path ?? given, isSingle);
  const key = options.key ?? keyOf(rows);
  return {
    source: `Made from ${source}`,
    className:
      options.name ??
      classNameOfResource(
        path
          .split('/')
          .filter((part) => !part.startsWith(':'))
          .at(-1) ?? 'record',
      ),
    version,
    path,
    key,
    isSingle: isSingle && !isRecord,
    attributes: attributesOf(rows, key),
    filters: undefined,
    includes: [],
    required: [],
    operations: isSingle && !isRecord ? ['get', 'update'] : undefined,
    hasNoEnvelope,
    notes: ['Rows do not tell everything: look at types of attributes, which may be null, and which the store alone sets.', ...notes],
  };
}

/** `/products/12/images` becomes `/products/:product_id/images`; the path of one record, that of its collection. */
function templateOf(path: string, isSingle: boolean): { path: string; isRecord: boolean } {
  const parts = path.split('/').filter((part) => part !== '');
  const isKey = (part: string | undefined): boolean =>
    part !== undefined && (/^\d+$/.test(part) || /^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(part));
  const isRecord = isSingle && isKey(parts.at(-1));
  if (isRecord) parts.pop();
  const named = parts.map((part, at) => (isKey(part) && at > 0 ? `:${singular(parts[at - 1] ?? '').replaceAll('-', '_')}_id` : part));
  return { path: `/${named.join('/')}`, isRecord };
}

function keyOf(rows: readonly JsonObject[]): string {
  for (const name of ['id', 'uuid', 'code', 'key', 'token'])
    if (rows.length > 0 && rows.every((row) => Object.hasOwn(row, name))) return name;
  return 'id';
}
