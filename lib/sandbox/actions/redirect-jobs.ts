import { randomUUID } from 'node:crypto';
import { asJsonObject, type JsonObject } from '../../json-object.js';
import { Redirect } from '../../resources/v3/storefront.js';
import { v3 } from '../dialect-v3.js';
import { redirectOf, targetUrl, wrongTarget } from '../families/redirects.js';
import { ResourceRows } from '../resource-rows.js';
import type { Entry, Tables } from '../tables.js';
import { type Action, type Actions, bare, type Handler, notFound, on } from './action.js';

const REDIRECTS = '/storefront/redirects';
const JOBS = `${REDIRECTS}/imex/jobs`;
const SITES = '/sites';
const COLUMNS = 'Domain,Old Path,Manual URL/Path,Dynamic Target Type,Dynamic Target ID';
const TARGET_COLUMN = 'Dynamic Target URL';
const LARGEST_FILE = 20 * 1024 * 1024;

/** What a job has done. */
interface Outcome {
  readonly completed: number;
  readonly errors: readonly { readonly row: number; readonly message: string }[];
  /** The file of an export. */
  readonly file?: string;
}

/** Stores a job, which is done at once. Returns its id. */
function keepJob(type: string, { completed, errors, file }: Outcome, tables: Tables) {
  const now = tables.clock.iso();
  const counts = { completed_items: completed, failed_items: errors.length, total_items: completed + errors.length, errors };
  const job = { id: randomUUID(), type, status: 'complete', ...counts, created_at: now, completed_at: now };
  tables.of(JOBS).insert('id', { ...job, ...(file === undefined ? {} : { file }) }, {});
  return bare({ id: job.id }, 201);
}

/** Exports the redirects of a site, or those that are named; 409 if there are none (redirects.v3.yml). */
const startExport: Handler = ({ tables, body, incoming }) => {
  const { site_id, redirect_ids, include_dynamic_target_urls = false } = body;
  const keys = Array.isArray(redirect_ids) && redirect_ids.length > 0 ? new Set(redirect_ids.map(String)) : undefined;
  const chosen = tables
    .of(REDIRECTS)
    .list()
    .filter(({ key, values }) => (keys?.has(key) ?? true) && (site_id == null || String(values['site_id']) === String(site_id)));
  if (chosen.length === 0) return v3.error(409, 'No redirects meet the criteria of the request.');
  const columns = include_dynamic_target_urls === true ? `${COLUMNS},${TARGET_COLUMN}` : COLUMNS;
  const lines = chosen.map(({ values }) => lineOf(values, incoming.root, include_dynamic_target_urls === true, tables));
  return keepJob('export', { completed: chosen.length, errors: [], file: [columns, ...lines].join('\n') }, tables);
};

/** A line of the file: redirects to an address have that, others the kind and the key of what they lead to. */
function lineOf(redirect: JsonObject, root: string, withTargets: boolean, tables: Tables): string {
  const { from_path, to, site_id } = redirect;
  const { type, url, entity_id } = asJsonObject(to);
  const site = tables.of(SITES).get(String(site_id), {})?.values['url'];
  const target = type === 'url' ? [url, '', ''] : ['', type, entity_id];
  const dynamic = withTargets ? [type === 'url' ? '' : targetUrl(redirect, tables)] : [];
  return [new URL(String(site ?? root)).hostname, from_path, ...target, ...dynamic].map((each) => quoted(String(each ?? ''))).join(',');
}

const quoted = (text: string): string => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Imports redirects from a file whose first line has the names of the columns. A row that is wrong does not stop the others. */
const startImport: Handler = ({ tables, incoming }) => {
  const file = incoming.files?.['import_file'];
  if (file === undefined) return v3.error(400, 'The form must have a file import_file.', { import_file: 'is required' });
  if (file.length > LARGEST_FILE) return v3.error(413, 'The file is too large.');
  const [columns = '', ...lines] = file.replace(/^\uFEFF/, '').split(/\r?\n/);
  if (!columns.startsWith(COLUMNS)) return v3.error(400, `The first line of the file must be ${COLUMNS}.`);
  const results = lines.map((line, at) => ({ row: at + 2, message: line === '' ? undefined : importLine(cellsOf(line), tables) }));
  const errors = results.flatMap(({ row, message }) => (message === undefined ? [] : [{ row, message }]));
  return keepJob('import', { completed: lines.filter((line) => line !== '').length - errors.length, errors }, tables);
};

/** Splits a line at its commas, except those in quotes. */
const cellsOf = (line: string): string[] =>
  [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = '']) =>
    cell.startsWith('"') ? cell.slice(1, -1).replaceAll('""', '"') : cell,
  );

/** Stores the redirect of a line. Returns what is wrong with it; `undefined` if nothing is. */
function importLine([domain = '', from_path = '', url = '', type = '', key = '']: string[], tables: Tables): string | undefined {
  const sites = tables.of(SITES).list();
  const site = sites.find(({ values }) => URL.canParse(String(values['url'])) && new URL(String(values['url'])).hostname === domain);
  if (sites.length > 0 && site === undefined) return `Domain ${domain} is that of no site`;
  if (from_path === '') return 'Old Path is missing';
  const to = url === '' ? { type, entity_id: Number(key) } : { type: 'url', url };
  const [wrong] = Object.entries(wrongTarget(to));
  if (wrong !== undefined) return wrong.join(' ');
  const site_id = site?.values['id'] ?? 1000;
  const rows = new ResourceRows(Redirect.resource, tables);
  const existing = redirectOf(from_path, site_id, tables);
  if (existing === undefined) rows.insert({ from_path, site_id, to }, {});
  else rows.change(existing, { to });
  return undefined;
}

const download = on(JOBS, ({ values: { file } }) =>
  file === undefined ? notFound() : { ...bare(file), headers: { 'content-type': 'text/csv' } },
);

/** The stream of a job that is done: its last event. */
const events = on(JOBS, ({ values }: Entry, _: Action) => {
  const { id, status, completed_items, total_items, type, failed_items, errors } = values;
  const ofImport = type === 'import' ? { failed_items, errors } : {};
  const event = JSON.stringify({ job_id: id, status, completed_items, total_items, ...ofImport });
  return { ...bare(`event: message\ndata: ${event}\n\n`), headers: { 'content-type': 'text/event-stream' } };
});

/** Jobs that import and export redirects. */
export const REDIRECT_JOB_ACTIONS: Actions = {
  [`POST /v3${REDIRECTS}/imex/export`]: startExport,
  [`POST /v3${REDIRECTS}/imex/import`]: startImport,
  [`GET /v3${REDIRECTS}/imex/export/:$key/download`]: download,
  [`GET /v3${REDIRECTS}/imex/export/:$key/events`]: events,
  [`GET /v3${REDIRECTS}/imex/import/:$key/events`]: events,
};
