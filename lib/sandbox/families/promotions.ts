import { asJsonObject, isJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import type { Entry, Tables } from '../tables.js';
import { defaultCurrency } from './cart-coupons.js';
import { withDefaults } from './defaults.js';
import type { Change, Families, Family, Refusal } from './family.js';
import { mistakesInChoices } from './field-rules.js';
import { type Reasons, refusing } from './rules.js';

const CODES = '/promotions/:promotion_id/codes';

/** The characters of a code (promotions.v3.yml, Create a Coupon Code). */
const CODE = /^[a-zA-Z0-9_ -]{1,50}$/;

const CHOICES = { redemption_type: ['AUTOMATIC', 'COUPON'], coupon_type: ['SINGLE', 'BULK'], status: ['ENABLED', 'DISABLED'] };
const ACTIONS = ['cart_value', 'cart_items', 'gift_item', 'fixed_price_set', 'shipping'];

/** Whether another coupon or code has a code. Letter case makes no difference. */
const isTaken = (code: unknown, tables: Tables, self?: Entry): boolean => {
  const other = tables.of(CODES).having('code', code);
  return (other !== undefined && other !== self) || tables.of('/coupons').having('code', code) !== undefined;
};

function mistakesInCode(code: unknown, tables: Tables, self?: Entry): Reasons {
  if (!CODE.test(String(code))) return { code: 'must have 1 to 50 letters, digits, spaces, underscores and hyphens' };
  return isTaken(code, tables, self) ? { code: `${String(code)} is already in use` } : {};
}

const PROMOTION: Family = {
  refusalOf,
  stored: ({ body, entry, tables }) => ({
    ...(entry === undefined ? ofNew(body, tables) : {}),
    ...(body['rules'] === undefined ? {} : { rules: jsonObjectsIn(body['rules']).map(completeRule) }),
    ...(body['customer'] === undefined ? {} : { customer: { ...CUSTOMER, ...asJsonObject(body['customer']) } }),
    codes: undefined,
  }),
  complete({ body, entry, tables }) {
    const { code, ...limits } = asJsonObject(body['codes']);
    if (code === undefined) return;
    const [known] = codesOf(entry, tables);
    if (known === undefined) tables.of(CODES).insert('id', newCode({ code, ...limits }, tables), { promotion_id: entry.key });
    else Object.assign(known.values, { code, ...limits });
    if (known !== undefined) tables.of(CODES).changed(known);
  },
  show({ row, entry, tables }) {
    delete row['codes'];
    if (entry.values['redemption_type'] !== 'COUPON') return;
    const [first, ...others] = codesOf(entry, tables);
    row['multiple_codes'] = { has_multiple_codes: others.length > 0 };
    if (first !== undefined && entry.values['coupon_type'] !== 'BULK') row['codes'] = first.values;
  },
  // Promotions cannot be deleted while they have codes (promotions.v3.yml, Delete Multiple Promotions).
  refusalOfRemoval: ({ entry, tables }) =>
    codesOf(entry, tables).length === 0
      ? undefined
      : { status: 422, message: 'The promotion still has coupon codes.', fields: { [entry.key]: 'has coupon codes: delete them first' } },
};

const codesOf = ({ key }: Entry, tables: Tables): Entry[] => tables.of(CODES).list({ promotion_id: key });

const CUSTOMER = { group_ids: [], minimum_order_count: 0, excluded_group_ids: [], segments: null };

/** What a new promotion has that leaves it out (promotions/examples/order). */
function ofNew({ redemption_type, start_date, ...body }: JsonObject, tables: Tables): JsonObject {
  const defaults = {
    display_name: '',
    channels: [],
    customer: CUSTOMER,
    notifications: [],
    stop: false,
    currency_code: defaultCurrency(tables),
    shipping_address: null,
    max_uses: null,
    start_date: start_date ?? tables.clock.iso(),
    end_date: null,
    status: 'ENABLED',
    schedule: null,
    can_be_used_with_other_promotions: true,
  };
  const ofCoupons = {
    coupon_type: 'SINGLE',
    coupon_overrides_other_promotions: false,
    coupon_overrides_automatic_when_offering_higher_discounts: false,
  };
  const all: JsonObject = redemption_type === 'COUPON' ? { ...defaults, ...ofCoupons } : defaults;
  const missing = Object.entries(all).filter(([name]) => body[name] === undefined || body[name] === null);
  return { ...Object.fromEntries(missing), current_uses: 0, created_from: 'api' };
}

/** What the action on items has that leaves it out (promotions/examples/brand). */
const CART_ITEMS = {
  strategy: 'LEAST_EXPENSIVE',
  add_free_item: false,
  as_total: false,
  include_items_considered_by_condition: false,
  exclude_items_on_sale: false,
};

/** Amounts of rules, which a response always has as text. */
const AMOUNTS = ['fixed_amount', 'percentage_amount', 'minimum_spend', 'fixed_price', 'maximum_allowed_discount_amount'];

/** Returns a rule as a response has it. Its currency is ignored: that of the promotion counts. */
function completeRule({ action, condition, currency_code, ...rule }: JsonObject): JsonObject {
  const { cart_items } = asJsonObject(action);
  const complete = cart_items === undefined ? action : { cart_items: { ...CART_ITEMS, ...asJsonObject(cart_items) } };
  return {
    action: withTextAmounts(complete),
    apply_once: true,
    stop: false,
    ...rule,
    ...(condition === undefined ? {} : { condition: withTextAmounts(condition) }),
  };
}

function withTextAmounts(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withTextAmounts);
  if (!isJsonObject(value)) return value;
  const entries = Object.entries(value).map(([name, each]) => [
    name,
    typeof each === 'number' && AMOUNTS.includes(name) ? String(each) : withTextAmounts(each),
  ]);
  return Object.fromEntries(entries);
}

