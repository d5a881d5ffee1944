import { asJsonObject, isJsonObject, type JsonObject } from '../../json-object.js';
import { includedIn } from '../selection.js';
import type { Entry, Tables } from '../tables.js';
import { has, reason, refuse } from './checks.js';
import type { Families, Family } from './family.js';
import { notAmong, type Reasons } from './rules.js';

const REDIRECTS = '/storefront/redirects';
const SITES = '/sites';
const LONGEST_URL = 2048;
const FIRST_SITE = 1000;

/** Where each kind of page is stored, and the attribute with its path. */
const PAGES: Readonly<Record<string, readonly [path: string, url: string]>> = {
  product: ['/catalog/products', 'custom_url'],
  brand: ['/catalog/brands', 'custom_url'],
  category: ['/catalog/categories', 'custom_url'],
  page: ['/content/pages', 'url'],
  post: ['/blog/posts', 'url'],
};

const TYPES = [...Object.keys(PAGES), 'url'];

/** Returns what is wrong with the target of a redirect, by field. */
export function wrongTarget(to: unknown): Reasons {
  if (to === undefined) return {};
  if (!isJsonObject(to)) return { to: 'must be an object' };
  const { type, url, entity_id } = to;
  const wrongType = notAmong(to, { type: TYPES });
  if (wrongType['type'] !== undefined || type === undefined) return { 'to.type': wrongType['type'] ?? 'is required' };
  if (type !== 'url')
    return reason(!Number.isInteger(Number(entity_id ?? Number.NaN)), 'to.entity_id', `is required for the type ${String(type)}`);
  if (!has(to, 'url')) return { 'to.url': 'is required for the type url' };
  return reason(String(url).length > LONGEST_URL, 'to.url', `may have ${LONGEST_URL} characters at most`);
}

/** Returns the address of the site of a redirect. */
const siteUrl = (site: unknown, tables: Tables): string =>
  String(tables.of(SITES).get(String(site ?? FIRST_SITE), {})?.values['url'] ?? 'https://sandbox.example.com');

/** Returns the path of a page of the store. */
function pathOf(type: unknown, key: unknown, tables: Tables): string {
  const [path, attribute] = PAGES[String(type)] ?? [];
  const values = path === undefined ? undefined : tables.of(path).get(String(key), {})?.values;
  const address = values?.[attribute ?? ''];
  return String((isJsonObject(address) ? address['url'] : address) ?? '/');
}

/** Returns the whole address that a redirect leads to. */
export function targetUrl({ to, site_id }: JsonObject, tables: Tables): string {
  const { type, url, entity_id } = asJsonObject(to);
  const path = type === 'url' ? String(url ?? '/') : pathOf(type, entity_id, tables);
  return URL.canParse(path) ? path : `${siteUrl(site_id, tables)}${path}`;
}

/** The targets of V2: `manual` is an address. */
const forwardOf = ({ type, url, entity_id }: JsonObject): JsonObject =>
  type === 'url' ? { type: 'manual', ref: url } : { type, ref: entity_id };
const targetOf = ({ type, ref }: JsonObject): JsonObject => (type === 'manual' ? { type: 'url', url: ref } : { type, entity_id: ref });

/** Returns the redirect of a path of a site. */
export const redirectOf = (from_path: unknown, site: unknown, tables: Tables): Entry | undefined =>
  tables
    .of(REDIRECTS)
    .list()
    .find(({ values }) => values['from_path'] === from_path && String(values['site_id'] ?? FIRST_SITE) === String(site ?? FIRST_SITE));

const V3: Family = {
  // One path of a site has one redirect: a second one replaces it.
  identified: ({ body, tables }) => redirectOf(body['from_path'], body['site_id'], tables),
  refusalOf: ({ body }) => refuse(wrongTarget(body['to'])),
  stored: ({ body }) => ({
    ...(has(body, 'from_path') ? { path: body['from_path'] } : {}),
    ...(isJsonObject(body['to']) ? { forward: forwardOf(body['to']) } : {}),
  }),
  show({ row, entry, query, tables }) {
    delete row['to_url'];
    if (includedIn(query).has('to_url')) row['to_url'] = targetUrl(entry.values, tables);
  },
};

const V2: Family = {
  refusalOf({ body, entry, tables }) {
    const { path, forward } = body;
    const isTaken = has(body, 'path') && redirectOf(path, undefined, tables) !== undefined && path !== entry?.values['path'];
    const target = isJsonObject(forward) ? wrongTarget(targetOf(forward)) : {};
    return refuse(reason(isTaken, 'path', 'has a redirect already'), reason(Object.keys(target).length > 0, 'forward', 'is no target'));
  },
  stored: ({ body, entry }) => ({
    site_id: entry?.values['site_id'] ?? FIRST_SITE,
    ...(has(body, 'path') ? { from_path: body['path'] } : {}),
    ...(isJsonObject(body['forward']) ? { to: targetOf(body['forward']) } : {}),
  }),
  show({ row, entry: { values }, tables }) {
    row['path'] ??= values['from_path'];
    row['forward'] ??= forwardOf(asJsonObject(values['to']));
    row['url'] = targetUrl(values, tables);
  },
};

/** The rules of redirects: both generations show the same ones (redirects.v3.yml, store_content.v2.yml). */
export const REDIRECT_FAMILIES: Families = { 'v2 /redirects': V2, 'v3 /storefront/redirects': V3 };
