import { randomInt } from 'node:crypto';
import { asJsonObject, type JsonObject } from '../../json-object.js';
import { amountOf, money } from '../amounts.js';
import type { Entry, Tables } from '../tables.js';
import { defaultCurrency } from './cart-coupons.js';
import { inherited, withDefaults } from './defaults.js';
import type { Families, Family } from './family.js';
import { isEmail, mistakesInChoices, mistakesInKeys, mistakesInLengths } from './field-rules.js';
import { type Reasons, refusing } from './rules.js';

const COUPON_TYPES = ['per_item_discount', 'per_total_discount', 'shipping_discount', 'free_shipping', 'percentage_discount', 'promotion'];

/** Returns what is left out of a body. */
const missing = (defaults: JsonObject, body: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(defaults).filter(([name]) => body[name] === undefined || body[name] === null));

/** Returns the amounts in a body as V2 writes them. */
const amounts = (body: JsonObject, ...names: readonly string[]): JsonObject =>
  Object.fromEntries(names.flatMap((name) => (body[name] === undefined ? [] : [[name, money(amountOf(body[name]))]])));

/** The rules of legacy coupons (marketing.v2.yml). */
const COUPON: Family = {
  refusalOf({ body, entry, tables }) {
    const { code, applies_to, name, amount, type } = body;
    const { entity, ids } = asJsonObject(applies_to);
    const other = name === undefined ? undefined : tables.of('/coupons').having('name', name);
    const isCode = code === undefined || /^[a-zA-Z0-9_ -]{1,50}$/.test(String(code));
    return refusing({
      ...mistakesInLengths(body, { name: [1, 100] }),
      ...mistakesInChoices(body, { type: COUPON_TYPES }),
      ...(isCode ? {} : { code: 'must have 1 to 50 letters, digits, spaces, underscores and hyphens' }),
      ...(other === undefined || other === entry ? {} : { name: `${String(name)} is already in use` }),
      ...(entity === undefined || entity === 'categories' || entity === 'products'
        ? {}
        : { applies_to: 'must be for categories or products' }),
      ...(applies_to !== undefined && !Array.isArray(ids) ? { applies_to: 'must have ids' } : {}),
      ...(type === 'percentage_discount' && amountOf(amount) > 100 ? { amount: 'must be 100 at most' } : {}),
      ...(amountOf(amount) < 0 ? { amount: 'must not be negative' } : {}),
    });
  },
  stored: ({ body, entry, tables }) => ({
    ...(entry === undefined ? missing({ ...COUPON_DEFAULTS, date_created: tables.clock.iso() }, body) : {}),
    ...amounts(body, 'amount', 'min_purchase'),
    // An update without it clears it (marketing.v2.yml, applies_to).
    ...(body['applies_to'] === undefined ? { applies_to: {} } : {}),
  }),
};

const COUPON_DEFAULTS = {
  min_purchase: money(0),
  expires: null,
  enabled: true,
  num_uses: 0,
  max_uses: 0,
  max_uses_per_customer: 0,
  restricted_to: [],
  shipping_methods: [],
};

const CERTIFICATE_CHOICES = { status: ['active', 'pending', 'disabled', 'expired'] };

/** The length that codes of gift certificates are cut to. */
const CODE_LENGTH = 20;
const CHARACTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789';

const randomText = (length: number): string => Array.from({ length }, () => CHARACTERS[randomInt(CHARACTERS.length)]).join('');

/** The rules of gift certificates (marketing.v2.yml). One that the API creates is not sent. */
const GIFT_CERTIFICATE: Family = {
  refusalOf({ body, entry, tables }) {
    const emails = ['to_email', 'from_email'].filter((name) => body[name] !== undefined && !isEmail(body[name]));
    const code = body['code'] === undefined ? undefined : shortCode(body['code']);
    const other = code === undefined ? undefined : tables.of('/gift_certificates').having('code', code);
    return refusing({
      ...mistakesInChoices(body, CERTIFICATE_CHOICES),
      ...mistakesInLengths(body, { message: [0, 250], code: [1, 255] }),
      ...mistakesInKeys(body, { customer_id: '/customers' }, tables),
      ...Object.fromEntries(emails.map((name) => [name, 'must be an email address'])),
      ...(other === undefined || other === entry ? {} : { code: `${String(code)} is already in use` }),
      ...(body['amount'] !== undefined && amountOf(body['amount']) <= 0 ? { amount: 'must be greater than 0' } : {}),
      ...mistakeInCurrency(body, tables),
    });
  },
  stored({ body, entry, tables }) {
    const code = body['code'] === undefined || body['code'] === '' ? undefined : shortCode(body['code']);
    const defaults = {
      balance: money(amountOf(body['amount'])),
      purchase_date: tables.clock.iso(),
      expiry_date: null,
      customer_id: 0,
      order_id: 0,
      template: 'general.html',
      message: '',
      status: 'active',
      currency_code: defaultCurrency(tables),
    };
    return {
      ...(entry === undefined ? { ...missing(defaults, body), code: code ?? newCode(tables) } : code === undefined ? {} : { code }),
      ...amounts(body, 'amount', 'balance'),
    };
  },
  show({ row, entry, tables }) {
    if (entry.values['status'] === 'active' && hasExpired(entry, tables)) row['status'] = 'expired';
  },
};

