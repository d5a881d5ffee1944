import type { Money } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';

/** Fails to compile unless both types are the same. */
type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const same = <A, B>(_: Same<A, B>): void => {};

/** Never called: it is the compiler that checks it, when the specs are built. */
async function typeChecks(promotion: v3.Promotion, coupon: v2.Coupon, certificate: v2.GiftCertificate): Promise<void> {
  // Promotions: rules, conditions and actions.
  void v3.Promotion.create({
    name: 'Buy two, pay less',
    redemption_type: 'AUTOMATIC',
    currency_code: '*',
    customer: { group_ids: [0], segments: { or: [{ id: ['a'] }, { not: { id: ['b'] } }] } },
    rules: [
      {
        condition: {
          and: [{ cart: { items: { brands: [1] }, minimum_quantity: 2 } }, { cart: { minimum_spend: 20 } }],
        },
        action: {
          cart_items: {
            discount: { percentage_amount: '10' },
            strategy: 'LEAST_EXPENSIVE',
            items: { and: [{ categories: [1] }, { not: { or: [{ products: [2] }, { variants: [3] }] } }] },
          },
        },
      },
      { action: { shipping: { free_shipping: true, zone_ids: '*' } } },
      { action: { shipping: { zone_ids: [1, 2] } } },
      { action: { gift_item: { product_id: 1, quantity: 1 } } },
      { action: { fixed_price_set: { quantity: 3, fixed_price: 10, items: { product_custom_field: { name: 'a', values: ['b'] } } } } },
    ],
    max_uses: null,
    end_date: null,
    schedule: null,
    shipping_address: { not: { countries: [{ iso2_country_code: 'US' }] } },
    notifications: [{ type: 'APPLIED', content: '<b>x</b>', locations: ['CART_PAGE'] }],
  });
  // @ts-expect-error neither rules nor a type of redemption
  void v3.Promotion.create({ name: 'x' });
  // @ts-expect-error not an action
  promotion.assign({ rules: [{ action: { cart_valu: { discount: { fixed_amount: 1 } } } }] });
  // @ts-expect-error the ids of products are numbers
  promotion.assign({ rules: [{ condition: { cart: { items: { products: ['a'] } } } }] });
  // @ts-expect-error all zones are `*`
  promotion.assign({ rules: [{ action: { shipping: { zone_ids: 'all' } } }] });
  // @ts-expect-error the store assigns it
  promotion.assign({ codes: { id: 1 } });
  // @ts-expect-error the store counts it
  promotion.current_uses = 1;
  // @ts-expect-error a date
  promotion.start_date = '2026-01-01';
  promotion.end_date = null;
  // @ts-expect-error not null
  promotion.rules = null;
  for (const { action, condition } of promotion.rules) {
    if ('cart_value' in action) same<typeof action, v3.CartValueAction>(true);
    if ('shipping' in action) same<typeof action.shipping.zone_ids, number[] | '*'>(true);
    if ('cart_items' in action && 'fixed_amount' in action.cart_items.discount)
      same<typeof action.cart_items.discount.fixed_amount, Money>(true);
    if (condition !== undefined && 'cart' in condition) same<typeof condition, v3.CartCondition>(true);
    // @ts-expect-error it may be another action
    void action.gift_item;
  }
  void v3.Promotion.where({ redemption_type: 'coupon', channels: [1, 2], query: 'x' });
  // @ts-expect-error ids of channels are numbers
  void v3.Promotion.where({ channels: 'web' });
  const { codes } = await promotion.generateCodes({ batch_size: 1, exclude_characters: ['0', 'O'] });
  same<typeof codes, { code: string }[]>(true);
  // @ts-expect-error no size
  void promotion.generateCodes({ prefix: 'X' });
  // @ts-expect-error misspelt
  void promotion.generateCodes({ batch_size: 1, sufix: 'X' });

  // Coupons and gift certificates of V2.
  void v2.Coupon.create({ name: 'x', code: 'X', type: 'per_item_discount', amount: 5, applies_to: { entity: 'products', ids: [1] } });
  // @ts-expect-error what it applies to is missing
  void v2.Coupon.create({ name: 'x', code: 'X', type: 'per_item_discount', amount: 5 });
  coupon.expires = null;
  coupon.type = 'new_kind';
  coupon.shipping_methods = null;
  // @ts-expect-error ids are numbers
  coupon.assign({ applies_to: { ids: ['1'] } });
  if (!Array.isArray(coupon.restricted_to)) same<typeof coupon.restricted_to.countries, string | undefined>(true);
  // @ts-expect-error V2 has no `in`
  void v2.Coupon.where({ code: { in: ['A'] } });
  void v2.Coupon.where({ id: { min: 1, max: 5 }, exclude_type: 'promotion' });
  same<typeof certificate.balance, Money>(true);
  same<typeof certificate.expiry_date, Date | null>(true);
  // @ts-expect-error nobody to give it to
  void v2.GiftCertificate.create({ from_name: 'x', from_email: 'a@b.co', amount: 5 });

  // Taxes.
  void v3.TaxRate.create({ name: 'x', tax_zone_id: 1, class_rates: [{ rate: 5, tax_class_id: 0 }] });
  // @ts-expect-error no rates
  void v3.TaxRate.create({ name: 'x', tax_zone_id: 1 });
  // @ts-expect-error misspelt
  void v3.TaxRate.create({ name: 'x', tax_zone_id: 1, class_rates: [{ rate: 5, tax_class: 0 }] });
  void v3.TaxZone.create({ name: 'x', shopper_target_settings: { locations: [{ country_code: 'AU' }] } });
  // @ts-expect-error a list of locations
  void v3.TaxZone.create({ name: 'x', shopper_target_settings: { locations: { country_code: 'AU' } } });
  const [zone] = await v3.TaxZone.check([{ country_code: 'AU' }]);
  same<typeof zone, v3.TaxZone | undefined>(true);
  // @ts-expect-error no country
  void v3.TaxZone.check([{ postal_code: '2099' }]);
  void v3.TaxCustomer.upsertMany([{ customer_id: 1, tax_properties: { 'A-1': '26' } }]);
  // @ts-expect-error values are strings
  void v3.TaxCustomer.upsertMany([{ customer_id: 1, tax_properties: { 'A-1': 26 } }]);

  // The store, its currencies and emails.
  const store = await v2.Store.get();
  same<typeof store.timezone.raw_offset, number>(true);
  same<typeof store.features.storefront_limits.active, number>(true);
  if ('url' in store.logo) same<typeof store.logo.url, string>(true);
  // @ts-expect-error read-only
  store.name = 'x';
  const time = await v2.Time.get();
  same<typeof time.time, Date | null>(true);
  const currency = { name: 'Euro', currency_code: 'EUR', token: '€', decimal_token: '.', thousands_token: ',', decimal_places: 2 };
  void v2.Currency.create({ ...currency, token_location: 'left', currency_exchange_rate: 0.849 });
  // @ts-expect-error no rate
  void v2.Currency.create({ ...currency, token_location: 'left' });
  const template = await v3.EmailTemplate.find('invoice_email');
  template.translations = [{ locale: 'en', keys: { greeting: 'Hello' } }];
  // @ts-expect-error a locale is a string
  template.translations = [{ locale: 1, keys: {} }];
}

describe('types of marketing, taxes and the store', () => {
  it('are checked by the compiler', () => {
    expect(typeChecks).to.be.a('function');
  });

  it('have the required names in the declaration', () => {
    expect(v3.Promotion.resource.required).to.deep.equal(['redemption_type', 'name', 'rules']);
    expect(v3.TaxCustomer.resource.required).to.deep.equal(['customer_id', 'tax_properties']);
  });
});
