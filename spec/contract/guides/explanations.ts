import type { Sample } from './samples.js';

/** The parts of a sample that are judged apart. */
export type Part = 'request' | 'types' | 'response';

/** Why a sample is right to be sent or read otherwise than the guide shows. One that explains nothing any more is reported. */
export interface Explanation {
  /** The places: `docs/….mdx:12`, without lines for all samples of a guide; left out: all guides. */
  readonly at?: readonly string[];
  /** The operation, with `{}` for values. */
  readonly operation?: string;
  /** Left out: all parts. */
  readonly part?: Part;
  /**
   * `read-only`: the body repeats what the store sets or the path says; these fields are left out, and the rest is sent as documented.
   * `documentation`: the guide contradicts the API's reference or itself. `same`: sent in another form with the same meaning.
   */
  readonly kind: 'read-only' | 'documentation' | 'same';
  /** Fields of the body, for `read-only`. */
  readonly omit?: readonly string[];
  readonly reason: string;
}

const CATALOG = 'docs/store-operations/catalog/index.mdx';
const MIGRATION = 'docs/store-operations/catalog/migration/guide.mdx';
const VERSUS = 'archive/store-operations/v2-products/v2-versus-v3.mdx';
const V2 = 'archive/store-operations/v2-catalog-products';
const BOPIS = 'docs/integrations/buy-online-pick-up-in-store';
const PROMOTIONS = 'docs/store-operations/promotions';
const CARTS = 'docs/storefront/headless/cart-checkout';
const REST = 'docs/storefront/headless/end-to-end-guides';

const READ_ONLY: readonly Explanation[] = [
  {
    operation: 'POST /v3/catalog/products/{}/complex-rules',
    kind: 'read-only',
    omit: ['product_id'],
    reason: 'The path says it.',
  },
  {
    operation: 'POST /v3/catalog/products/{}/options',
    kind: 'read-only',
    omit: ['product_id', 'name'],
    reason: 'The path says the product, and the store makes the name, by the reference.',
  },
  {
    operation: 'POST /v3/catalog/products/{}/metafields',
    kind: 'read-only',
    omit: ['resource_id', 'resource_type'],
    reason: 'The path says it.',
  },
  { at: [`${VERSUS}:1008`], kind: 'read-only', omit: ['id'], reason: 'The key is in the path.' },
  { at: ['docs/store-operations/emails/index.mdx:68'], kind: 'read-only', omit: ['type_id'], reason: 'The key is in the path.' },
  { operation: 'PUT /v3/pricelists/{}/records', kind: 'read-only', omit: ['product_id'], reason: 'It follows from the variant.' },
  { operation: 'POST /v3/promotions', kind: 'read-only', omit: ['current_uses'], reason: 'The store counts the uses.' },
  {
    at: ['docs/integrations/channels/quick-start.mdx:20'],
    kind: 'read-only',
    omit: ['is_enabled'],
    reason: 'It follows from the status; the reference calls it read-only.',
  },
  {
    at: [`${CARTS}/abandoned-carts.mdx:240`],
    kind: 'read-only',
    omit: ['base_amount', 'cart_amount', 'discount_amount', 'tax_included'],
    reason: 'The guide sends a cart as it is read; the store computes these.',
  },
];

