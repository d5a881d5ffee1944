import { asJsonObject, type JsonObject } from '../../json-object.js';
import { LogoSettings } from '../../resources/v3/storefront-settings.js';
import { v3 } from '../dialect-v3.js';
import { tagsOf } from '../families/blog.js';
import { ResourceRows } from '../resource-rows.js';
import { ScopedRows, scopeIn } from '../scoped-rows.js';
import { type Actions, bare, data, type Handler, on } from './action.js';
import { REDIRECT_JOB_ACTIONS } from './redirect-jobs.js';
import { THEME_ACTIONS } from './themes.js';

const TOKEN_PATHS = ['/storefront/api-token', '/storefront/api-token-private'];

/** Revokes the token of the header (storefront_tokens.v3.yml). */
const revokeToken: Handler = ({ tables, incoming }) => {
  const token = incoming.headers?.['sf-api-token'] ?? '';
  for (const path of TOKEN_PATHS) {
    const entry = tables.of(path).get(token, {});
    if (entry !== undefined) tables.remove(path, entry);
  }
  return token.split('.').length === 3 ? { status: 200, body: {} } : v3.error(422, 'The header Sf-Api-Token must have a token.');
};

/** Sets an image of the settings of the logo, those of a channel if the request names one. */
const setImage =
  (attribute: string): Handler =>
  ({ tables, incoming, body }) => {
    const { resource } = LogoSettings;
    const scope = scopeIn(resource, incoming.query);
    const rows = scope === undefined ? new ResourceRows(resource, tables) : new ScopedRows(resource, tables, scope);
    const [file] = Object.values(body);
    rows.change(rows.single({}), {}, { [attribute]: `https://images.example.com/${String(file ?? 'image.png')}` });
    return { status: 204 };
  };

/** Renders the variables of a template: the helpers of the storefront are left out. */
const preview = on('/content/widget-templates', ({ values }, { body }) => {
  const configuration = asJsonObject(body['widget_configuration']);
  const html = String(values['template'] ?? '').replace(/\{\{\{?\s*([\w.]+)\s*\}?\}\}/g, (_, path: string) => valueAt(configuration, path));
  return data({ html });
});

const valueAt = (row: JsonObject, path: string): string =>
  String(path.split('.').reduce<unknown>((value, name) => asJsonObject(value)[name], row) ?? '');

/** The words of the email that new ones begin with. */
const abandonedCartEmail: JsonObject = {
  subject: 'Complete your purchase',
  body: '<p>{{lang.hello_phrase}}</p><p>You left something in your cart.</p>',
  translations: [{ locale: 'en', keys: { hello_phrase: 'Hello,' } }],
};

/** Returns the widgets of one page, those of the global regions unless the request names one (page-widgets.v3.yml). */
const pageWidgets: Handler = ({ tables, incoming: { query } }) => {
  const { channel_id = '1', template_file = '', entity_id = '' } = query;
  const wanted = JSON.stringify([channel_id, template_file, entity_id]);
  const found = tables
    .of('/content/page-widgets')
    .list()
    .find(({ values: v }) => JSON.stringify([String(v['channel_id'] ?? 1), v['template_file'] ?? '', v['entity_id'] ?? '']) === wanted);
  const { regions = [] } = found?.values ?? {};
  return data({ regions, template_file, entity_id, channel_id: Number(channel_id) });
};

export const STOREFRONT_ACTIONS: Actions = {
  'GET /v3/content/page-widgets': pageWidgets,
  ...REDIRECT_JOB_ACTIONS,
  ...THEME_ACTIONS,
  'POST /v3/content/widget-templates/:$key/preview': preview,
  'GET /v2/blog/tags': ({ tables }) => {
    const tags = tagsOf(tables);
    return tags.length === 0 ? { status: 204 } : bare(tags);
  },
  'GET /v3/marketing/abandoned-cart-emails/default': () => bare(abandonedCartEmail),
  'POST /v3/settings/favicon/image': setImage('favicon_url'),
  'POST /v3/settings/logo/image': setImage('logo_image_url'),
  'DELETE /v3/storefront/api-token': revokeToken,
};
