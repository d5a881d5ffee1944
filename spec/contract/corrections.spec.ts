import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { LoggedRequest } from 'bigrecord/sandbox';
import { expect } from 'chai';
import { CORRECTIONS, correct } from './corrections.js';
import { Description } from './description.js';
import { FACTS, hasFacts } from './facts.js';
import type { Row } from './guides/samples.js';

const RULE = { action: { cart_value: { discount: { percentage_amount: '10' } } }, apply_once: true, stop: false };
const CUSTOMER = { group_ids: [], minimum_order_count: 0, excluded_group_ids: [], segments: null };

/** A promotion as the guides show it (store-operations/promotions/examples/order). */
const AUTOMATIC: Row = {
  ...{ id: 53, name: 'Spend 80, save 20', redemption_type: 'AUTOMATIC', created_from: 'api', channels: [], customer: CUSTOMER },
  ...{ rules: [RULE], notifications: [], stop: false, currency_code: 'USD', shipping_address: null, current_uses: 0, max_uses: null },
  ...{ start_date: '2022-07-22T18:12:50+00:00', end_date: null, status: 'ENABLED', schedule: null },
  can_be_used_with_other_promotions: true,
};
const COUPON: Row = { ...AUTOMATIC, redemption_type: 'COUPON', coupon_type: 'BULK', coupon_overrides_other_promotions: false };

const withCondition = (condition: unknown): Row => ({ ...AUTOMATIC, rules: [{ ...RULE, condition }] });
const withItems = (items: unknown): Row => withCondition({ cart: { items, minimum_quantity: 1 } });
const withSegments = (segments: unknown): Row => ({ ...AUTOMATIC, customer: { ...CUSTOMER, segments } });

(hasFacts ? describe : describe.skip)('corrections of the published descriptions', function () {
  this.timeout(60_000);
  let description: Description;

  before(async () => {
    description = await Description.load(['promotions.v3.yml']);
  });

  const accepted: readonly [string, Row][] = [
    ['an automatic promotion without limits', AUTOMATIC],
    ['a coupon promotion without limits', COUPON],
    ['a condition on the cart', withCondition({ cart: { minimum_spend: '80' } })],
    ['several conditions', withCondition({ and: [{ cart: { minimum_spend: '80' } }] })],
    ['items of brands', withItems({ brands: [1] })],
    ['items of a brand, but not of some products', withItems({ and: [{ brands: [1] }, { not: { products: [2, 3] } }] })],
    ['customers of a segment', withSegments({ not: { id: ['ccec121a-f9bc-4a04-809e-1fe0d8ae7fdd'] } })],
  ];
  for (const [what, promotion] of accepted) it(`accept ${what}`, () => expect(judged(promotion)).to.deep.equal([]));

  const refused: readonly [string, Row, string][] = [
    [
      'a coupon promotion that says nothing of its codes',
      { ...COUPON, coupon_type: undefined },
      "data must have required property 'coupon_type'",
    ],
    ['a condition on nothing', withCondition({}), 'data.rules.N.condition must match exactly one schema in oneOf'],
    ['a condition on two things', withCondition({ cart: {}, and: [] }), 'data.rules.N.condition must match exactly one schema in oneOf'],
    ['items of nothing', withItems({ colors: [1] }), 'data.rules.N.condition.cart.items must match exactly one schema in oneOf'],
    ['brands that are no ids', withItems({ brands: ['Acme'] }), 'data.rules.N.condition.cart.items.brands.N must be integer'],
    ['customers of no segment', withSegments({ id: [] }), 'data.customer.segments.id must NOT have fewer than 1 items'],
    ['a list of countries', { ...AUTOMATIC, shipping_address: [] }, 'data.shipping_address must be object'],
    ['uses in words', { ...AUTOMATIC, max_uses: 'many' }, 'data.max_uses must be integer'],
  ];
  for (const [what, promotion, violation] of refused)
    it(`refuse ${what}`, () => expect(judged(promotion).join('\n')).to.contain(violation));

  it('are not made where nothing is wrong', () => {
    const operations = (): object[] => [
      { title: 'Size', type: 'object', properties: { width: { type: 'number' }, depth: { type: 'number' } } },
    ];
    const base = { file: 'sizes.yml', titles: ['Size'], reason: 'a size has one property' };
    expect(() => correct('sizes.yml', operations(), [{ ...base, nullable: ['width'] }])).not.to.throw();
    for (const wrong of [{ demandsItsProperty: true as const }, { nullable: ['height'] }, { titles: ['Weight'], nullable: ['width'] }])
      expect(() => correct('sizes.yml', operations(), [{ ...base, ...wrong }])).to.throw('needs no such correction');
  });

  it('are of files that are there', () => {
    expect(readdirSync(join(FACTS, 'openapi'))).to.include.members(CORRECTIONS.map(({ file }) => file));
  });

  function judged(promotion: Row): string[] {
    const data: unknown = JSON.parse(JSON.stringify(promotion));
    const request: LoggedRequest = {
      ...{ method: 'GET', path: '/v3/promotions/53', url: '/v3/promotions/53', query: {}, headers: { accept: 'application/json' } },
      ...{ body: undefined, status: 200, responseBody: { data, meta: {} } },
    };
    return description.violations(request);
  }
});
