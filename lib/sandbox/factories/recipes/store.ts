import * as v3 from '../../../resources/v3/index.js';
import type { Draft, Recipe, Recipes } from '../recipe.js';

const metafield: Recipe = ({ n }) => ({ permission_set: 'app_only', namespace: 'tests', key: `key-${n}`, value: `value-${n}` });

/** The paths of whatever has metafields. */
const WITH_METAFIELDS = [
  '/catalog/brands/:brand_id',
  '/carts/:cart_id',
  '/catalog/categories/:category_id',
  '/channels/:channel_id',
  '/customers/:customer_id',
  '/inventory/locations/:location_id',
  '/orders/:order_id',
  '/catalog/products/:product_id',
  '/catalog/products/:product_id/variants/:variant_id',
  '/store',
];

const url = ({ n }: Draft): string => `https://shop-${n}.example.com`;
const webhook: Recipe = (draft) => ({ scope: 'store/order/created', destination: `${url(draft)}/hooks` });

/** Channels, content, shipping and the store itself. */
export const STORE_RECIPES: Recipes = {
  ...Object.fromEntries(WITH_METAFIELDS.map((path) => [`v3 ${path}/metafields`, metafield])),
  'v2 /banners': ({ n }) => ({ name: `Banner ${n}`, content: '<p>Welcome</p>', page: 'home_page', location: 'top', date_type: 'always' }),
  'v2 /blog/posts': ({ n }) => ({ title: `Post ${n}`, body: '<p>News</p>' }),
  'v2 /pages': ({ n }) => ({ name: `Page ${n}`, body: '<p>About us</p>', type: 'page' }),
  'v2 /redirects': ({ n }) => ({ path: `/old-${n}`, forward: { type: 'manual', ref: `/new-${n}` } }),
  'v2 /shipping/zones': ({ n }) => ({ name: `Zone ${n}`, type: 'country', locations: [{ country_iso2: 'US' }] }),
  'v2 /shipping/zones/:zone_id/methods': ({ n }) => ({
    name: `Method ${n}`,
    type: 'perorder',
    settings: { rate: 5 },
    enabled: true,
  }),
  'v2 /hooks': webhook,
  'v3 /hooks': webhook,
  'v3 /marketing/abandoned-cart-emails': () => ({
    notify_at_minutes: 60,
    is_active: false,
    template: { subject: 'Your cart', body: '<p>Come back</p>', translations: [] },
  }),
  'v3 /channels': ({ n }) => ({ name: `Channel ${n}`, type: 'storefront', platform: 'custom', status: 'active' }),
  'v3 /channels/:channel_id/listings': (draft) => {
    const product = once(() => draft.fresh(v3.Product));
    return {
      product_id: product,
      state: 'active',
      variants: () => [{ product_id: product(), variant_id: variantOf(draft, product()), state: 'active' }],
    };
  },
  'v3 /channels/:channel_id/channel-menus': ({ n }) => ({
    bigcommerce_protected_app_sections: ['storefront_settings'],
    custom_app_sections: [{ title: `Section ${n}`, query_path: `section-${n}` }],
  }),
  'v3 /channels/:channel_id/site': (draft) => ({ url: url(draft) }),
  'v3 /content/pages': ({ n }) => ({ name: `Page ${n}`, type: 'page', body: '<p>About us</p>' }),
  'v3 /content/page-widgets': ({ n }) => ({ regions: [{ name: `region-${n}`, widgets: [] }], template_file: 'pages/home' }),
  'v3 /content/placements': (draft) => ({
    template_file: 'pages/home',
    region: 'home_below_featured_products',
    widget_uuid: () => draft.fresh(v3.Widget),
  }),
  'v3 /content/scripts': ({ n }) => ({
    name: `Script ${n}`,
    src: `https://scripts.example.com/${n}.js`,
    kind: 'src',
    load_method: 'default',
  }),
  'v3 /content/widgets': (draft) => ({
    name: `Widget ${draft.n}`,
    widget_template_uuid: () => draft.fresh(v3.WidgetTemplate),
    widget_configuration: {},
  }),
  'v3 /content/widget-templates': ({ n }) => ({ name: `Template ${n}`, template: '<p>{{text}}</p>', schema: [] }),
  'v3 /inventory/locations': ({ n }) => ({
    code: `LOCATION-${n}`,
    label: `Location ${n}`,
    managed_by_external_source: false,
    type_id: 'PHYSICAL',
    time_zone: 'America/Chicago',
    address: {
      address1: `${n} Main Street`,
      city: 'Austin',
      state: 'Texas',
      zip: '78701',
      country_code: 'US',
      email: 'shop@example.com',
      geo_coordinates: { latitude: 30.27, longitude: -97.74 },
    },
  }),
  'v3 /settings/search/filters/contexts': (draft) => ({
    channel_id: () => draft.some(v3.Channel),
    data: [],
  }),
  'v3 /shipping/products/customs-information': (draft) => ({
    product_id: () => draft.fresh(v3.Product),
    country_of_origin: 'US',
    commodity_description: 'Household goods',
    international_shipping: true,
    hs_codes: { ALL: '691110' },
  }),
  'v3 /sites': (draft) => ({ url: url(draft), channel_id: () => draft.fresh(v3.Channel) }),
  'v3 /sites/:site_id/routes': () => ({ type: 'product', matching: '*', route: '/products/{slug}' }),
  'v3 /storefront/custom-template-associations': (draft) => ({
    channel_id: () => draft.some(v3.Channel),
    entity_type: 'product',
    entity_id: () => draft.fresh(v3.Product),
    file_name: 'custom-product.html',
  }),
  'v3 /storefront/redirects': (draft) => ({
    from_path: `/old-${draft.n}`,
    site_id: () => draft.some(v3.Site),
    to: { type: 'url', url: `/new-${draft.n}` },
  }),
};

/** Makes something when it is first needed, and keeps it. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => (made ??= { value: make() }).value;
}

const variantOf = (draft: Draft, product_id: unknown): unknown =>
  draft.rows(v3.ProductVariant, { product_id: String(product_id) })[0]?.['id'] ?? product_id;
