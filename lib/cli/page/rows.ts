import type { JsonObject } from '../../json-object.js';
import * as v2 from '../../resources/v2/index.js';
import * as v3 from '../../resources/v3/index.js';
import { Endpoint } from '../../sandbox/endpoint.js';
import type { WireResponse } from '../../sandbox/http.js';
import type { Entry } from '../../sandbox/tables.js';
import type { ResourceDeclaration } from '../../schema/declaration.js';
import { type Html, html } from './html.js';
import { layout, table } from './layout.js';
import type { PageParts } from './parts.js';

const PER_PAGE = 25;
/** Columns of a table, besides the key; a row's own page has the rest. */
const COLUMNS = 5;
/** Names that say most about a row, in this order. */
const TELLING = [
  'name',
  'first_name',
  'last_name',
  'email',
  'sku',
  'title',
  'display_name',
  'status',
  'code',
  'scope',
  'price',
  'total_inc_tax',
  'quantity',
  'destination',
];

interface NamedResource {
  /** `v3.Product` */
  readonly name: string;
  readonly resource: ResourceDeclaration;
}

const RESOURCES: readonly NamedResource[] = [
  ...Object.values(v3).map(({ resource }) => ({ name: `v3.${resource.name}`, resource })),
  ...Object.values(v2).map(({ resource }) => ({ name: `v2.${resource.name}`, resource })),
];

/** Lists the models that have rows. */
export function modelsPage({ base, inside: { tables } }: PageParts, query: URLSearchParams): WireResponse {
  const asked = (query.get('q') ?? '').trim();
  const counted = RESOURCES.map(({ name, resource }) => ({ name, resource, count: tables.of(resource.path).list().length }));
  const found = counted.filter(({ name, count }) => (asked === '' ? count > 0 : name.toLowerCase().includes(asked.toLowerCase())));
  const rows = found.map(
    ({
      name,
      resource,
      count,
    }) => html`<tr><td><a href="${base}/rows/${name}">${name}</a></td><td class="mono">/${resource.version}${resource.path}</td><td class="number">${count}</td></tr>
`,
  );
  const head = [html`<th scope="col">Model</th>`, html`<th scope="col">Path</th>`, html`<th scope="col" class="number">Rows</th>`];
  const content = html`${searchForm(`${base}/rows`, 'Model', asked)}
${rows.length === 0 ? html`<p class="quiet">No model has this name.</p>` : table('Models', head, rows)}
<p class="quiet">${asked === '' ? 'Models without rows are found by name. ' : ''}V2 and V3 of a resource share their rows.</p>`;
  return layout(base, '/rows', 'Rows', content);
}

/** Shows the rows of a model: those that contain what is searched for, a page at a time. */
export function rowsPage({ base, inside: { tables } }: PageParts, name: string, query: URLSearchParams): WireResponse | undefined {
  const named = RESOURCES.find((each) => each.name === name);
  if (named === undefined) return undefined;
  const { resource } = named;
  const asked = (query.get('q') ?? '').trim();
  const shown = tables
    .of(resource.path)
    .list()
    .map((entry) => ({ entry, row: new Endpoint(resource, tables).show(entry, { query: {}, root: '' }) }))
    .filter(({ row }) => asked === '' || JSON.stringify(row).toLowerCase().includes(asked.toLowerCase()));
  const pages = Math.max(1, Math.ceil(shown.length / PER_PAGE));
  const page = Math.min(pages, Math.max(1, Number(query.get('page')) || 1));
  const part = shown.slice((page - 1) * PER_PAGE, page * PER_PAGE);
  const columns = columnsOf(
    resource,
    part.map(({ row }) => row),
  );
  const here = `${base}/rows/${name}`;
  const head = ['Key', ...columns].map((column) => html`<th scope="col">${column}</th>`);
  const content = html`<p><code>/${resource.version}${resource.path}</code> · <a href="${base}/rows">All models</a></p>
${searchForm(here, 'Rows that contain', asked)}
<p>${shown.length} ${shown.length === 1 ? 'row' : 'rows'}</p>
${
  shown.length === 0
    ? ''
    : table(
        `Rows of ${name}`,
        head,
        part.map((each) => tableRow(here, each, columns)),
      )
}
${pagesNav(here, asked, page, pages)}`;
  return layout(base, '/rows', name, content);
}

/** Shows all of one row. */
export function rowPage({ base, inside: { tables } }: PageParts, name: string, key: string): WireResponse | undefined {
  const named = RESOURCES.find((each) => each.name === name);
  const entry =
    named &&
    tables
      .of(named.resource.path)
      .list()
      .find((each) => nameOf(each) === key);
  if (named === undefined || entry === undefined) return undefined;
  const row = new Endpoint(named.resource, tables).show(entry, { query: {}, root: '' });
  const content = html`<p><a href="${base}/rows/${name}">All rows of ${name}</a></p>
<pre tabindex="0">${JSON.stringify(row, null, 2)}</pre>`;
  return layout(base, '/rows', `${name} ${entry.key}`, content);
}

interface ShownRow {
  readonly entry: Entry;
  readonly row: JsonObject;
}

function tableRow(here: string, { entry, row }: ShownRow, columns: readonly string[]): Html {
  const cells = columns.map((column) => html`<td>${cellOf(row[column])}</td>`);
  return html`<tr><td class="whole"><a href="${here}/${encodeURIComponent(nameOf(entry))}">${entry.key === '' ? '(none)' : entry.key}</a></td>${cells}</tr>
`;
}

/** Identifies an entry: some keys are unique below their parents only. */
const nameOf = ({ key, parents }: Entry): string => [...Object.values(parents), key].join(' ');

function columnsOf({ key, attributes }: ResourceDeclaration, rows: readonly JsonObject[]): string[] {
  const names = [...TELLING.filter((name) => Object.hasOwn(attributes, name)), ...Object.keys(attributes)];
  const filled = names.filter((name) => name !== key && rows.some((row) => isShort(row[name])));
  return [...new Set(filled)].slice(0, COLUMNS);
}

const isShort = (value: unknown): boolean => value !== undefined && value !== null && value !== '' && typeof value !== 'object';

function cellOf(value: unknown): string {
  const text = typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
  return text.length > 80 ? `${text.slice(0, 79)}…` : text;
}

function searchForm(action: string, label: string, asked: string): Html {
  return html`<form method="get" action="${action}" role="search">
<label>${label} <input type="search" name="q" value="${asked}"></label> <button>Search</button>
</form>`;
}

function pagesNav(here: string, asked: string, page: number, pages: number): Html {
  if (pages === 1) return html``;
  const link = (to: number, text: string): Html =>
    to < 1 || to > pages ? html`` : html`<a href="${here}?q=${encodeURIComponent(asked)}&amp;page=${to}">${text}</a>`;
  return html`<nav class="pages" aria-label="Pages">${link(page - 1, 'Previous')} <span>Page ${page} of ${pages}</span> ${link(page + 1, 'Next')}</nav>`;
}
