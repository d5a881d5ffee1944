import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { amountOf, roundedAmount } from '../amounts.js';
import { includedIn } from '../selection.js';
import type { Entry, Tables } from '../tables.js';
import { couponOf } from './cart-coupons.js';
import { linesOf } from './cart-lines.js';
import { storedTaxes } from './cart-totals.js';
import { bannersOf, shownLines } from './cart-views.js';
import { addressOfConsignment, type CheckoutSums, computeCheckout, optionsOfConsignment, sumsOf } from './checkout-sums.js';
import { withDefaults } from './defaults.js';
import type { Families, Family, Refusal, Shown } from './family.js';

const LONGEST_MESSAGE = 2000;

/** Why a change is refused whose client has seen another version (checkouts.v3.yml). */
export const CONFLICT: Refusal = { status: 409, message: 'The version does not match that of the store.' };

export const isStale = (version: unknown, { values }: Entry): boolean =>
  version !== undefined && version !== null && Number(version) !== Number(values['version'] ?? 1);

/** The rules of checkouts: a checkout is the cart with the same id (checkouts.v3.yml). */
const CHECKOUTS: Family = {
  refusalOf({ body, entry }) {
    if (entry !== undefined && isStale(body['version'], entry)) return CONFLICT;
    const isTooLong = String(body['customer_message'] ?? '').length > LONGEST_MESSAGE;
    return isTooLong ? { fields: { customer_message: `must have at most ${LONGEST_MESSAGE} characters` } } : undefined;
  },
  stored: ({ entry }) => ({ version: Number(entry?.values['version'] ?? 1) + 1 }),
  show: showCheckout,
};

function showCheckout({ row, entry, query, tables }: Shown): void {
  if (entry.values['base_amount'] === undefined) computeCheckout(entry, tables);
  const { values } = entry;
  const sums = sumsOf(entry);
  const included = includedIn(query);
  Object.assign(row, {
    cart: shownCart(entry, sums, included),
    billing_address: values['billing_address'] ?? {},
    consignments: jsonObjectsIn(values['consignments']).map((each) => shownConsignment(each, entry, included, tables)),
    taxes: shownTaxes(entry),
    coupons: shownCoupons(entry, tables),
    fees: jsonObjectsIn(values['fees']),
    order_id: values['order_id'] ?? null,
    shipping_cost_total_inc_tax: sums.shipping,
    shipping_cost_total_ex_tax: sums.shipping,
    handling_cost_total_inc_tax: sums.handling,
    handling_cost_total_ex_tax: sums.handling,
    tax_total: sums.tax,
    subtotal_inc_tax: sums.subtotalIncTax,
    subtotal_ex_tax: sums.subtotalExTax,
    grand_total: sums.grandTotal,
    customer_message: values['customer_message'] ?? '',
    version: values['version'] ?? 1,
  });
  if (included.has('promotions.banners')) row['promotions'] = [{ banners: bannersOf(entry, tables) }];
  else delete row['promotions'];
}

/** Where nothing is taxed, a checkout has a tax of nothing (headless/end-to-end-guides/rest-management). */
function shownTaxes(entry: Entry): unknown[] {
  const taxes = storedTaxes(entry);
  return taxes.length === 0 ? [{ name: 'Tax', amount: 0 }] : taxes;
}

function shownCart(entry: Entry, sums: CheckoutSums, included: ReadonlySet<string>): JsonObject {
  const { values } = entry;
  const lines = asJsonObject(shownLines(linesOf(entry), included, 'cart.'));
  // Items of a checkout have two names other than those of a cart.
  const items = (name: string): JsonObject[] =>
    jsonObjectsIn(lines[name]).map(({ taxable, ...item }) => ({
      ...item,
      is_taxable: item['is_taxable'] ?? taxable ?? true,
      comparison_price: item['original_price'],
      extended_comparison_price: roundedAmount(amountOf(item['original_price']) * amountOf(item['quantity'])),
    }));
  const { customer_id, channel_id, email, currency, tax_included, base_amount, discount_amount, discounts, created_time, updated_time } =
    values;
  return {
    id: entry.key,
    ...{ customer_id, channel_id, email, currency, tax_included, base_amount, discount_amount },
    cart_amount_inc_tax: sums.itemsIncTax,
    cart_amount_ex_tax: sums.itemsExTax,
    coupons: values['coupons'] ?? [],
    discounts,
    line_items: { ...lines, physical_items: items('physical_items'), digital_items: items('digital_items') },
    created_time,
    updated_time,
  };
}

