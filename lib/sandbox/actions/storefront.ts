import { randomUUID } from 'node:crypto';
import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { type Actions, bare, data, done, type Handler, on } from './action.js';

const REDIRECTS = '/storefront/redirects';
const JOBS = `${REDIRECTS}/imex/jobs`;

const startRedirectJob =
  (type: string): Handler =>
  ({ tables }) => {
    const count = type === 'export' ? tables.of(REDIRECTS).list().length : 0;
    const counts = { completed_items: count, failed_items: 0, total_items: count, errors: [] };
    const entry = tables.of(JOBS).insert('id', { id: randomUUID(), type, status: 'complete', ...counts }, {});
    return bare({ id: entry.values['id'] }, 201);
  };

const activateTheme: Handler = ({ tables, body }) => {
  for (const { values } of tables.of('/themes').list())
    values['is_active'] = jsonObjectsIn(values['variations']).some(({ uuid }) => uuid === body['variation_id']);
  return { status: 204 };
};

const COLUMNS = 'Domain,Old Path,Manual URL/Path,Dynamic Target Type,Dynamic Target ID';

const downloadRedirects: Handler = ({ tables, incoming }) => {
  const lines = tables
    .of(REDIRECTS)
    .list()
    .map(({ values }) => lineOf(values, incoming.root));
  return { ...bare([COLUMNS, ...lines].join('\n')), headers: { 'content-type': 'text/csv' } };
};

/** A line of the file: redirects to an address have that, others the kind and the key of what they lead to. */
function lineOf({ from_path, to }: JsonObject, root: string): string {
  const { type, url, entity_id } = asJsonObject(to);
  const target = type === 'url' ? [url, '', ''] : ['', type, entity_id];
  return [new URL(root).hostname, from_path, ...target].map((each) => String(each ?? '')).join(',');
}

/** The stream of a job that is done: its last event. */
const redirectEvents = on(JOBS, ({ values: { id, status, completed_items, total_items } }) => {
  const event = JSON.stringify({ job_id: id, status, completed_items, total_items });
  return { ...bare(`event: message\ndata: ${event}\n\n`), headers: { 'content-type': 'text/event-stream' } };
});

export const STOREFRONT_ACTIONS: Actions = {
  'POST /v3/content/widget-templates/:$key/preview': on('/content/widget-templates', ({ values }) =>
    data({ html: values['template'] ?? '' }),
  ),
  'GET /v3/marketing/abandoned-cart-emails/default': () => bare({ subject: 'You left something', body: '<p>…</p>' }),
  'POST /v3/settings/favicon/image': done,
  'POST /v3/settings/logo/image': done,
  'DELETE /v3/storefront/api-token': done,
  [`POST /v3${REDIRECTS}/imex/export`]: startRedirectJob('export'),
  [`POST /v3${REDIRECTS}/imex/import`]: startRedirectJob('import'),
  [`GET /v3${REDIRECTS}/imex/export/:$key/download`]: downloadRedirects,
  [`GET /v3${REDIRECTS}/imex/export/:$key/events`]: redirectEvents,
  [`GET /v3${REDIRECTS}/imex/import/:$key/events`]: redirectEvents,
  'POST /v3/themes': () => data({ job_id: randomUUID() }, 201),
  'POST /v3/themes/actions/activate': activateTheme,
  'POST /v3/themes/:$key/actions/download': on('/themes', () => data({ job_id: randomUUID() })),
  'POST /v3/themes/:$key/configurations/validate': on('/themes', () => bare({})),
};
