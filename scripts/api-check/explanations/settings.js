import { GUIDES, ONE_FOR_MANY, REFERENCE } from './sources.js';

const NUMBER = 'The description shows numbers: keys of what is gone, or without saying of what. Nothing is read from them.';
const SHOWN = 'The samples of the guide show it, and those of the description.';

const channels = `${REFERENCE}/channels.v3.yml`;
const settings = `${REFERENCE}/settings.v3.yml`;
const sites = `${REFERENCE}/sites.v3.yml`;
const content = `${REFERENCE}/store_content.v2.yml`;
const widgets = `${GUIDES}/storefront/widgets`;

/** Settings, channels, sites, content, themes, scripts, webhooks. */
export const SETTINGS = [
  { operation: 'GET /v3/channels/{}/metafields', kind: 'response-shape', reason: ONE_FOR_MANY, link: channels },
  { operation: 'DELETE /v3/channels/*', field: 'response', reason: NUMBER, link: channels },
  {
    operation: 'GET /v3/settings/*',
    field: 'row.*',
    kind: 'nullability',
    reason: 'In the settings of a channel, null stands for what it takes from the store, by the text of the operations.',
    link: settings,
  },
  {
    operation: 'PUT /v3/settings/storefront/status',
    field: 'body.prelaunch_password',
    kind: 'read-only',
    reason: 'Read-only by its text: the store generates it.',
    link: settings,
  },
  {
    operation: '* /v3/channels',
    field: 'row.app',
    reason: 'A guide writes it.',
    link: `${GUIDES}/integrations/apps/guide/id.mdx`,
  },
  {
    operation: 'PUT /v3/channels/{}/site/checkout-url',
    field: 'response*',
    reason: 'The response is the site, whose URL is not that of the checkout: nothing is read from it.',
    link: channels,
  },
  {
    operation: 'GET /v3/sites/{}/routes',
    field: 'row.*ated_at',
    kind: 'undescribed-field',
    reason: 'The samples of a guide show the dates.',
    link: `${GUIDES}/storefront/headless/cart-checkout/abandoned-carts.mdx`,
  },
  {
    operation: 'GET /v3/sites/{}/routes',
    field: 'row.type',
    kind: 'enum',
    reason: 'The text lists five more types; a guide adds `logout`.',
    link: sites,
  },
  {
    operation: 'GET /v3/sites/certificates',
    field: 'response',
    kind: 'nullability',
    reason: 'The schema is shared with the certificate of one site, which may be null; a list has no empty entries.',
    link: sites,
  },
  {
    operation: 'PUT /v3/content/pages',
    field: 'body',
    kind: 'type',
    reason: 'One page is changed at its own path, with the same result.',
    link: `${REFERENCE}/pages.v3.yml`,
  },
  { operation: 'GET /v3/content/*', field: '*.client_rerender', reason: SHOWN, link: `${widgets}/guide/graphql-templates.mdx` },
  { operation: 'GET /v3/content/*', field: '*.template_engine', reason: SHOWN, link: `${widgets}/guide/graphql-templates.mdx` },
  { operation: 'GET /v3/content/*', field: '*.widget_template.channel_id', reason: SHOWN, link: `${widgets}/guide/graphql-templates.mdx` },
  {
    operation: 'GET /v3/content/*',
    field: '*.storefront_api_query_params',
    reason: SHOWN,
    link: `${widgets}/guide/graphql-templates.mdx`,
  },
  {
    operation: '* /v3/content/widget-templates',
    field: 'row.schema_translations',
    reason: 'A guide writes it.',
    link: `${widgets}/localization.mdx`,
  },
  {
    operation: 'GET /v3/content/*',
    field: '*.typeMeta.*',
    kind: 'undescribed-field',
    reason: 'The reference of the inputs shows what each needs.',
    link: `${widgets}/input-reference/settings`,
  },
  {
    operation: 'GET /v3/content/*',
    field: '*settings[].default',
    kind: 'type',
    reason: 'The reference of the inputs shows defaults of other types: numbers, flags, objects.',
    link: `${widgets}/input-reference/settings`,
  },
  {
    operation: 'GET /v3/storefront/redirects/imex/*',
    kind: 'response-shape',
    reason: 'The response is a text: CSV or a stream of events.',
    link: `${REFERENCE}/redirects.v3.yml`,
  },
  {
    operation: '* /v2/blog/posts*',
    field: 'response.published_date',
    kind: 'type',
    reason: 'Written as a text and read as an object with a time zone, by the text of the operations: a Date in the program.',
    link: content,
  },
  {
    operation: 'GET /v2/blog/tags',
    kind: 'type',
    reason: 'An array in an array by the schema; the operation returns a list of tags.',
    link: content,
  },
  {
    operation: 'DELETE /v2/pages',
    kind: 'undescribed-operation',
    reason: 'The client of the platform has it.',
    link: 'https://github.com/bigcommerce/bigcommerce-api-python/blob/master/bigcommerce/resources/pages.py',
  },
  {
    operation: 'POST /v2/redirects',
    field: 'body.id',
    kind: 'read-only',
    reason: 'The store assigns the key; the description shares one schema between body and response.',
    link: content,
  },
  {
    operation: 'POST /v3/content/pages',
    kind: 'response-shape',
    reason: 'The response to an array is an array, and to an object an object, by the description of the 201; its schema shows the latter.',
    link: `${REFERENCE}/pages.v3.yml`,
  },
];
