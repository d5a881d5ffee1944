import type { Check } from './check.js';
import type { Probe } from './probe.js';

/** A family of resources that one scope of OAuth opens, and a harmless list in it. */
interface Family {
  /** As the control panel calls the scope. */
  readonly name: string;
  /** The scope, without `_read_only`. */
  readonly scope: string;
  readonly version: 'v2' | 'v3';
  readonly path: string;
}

/** The scopes that a list proves (start/authentication/api-accounts). */
const FAMILIES: readonly Family[] = [
  { name: 'Products', scope: 'store_v2_products', version: 'v3', path: '/catalog/products' },
  { name: 'Orders', scope: 'store_v2_orders', version: 'v2', path: '/orders' },
  { name: 'Customers', scope: 'store_v2_customers', version: 'v3', path: '/customers' },
  { name: 'Information & settings', scope: 'store_v2_information', version: 'v2', path: '/store' },
  { name: 'Content', scope: 'store_v2_content', version: 'v3', path: '/content/pages' },
  { name: 'Checkout content', scope: 'store_content_checkout', version: 'v3', path: '/content/scripts' },
  { name: 'Marketing', scope: 'store_v2_marketing', version: 'v2', path: '/coupons' },
  { name: 'Channel settings', scope: 'store_channel_settings', version: 'v3', path: '/channels' },
  { name: 'Channel listings', scope: 'store_channel_listings', version: 'v3', path: '/channels/1/listings' },
  { name: 'Sites & routes', scope: 'store_sites', version: 'v3', path: '/sites' },
  { name: 'Themes', scope: 'store_themes_manage', version: 'v3', path: '/themes' },
  { name: 'Store locations', scope: 'store_locations', version: 'v3', path: '/inventory/locations' },
  { name: 'Store inventory', scope: 'store_inventory', version: 'v3', path: '/inventory/items' },
];

/** What has no list that any store has. */
const UNPROVED = ['Carts', 'Checkouts', 'Order transactions', 'Create payments', 'Stored payment instruments', 'Storefront API tokens'];

/** Checks what the token may read, by the first row of a list of each family. */
export async function scopeChecks(probe: Probe): Promise<Check[]> {
  const found = await Promise.all(
    FAMILIES.map(async ({ name, scope, version, path }) => {
      const { status, reason = '' } = await probe.read(version, path, path === '/store' ? {} : { limit: 1 });
      return { name, label: `${name} (${scope})`, scope, status, reason };
    }),
  );
  const readable = found.filter(({ status }) => status !== undefined && status < 300);
  const refused = found.filter(({ status }) => status === 403);
  const unclear = found.filter((each) => !readable.includes(each) && !refused.includes(each));
  const labels = (all: typeof found): string => all.map(({ label }) => label).join(', ');
  return [
    {
      name: 'scopes',
      status: 'ok',
      message:
        readable.length === 0 ? 'the token reads nothing that was tried' : `the token reads ${readable.map(({ name }) => name).join(', ')}`,
      data: { readable: readable.map(({ scope }) => scope) },
    },
    ...(refused.length === 0 ? [] : [note(`the token may not read ${labels(refused)}`, { refused: refused.map(({ scope }) => scope) })]),
    ...unclear.map(
      ({ label, status, reason }): Check => ({ name: 'scopes', status: 'unknown', message: `${label}: ${reason}`, data: { status } }),
    ),
    {
      name: 'scopes',
      status: 'unknown',
      message: `not proved by reading: whether the token may write, and ${UNPROVED.join(', ')}`,
      data: { unproved: ['write', ...UNPROVED] },
    },
  ];
}

const note = (message: string, data: Check['data']): Check => ({
  name: 'scopes',
  status: 'note',
  message,
  ...(data === undefined ? {} : { data }),
});
