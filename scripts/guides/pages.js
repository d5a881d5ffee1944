/** Guides whose samples are all of one operation that only their text names. */
export const OPERATIONS_OF_PAGES = [
  { file: 'docs/store-operations/promotions/examples/', operation: { method: 'POST', target: '/v3/promotions' } },
];

/** Samples that belong to other APIs or formats, and why they are left out. The first rule that fits counts. */
export const LEFT_OUT = [
  { reason: 'GraphQL', target: /graphql/i },
  {
    reason: 'GraphQL',
    text: /^\s*(?:query|mutation|fragment|subscription)\b|"query"\s*:\s*"|"(?:data|extensions)":\s*\{\s*"(?:site|store|account|customer|cart|checkout|storefront|\w+\.\w+|\w*(?:AppExtension|Translations?|Metafields?|Price|Refund|locale)\w*)"/,
  },
  { reason: 'GraphQL', title: /variables|graphql|quer(?:y|ies)\b|mutation/i },
  { reason: 'storefront API', target: /\/api\/storefront|\/customer\/current/ },
  { reason: 'payments processing', target: /payments\.bigcommerce\.com|\/payments$/ },
  { reason: 'B2B Edition', target: /api-b2b|\/b2b\// },
  { reason: 'B2B Edition', file: /b2b/ },
  { reason: 'OAuth and app callbacks', title: /JWT payload/ },
  { reason: 'OAuth and app callbacks', target: /oauth|your_app|\/app\/|account_uuid|login\.bigcommerce/ },
  { reason: 'OAuth and app callbacks', file: /apps\/guide|start\/authentication|partner/ },
  { reason: 'provider contracts (shipping, tax): requests that the platform sends', target: /example\.com/ },
  {
    reason: 'provider contracts (shipping, tax): requests that the platform sends',
    file: /integrations\/(?:shipping|tax)\.mdx|store-operations\/tax\/index|shipping\/(?:shipper-hq|msf)/,
  },
  { reason: 'webhook payloads (spec/webhooks)', text: /"producer"\s*:|"scope"\s*:[^]*"(?:data|hash)"\s*:/, file: /webhooks/ },
  {
    reason: 'themes, schemas and scripts of storefronts',
    file: /storefront\/(?:stencil|catalyst|wordpress)|widgets\/input-reference|archive\/storefront|embedded-checkout|checkout-sdk/,
  },
  { reason: 'error responses', text: /"status"\s*:\s*[45]\d\d\b|"code"\s*:\s*[45]\d\d\b|"errors?"\s*:/ },
];
