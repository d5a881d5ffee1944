import { randomUUID } from 'node:crypto';
import { jsonObjectsIn } from '../../json-object.js';
import { type Actions, bare, data, done, type Handler, on } from './action.js';

const REDIRECTS = '/storefront/redirects';

const startRedirectJob =
  (type: string): Handler =>
  ({ tables }) => {
    const entry = tables.of(`${REDIRECTS}/imex/jobs`).insert('id', { id: randomUUID(), type, status: 'done' }, {});
    return bare({ id: entry.values['id'] }, 201);
  };

const activateTheme: Handler = ({ tables, body }) => {
  for (const { values } of tables.of('/themes').list())
    values['is_active'] = jsonObjectsIn(values['variations']).some(({ uuid }) => uuid === body['variation_id']);
  return { status: 204 };
};

const downloadRedirects: Handler = ({ tables }) => {
  const redirects = tables.of(REDIRECTS).list();
  return bare(redirects.map(({ values }) => values));
};

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
  [`GET /v3${REDIRECTS}/imex/export/:$key/events`]: () => bare({ event: 'done' }),
  [`GET /v3${REDIRECTS}/imex/import/:$key/events`]: () => bare({ event: 'done' }),
  'POST /v3/themes': () => data({ job_id: randomUUID() }, 201),
  'POST /v3/themes/actions/activate': activateTheme,
  'POST /v3/themes/:$key/actions/download': on('/themes', () => data({ job_id: randomUUID() })),
  'POST /v3/themes/:$key/configurations/validate': on('/themes', () => data({ errors: [] })),
};
