import { stat } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { parentParams } from '../../model/parent-params.js';
import type { Session } from '../../model/session.js';
import { type ModelScope, scopeOf } from '../../record/model-scope.js';
import type { ResourceDeclaration } from '../../schema/declaration.js';
import { apiName } from '../../schema/names.js';
import { reasonOf } from '../../session/safe-call.js';
import { addressOf, type RequestDescription } from '../../transport/request.js';
import { type Interruption, interruption } from '../interruption.js';
import { count, counted, duration } from '../quantities.js';
import { type OpenStore, openStore, type StoreOptions } from '../store/open-store.js';
import type { Terminal } from '../terminal.js';
import { FailedError, UsageError } from '../usage-error.js';
import { asUsage } from './as-usage.js';
import { type Reporter, reporter } from './events.js';
import { Failures } from './failures.js';
import { isFilter } from './find-existing.js';
import { Candidates, refersToItself } from './import-candidates.js';
import { type ColumnPlan, planColumns, refusePath, refuseUnknown } from './import-columns.js';
import { ImportJournal } from './import-journal.js';
import { Importer } from './import-rows.js';
import { KeyMap, keysFileOf } from './key-map.js';
import { modelNamed, type NamedModel } from './model-named.js';
import { assertParents } from './parents.js';
import { type Format, formatOf } from './row-format.js';
import { type FileSummary, readRows, summaryOf } from './row-reader.js';

/** Options of `bigrecord import`. */
export interface ImportOptions extends StoreOptions {
  readonly by?: string;
  readonly createOnly?: boolean;
  readonly updateOnly?: boolean;
  readonly of?: readonly string[];
  readonly map?: readonly string[];
  readonly omit?: readonly string[];
  readonly ignoreUnknown?: boolean;
  readonly dryRun?: boolean;
  readonly format?: string;
  readonly restart?: boolean;
  readonly json?: boolean;
}

/** An import whose file and options are checked. */
interface Import {
  readonly named: NamedModel;
  readonly file: string;
  readonly format: Format;
  readonly summary: FileSummary;
  readonly columns: ColumnPlan;
  readonly by: string | undefined;
  readonly options: ImportOptions;
}

/** How many requests a dry run shows. */
const SHOWN_REQUESTS = 3;
const SHOWN_RECORDS = 20;

/** Runs `bigrecord import`. */
export async function runImport(model: string, file: string, options: ImportOptions, terminal: Terminal): Promise<void> {
  const report = reporter(terminal, options, false);
  const wanted = await check(modelNamed(model), file, options);
  const stopping = interruption();
  const store = await openStore(await allowed(options, terminal));
  try {
    reportColumns(wanted, report);
    if (options.dryRun === true) await dryRun(wanted, store, report, terminal);
    else await write(wanted, store, report, stopping);
  } finally {
    await store.close({ abort: true });
  }
}

/** Checks everything that can be checked without the store. @throws UsageError */
async function check(named: NamedModel, file: string, options: ImportOptions): Promise<Import> {
  const { resource } = named.model;
  await assertFile(file);
  const format = formatOf(file, options.format);
  const by = attributeOf(named, options);
  if (!resource.operations.includes('create') && (by === undefined || options.updateOnly !== true) && !createsThroughParent(resource))
    throw new UsageError(
      `${named.name} cannot be created: the API has no operation for it. Records that exist can be changed with --by and --update-only.`,
    );
  const summary = await summaryOf(file, format, resource, refersToItself(resource));
  const columns = planColumns(resource, summary.columns, by === undefined ? [] : [by]);
  if (options.ignoreUnknown !== true) refuseUnknown(named.name, resource, columns.unknown);
  for (const path of options.omit ?? []) refusePath('--omit', path, named, summary.columns);
  for (const each of options.map ?? []) refusePath('--map', each.split('=')[0] ?? each, named, summary.columns);
  return { named, file, format, summary, columns, by, options };
}

const createsThroughParent = (resource: ResourceDeclaration): boolean => resource.through !== undefined;

async function assertFile(file: string): Promise<void> {
  try {
    if ((await stat(file)).isFile()) return;
  } catch (error) {
    throw new UsageError(`${file} cannot be read: ${reasonOf(error)}.`);
  }
  throw new UsageError(`${file} is not a file: an import reads its input twice, and goes on after an interruption.`);
}

