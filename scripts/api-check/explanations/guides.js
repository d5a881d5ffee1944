import { GUIDES } from './sources.js';

const shownNull = (operation, names, guide) =>
  names.map((name) => ({
    operation,
    field: `row.${name}`,
    kind: 'nullability',
    reason: 'A guide shows null in a response.',
    link: `${GUIDES}/${guide}`,
  }));

const shownField = (operation, names, guide) =>
  names.map((name) => ({ operation, field: `row.${name}`, reason: 'A guide sends or shows it.', link: `${GUIDES}/${guide}` }));

/** What the guides show and the descriptions lack. spec/contract/guides.spec.ts reads it with the models. */
export const SHOWN_IN_GUIDES = [
  ...shownNull(
    'GET /v3/promotions',
    ['max_uses', 'schedule', 'shipping_address'],
    'store-operations/promotions/examples/brand.mdx',
  ),
  ...shownNull('GET /v3/pricelists/{}/records', ['map_price', 'retail_price', 'sale_price'], 'store-operations/currencies/guide.mdx'),
  ...shownNull('GET /v3/store/systemlogs', ['message'], 'store-operations/settings/logs.mdx'),
  ...shownNull('GET /v3/catalog/products', ['base_variant_id'], 'store-operations/catalog/migration/guide.mdx'),
  ...shownField('GET /v2/order_statuses', ['order'], 'store-operations/orders/index.mdx'),
];
