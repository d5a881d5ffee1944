import { X509Certificate } from 'node:crypto';
import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import type { Entry, Tables } from '../tables.js';
import { complete, has, reason, refuse } from './checks.js';
import type { Change, Families, Family } from './family.js';
import { notAmong, type Reasons } from './rules.js';

const SITES = '/sites';
const CERTIFICATES = '/sites/certificates';
const YEAR_MS = 31_536_000_000;

/** Returns the site of a channel. */
export const siteOf = (channel: unknown, tables: Tables): Entry | undefined =>
  tables
    .of(SITES)
    .list()
    .find(({ values }) => String(values['channel_id']) === String(channel));

const isAddress = (text: unknown): boolean => URL.canParse(String(text)) && /^https?:$/.test(new URL(String(text)).protocol);

function wrongChannel({ body, entry, tables }: Change): Reasons {
  if (entry !== undefined) return {};
  const isTaken = has(body, 'channel_id') && siteOf(body['channel_id'], tables) !== undefined;
  return {
    ...reason(!has(body, 'channel_id'), 'channel_id', 'is required'),
    ...reason(isTaken, 'channel_id', 'has a site already'),
  };
}

/** Returns the addresses of a site after a change of one of them. */
export function urlsWith(values: JsonObject, type: string, url: unknown, now: string): JsonObject[] {
  const others = jsonObjectsIn(values['urls']).filter((each) => each['type'] !== type);
  const old = jsonObjectsIn(values['urls']).find((each) => each['type'] === type);
  return [{ url, type, created_at: old?.['created_at'] ?? now, updated_at: now }, ...others];
}

const SITE: Family = {
  filters: {
    'url_type:in': ({ entry, expected }) =>
      jsonObjectsIn(entry.values['urls']).some(({ type }) => expected.split(',').includes(String(type))),
  },
  refusalOf: (change) =>
    refuse(
      reason(change.entry === undefined && !has(change.body, 'url'), 'url', 'is required'),
      reason(has(change.body, 'url') && !isAddress(change.body['url']), 'url', 'must have a scheme and a host'),
      wrongChannel(change),
    ),
  stored({ body, entry, tables }) {
    const channel_id = entry?.values['channel_id'] ?? body['channel_id'];
    if (!has(body, 'url')) return { channel_id };
    const now = tables.clock.iso();
    const primary = urlsWith(entry?.values ?? {}, 'primary', body['url'], now);
    return { channel_id, urls: entry === undefined ? [...primary, { ...primary[0], type: 'canonical' }] : primary };
  },
  complete({ entry }) {
    complete({ entry }, { ssl_status: 'shared', is_checkout_url_customized: false, urls: [] });
  },
};

/** The kinds of pages that have routes (sites.v3.yml, route types); a guide adds `logout`, the schema `page`. */
const ROUTES = [
  ...['product', 'brand', 'category', 'page', 'blog', 'home', 'cart', 'checkout', 'search', 'account', 'login', 'returns', 'static'],
  ...['create_account', 'forgot_password', 'account_order_status', 'account_new_return', 'recover_abandoned_cart', 'logout'],
];

const ROUTE: Family = {
  refusalOf({ body, entry }) {
    const values = { ...entry?.values, ...body };
    return refuse(
      notAmong(body, { type: ROUTES }),
      ...['type', 'matching', 'route'].map((name) => reason(!has(values, name), name, 'is required')),
    );
  },
};

/** Returns what a certificate says about itself; for a text that is none, what one of the site would say. */
function described(certificate: JsonObject, url: unknown, now: number): JsonObject {
  const text = String(certificate['certificate'] ?? '');
  const common_name = isAddress(url) ? new URL(String(url)).hostname : String(url ?? '');
  const usual = {
    common_name,
    subject_alternative_names: [common_name],
    validity_not_before: new Date(now).toISOString(),
    validity_not_after: new Date(now + YEAR_MS).toISOString(),
    issuer: 'Sandbox CA',
  };
  return {
    ...usual,
    ...readCertificate(text),
    signing_algorithm: 'sha256WithRSAEncryption',
    certificate: text,
    intermediate_certificates: String(certificate['intermediate_certificates'] ?? ''),
  };
}

function readCertificate(text: string): JsonObject {
  try {
    const { subject, subjectAltName, issuer, validFrom, validTo } = new X509Certificate(text);
    return {
      common_name: /CN=(.+)/.exec(subject)?.[1] ?? subject,
      subject_alternative_names: (subjectAltName ?? '').split(', ').map((name) => name.replace(/^DNS:/, '')),
      issuer,
      validity_not_before: new Date(validFrom).toISOString(),
      validity_not_after: new Date(validTo).toISOString(),
    };
  } catch {
    return {};
  }
}

const CERTIFICATE: Family = {
  initial: { status: 'shared', installed_certificate: null },
  refusalOf({ body }) {
    const certificate = asJsonObject(body['certificate']);
    const missing = ['certificate', 'private_key'].filter((name) => !has(certificate, name));
    return refuse(...missing.map((name) => ({ [`certificate.${name}`]: 'is required' })));
  },
  // The domain that has a certificate gets the new one.
  complete({ body, entry, tables }) {
    const site_id = Number(entry.parents['site_id']);
    const site = tables.of(SITES).get(String(site_id), {});
    const installed = described(asJsonObject(body['certificate']), body['url'] ?? site?.values['url'], tables.clock.now());
    const old = tables.of(CERTIFICATES).get(String(site_id), {});
    if (old === undefined) tables.of(CERTIFICATES).insert('site_id', { site_id, ...installed }, {});
    else Object.assign(old.values, installed);
    if (site !== undefined) site.values['ssl_status'] = 'dedicated';
    Object.assign(entry.values, { status: 'dedicated', installed_certificate: installed });
  },
  // What was sent is never read back.
  show({ row }) {
    delete row['url'];
    delete row['certificate'];
  },
};

/** The rules of sites (sites.v3.yml). */
export const SITE_FAMILIES: Families = {
  'v3 /sites': SITE,
  'v3 /sites/:site_id/routes': ROUTE,
  'v3 /sites/:site_id/certificate': CERTIFICATE,
};
