import { covers, EXPLANATIONS } from '../guides/explanations.js';
import type { Sample } from '../guides/samples.js';

/** Why the response to a sample is right to differ from the documented one. */
export interface WorkedExplanation {
  /** The places: `docs/….mdx:12`. */
  readonly at: readonly string[];
  /** The differences that it explains; left out: all of the sample. */
  readonly about?: RegExp;
  readonly reason: string;
}

const CARTS = 'docs/storefront/headless/cart-checkout';

/** Guides that contradict themselves or the reference, beyond those that the models cannot send or read either. */
export const WORKED_EXPLANATIONS: readonly WorkedExplanation[] = [
  {
    at: ['docs/integrations/shipping.mdx:272'],
    reason: 'The response is that of shipping.v2.yml for `perorder`; the request creates `carrier_33`, with other settings.',
  },
  {
    at: ['docs/integrations/webhooks/https-webhook-overview.mdx:12', 'docs/integrations/webhooks/overview.mdx:15'],
    reason: 'The envelope is missing: webhooks.v3.yml has `data` around a webhook.',
  },
  {
    at: ['docs/store-operations/customers/index.mdx:190'],
    reason: 'The body of a customer, under the path of groups, which customers.v2.yml has without such fields.',
  },
  {
    at: ['docs/store-operations/tax/tax-rates-zones.mdx:396'],
    reason: 'The request filters by tax zone 2, by tax_rates_zones.v3.yml too, and the response shows a rate of zone 4.',
  },
  {
    at: ['docs/storefront/cart-checkout/embedded-checkout/tutorial.mdx:155', `${CARTS}/carts.mdx:167`],
    reason: 'The envelope is missing: carts.v3.yml has `data` around the URLs.',
  },
  {
    at: ['docs/storefront/cart-checkout/guide/rest-management.mdx:314'],
    reason: '`line_item` is of PUT …/items/{id}; carts.v3.yml and the request above it have line_items.',
  },
  {
    at: ['docs/store-operations/catalog/index.mdx:601'],
    reason: 'A list is shown where product-modifiers_catalog.v3.yml has the created modifier.',
  },
  {
    at: ['docs/store-operations/promotions/examples/customer.mdx:312'],
    reason: 'The request has `isd`, the response and promotions.v3.yml have `id`: it shows segments that were not sent.',
  },
  {
    at: ['archive/store-operations/v2-products/v2-versus-v3.mdx:732'],
    reason: 'The body of an option, under the path of option sets, which the guide to them has without such fields.',
  },
  {
    at: ['docs/start/migration/orders/prepare-data.mdx:66'],
    reason: 'Two products have variant 93, which is one of product 118 in orders.v2.oas2.yml.',
  },
  {
    at: ['docs/integrations/buy-online-pick-up-in-store/end-to-end-guide/retirement.mdx:94'],
    reason: 'Location 1 is the shipping origin, which cannot be deleted by locations.v3.yml.',
  },
];

const isAt = ({ guide, line }: Sample, at: readonly string[]): boolean => at.some((each) => each === `${guide}:${line}` || each === guide);

/** Returns the problems of a sample that nothing explains. @param used takes the explanations that were needed */
export function unexplained(sample: Sample, problems: readonly string[], used: Set<WorkedExplanation>): string[] {
  const isOfGuide = EXPLANATIONS.some(
    (each) =>
      each.kind === 'documentation' && each.part !== 'types' && (covers(each, sample, 'response') || covers(each, sample, 'request')),
  );
  if (isOfGuide) return [];
  return problems.filter((problem) => {
    const found = WORKED_EXPLANATIONS.filter(({ at, about }) => isAt(sample, at) && (about === undefined || about.test(problem)));
    for (const each of found) used.add(each);
    return found.length === 0;
  });
}
