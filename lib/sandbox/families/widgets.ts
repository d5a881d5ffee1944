import { randomUUID } from 'node:crypto';
import { asJsonObject, isJsonObject, type JsonObject } from '../../json-object.js';
import type { Entry, Tables } from '../tables.js';
import { complete, missingRow, reason, refuse } from './checks.js';
import type { Candidate, Families, Family } from './family.js';
import { notAmong, type Reasons } from './rules.js';

const TEMPLATES = '/content/widget-templates';
const VERSIONS = `${TEMPLATES}/$versions`;
const WIDGETS = '/content/widgets';
const PAGE_WIDGETS = '/content/page-widgets';

/** The elements of a schema, and what each is made of (widgets.v3.yml). */
const SCHEMA_PARTS: Readonly<Record<string, string>> = { tab: 'sections', array: 'schema', hidden: 'settings' };
/** Returns what is wrong with the schema of a template; `undefined` if nothing is. */
function mistakeInSchema(schema: unknown): string | undefined {
  if (!Array.isArray(schema)) return 'must be an array';
  for (const element of schema) {
    const type = isJsonObject(element) ? String(element['type']) : '';
    const part = SCHEMA_PARTS[type];
    const parts = part === undefined ? undefined : asJsonObject(element)[part];
    if (part === undefined) return `has elements of the types ${Object.keys(SCHEMA_PARTS).join(', ')} only`;
    if (!Array.isArray(parts)) return `needs ${part} in an element of the type ${type}`;
    const mistake = type === 'array' ? mistakeInSchema(parts) : undefined;
    if (mistake !== undefined) return mistake;
  }
  return undefined;
}

function wrongSchema({ schema }: JsonObject): Reasons {
  const mistake = schema === undefined || schema === null ? undefined : mistakeInSchema(schema);
  return reason(mistake !== undefined, 'schema', mistake ?? '');
}

const TEMPLATE: Family = {
  filters: { widget_template_kind: ({ entry, expected }) => String(entry.values['kind'] ?? 'custom') === expected },
  refusalOf: ({ body }) => refuse(wrongSchema(body)),
  stored: ({ body, entry }) => (entry === undefined || body['create_new_version'] === true ? { current_version_uuid: randomUUID() } : {}),
  complete({ entry, tables }) {
    const { values } = entry;
    delete values['create_new_version'];
    complete({ entry }, { kind: 'custom', schema: [], storefront_api_query: '', icon_name: 'default', channel_id: 1 });
    complete({ entry }, { client_rerender: true, template_engine: 'handlebars_v3' });
    tables.of(VERSIONS).insert('version', { version: values['current_version_uuid'], values: { ...values } }, {});
  },
  // An older version is read by its identifier.
  show({ row, query, tables }) {
    const version = tables.of(VERSIONS).get(query['version_uuid'] ?? '', {});
    if (version !== undefined) Object.assign(row, asJsonObject(version.values['values']));
  },
};

const templateOf = ({ values }: Entry, tables: Tables): JsonObject =>
  tables.of(TEMPLATES).get(String(values['widget_template_uuid']), {})?.values ?? {};

/** Whether a widget is of a template of this kind. */
const isOfKind = (widget: Entry | undefined, kind: string, tables: Tables): boolean =>
  widget !== undefined && String(templateOf(widget, tables)['kind'] ?? 'custom') === kind;

const widgetOf = ({ values }: Entry, tables: Tables): Entry | undefined => tables.of(WIDGETS).get(String(values['widget_uuid']), {});

/** Whether the channel of an entry has one of these sites. */
const isAtSite = ({ entry, expected, tables }: Candidate): boolean =>
  expected.split(',').some((id) => {
    const channel = tables.of('/sites').get(id, {})?.values['channel_id'];
    return channel !== undefined && String(channel) === String(entry.values['channel_id'] ?? 1);
  });

