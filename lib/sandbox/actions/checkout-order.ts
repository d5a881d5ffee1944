import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { GiftCertificate } from '../../resources/v2/marketing.js';
import { Order } from '../../resources/v2/orders.js';
import { amountOf, money } from '../amounts.js';
import { addressFromV3 } from '../families/addresses.js';
import { COUPON_TYPES, couponOf } from '../families/cart-coupons.js';
import { codesOf } from '../families/cart-discounts.js';
import { type CartLines, linesOf, productLinesOf } from '../families/cart-lines.js';
import { isTaxIncluded, taxesOf } from '../families/cart-taxes.js';
import { addressOf, storedTaxes } from '../families/cart-totals.js';
import { sumsOf } from '../families/checkout-sums.js';
import { countUse } from '../families/coupon-uses.js';
import { ResourceRows } from '../resource-rows.js';
import type { Entry, Tables } from '../tables.js';

/** The status of an order that nobody has paid: Incomplete (checkouts.v3.yml, Create an Order). */
const INCOMPLETE = 0;

/** Carts that have become orders, which nobody has paid. */
export const ORDERED_CARTS = '/carts/$ordered';

/** Converts a checkout to a V2 order: its lines, addresses, customer and totals. Returns the order. */
export function orderFrom(cart: Entry, tables: Tables): Entry {
  const { values } = cart;
  const lines = orderLines(cart, tables);
  const order = new ResourceRows(Order.resource, tables).insert(orderBody(cart, lines, tables), {});
  const coupons = jsonObjectsIn(values['coupons']);
  Object.assign(order.values, {
    cart_id: cart.key,
    coupon_discount: money(coupons.reduce((sum, { discounted_amount }) => sum + amountOf(discounted_amount), 0)),
    currency_code: asJsonObject(values['currency'])['code'],
    order_is_digital: linesOf(cart).physical_items.length === 0,
    order_source: 'checkout_api',
  });
  const parents = { order_id: order.key };
  for (const coupon of coupons) tables.of('/orders/:order_id/coupons').insert('id', orderCoupon(coupon, tables), parents);
  for (const [at, { name, amount }] of storedTaxes(cart).entries()) {
    const amounts = { line_amount: money(amount), priority_amount: money(amount) };
    tables.of('/orders/:order_id/taxes').insert('id', { name, class: 'Default', rate: money(0), priority: at + 1, ...amounts }, parents);
  }
  completeShipping(cart, lines, order, tables);
  return order;
}

/** Puts the lines of an order on the addresses of their consignments, and sets what shipping to these costs. */
function completeShipping(cart: Entry, lines: readonly JsonObject[], order: Entry, tables: Tables): void {
  const parents = { order_id: order.key };
  const addresses = tables.of('/orders/:order_id/shipping_addresses').list(parents);
  const rows = tables.of('/orders/:order_id/products').list(parents);
  for (const [at, consignment] of shippedOf(cart).entries()) {
    const address = addresses[at];
    if (address === undefined) continue;
    const ids: unknown[] = Array.isArray(consignment['line_item_ids']) ? consignment['line_item_ids'] : [];
    const own = rows.filter((_, place) => ids.includes(lines[place]?.['$id']));
    for (const { values } of own) values['order_address_id'] = address.values['id'];
    const cost = money(amountOf(consignment['$shipping']));
    const handling = money(amountOf(consignment['$handling']));
    Object.assign(address.values, {
      items_total: own.reduce((sum, { values }) => sum + amountOf(values['quantity']), 0),
      ...{ base_cost: cost, cost_ex_tax: cost, cost_inc_tax: cost, cost_tax: money(0) },
      ...{ base_handling_cost: handling, handling_cost_ex_tax: handling, handling_cost_inc_tax: handling },
    });
  }
}

const isPickup = ({ selected_pickup_option }: JsonObject): boolean => selected_pickup_option !== undefined;
const consignmentsOf = ({ values }: Entry): JsonObject[] => jsonObjectsIn(values['consignments']);
const shippedOf = (cart: Entry): JsonObject[] => consignmentsOf(cart).filter((each) => !isPickup(each));