function refusalOf({ body, entry, tables }: Change): Refusal | undefined {
  const { group_ids, excluded_group_ids } = asJsonObject(body['customer']);
  const isGiven = (list: unknown): boolean => Array.isArray(list) && list.length > 0;
  const immutable = ['redemption_type', 'coupon_type'].filter(
    (name) => entry !== undefined && body[name] !== undefined && entry.values[name] !== undefined && body[name] !== entry.values[name],
  );
  const values = { ...entry?.values, ...body };
  const isOverriding = values['coupon_overrides_other_promotions'] === true && values['can_be_used_with_other_promotions'] !== false;
  const { code } = asJsonObject(body['codes']);
  const [known] = entry === undefined ? [] : codesOf(entry, tables);
  return refusing({
    ...mistakesInChoices(body, CHOICES),
    ...Object.fromEntries(immutable.map((name) => [name, 'cannot be changed'])),
    ...(isGiven(group_ids) && isGiven(excluded_group_ids) ? { customer: 'must not have both group_ids and excluded_group_ids' } : {}),
    ...(isOverriding ? { coupon_overrides_other_promotions: 'needs can_be_used_with_other_promotions to be false' } : {}),
    ...mistakeInCurrency(body, tables),
    ...mistakesInRules(body),
    ...(code === undefined ? {} : placed('codes', mistakesInCode(code, tables, known))),
  });
}

const placed = (place: string, mistakes: Reasons): Reasons =>
  Object.fromEntries(Object.entries(mistakes).map(([name, reason]) => [`${place}.${name}`, reason]));

/** Only transactional currencies have promotions (store-operations/promotions, "Currency code"). */
function mistakeInCurrency({ currency_code }: JsonObject, tables: Tables): Reasons {
  const known = currency_code === undefined ? undefined : tables.of('/currencies').having('currency_code', currency_code);
  return known?.values['is_transactional'] === false ? { currency_code: 'must be a transactional currency' } : {};
}

function mistakesInRules({ rules, currency_code }: JsonObject): Reasons {
  if (rules === undefined) return {};
  const all = jsonObjectsIn(rules);
  if (all.length === 0) return { rules: 'must have at least one rule' };
  return Object.assign({}, ...all.map((rule, place) => placed(`rules.${place}`, mistakesInRule(rule, currency_code))));
}

function mistakesInRule({ action, condition }: JsonObject, currency: unknown): Reasons {
  const [name = '', details] = Object.entries(asJsonObject(action))[0] ?? [];
  if (!ACTIONS.includes(name)) return { action: `must be one of ${ACTIONS.join(', ')}` };
  const { discount } = asJsonObject(details);
  const needsDiscount = name === 'cart_value' || name === 'cart_items';
  const isFixed = asJsonObject(discount)['fixed_amount'] !== undefined;
  const { items, minimum_quantity, minimum_spend } = asJsonObject(asJsonObject(condition)['cart']);
  return {
    ...(needsDiscount && !isJsonObject(discount) ? { [`action.${name}.discount`]: 'is required' } : {}),
    ...(currency === '*' && isFixed ? { [`action.${name}.discount`]: 'must be a percentage for all currencies' } : {}),
    ...(items !== undefined && minimum_quantity === undefined && minimum_spend === undefined
      ? { 'condition.cart': 'needs minimum_quantity or minimum_spend' }
      : {}),
  };
}

const newCode = (body: JsonObject, { clock }: Tables): JsonObject => ({
  max_uses: 0,
  max_uses_per_customer: 0,
  ...body,
  current_uses: 0,
  created: clock.iso(),
});

const PROMOTION_CODE: Family = {
  refusalOf: ({ body, tables }) => (body['code'] === undefined ? undefined : refusing(mistakesInCode(body['code'], tables))),
  stored: ({ body, tables }) => newCode(body, tables),
};

/** Settings of promotions as they are by default (promotion_settings.v3.yml). */
const SETTINGS: Family = {
  ...withDefaults({
    promotions_apply_on_products_with_custom_product_price: false,
    promotions_triggered_by_products_with_zero_product_price: false,
    number_of_coupons_allowed_at_checkout: 1,
    promotions_applied_on_original_product_price: true,
  }),
  refusalOf({ body }) {
    const count = body['number_of_coupons_allowed_at_checkout'];
    const isWrong = count !== undefined && !(Number.isInteger(count) && Number(count) >= 1 && Number(count) <= 5);
    return isWrong ? { status: 422, fields: { number_of_coupons_allowed_at_checkout: 'must be an integer from 1 to 5' } } : undefined;
  },
};

export const PROMOTION_FAMILIES: Families = {
  'v3 /promotions': PROMOTION,
  'v3 /promotions/:promotion_id/codes': PROMOTION_CODE,
  'v3 /promotions/settings': SETTINGS,
};
