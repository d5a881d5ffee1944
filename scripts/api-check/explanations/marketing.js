import { GUIDES, REFERENCE } from './sources.js';

const PROMOTIONS = `${GUIDES}/store-operations/promotions`;

/** Promotions, coupons, gift certificates, banners, e-mail templates, tax, shipping. */
export const MARKETING = [
  {
    operation: 'GET /v2/coupons',
    field: 'row.restricted_to',
    kind: 'type',
    reason: 'The text of the list shows an empty array for the codes of promotions.',
    link: `${REFERENCE}/marketing.v2.yml`,
  },
  {
    operation: 'GET /v2/coupons',
    field: 'row.shipping_methods',
    kind: 'nullability',
    reason: 'The text of the list shows null for the codes of promotions.',
    link: `${REFERENCE}/marketing.v2.yml`,
  },
  {
    operation: 'GET /v2/coupons/{}',
    kind: 'undescribed-operation',
    reason: "The platform's PHP client reads one coupon by it.",
    link: 'https://github.com/bigcommerce/bigcommerce-api-php/blob/master/src/Bigcommerce/Api/Client.php',
  },
  {
    operation: 'GET /v3/promotions',
    field: 'row.customer.segments',
    kind: 'nullability',
    reason: 'Responses in the guide show null where there is no limit.',
    link: `${PROMOTIONS}/examples/order.mdx`,
  },
  {
    operation: 'GET /v3/promotions',
    field: 'row.notifications[].type',
    kind: 'enum',
    reason: 'The guide has a fourth type, PROMOTION.',
    link: `${PROMOTIONS}/index.mdx`,
  },
  {
    operation: 'GET /v3/promotions',
    field: 'row.rules[].condition.or',
    kind: 'undescribed-field',
    reason: 'The guide sends and receives conditions of which one has to be met.',
    link: `${PROMOTIONS}/examples/order.mdx`,
  },
  {
    operation: 'GET /v3/promotions',
    field: 'row.rules[].currency_code',
    kind: 'undescribed-field',
    reason: 'The guide sends it, and responses show that the store ignores it: it is marked as deprecated.',
    link: `${PROMOTIONS}/examples/order.mdx`,
  },
  {
    operation: 'POST /v3/promotions',
    field: 'row.redemption_type',
    kind: 'read-only',
    reason: 'The base schema calls it read-only, and a new promotion must have it.',
    link: `${REFERENCE}/promotions.v3.yml`,
  },
  {
    operation: 'P* /v3/promotions*',
    field: 'body.codes.*',
    kind: 'read-only',
    reason: 'The store assigns the key of a code and its date of creation, as the texts of the fields say.',
    link: `${REFERENCE}/promotions.v3.yml`,
  },
];
