import { randomUUID } from 'node:crypto';
import { isJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { ChannelActiveTheme } from '../../resources/v3/channels.js';
import { ResourceRows } from '../resource-rows.js';
import type { Entry, Tables } from '../tables.js';
import { type Actions, bare, data, type Handler, invalid, on } from './action.js';

const THEMES = '/themes';
const JOBS = `${THEMES}/jobs`;
const CONFIGURATIONS = `${THEMES}/:theme_uuid/configurations`;

/** Stores a job, which is done at once. Returns its id. */
function keepJob(result: JsonObject, tables: Tables): JsonObject {
  const id = randomUUID();
  const done = { id, status: 'COMPLETED', percent_complete: 100, errors: [], warnings: [] };
  tables.of(JOBS).insert('id', { ...done, time: tables.clock.iso(), result }, {});
  return { job_id: id };
}

const upload: Handler = ({ tables, body, incoming }) => {
  const name = body['file'];
  if (incoming.files?.['file'] === undefined && typeof name !== 'string')
    return invalid('The form must have a file.', { file: 'is required' });
  const theme = {
    uuid: randomUUID(),
    name: String(name ?? 'Theme').replace(/\.zip$/i, ''),
    is_private: true,
    is_active: false,
    updated_at: tables.clock.iso(),
    variations: [{ uuid: randomUUID(), name: 'Light', description: '', external_id: 'light' }],
  };
  tables.of(THEMES).insert('uuid', theme, {});
  return data(keepJob({ theme_id: theme.uuid }, tables), 201);
};

const themeWith = (variation: unknown, tables: Tables): Entry | undefined =>
  tables
    .of(THEMES)
    .list()
    .find(({ values }) => jsonObjectsIn(values['variations']).some(({ uuid }) => uuid === variation));

/** Makes a theme the active one of a channel, the first one unless the request names another. */
const activate: Handler = ({ tables, body, incoming }) => {
  const theme = themeWith(body['variation_id'], tables);
  if (theme === undefined) return invalid('The variation is unknown.', { variation_id: `${String(body['variation_id'])} does not exist` });
  const channel_id = incoming.query['channel_id'] ?? '1';
  for (const { values } of tables.of(THEMES).list()) values['is_active'] = values === theme.values;
  const rows = new ResourceRows(ChannelActiveTheme.resource, tables);
  const configuration = configurationFor(theme, body['variation_id'], tables);
  const chosen = {
    active_theme_uuid: theme.key,
    active_theme_version_uuid: theme.values['version_uuid'] ?? randomUUID(),
    active_theme_configuration_uuid: configuration,
    saved_theme_configuration_uuid: configuration,
    variation_id: body['variation_id'],
  };
  rows.change(rows.single({ channel_id }), {}, chosen);
  return { status: 204 };
};

/** Returns the configuration of a variation: the one that it has, or a new one. */
function configurationFor({ key: theme_uuid }: Entry, variation_id: unknown, tables: Tables): unknown {
  const table = tables.of(CONFIGURATIONS);
  const known = table.list({ theme_uuid }).find(({ values }) => values['variation_id'] === variation_id);
  const row = { uuid: randomUUID(), theme_uuid, variation_id, settings: {}, site_id: 1000, date_created: tables.clock.iso() };
  return (known ?? table.insert('uuid', row, { theme_uuid })).values['uuid'];
}

const download = on(THEMES, ({ key }, { tables, incoming }) =>
  data(keepJob({ download_url: `${incoming.root}/themes/${key}.zip` }, tables)),
);

const validate = on(THEMES, ({ values }, { body: { settings, variation_id } }) => {
  const isKnown = variation_id === undefined || jsonObjectsIn(values['variations']).some(({ uuid }) => uuid === variation_id);
  if (!isKnown) return invalid('The variation is unknown.', { variation_id: `${String(variation_id)} does not exist` });
  if (settings !== undefined && !isJsonObject(settings)) return invalid('The settings are not valid.', { settings: 'must be an object' });
  return bare({});
});

/** What is done with themes. */
export const THEME_ACTIONS: Actions = {
  'POST /v3/themes': upload,
  'POST /v3/themes/actions/activate': activate,
  'POST /v3/themes/:$key/actions/download': download,
  'POST /v3/themes/:$key/configurations/validate': validate,
};