function orderBody(cart: Entry, lines: readonly JsonObject[], tables: Tables): JsonObject {
  const { values } = cart;
  const sums = sumsOf(cart);
  const fees = jsonObjectsIn(values['fees']).map(orderFee);
  const addresses = shippedOf(cart).map(shippingAddress);
  const [pickup] = consignmentsOf(cart).filter(isPickup);
  const products = lines.map(withoutId);
  return {
    status_id: INCOMPLETE,
    customer_id: values['customer_id'] ?? 0,
    channel_id: values['channel_id'] ?? 1,
    billing_address: addressFromV3(asJsonObject(values['billing_address'])),
    customer_message: values['customer_message'] ?? '',
    default_currency_code: asJsonObject(values['currency'])['code'],
    // A pickup is the only consignment of a checkout: its lines are those of the order.
    ...(pickup === undefined ? { products } : { consignments: { pickups: [{ ...pickupOf(pickup, tables), line_items: products }] } }),
    ...(addresses.length === 0 ? {} : { shipping_addresses: addresses }),
    ...(fees.length === 0 ? {} : { fees }),
    discount_amount: money(amountOf(values['discount_amount'])),
    base_shipping_cost: money(sums.shipping),
    shipping_cost_ex_tax: money(sums.shipping - sums.shippingDiscount),
    shipping_cost_inc_tax: money(sums.shipping - sums.shippingDiscount),
    handling_cost_ex_tax: money(sums.handling),
    handling_cost_inc_tax: money(sums.handling),
    subtotal_ex_tax: money(sums.subtotalExTax),
    subtotal_inc_tax: money(sums.subtotalIncTax),
    total_ex_tax: money(sums.grandTotal - sums.tax),
    total_inc_tax: money(sums.grandTotal),
    payment_method: '',
  };
}

/** A pickup as an order has it: what its method says, and where it is. */
function pickupOf({ selected_pickup_option }: JsonObject, tables: Tables): JsonObject {
  const { pickup_method_id } = asJsonObject(selected_pickup_option);
  const method = tables.of('/pickup/methods').get(String(pickup_method_id), {})?.values ?? {};
  const location = tables.of('/inventory/locations').get(String(method['location_id']), {})?.values ?? {};
  return {
    pickup_method_id,
    pickup_method_display_name: method['display_name'] ?? '',
    collection_instructions: method['collection_instructions'] ?? '',
    collection_time_description: method['collection_time_description'] ?? '',
    location: { ...asJsonObject(location['address']), id: location['id'] ?? null, name: location['label'] ?? '' },
  };
}

const withoutId = ({ $id, ...line }: JsonObject): JsonObject => line;

/** The lines of an order: products by their ids, other items by their names. Prices are those before discounts. */
function orderLines(cart: Entry, tables: Tables): JsonObject[] {
  const lines = linesOf(cart);
  const pricesOf = (price: number, taxClass: unknown): JsonObject => {
    const tax = taxesOf([{ amount: price, taxClass }], addressOf(cart), tables).reduce((sum, { amount }) => sum + amount, 0);
    const isIncluded = isTaxIncluded(tables);
    return { price_ex_tax: money(isIncluded ? price - tax : price), price_inc_tax: money(isIncluded ? price : price + tax) };
  };
  const products = productLinesOf(lines).map(
    ({ id, product_id, variant_id, name, quantity, list_price, options, discount_amount, taxable }) => ({
      $id: id,
      product_id,
      variant_id,
      name,
      quantity,
      ...(taxable === false ? pricesOf(amountOf(list_price), null) : pricesOf(amountOf(list_price), taxClassOf(product_id, tables))),
      product_options: jsonObjectsIn(options).map((option) => ({
        id: option['nameId'],
        value: String(option['valueId'] ?? option['value']),
        display_name: option['name'],
        display_value: option['value'],
      })),
      applied_discounts:
        amountOf(discount_amount) > 0
          ? [{ id: 'total', amount: money(amountOf(discount_amount)), name: 'Discounts', code: null, target: 'order' }]
          : [],
    }),
  );
  const custom = lines.custom_items.map(({ id, name, sku, quantity, list_price }) => ({
    $id: id,
    name,
    sku,
    quantity,
    ...pricesOf(amountOf(list_price), 0),
  }));
  const certificates = lines.gift_certificates.map(({ id, name, amount }) => ({
    $id: id,
    name,
    quantity: 1,
    type: 'giftcertificate',
    price_ex_tax: money(amountOf(amount)),
    price_inc_tax: money(amountOf(amount)),
  }));
  return [...products, ...custom, ...certificates];
}

