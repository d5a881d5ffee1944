import type { JsonObject } from '../../json-object.js';
import { includedIn } from '../selection.js';
import type { Entry, Tables } from '../tables.js';
import { complete, has, reason, refuse } from './checks.js';
import type { Change, Families, Family } from './family.js';
import { notAmong, type Reasons } from './rules.js';
import { CUSTOM_TEMPLATES } from './widgets.js';

const CURRENCIES = '/channels/:channel_id/currency-assignments';

const TYPES = ['pos', 'marketplace', 'storefront', 'marketing'];
/** Platforms by the type of their channels; `custom` goes with all, `google` and its like with two (channels.v3.yml, Channel platforms). */
const PLATFORMS: Readonly<Record<string, readonly string[]>> = {
  pos: ['clover', 'square', 'stripe', 'talech', 'vend'],
  marketplace: [
    ...['amazon', 'belk', 'catch', 'ebay', 'etsy', 'facebook', 'hudsons_bay', 'google', 'instagram', 'macys', 'meta', 'mirakl'],
    ...['overstock', 'pinterest', 'target_plus', 'tiktok', 'wayfair', 'wish', 'walmart'],
  ],
  storefront: ['acquia', 'bigcommerce', 'bloomreach', 'catalyst', 'deity', 'drupal', 'gatsby', 'next', 'vue', 'wordpress'],
  marketing: ['facebook', 'google', 'google_shopping', 'instagram', 'meta', 'microsoft'],
};
const KNOWN_PLATFORMS = new Set(Object.values(PLATFORMS).flat());

/** Statuses that a client may set, by the type of the channel (channels.v3.yml). The guide of storefronts creates one as `connected`. */
const CONNECTIONS = ['connected', 'disconnected', 'archived', 'deleted'];
const STATUSES: Readonly<Record<string, readonly string[]>> = {
  storefront: ['prelaunch', 'active', 'inactive', 'connected', 'archived', 'deleted'],
  marketing: CONNECTIONS,
  marketplace: CONNECTIONS,
  pos: CONNECTIONS,
};
/** Statuses that a client cannot give a new channel, or an old one. */
const NOT_FOR_NEW = ['deleted', 'terminated'];
const NOT_FOR_OLD = ['prelaunch', 'terminated'];
const ENABLED = ['active', 'prelaunch', 'connected'];

const usualStatus = (type: unknown): string => (type === 'storefront' ? 'active' : 'connected');

function wrongStatus({ body, entry }: Change): Reasons {
  const { status } = body;
  const type = String(entry?.values['type'] ?? body['type']);
  const excluded = entry === undefined ? NOT_FOR_NEW : NOT_FOR_OLD;
  const allowed = (STATUSES[type] ?? []).filter((each) => !excluded.includes(each));
  return STATUSES[type] === undefined ? {} : notAmong({ status }, { status: allowed });
}

/** A platform that is documented goes with its type only. */
function wrongPlatform({ body: { type, platform }, entry }: Change): Reasons {
  const isWrong = KNOWN_PLATFORMS.has(String(platform)) && !(PLATFORMS[String(type)] ?? []).includes(String(platform));
  return reason(
    entry === undefined && type !== undefined && isWrong,
    'platform',
    `${String(platform)} is not for the type ${String(type)}`,
  );
}

const CHANNEL: Family = {
  refusalOf(change) {
    if (change.entry?.values['status'] === 'deleted') return refuse({ status: 'of a deleted channel cannot be changed' });
    return refuse(notAmong(change.body, { type: TYPES }), wrongStatus(change), wrongPlatform(change));
  },
  stored({ body, entry }) {
    // Set once, in a new channel.
    const { type, platform } = entry?.values ?? body;
    const status = body['status'] ?? entry?.values['status'] ?? usualStatus(type);
    return { type, platform, status, is_enabled: ENABLED.includes(String(status)) };
  },
  complete({ entry }) {
    complete({ entry }, { external_id: '', is_listable_from_ui: false, is_visible: true, icon_url: '' });
  },
  show({ row, entry, query, tables }) {
    delete row['currencies'];
    if (includedIn(query).has('currencies')) row['currencies'] = { channel_id: Number(entry.key), ...currenciesOf(entry.key, tables) };
  },
};