/** The coupons of a checkout name their type, where those of a cart number it. */
function shownCoupons(entry: Entry, tables: Tables): JsonObject[] {
  return jsonObjectsIn(entry.values['coupons']).map(({ code, id, display_name, discounted_amount }) => {
    const coupon = couponOf(code, tables);
    const type = coupon?.kind === 'coupon' ? coupon.entry.values['type'] : 'promotion';
    return { code, id: Number(id), coupon_type: type, display_name, discounted_amount };
  });
}

function shownConsignment(consignment: JsonObject, cart: Entry, included: ReadonlySet<string>, tables: Tables): JsonObject {
  const shown = Object.fromEntries(Object.entries(consignment).filter(([name]) => !name.startsWith('$')));
  if (!included.has('consignments.available_shipping_options')) return shown;
  return { ...shown, available_shipping_options: optionsOfConsignment(consignment, cart, tables).map((option) => option.shown) };
}

/** What must be known of where a consignment goes before the checkout can become an order (checkouts.v3.yml, Add Consignment). */
const ADDRESS: readonly string[] = ['first_name', 'last_name', 'address1', 'city', 'email', 'country_code'];

/** Returns why a checkout cannot become an order; `undefined` if it can (cart-checkout/guide/consignments). */
export function refusalOfOrder(cart: Entry): Refusal | undefined {
  const { values } = cart;
  if (values['billing_address'] === undefined) return { status: 422, message: 'The checkout has no billing address.' };
  const consignments = jsonObjectsIn(values['consignments']);
  const shipped = new Set(consignments.flatMap(({ line_item_ids }) => (Array.isArray(line_item_ids) ? line_item_ids : [])));
  if (linesOf(cart).physical_items.some(({ id, added_by_promotion }) => added_by_promotion !== true && !shipped.has(id)))
    return { status: 422, message: 'Some items of the checkout are not in a consignment.' };
  for (const consignment of consignments) {
    const { selected_shipping_option, selected_pickup_option } = consignment;
    if (selected_pickup_option !== undefined) continue;
    const missing = ADDRESS.filter((name) => (addressOfConsignment(consignment)[name] ?? '') === '');
    if (missing.length > 0) return { status: 422, message: `A shipping address for this order is incomplete: ${missing.join(', ')}.` };
    if (selected_shipping_option === undefined) return { status: 422, message: 'A consignment has no selected shipping option.' };
  }
  return undefined;
}

const SCRIPTS = {
  custom_checkout_script_url: '',
  order_confirmation_use_custom_checkout_script: false,
  custom_order_confirmation_script_url: '',
  custom_checkout_supports_uco_settings: false,
  custom_checkout_sri_hash: '',
  custom_order_confirmation_sri_hash: '',
};

const CHANNEL_SETTINGS = {
  checkout_type: 'optimized',
  guest_checkout_type: 'enabled',
  guest_checkout_for_existing_accounts: 'allow',
  policy_consent: '',
  order_confirmation_contact_email: '',
  is_order_terms_and_conditions_enabled: false,
  order_terms_and_conditions_type: 'link',
  order_terms_and_conditions_link: '',
  order_terms_and_conditions_textarea: '',
  should_redirect_to_storefront_for_auth: false,
};

/** A script that serves the confirmation of orders too leaves no place for one of its own (checkouts.v3.yml). */
const settings = (defaults: JsonObject): Family => ({
  ...withDefaults(defaults),
  stored: ({ body }) =>
    body['order_confirmation_use_custom_checkout_script'] === true ? { custom_order_confirmation_script_url: '' } : {},
});

export const CHECKOUT_FAMILIES: Families = {
  'v3 /checkouts': CHECKOUTS,
  'v3 /checkouts/settings': settings(SCRIPTS),
  'v3 /checkouts/settings/channels/:channel_id': settings({ ...CHANNEL_SETTINGS, ...SCRIPTS }),
};