const WIDGET: Family = {
  filters: {
    widget_template_kind: ({ entry, expected, tables }) => isOfKind(entry, expected, tables),
    'site_id:in': isAtSite,
  },
  refusalOf: ({ body, tables }) => refuse(missingRow(body, 'widget_template_uuid', TEMPLATES, tables)),
  complete({ body, entry, tables }) {
    const { current_version_uuid } = templateOf(entry, tables);
    if (body['upgrade'] === true) entry.values['version_uuid'] = current_version_uuid;
    delete entry.values['upgrade'];
    complete({ entry }, { description: '', widget_configuration: {}, storefront_api_query_params: {}, channel_id: 1 });
    complete({ entry }, { version_uuid: current_version_uuid });
  },
  // A widget has the version of the template with which it was made, until it is upgraded.
  show({ row, entry, tables }) {
    const version = tables.of(VERSIONS).get(String(entry.values['version_uuid']), {});
    const template = version === undefined ? templateOf(entry, tables) : asJsonObject(version.values['values']);
    if (Object.keys(template).length > 0) row['widget_template'] = template;
    delete row['widget_template_uuid'];
  },
};

const PLACEMENT: Family = {
  filters: {
    widget_template_kind: ({ entry, expected, tables }) => isOfKind(widgetOf(entry, tables), expected, tables),
    widget_template_uuid: ({ entry, expected, tables }) => widgetOf(entry, tables)?.values['widget_template_uuid'] === expected,
    'site_id:in': isAtSite,
  },
  refusalOf: ({ body, tables }) =>
    refuse(notAmong(body, { status: ['inactive', 'active'] }), missingRow(body, 'widget_uuid', WIDGETS, tables)),
  complete({ entry }) {
    complete({ entry }, { channel_id: 1, entity_id: '', sort_order: 1, region: '', status: 'inactive' });
  },
  show({ row, entry, tables }) {
    const widget = widgetOf(entry, tables);
    if (widget !== undefined) row['widget'] = { ...widget.values, widget_template: templateOf(widget, tables) };
    delete row['widget_uuid'];
  },
};

/** A page has one set of widgets: a new one replaces it. */
const PAGE_WIDGET: Family = {
  complete({ entry, tables }) {
    const pageOf = ({ values }: Entry): string =>
      JSON.stringify([values['channel_id'] ?? 1, values['template_file'] ?? '', values['entity_id'] ?? '']);
    complete({ entry }, { channel_id: 1, template_file: '', entity_id: '' });
    const table = tables.of(PAGE_WIDGETS);
    for (const other of table.list()) if (other !== entry && pageOf(other) === pageOf(entry)) table.delete(other);
  },
};

/** The custom templates of all themes, by what they show. */
export const CUSTOM_TEMPLATES: Readonly<Record<string, readonly string[]>> = {
  product: ['custom-product-1.html', 'custom-product-2.html'],
  category: ['custom-category-1.html'],
  brand: ['custom-brand-1.html'],
  page: ['custom-page-1.html'],
};

const ASSOCIATIONS = '/storefront/custom-template-associations';

/** Channel, kind and entity name one association: a second one replaces it (custom-template-associations.v3.yml). */
const ASSOCIATION: Family = {
  identified: ({ body, tables }) =>
    tables
      .of(ASSOCIATIONS)
      .list()
      .find(({ values }) => ['channel_id', 'entity_type', 'entity_id'].every((name) => values[name] === body[name])),
  refusalOf: ({ body, tables }) =>
    refuse(notAmong(body, { entity_type: ['product', 'category', 'brand', 'page'] }), missingRow(body, 'channel_id', '/channels', tables)),
  // It is valid if the theme has the file.
  complete({ entry: { values } }) {
    const files = CUSTOM_TEMPLATES[String(values['entity_type'])] ?? [];
    values['is_valid'] = files.includes(String(values['file_name']));
  },
};

/** A region is in the files of the theme that have it; those of all channels have the same. */
const REGION: Family = {
  filters: {
    template_file: ({ entry, expected }) => {
      const files = entry.values['template_files'];
      return !Array.isArray(files) || files.includes(expected.replace(/^templates\/|\.html$/g, ''));
    },
    channel_id: () => true,
  },
};

/** The rules of widgets (widgets.v3.yml, page-widgets.v3.yml). */
export const WIDGET_FAMILIES: Families = {
  'v3 /content/widget-templates': TEMPLATE,
  'v3 /content/widgets': WIDGET,
  'v3 /content/placements': PLACEMENT,
  'v3 /content/page-widgets': PAGE_WIDGET,
  'v3 /content/regions': REGION,
  [`v3 ${ASSOCIATIONS}`]: ASSOCIATION,
};
