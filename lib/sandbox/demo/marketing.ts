import type { JsonObject } from '../../json-object.js';
import * as v2 from '../../resources/v2/index.js';
import * as v3 from '../../resources/v3/index.js';
import { type DemoRows, rows } from './rows.js';
import { money, onDay } from './values.js';

/** Coupons, gift certificates, banners, promotions with their codes, and emails about abandoned carts. */
export function marketing(): DemoRows[] {
  return [
    rows(v2.Coupon, [
      coupon(1, 'Welcome', 'WELCOME', 'per_total_discount', 5),
      coupon(2, 'Ten per cent', 'TEN-PERCENT', 'percentage_discount', 10),
    ]),
    rows(v2.GiftCertificate, [certificate(1, 'GIFT-0001-AAAA', 50, 50), certificate(2, 'GIFT-0002-BBBB', 25, 10)]),
    rows(v2.Banner, [banner(1, 'Spring sale', 'home_page', '0'), banner(2, 'New in the kitchen', 'category_page', '2')]),
    ...promotions(),
    ...abandonedCarts(),
  ];
}

const coupon = (id: number, name: string, code: string, type: string, amount: number): JsonObject => ({
  ...{ id, name, code, type, amount: money(amount), min_purchase: money(0), enabled: true, expires: '' },
  ...{ applies_to: { entity: 'categories', ids: [0] }, restricted_to: [], shipping_methods: [] },
  ...{ num_uses: 0, max_uses: 0, max_uses_per_customer: 0, date_created: onDay(id) },
});

const certificate = (id: number, code: string, amount: number, balance: number): JsonObject => ({
  ...{ id, code, amount: money(amount), balance: money(balance), status: 'active', currency_code: 'USD', customer_id: id, order_id: 0 },
  ...{ to_name: 'Joe Green', to_email: 'joe.green@example.com', from_name: 'Jane Green', from_email: 'jane.green@example.com' },
  ...{ template: 'general.html', message: 'Enjoy!', purchase_date: onDay(8), expiry_date: null },
});

const banner = (id: number, name: string, page: string, item_id: string): JsonObject => ({
  ...{ id, name, content: `<p>${name}</p>`, page, item_id, location: 'top' },
  ...{ date_type: 'always', date_from: '0', date_to: '0', visible: '1', date_created: String(Date.parse(onDay(id)) / 1000) },
});

const PROMOTION = {
  ...{ channels: [], notifications: [], stop: false, currency_code: 'USD', shipping_address: null, current_uses: 0, max_uses: null },
  ...{ customer: { group_ids: [], minimum_order_count: 0, excluded_group_ids: [], segments: null }, end_date: null, schedule: null },
  ...{ can_be_used_with_other_promotions: true, created_from: 'react_ui' },
};

/** A coupon promotion with two codes, and an automatic one that is switched off, so that prices of carts are those of the catalogue. */
function promotions(): DemoRows[] {
  const discount = (percent: string): JsonObject => ({ cart_value: { discount: { percentage_amount: percent } } });
  const rule = (percent: string, minimum_spend: string): JsonObject => ({
    ...{ action: discount(percent), apply_once: true, stop: false, condition: { cart: { minimum_spend } } },
  });
  const code = (id: number, text: string): JsonObject => ({
    ...{ id, code: text, current_uses: 0, max_uses: 100, max_uses_per_customer: 1, created: onDay(9) },
  });
  const ofCoupons = {
    coupon_type: 'BULK',
    coupon_overrides_other_promotions: false,
    coupon_overrides_automatic_when_offering_higher_discounts: false,
  };
  return [
    rows(v3.Promotion, [
      {
        id: 1,
        name: 'Ten per cent from 100',
        redemption_type: 'AUTOMATIC',
        status: 'DISABLED',
        rules: [rule('10', '100')],
        start_date: onDay(9),
        ...PROMOTION,
      },
      {
        id: 2,
        name: 'Friends',
        redemption_type: 'COUPON',
        status: 'ENABLED',
        rules: [rule('15', '20')],
        start_date: onDay(9),
        ...PROMOTION,
        ...ofCoupons,
      },
    ]),
    rows(v3.PromotionCode, [code(1, 'FRIENDS-JOHN'), code(2, 'FRIENDS-ADA')], { promotion_id: '2' }),
  ];
}

function abandonedCarts(): DemoRows[] {
  const template = {
    subject: 'Complete your purchase at {{ store.name }}',
    body: "{{lang 'hello_phrase'}} <a href='{{ notification.checkout_link }}'>Your cart</a>",
    translations: [{ locale: 'en', keys: { hello_phrase: 'Welcome back,' } }],
  };
  return [
    rows(v3.AbandonedCartEmail, [
      { id: 1, notify_at_minutes: 60, coupon_code: '', template, is_active: true, sent_num: 0 },
      { id: 2, notify_at_minutes: 1440, coupon_code: 'WELCOME', template, is_active: true, sent_num: 0 },
    ]),
  ];
}