/** The default currency of the store, which a channel has unless it is assigned others. */
function defaultCurrency(tables: Tables): string {
  const all = tables.of('/currencies').list();
  return String(all.find(({ values }) => values['is_default'] === true)?.values['currency_code'] ?? 'USD');
}

const defaultsOf = (tables: Tables): JsonObject => {
  const currency = defaultCurrency(tables);
  return { enabled_currencies: [currency], default_currency: currency };
};

function currenciesOf(channel_id: string, tables: Tables): JsonObject {
  const [own] = tables.of(CURRENCIES).list({ channel_id });
  return { ...defaultsOf(tables), ...own?.values };
}

/** A channel sells in currencies of the store, the default one among them. */
const ASSIGNMENT: Family = {
  refusalOf({ body, tables }) {
    const { enabled_currencies: enabled, default_currency: usual } = body;
    const known = new Set(
      tables
        .of('/currencies')
        .list()
        .map(({ values }) => values['currency_code']),
    );
    const codes = Array.isArray(enabled) ? enabled : [];
    const unknown = codes.filter((code) => known.size > 0 && !known.has(code));
    const isOutside = has(body, 'default_currency') && Array.isArray(enabled) && !enabled.includes(usual);
    return refuse(
      reason(unknown.length > 0, 'enabled_currencies', `${unknown.join(', ')} is no currency of the store`),
      reason(isOutside, 'default_currency', 'must be one of the enabled currencies'),
    );
  },
  show({ row, tables }) {
    for (const [name, value] of Object.entries(defaultsOf(tables))) row[name] ??= value;
  },
};

const activeTheme = (tables: Tables): Entry | undefined => {
  const themes = tables.of('/themes').list();
  return themes.find(({ values }) => values['is_active'] === true) ?? themes[0];
};

/** A channel has the active theme of the store until it gets one of its own. */
const ACTIVE_THEME: Family = {
  show({ row, tables }) {
    const theme = activeTheme(tables);
    if (theme === undefined) return;
    const [configuration] = tables.of('/themes/:theme_uuid/configurations').list({ theme_uuid: theme.key });
    row['active_theme_uuid'] ??= theme.key;
    row['active_theme_version_uuid'] ??= theme.values['version_uuid'] ?? theme.key;
    row['active_theme_configuration_uuid'] ??= configuration?.key ?? theme.key;
    row['saved_theme_configuration_uuid'] ??= row['active_theme_configuration_uuid'];
  },
};

/** The rules of channels (channels.v3.yml). */
export const CHANNEL_FAMILIES: Families = {
  'v3 /channels': CHANNEL,
  'v3 /channels/:channel_id/currency-assignments': ASSIGNMENT,
  'v3 /channels/currency-assignments': ASSIGNMENT,
  'v3 /channels/:channel_id/active-theme': ACTIVE_THEME,
  'v3 /channels/:channel_id/channel-menus': { initial: { bigcommerce_protected_app_sections: [], custom_app_sections: [] } },
  'v3 /themes/:theme_uuid/configurations': {
    filters: {
      variation_uuid: ({ entry, expected }) => entry.values['variation_id'] === expected,
      'channel_id:in': ({ entry, expected, tables }) =>
        expected.split(',').some((channel) => {
          const [active] = tables.of('/channels/:channel_id/active-theme').list({ channel_id: channel });
          return (active?.values['active_theme_uuid'] ?? activeTheme(tables)?.key) === entry.parents['theme_uuid'];
        }),
    },
  },
  'v3 /themes/custom-templates/:version_uuid': { initial: { ...CUSTOM_TEMPLATES } },
};