/** Returns the attribute that identifies records. @throws UsageError if the API cannot find records by it */
function attributeOf({ name, model }: NamedModel, { by, createOnly = false, updateOnly = false }: ImportOptions): string | undefined {
  if (createOnly && updateOnly) throw new UsageError('Give either --create-only or --update-only.');
  const { resource } = model;
  if (by === undefined && (createOnly || updateOnly)) return resource.key;
  if (by === undefined) return undefined;
  const attribute = apiName(resource, by);
  if (attribute === resource.key || (Object.hasOwn(resource.attributes, attribute) && isFilter(resource, attribute))) return attribute;
  throw new UsageError(`--by ${by}: a ${name} cannot be found by it, because the API has no such filter.`);
}

/** Asks, on a terminal, whether a real store may be written to. @throws UsageError if nobody allows it */
async function allowed(options: ImportOptions, terminal: Terminal): Promise<StoreOptions> {
  if (options.sandbox === true || options.write === true || options.dryRun === true) return options;
  if (terminal.isInteractive) {
    const lines = createInterface({ input: process.stdin, output: process.stderr });
    const asked = lines.question('This writes to the real store of your credentials. Go on? [y/N] ');
    const answer = await asked.catch(() => Promise.reject(new Error('Interrupted: nothing was sent.')));
    lines.close();
    if (/^y(es)?$/i.test(answer.trim())) return { ...options, write: true };
  }
  throw new UsageError(
    'Nothing was sent: an import writes to the store. Pass --write to allow it, or --dry-run to see what it would send.',
  );
}

function reportColumns({ named, columns, by, options }: Import, report: Reporter): void {
  const { readOnly, unknown, relations } = columns;
  if (readOnly.length > 0) report.say(`Left out, because only the store sets them: ${readOnly.join(', ')}.`);
  if (unknown.length > 0) report.say(`Left out, because ${named.name} does not have them: ${unknown.join(', ')}.`);
  if (relations.length > 0 && options.updateOnly !== true)
    report.say(`Written with new records only${by === undefined ? '' : ', not with those that exist'}: ${relations.join(', ')}.`);
  report.event('columns', { readOnly, unknown, relations });
}

function scopeIn({ named, options: { of = [] } }: Import, session: Session): ModelScope<object> {
  const { resource } = named.model;
  if (of.length > 0) assertParents(named, of);
  return scopeOf<object>(named.model, of.length === 0 ? {} : asUsage(named, () => parentParams(resource, of)), session);
}

/** Reads `--map brand_id=brands.ndjson`. @throws UsageError */
async function mapsIn({ map = [] }: ImportOptions): Promise<{ path: string; keys: KeyMap }[]> {
  const maps = new Map<string, KeyMap>();
  for (const each of map) {
    const [, path, file] = /^([^=]+)=(.+)$/.exec(each) ?? [];
    if (path === undefined || file === undefined)
      throw new UsageError(`--map ${each}: write the attribute and the file that was imported: brand_id=brands.ndjson.`);
    const keys = maps.get(path) ?? new KeyMap();
    await keys.addFile(file);
    maps.set(path, keys);
  }
  return [...maps].map(([path, keys]) => ({ path, keys }));
}

async function candidatesIn(wanted: Import, scope: ModelScope<object>, keys: KeyMap): Promise<Candidates> {
  const { by, columns, options, summary } = wanted;
  const { createOnly = false, updateOnly = false } = options;
  return new Candidates({
    scope,
    columns,
    by,
    createOnly,
    updateOnly,
    keys,
    maps: await mapsIn(options),
    omitted: options.omit ?? [],
    keysInFile: summary.keys,
  });
}