const DOCUMENTATION: readonly Explanation[] = [
  { at: [`${VERSUS}:759`], kind: 'documentation', reason: 'A former spelling of /option_sets, which other guides use.' },
  {
    at: [`${VERSUS}:874`],
    kind: 'documentation',
    reason: 'The key of the value is missing in the path: product-modifiers_catalog.v3.yml has …/values/{value_id}.',
  },
  {
    at: [`${VERSUS}:1024`],
    kind: 'documentation',
    reason: 'A list of variants, under the path of one product; product-variants_catalog.v3.yml has /catalog/variants for it.',
  },
  { at: [`${VERSUS}:732`], part: 'types', kind: 'documentation', reason: 'The body of an option, under the path of option sets.' },
  { at: ['docs/integrations/channels/guide/index.mdx:95'], kind: 'documentation', reason: 'The path is a placeholder: /endpoint.' },
  {
    at: ['docs/integrations/channels/guide/index.mdx:193', 'docs/integrations/channels/guide/index.mdx:228'],
    part: 'types',
    kind: 'documentation',
    reason: 'The channel is a placeholder.',
  },
  {
    at: [`${CATALOG}:220`],
    kind: 'documentation',
    reason: 'products_catalog.v3.yml has no such PUT: one rule is created by POST, all are replaced by the PUT of the product.',
  },
  {
    at: ['docs/integrations/apps/guide/id.mdx:40'],
    kind: 'documentation',
    reason: 'A list of channels where channels.v3.yml and the other guides have one, with a placeholder as its type.',
  },
  {
    at: ['docs/storefront/catalyst/getting-started/workflows/manually-create-catalyst-channel.mdx:46'],
    part: 'types',
    kind: 'documentation',
    reason: 'The channel is a placeholder.',
  },
  {
    at: ['docs/store-operations/shipping/shipper-hq.mdx:48'],
    part: 'response',
    kind: 'documentation',
    reason: 'The response to a GET of all metafields; products_catalog.v3.yml has the created one.',
  },
  { at: [`${CATALOG}:674`], part: 'types', kind: 'documentation', reason: 'The body of a modifier, under the path of one of its values.' },
  {
    at: ['docs/store-operations/catalog/inventory-adjustments.mdx:116'],
    kind: 'documentation',
    reason: 'The same guide, in its next request, and inventory.v3.yml have /inventory/locations.',
  },
  {
    at: ['docs/store-operations/catalog/inventory-adjustments.mdx:267'],
    part: 'response',
    kind: 'documentation',
    reason: 'Only two fields of an item are shown, without the list around it.',
  },
  {
    at: [`${MIGRATION}:506`],
    part: 'response',
    kind: 'documentation',
    reason: 'The response lists all SKUs; the guide to V2 product SKUs has the created one.',
  },
  {
    at: ['docs/store-operations/emails/index.mdx:94'],
    kind: 'documentation',
    reason: 'The key of the template is missing in the path, which the request above and email_templates.v3.yml have.',
  },
  {
    at: ['docs/store-operations/currencies/guide.mdx:263'],
    part: 'response',
    kind: 'documentation',
    reason: 'A part of an order, without its key.',
  },
  {
    at: [
      'docs/store-operations/customers/channel-specific-customers.mdx:122',
      'docs/store-operations/customers/channel-specific-customers.mdx:137',
    ],
    kind: 'documentation',
    reason: 'One customer, outside of the list that customers.v3.yml and the guide to customers require.',
  },
  {
    at: ['docs/store-operations/customers/index.mdx:190'],
    part: 'types',
    kind: 'documentation',
    reason: 'The body of a customer, under the path of groups.',
  },
  { at: ['docs/store-operations/pricing/price-lists.mdx:32'], kind: 'documentation', reason: 'An empty object where a list is returned.' },
  {
    at: ['docs/store-operations/pricing/price-lists.mdx:64'],
    kind: 'documentation',
    reason: 'A list of groups, under the path of one; customers.v2.yml has one group.',
  },
  {
    at: ['docs/store-operations/orders/index.mdx:463'],
    part: 'response',
    kind: 'documentation',
    reason: 'Empty objects stand for a number and a string.',
  },
  {
    at: ['docs/store-operations/orders/refunds.mdx'],
    operation: 'POST /v3/orders/{}/payment_actions/refunds',
    part: 'types',
    kind: 'documentation',
    reason: 'The order is in the path; the reference has no such field.',
  },
  {
    operation: 'POST /v3/orders/{}/payment_actions/refund_quotes',
    part: 'response',
    kind: 'documentation',
    reason: 'The reference calls `is_tax_included` `tax_inclusive`.',
  },
  {
    at: ['docs/store-operations/tax/index.mdx:19'],
    part: 'response',
    kind: 'documentation',
    reason: 'The reference has `control_panel_price_display_strategy` in place of `show_inclusive_in_control_panel`.',
  },
  {
    operation: 'POST /v2/orders/{}/shipments',
    part: 'types',
    kind: 'documentation',
    reason: 'The key of the address is a number; the guide quotes it.',
  },
  {
    operation: 'POST /v3/catalog/products',
    part: 'types',
    kind: 'documentation',
    reason: 'Prices of V3 are numbers; the guide quotes them.',
  },
  { at: [`${PROMOTIONS}/examples/customer.mdx:312`], part: 'types', kind: 'documentation', reason: 'Misspelt: `isd` for `id`.' },
  {
    at: ['docs/storefront/cart-checkout/guide/rest-management.mdx:314'],
    part: 'types',
    kind: 'documentation',
    reason: 'The reference and the other samples have line_items.',
  },
  {
    at: [`${BOPIS}/api-guide.mdx:1284`, `${BOPIS}/end-to-end-guide/checkout.mdx:248`, `${REST}/rest-management.mdx:277`],
    part: 'types',
    kind: 'documentation',
    reason: 'The reference has the address of a consignment as address.',
  },
  {
    at: [`${CARTS}/abandoned-carts.mdx:240`],
    part: 'types',
    kind: 'documentation',
    reason: 'The guide sends the items of a cart as they are read.',
  },
  {
    at: ['docs/storefront/cart-checkout/guide/rest-management.mdx:148'],
    part: 'types',
    kind: 'documentation',
    reason: 'The reference has one line_item where an item is updated; this is the list of a create.',
  },
  {
    at: ['docs/storefront/widgets/guide/index.mdx:124'],
    part: 'types',
    kind: 'documentation',
    reason: 'The reference has no template of a widget: that is the template’s.',
  },
  {
    at: [`${V2}/v2-products.mdx:453`, `${V2}/v2-products.mdx:493`, `${VERSUS}:431`],
    part: 'response',
    kind: 'documentation',
    reason: 'An empty `metadata` and stubs of resources without a path; no reference says what they are.',
  },
];

const SAME: readonly Explanation[] = [
  {
    operation: 'GET /v3/catalog/products/{}/options',
    part: 'response',
    kind: 'same',
    reason: 'A configuration without fields is an empty array: as in an empty object, each field is undefined.',
  },
  {
    operation: 'GET /v3/inventory/items',
    part: 'request',
    kind: 'same',
    reason: 'The reference has variant_id:in only; one value is a list of one.',
  },
  { at: [`${REST}/rest-management.mdx:119`], part: 'request', kind: 'same', reason: 'An empty body instead of an empty object.' },
];

export const EXPLANATIONS: readonly Explanation[] = [...READ_ONLY, ...DOCUMENTATION, ...SAME];

/** Whether an explanation is about a part of a sample. */
export function covers({ at, operation, part }: Explanation, sample: Sample, of: Part): boolean {
  const id = `${sample.method} /${sample.version}${sample.path.replace(/\{[^}/]*\}?/g, '{}')}`;
  const place = `${sample.guide}:${sample.line}`;
  return (
    (part === undefined || part === of) &&
    (at === undefined || at.some((each) => each === place || each === sample.guide)) &&
    (operation === undefined || id === operation)
  );
}