const shortCode = (code: unknown): string => String(code).slice(0, CODE_LENGTH);

const hasExpired = ({ values: { expiry_date } }: Entry, { clock }: Tables): boolean =>
  typeof expiry_date === 'string' && expiry_date !== '' && Date.parse(expiry_date) <= clock.now();

/** Returns a code that no certificate has. */
function newCode(tables: Tables): string {
  const code = [4, 4, 4, 4].map(randomText).join('-');
  return tables.of('/gift_certificates').having('code', code) === undefined ? code : newCode(tables);
}

/** The currency has to exist in the store first (marketing.v2.yml). */
function mistakeInCurrency({ currency_code }: JsonObject, tables: Tables): Reasons {
  if (currency_code === undefined || tables.of('/currencies').having('currency_code', currency_code) !== undefined) return {};
  return { currency_code: 'is not a currency of this store' };
}

const BANNER_CHOICES = {
  page: ['home_page', 'category_page', 'brand_page', 'search_page'],
  location: ['top', 'bottom'],
  date_type: ['always', 'custom'],
};

/** What the page of a banner is for. */
const BANNER_ITEMS: Readonly<Record<string, string>> = { category_page: '/categories', brand_page: '/brands' };

const BANNER: Family = {
  refusalOf({ body, entry, tables }) {
    const path = BANNER_ITEMS[String(body['page'] ?? entry?.values['page'])];
    return refusing({
      ...mistakesInChoices(body, BANNER_CHOICES),
      ...(path === undefined ? {} : mistakesInKeys(body, { item_id: path }, tables)),
    });
  },
  stored: ({ body, entry, tables }) =>
    entry === undefined
      ? { ...missing({ date_from: '0', date_to: '0', visible: '1', item_id: '0' }, body), date_created: String(tables.clock.seconds()) }
      : {},
};

/** Full hours up to a day, then full days up to ten (abandoned_cart_emails.v3.yaml). */
const isDelay = (minutes: number): boolean =>
  minutes >= 60 && (minutes <= 1440 ? minutes % 60 === 0 : minutes <= 14_400 && minutes % 1440 === 0);

const ABANDONED_CART_EMAIL: Family = {
  refusalOf({ body }) {
    const { notify_at_minutes, template } = body;
    return refusing({
      ...(notify_at_minutes === undefined || isDelay(Number(notify_at_minutes)) ? {} : { notify_at_minutes: 'must be full hours or days' }),
      ...mistakesInLengths(asJsonObject(template), { subject: [0, 255] }),
    });
  },
  stored: ({ body, entry }) => (entry === undefined ? { sent_num: 0, ...missing({ is_active: true, coupon_code: '' }, body) } : {}),
};

const ABANDONED_CARTS = {
  enable_notification: true,
  email_customer_until_cart_is_recovered: true,
  // By default customers receive no emails without their consent (abandoned_carts.v3.yml).
  marketing_emails_require_customer_consent: true,
  email_merchant_when_cart_is_converted: false,
  email_merchant_when_cart_is_abandoned: false,
  merchant_email_address: 'owner@example.com',
  merchant_abandoned_cart_email_frequency_type: 'individual',
  merchant_abandoned_cart_digest_email_frequency: 10,
};

const abandonedCartSettings = (defaults: JsonObject): Family => ({
  ...withDefaults(defaults),
  refusalOf({ body }) {
    const count = body['merchant_abandoned_cart_digest_email_frequency'];
    const isWrong = count !== undefined && count !== null && !(Number(count) >= 2 && Number(count) <= 1000);
    return refusing({
      ...(isWrong ? { merchant_abandoned_cart_digest_email_frequency: 'must be from 2 to 1000' } : {}),
      ...mistakesInLengths(body, { merchant_email_address: [0, 500] }),
      ...mistakesInChoices(body, { merchant_abandoned_cart_email_frequency_type: ['digest', 'individual', null] }),
    });
  },
});

export const MARKETING_FAMILIES: Families = {
  'v2 /banners': BANNER,
  'v2 /coupons': COUPON,
  'v2 /gift_certificates': GIFT_CERTIFICATE,
  'v3 /abandoned-carts/settings': abandonedCartSettings(ABANDONED_CARTS),
  'v3 /abandoned-carts/settings/channels/:channel_id': abandonedCartSettings(inherited(ABANDONED_CARTS)),
  'v3 /marketing/abandoned-cart-emails': ABANDONED_CART_EMAIL,
  'v3 /marketing/abandoned-cart-emails/settings': { ...withDefaults({ use_global: true }), inScope: { use_global: true } },
};
