/** What the guides show and the descriptions lack. spec/contract/guides.spec.ts reads it with the models. */
const SOURCE = 'https://github.com/bigcommerce/docs/blob/main/docs';

const shownNull = (operation, names, guide) =>
  names.map((name) => ({
    operation,
    field: `row.${name}`,
    kind: 'nullability',
    reason: 'A guide shows null in a response.',
    link: `${SOURCE}/${guide}`,
  }));

const shownField = (operation, names, guide) =>
  names.map((name) => ({ operation, field: `row.${name}`, reason: 'A guide sends or shows it.', link: `${SOURCE}/${guide}` }));

const TEMPLATES = ['client_rerender', 'schema_translations'];

export const GUIDES = [
  {
    operation: 'GET /v3/sites/{}/routes',
    field: 'row.type',
    kind: 'enum',
    reason: 'The text of the description and a guide have more types of routes than its schema.',
    link: 'https://github.com/bigcommerce/docs/blob/main/reference/sites.v3.yml',
  },
  ...shownNull(
    'GET /v3/promotions',
    ['max_uses', 'schedule', 'shipping_address'],
    'store-operations/promotions/examples/brand.mdx',
  ),
  ...shownNull('GET /v3/pricelists/{}/records', ['map_price', 'retail_price', 'sale_price'], 'store-operations/currencies/guide.mdx'),
  ...shownNull('GET /v3/store/systemlogs', ['message'], 'store-operations/settings/logs.mdx'),
  ...shownNull('GET /v3/catalog/products', ['base_variant_id'], 'store-operations/catalog/migration/guide.mdx'),
  ...shownField('GET /v2/order_statuses', ['order'], 'store-operations/orders/index.mdx'),
  ...shownField('GET /v3/sites/{}/routes', ['created_at', 'updated_at'], 'storefront/headless/cart-checkout/abandoned-carts.mdx'),
  ...shownField('GET /v3/content/widget-templates', [...TEMPLATES, 'template_engine'], 'storefront/widgets/guide/graphql-templates.mdx'),
  ...shownField('POST /v3/content/widget-templates', TEMPLATES, 'storefront/widgets/localization.mdx'),
  ...shownField('GET /v3/channels', ['app'], 'integrations/apps/guide/id.mdx'),
  ...shownField('POST /v3/channels', ['app'], 'integrations/apps/guide/id.mdx'),
  ...['GET response', 'POST response', 'POST body', 'PUT response', 'PUT body'].map((each) => ({
    operation: `${each.split(' ')[0]} /v2/shipping/zones/{}/methods*`,
    field: `${each.split(' ')[1]}.type`,
    kind: 'enum',
    reason: 'A carrier of an app has the type carrier_ with its number.',
    link: `${SOURCE}/integrations/shipping.mdx`,
  })),
];