const taxClassOf = (product: unknown, tables: Tables): unknown => tables.of('/products').get(String(product), {})?.values['tax_class_id'];

const shippingAddress = ({ address, selected_shipping_option }: JsonObject): JsonObject => ({
  ...addressFromV3(asJsonObject(address)),
  shipping_method: asJsonObject(selected_shipping_option)['description'] ?? '',
});

const orderFee = ({ type, name, display_name, cost_ex_tax, cost_inc_tax, source, tax_class_id }: JsonObject): JsonObject => ({
  type,
  source,
  tax_class_id,
  cost_ex_tax,
  cost_inc_tax,
  display_name_customer: display_name,
  display_name_merchant: name,
});

function orderCoupon({ code, id, coupon_type, discounted_amount }: JsonObject, tables: Tables): JsonObject {
  const coupon = couponOf(code, tables);
  const amount = coupon?.kind === 'coupon' ? coupon.entry.values['amount'] : money(amountOf(discounted_amount));
  return {
    coupon_id: Number(id),
    code,
    amount,
    type: Number(coupon_type ?? COUPON_TYPES['promotion']),
    discount: amountOf(discounted_amount),
  };
}

/** Does what follows when an order is paid, which its status shows: uses are counted, gift certificates sold, and the cart is no more. */
export function completePaidOrders(tables: Tables): void {
  tables.changes.listen(({ resource, entry, before }) => {
    if (resource.path !== Order.resource.path || before?.['status_id'] !== INCOMPLETE || entry.values['status_id'] === INCOMPLETE) return;
    const cart = tables.of(ORDERED_CARTS).get(String(entry.values['cart_id']), {});
    if (cart === undefined) return;
    tables.of(ORDERED_CARTS).delete(cart);
    countUses(cart, tables);
    sellCertificates(linesOf(cart), cart, entry, tables);
  });
}

/** Counts the uses of coupons and promotions. */
function countUses(cart: Entry, tables: Tables): void {
  const { $promotions, customer_id } = cart.values;
  for (const code of codesOf(cart)) {
    const coupon = couponOf(code, tables);
    if (coupon !== undefined) countUse(coupon, customer_id, tables);
  }
  for (const id of Array.isArray($promotions) ? $promotions : []) {
    const promotion = tables.of('/promotions').get(String(id), {});
    if (promotion !== undefined) promotion.values['current_uses'] = amountOf(promotion.values['current_uses']) + 1;
  }
}

/** Creates the gift certificates that an order buys. They can be used once it is paid. */
function sellCertificates({ gift_certificates }: CartLines, cart: Entry, order: Entry, tables: Tables): void {
  const rows = new ResourceRows(GiftCertificate.resource, tables);
  for (const { amount, sender, recipient, message, theme } of gift_certificates) {
    const [from, to] = [asJsonObject(sender), asJsonObject(recipient)];
    const names = { to_name: to['name'], to_email: to['email'], from_name: from['name'], from_email: from['email'] };
    const more = {
      message,
      template: `${String(theme).toLowerCase()}.html`,
      customer_id: cart.values['customer_id'] ?? 0,
      status: 'pending',
    };
    const certificate = rows.insert({ ...names, ...more, amount: money(amountOf(amount)) }, {});
    certificate.values['order_id'] = order.values['id'];
  }
}