async function dryRun(wanted: Import, { session, name }: OpenStore, report: Reporter, terminal: Terminal): Promise<void> {
  const { file, format, named, summary } = wanted;
  const scope = scopeIn(wanted, session);
  const journal = ImportJournal.unwritten(summary.rows);
  const failures = new Failures(file, false);
  const keys = new KeyMap();
  const { signal } = new AbortController();
  const candidates = await candidatesIn(wanted, scope, keys);
  const importer = new Importer({ scope, candidates, journal, failures, keys, signal, progressed() {} });
  const { requests, creates, updates } = await importer.plan(readRows(file, format, named.model.resource), SHOWN_RECORDS);
  const { unchanged, skipped, failed } = journal.counts;
  const shown = requests.slice(0, SHOWN_REQUESTS);
  report.event('planned', {
    rows: summary.rows,
    create: creates,
    update: updates,
    unchanged,
    skipped,
    invalid: failed,
    requests: shown.map(partsOf),
  });
  if (wanted.options.json === true) return;
  terminal.print(
    `Of ${counted(summary.rows, 'row')}, ${count(creates)} would be created and ${count(updates)} updated in ${name}; ` +
      `${count(unchanged)} are the same there, ${count(skipped)} exist and are left alone, ${count(failed)} cannot be sent. Nothing was sent.`,
  );
  for (const each of failures.first) terminal.print(each);
  for (const request of shown) terminal.print(`\n${request.method} ${addressOf(request)}\n${JSON.stringify(request.body, undefined, 2)}`);
}

const partsOf = ({ method, version, path, body }: RequestDescription) => ({ method, path: addressOf({ version, path }), body });

async function write(wanted: Import, store: OpenStore, report: Reporter, { signal }: Interruption): Promise<void> {
  const { named, file, format, summary, options } = wanted;
  const begunAt = performance.now();
  let requests = 0;
  store.session.on('request', () => requests++);
  const scope = scopeIn(wanted, store.session);
  const keys = new KeyMap(keysFileOf(file));
  const candidates = await candidatesIn(wanted, scope, keys);
  const journal = await ImportJournal.open(file, descriptionOf(wanted, store), summary.rows, options.restart === true);
  const before = journal.done;
  await keys.open(before > 0);
  const failures = new Failures(file, true);
  if (before === 0) await failures.begin();
  else report.say(`Continues an interrupted import of ${file} after ${counted(before, 'row')}.`);
  report.event('started', { model: named.name, store: store.name, file, total: summary.rows, before });
  const progress = report.progress({ unit: 'rows', total: summary.rows, before });
  const progressed = (): void => progress.update({ done: journal.done, failed: journal.counts.failed });
  try {
    await new Importer({ scope, candidates, journal, failures, keys, signal, progressed }).run(
      readRows(file, format, named.model.resource),
    );
  } finally {
    progress.stop();
  }
  if (signal.aborted && journal.done < summary.rows) throw new Error('Interrupted: the same command goes on with the rows that are left.');
  await journal.remove();
  const ms = Math.round(performance.now() - begunAt);
  report.event('done', {
    ...journal.counts,
    ms,
    requests,
    failures: journal.counts.failed > 0 ? failures.file : null,
    keys: keys.size > 0 ? keysFileOf(file) : null,
  });
  reportResult(journal, { failures, keys, store, ms, requests, file }, report);
  if (journal.counts.failed > 0) throw new FailedError();
}

/** What an import has come to. */
interface ImportResult {
  readonly failures: Failures;
  readonly keys: KeyMap;
  readonly store: OpenStore;
  readonly ms: number;
  readonly requests: number;
  readonly file: string;
}

function reportResult({ counts }: ImportJournal, { failures, keys, store, ms, requests, file }: ImportResult, report: Reporter): void {
  const parts = Object.entries(counts).flatMap(([outcome, number]) => (number > 0 ? `${count(number)} ${outcome}` : []));
  report.say(`${parts.join(', ') || 'No rows'} in ${store.name}, in ${duration(ms)}, with ${counted(requests, 'request')}.`);
  if (counts.created > 0 && keys.size > 0) report.say(`The old and new keys are in ${keysFileOf(file)}.`);
  if (counts.failed === 0) return;
  for (const each of failures.first) report.say(each);
  report.say(`The rows that failed are in ${failures.file}, with their errors: mend them there and import that file.`);
}

/** Describes what is imported, and how: only the same is continued. */
const descriptionOf = ({ named, summary, format, by, options }: Import, store: OpenStore): Record<string, string> => ({
  store: store.identity,
  model: named.name,
  'the content of the file': summary.hash,
  format,
  by: by ?? '',
  mode: options.createOnly === true ? 'create only' : options.updateOnly === true ? 'update only' : '',
  of: (options.of ?? []).join(','),
  map: (options.map ?? []).join(' '),
  omit: (options.omit ?? []).join(','),
});
