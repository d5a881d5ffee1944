import type { JsonObject } from '../../json-object.js';
import { includedIn } from '../selection.js';
import { complete, has, missingRow, reason, refuse } from './checks.js';
import type { Change, Families, Family, Shown, StoredChange } from './family.js';
import { notAmong, pathFor, type Reasons } from './rules.js';

const PAGES = '/content/pages';
const LONGEST_NAME = 100;

/** What a page of a type must have (pages.v3.yml). */
const REQUIRED: Readonly<Record<string, string>> = { link: 'link', raw: 'body' };

/** The type is checked whenever a page is created or its type changes. */
function missingForType({ body, entry }: Change): Reasons {
  const type = String(body['type'] ?? entry?.values['type']);
  const name = REQUIRED[type];
  const isMissing = name !== undefined && !has({ ...entry?.values, ...body }, name);
  return reason(isMissing, name ?? '', `is required for a page of the type ${type}`);
}

/** A name is that of one page of a channel. */
function nameTaken({ body, entry, tables }: Change): Reasons {
  const channel = (values: JsonObject): string => String(values['channel_id'] ?? 1);
  const own = channel({ ...entry?.values, ...body });
  const isTaken =
    has(body, 'name') &&
    tables
      .of(PAGES)
      .list()
      .some((page) => page !== entry && channel(page.values) === own && page.values['name'] === body['name']);
  return reason(isTaken, 'name', 'is the name of another page');
}

const DEFAULTS: JsonObject = {
  channel_id: 1,
  is_visible: true,
  parent_id: 0,
  sort_order: 0,
  is_homepage: false,
  is_customers_only: false,
  meta_title: '',
  meta_keywords: '',
  meta_description: '',
  search_keywords: '',
  body: '',
  content_type: 'text/html',
};

/** A channel has one home page: it is no longer the one that was. */
function leaveOneHomepage({ body, entry, tables }: StoredChange): void {
  if (body['is_homepage'] !== true) return;
  for (const page of tables.of(PAGES).list())
    if (page !== entry && page.values['channel_id'] === entry.values['channel_id']) page.values['is_homepage'] = false;
}

/** What only V2 has, for the themes of its time. */
const LEGACY: JsonObject = { layout_file: 'page.html', has_mobile_version: false, mobile_body: '' };

const page = (types: readonly string[], show: Family['show']): Family => ({
  show,
  refusalOf: (change) =>
    refuse(
      notAmong(change.body, { type: types }),
      reason(String(change.body['name'] ?? '').length > LONGEST_NAME, 'name', `may have ${LONGEST_NAME} characters at most`),
      missingForType(change),
      nameTaken(change),
      missingRow(change.body, 'parent_id', PAGES, change.tables),
    ),
  complete(change) {
    const { values } = change.entry;
    const contact = values['type'] === 'contact_form' ? { email: '', contact_fields: 'fullname,companyname,phone,orderno,rma' } : {};
    complete(change, { ...DEFAULTS, ...contact, url: values['type'] === 'link' ? values['link'] : pathFor(values['name']) });
    leaveOneHomepage(change);
  },
});

function showLegacy({ row }: Shown): void {
  for (const [name, value] of Object.entries(LEGACY)) row[name] ??= value;
}

/** V3 shows the content where it is asked for (pages.v3.yml, includeQuery). */
function showV3({ row, query }: Shown): void {
  if (!includedIn(query).has('body')) delete row['body'];
}

/** The rules of pages in both generations (pages.v3.yml, store_content.v2.yml). */
export const PAGE_FAMILIES: Families = {
  'v2 /pages': page(['page', 'contact_form', 'raw', 'link'], showLegacy),
  'v3 /content/pages': page(['page', 'raw', 'contact_form', 'link', 'blog'], showV3),
};
