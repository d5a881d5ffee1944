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
const V2 = 'archive/store-operations/v2-catalog-products';

/** Guides that contradict themselves or the reference, beyond those that the models cannot send or read either. */
export const WORKED_EXPLANATIONS: readonly WorkedExplanation[] = [
  {
    at: ['docs/integrations/shipping.mdx:272'],
    reason: 'The response is that of another method: its name, type and settings are not those of the request.',
  },
  {
    at: ['docs/store-operations/tax/tax-rates-zones.mdx:396'],
    reason: 'The request filters by tax zone 2, and the response shows a rate of zone 4.',
  },
  {
    at: ['docs/storefront/cart-checkout/embedded-checkout/tutorial.mdx:155', `${CARTS}/carts.mdx:167`],
    reason: 'The envelope is missing: the reference and the other guide have `data` around the URLs.',
  },
  {
    at: ['docs/storefront/headless/customers.mdx:155'],
    reason: 'The ids are placeholders: there is no product 0.',
  },
  {
    at: ['docs/storefront/cart-checkout/guide/rest-management.mdx:314'],
    reason: 'The reference and the other samples have line_items.',
  },
  {
    at: ['docs/start/migration/orders/prepare-data.mdx:123'],
    reason: 'Only the billing address is shown: an order has products or consignments.',
  },
  { at: [`${V2}/v2-option-sets.mdx:141`], about: /product_id/, reason: 'A null of an old response; no reference has it.' },
];

const isAt = ({ guide, line }: Sample, at: readonly string[]): boolean => at.some((each) => each === `${guide}:${line}` || each === guide);

/** Returns the problems of a sample that nothing explains. @param used takes the explanations that were needed */
export function unexplained(sample: Sample, problems: readonly string[], used: Set<WorkedExplanation>): string[] {
  const isOfGuide = EXPLANATIONS.some(
    (each) => each.kind === 'documentation' && each.part !== 'types' && (covers(each, sample, 'response') || covers(each, sample, 'request')),
  );
  if (isOfGuide) return [];
  return problems.filter((problem) => {
    const found = WORKED_EXPLANATIONS.filter(({ at, about }) => isAt(sample, at) && (about === undefined || about.test(problem)));
    for (const each of found) used.add(each);
    return found.length === 0;
  });
}
