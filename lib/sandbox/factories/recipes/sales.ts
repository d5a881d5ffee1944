import { asJsonObject } from '../../../json-object.js';
import * as v2 from '../../../resources/v2/index.js';
import * as v3 from '../../../resources/v3/index.js';
import type { Draft, Recipes } from '../recipe.js';

const billing_address = {
  first_name: 'Jane',
  last_name: 'Doe',
  street_1: '1 Main Street',
  city: 'Austin',
  state: 'Texas',
  zip: '78701',
  country: 'United States',
  country_iso2: 'US',
  email: 'jane@example.com',
};

/** A product that somebody buys. */
const bought = (draft: Draft): object => ({ product_id: draft.some(v3.Product), quantity: 1 });

const orderOf = ({ parents }: Draft): Readonly<Record<string, string>> => ({ order_id: parents['order_id'] ?? '' });

const firstLine = (draft: Draft): Record<string, unknown> => asJsonObject(draft.rows(v2.OrderProduct, orderOf(draft))[0]);

const isoIn = (draft: Draft, seconds: number): string => new Date(draft.secondsFromNow(seconds) * 1000).toISOString();

const channelIn = (draft: Draft) => ({ channel_id: () => draft.some(v3.Channel), expires_at: draft.secondsFromNow(DAY_S) });
const DAY_S = 86_400;

/** Carts, orders, and what they are paid and priced with. */
export const SALES_RECIPES: Recipes = {
  'v2 /orders': (draft) => ({
    billing_address,
    products: () => [bought(draft)],
    // Without an address there is nothing to ship to.
    shipping_addresses: [billing_address],
  }),
  // Two of the three costs are needed. Without tax, the third is the same.
  'v2 /orders/:order_id/fees': ({ n }) => ({ display_name_customer: `Fee ${n}`, cost_tax: '0.0000', cost_ex_tax: '5.0000' }),
  'v2 /orders/:order_id/products': (draft) => ({ product_id: () => draft.some(v3.Product), quantity: 1 }),
  'v2 /orders/:order_id/shipments': (draft) => ({
    order_address_id: () => firstLine(draft)['order_address_id'] || draft.rows(v2.OrderShippingAddress, orderOf(draft))[0]?.['id'],
    items: () => [{ order_product_id: firstLine(draft)['id'], quantity: 1 }],
  }),
  'v3 /orders/:order_id/payment_actions/refunds': (draft) => ({
    items: () => [{ item_type: 'PRODUCT', item_id: firstLine(draft)['id'], quantity: 1 }],
    payments: () => [{ provider_id: 'custom', amount: Number(firstLine(draft)['price_inc_tax'] ?? 0), offline: true }],
  }),
  'v3 /orders/pickups': (draft) => ({
    pickup_method_id: () => draft.some(v3.PickupMethod),
    order_id: () => draft.some(v2.Order),
    ready_at: isoIn(draft, DAY_S),
    pickup_items: () => {
      const [order] = draft.rows(v2.Order);
      const [line] = draft.rows(v2.OrderProduct, { order_id: String(order?.['id']) });
      return [{ order_product_id: line?.['id'] ?? 1, quantity: 1 }];
    },
  }),
  'v3 /carts': (draft) => ({ line_items: () => [bought(draft)], channel_id: () => draft.some(v3.Channel) }),
  'v3 /payments/access_tokens': (draft) => ({ order: () => ({ id: draft.some(v2.Order), is_recurring: false }) }),
  'v2 /coupons': ({ n }) => ({
    name: `Coupon ${n}`,
    code: `COUPON-${n}`,
    type: 'per_total_discount',
    amount: '5.0000',
    applies_to: { entity: 'categories', ids: [0] },
  }),
  'v2 /gift_certificates': ({ n }) => ({
    to_name: 'Jane Doe',
    to_email: 'jane@example.com',
    from_name: 'John Doe',
    from_email: 'john@example.com',
    amount: `${10 * n}.0000`,
  }),
  'v3 /promotions': ({ n }) => ({
    redemption_type: 'AUTOMATIC',
    name: `Promotion ${n}`,
    rules: [{ action: { cart_value: { discount: { percentage_amount: '10' } } }, apply_once: true, stop: false }],
  }),
  'v3 /promotions/:promotion_id/codes': ({ n }) => ({ code: `CODE-${n}` }),
  'v3 /pricelists': ({ n }) => ({ name: `Price list ${n}` }),
  'v3 /pricelists/assignments': (draft) => ({
    price_list_id: () => draft.fresh(v3.PriceList),
    customer_group_id: () => draft.fresh(v2.CustomerGroup),
    channel_id: () => draft.some(v3.Channel),
  }),
  'v3 /pricelists/:price_list_id/records': (draft) => ({
    variant_id: () => variantIn(draft),
    currency: 'usd',
    price: 10,
  }),
  'v3 /pickup/methods': (draft) => ({
    location_id: () => draft.some(v3.Location),
    display_name: `Pickup ${draft.n}`,
    collection_instructions: 'Ring the bell.',
    collection_time_description: '9 to 5',
  }),
  'v2 /currencies': ({ n }) => ({ ...CURRENCY, currency_code: codeAt(n), name: `Currency ${codeAt(n)}` }),
  'v3 /channels/currency-assignments': (draft) => ({
    channel_id: () => draft.fresh(v3.Channel),
    enabled_currencies: ['USD'],
    default_currency: 'USD',
  }),
  'v3 /channels/:channel_id/currency-assignments': () => ({ enabled_currencies: ['USD'], default_currency: 'USD' }),
  'v3 /storefront/api-token': channelIn,
  'v3 /storefront/api-token-customer-impersonation': channelIn,
  'v3 /storefront/api-token-private': (draft) => ({ ...channelIn(draft), scopes: ['Unauthenticated'] }),
};

const CURRENCY = {
  currency_exchange_rate: '1.1000000000',
  token_location: 'left',
  token: '¤',
  decimal_token: '.',
  thousands_token: ',',
  decimal_places: 2,
};

const CODES = ['CHF', 'SEK', 'NOK', 'DKK', 'PLN', 'CZK', 'HUF', 'JPY', 'NZD', 'SGD', 'HKD', 'MXN', 'BRL', 'ZAR', 'INR', 'THB'];

const codeAt = (n: number): string => CODES[(n - 1) % CODES.length] ?? 'CHF';

/** The id of the first variant in the store, or of a new one. */
const variantIn = (draft: Draft): unknown => draft.rows(v3.ProductVariant)[0]?.['id'] ?? draft.fresh(v3.ProductVariant);
