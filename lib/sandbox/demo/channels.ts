import * as v3 from '../../resources/v3/index.js';
import { type DemoRows, rows } from './rows.js';
import { onDay } from './values.js';

const THEMES = ['11111111-1111-4111-8111-111111111111', '22222222-2222-4222-8222-222222222222'];
const VARIATIONS = ['11111111-1111-4111-8111-000000000001', '22222222-2222-4222-8222-000000000001'];
const CONFIGURATIONS = ['11111111-1111-4111-8111-0000000000c1', '22222222-2222-4222-8222-0000000000c1'];
const VERSIONS = ['11111111-1111-4111-8111-0000000000e1', '22222222-2222-4222-8222-0000000000e1'];

/** The channels of the store, their sites, themes and currencies. */
export function channels(): DemoRows[] {
  const dates = { date_created: onDay(0), date_modified: onDay(1) };
  const common = { platform: 'bigcommerce', external_id: '', is_listable_from_ui: true, is_visible: true, is_enabled: true, icon_url: '' };
  return [
    rows(v3.Channel, [
      { id: 1, name: 'Storefront', type: 'storefront', status: 'active', ...common, ...dates },
      { id: 2, name: 'Outlet', type: 'storefront', status: 'prelaunch', ...common, ...dates },
    ]),
    ...sites(),
    ...themes(),
    ...[1, 2].map((id) =>
      rows(v3.ChannelCurrencyAssignment, [{ enabled_currencies: id === 1 ? ['USD', 'GBP'] : ['USD'], default_currency: 'USD' }], {
        channel_id: String(id),
      }),
    ),
    rows(
      v3.ChannelMetafield,
      ['colour', 'season'].map((key, at) => ({
        id: 900_001 + at,
        permission_set: 'read',
        namespace: 'demo',
        key,
        value: 'blue',
        ...dates,
      })),
      { channel_id: '1' },
    ),
    rows(
      v3.StoreMetafield,
      ['owner', 'region'].map((key, at) => ({ id: 900_101 + at, permission_set: 'read', namespace: 'demo', key, value: 'demo', ...dates })),
    ),
  ];
}

function sites(): DemoRows[] {
  const hosts = ['sandbox.example.com', 'outlet.example.com'];
  const at = { created_at: onDay(0), updated_at: onDay(0) };
  const certificate = (host: string) => ({
    common_name: host,
    subject_alternative_names: [host],
    validity_not_before: onDay(0),
    validity_not_after: onDay(365),
    signing_algorithm: 'sha256WithRSAEncryption',
    issuer: 'Sandbox CA',
    certificate: '',
    intermediate_certificates: '',
  });
  const routes = ['product', 'category'];
  return [
    rows(
      v3.Site,
      hosts.map((host, index) => ({
        id: 1000 + index,
        url: `https://${host}`,
        channel_id: index + 1,
        ssl_status: 'dedicated',
        is_checkout_url_customized: false,
        urls: ['primary', 'canonical'].map((type) => ({ url: `https://${host}`, type, ...at })),
        ...at,
        routes: routes.map((type, number) => ({ id: index * 2 + number + 1, type, matching: '*', route: `/${type}/{slug}`, ...at })),
      })),
    ),
    rows(
      v3.Certificate,
      hosts.map((host, index) => ({ site_id: 1000 + index, ...certificate(host) })),
    ),
    ...hosts.map((host, index) =>
      rows(v3.SiteCertificate, [{ status: 'dedicated', installed_certificate: certificate(host) }], { site_id: String(1000 + index) }),
    ),
  ];
}

function themes(): DemoRows[] {
  const names = ['Cornerstone', 'Driftwood'];
  return [
    rows(
      v3.Theme,
      names.map((name, index) => ({
        uuid: THEMES[index],
        name,
        is_active: index === 0,
        is_private: index > 0,
        updated_at: onDay(index),
        version_uuid: VERSIONS[index],
        variations: [{ uuid: VARIATIONS[index], name: 'Light', description: 'A light look.', external_id: 'light' }],
      })),
    ),
    ...names.map((_, index) =>
      rows(
        v3.ThemeConfiguration,
        [
          {
            uuid: CONFIGURATIONS[index],
            theme_uuid: THEMES[index],
            variation_id: VARIATIONS[index],
            settings: { 'color-primary': '#757575', 'fontSize-root': 14 },
            site_id: 0,
            date_created: onDay(index),
          },
        ],
        { theme_uuid: THEMES[index] ?? '' },
      ),
    ),
    rows(
      v3.ThemeJob,
      [1, 2].map((number) => ({
        id: `33333333-3333-4333-8333-00000000000${number}`,
        status: 'COMPLETED',
        percent_complete: 100,
        errors: [],
        warnings: [],
        time: onDay(number),
        result: { theme_id: THEMES[number - 1] },
      })),
    ),
    ...[1, 2].map((channel) =>
      rows(
        v3.ChannelActiveTheme,
        [
          {
            active_theme_uuid: THEMES[0],
            active_theme_version_uuid: VERSIONS[0],
            active_theme_configuration_uuid: CONFIGURATIONS[0],
            saved_theme_configuration_uuid: CONFIGURATIONS[0],
          },
        ],
        { channel_id: String(channel) },
      ),
    ),
  ];
}
