import type { Money } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';

const address = { first_name: 'Jane', zip: '78751', country_iso2: 'US' };

/** Never called: the compiler checks it, when the specs are built. */
async function orders(order: v2.Order, line: v2.OrderProduct, shipment: v2.OrderShipment, fee: v2.OrderFee): Promise<void> {
  // Values to the leaves.
  const city: string = order.billing_address.city;
  order.billing_address.form_fields = [{ name: 'Licence', value: [city] }];
  // @ts-expect-error misspelt
  order.billing_address.zipcode;
  order.assign({ billing_address: { city: 'Austin' } });
  // @ts-expect-error misspelt
  order.assign({ billing_address: { street1: 'x' } });
  // @ts-expect-error a number
  order.assign({ billing_address: { zip: 78751 } });

  // Money reads as a string and is given as a number as well.
  const total: Money = order.total_inc_tax;
  order.assign({ total_inc_tax: 12, total_ex_tax: total });
  // @ts-expect-error
  order.total_inc_tax = 12;
  // @ts-expect-error not null
  order.assign({ total_inc_tax: null });
  // @ts-expect-error the store computes it
  order.assign({ total_tax: 1 });
  // @ts-expect-error
  order.cart_id = 'x';

  // Null where it is allowed.
  order.external_order_id = null;
  order.external_source = null;
  line.event_date = null;
  line.event_date = new Date();
  // @ts-expect-error dates are dates
  line.event_date = '2026-01-01';
  fee.tax_class_id satisfies number | null;
  // @ts-expect-error
  order.customer_message = null;

  // Open enumerations.
  shipment.shipping_provider = 'usps';
  shipment.shipping_provider = 'carrier_33';
  shipment.assign({ shipping_provider: 'fedex', items: [{ order_product_id: 1, quantity: 2 }] });
  // @ts-expect-error read-only in it
  shipment.assign({ items: [{ product_id: 1 }] });
  order.order_source = 'www';
  // @ts-expect-error
  order.order_source = 1;
  const kind: 'physical' | 'digital' | 'giftcertificate' | (string & {}) = line.type;
  void kind;

  // What a new one must have.
  void v2.Order.create({ billing_address: address, products: [{ name: 'Mug', quantity: 1, price_inc_tax: 50, price_ex_tax: 45 }] });
  // @ts-expect-error neither products nor consignments
  void v2.Order.create({ billing_address: address });
  // @ts-expect-error no address
  void v2.Order.create({ products: [] });
  void order.shipments.create({ order_address_id: 1, items: [] });
  // @ts-expect-error no items
  void v2.OrderShipment.of(1).create({ order_address_id: 1 });

  // Consignments: lines, or links to them.
  const { pickups, shipping, downloads } = (await order.consignments) ?? new v2.OrderConsignments();
  const [item] = pickups[0]?.line_items ?? [];
  if (item !== undefined && 'quantity' in item) item.price_inc_tax satisfies Money;
  else item?.resource satisfies string | undefined;
  shipping[0]?.cost_ex_tax satisfies number | undefined;
  downloads[0]?.recipient_email satisfies string | undefined;
  // @ts-expect-error one at most
  downloads[1];

  // Actions.
  const counts = await v2.Order.countByStatus({ min_id: 1, channel_id: 1 });
  counts.statuses[0]?.custom_label satisfies string | undefined;
  // @ts-expect-error
  void v2.Order.countByStatus({ min_name: 1 });
  const { quotes, errors } = await v2.Order.quoteRefunds([{ order_id: 1, items: [{ item_type: 'PRODUCT', item_id: 1, quantity: 1 }] }]);
  errors[0]?.status satisfies number | undefined;
  const provider_id = quotes[0]?.refund_methods[0]?.[0]?.provider_id ?? '';
  // @ts-expect-error of which order
  void v2.Order.quoteRefunds([{ items: [] }]);
  void order.refundQuotes({ tax_adjustment_amount: 1 });
  void order.refundQuotes({ items: [{ item_type: 'SHIPPING', item_id: 1, amount: 5 }] });
  // @ts-expect-error products go by quantity
  void order.refundQuotes({ items: [{ item_type: 'PRODUCT', item_id: 1, amount: 5 }] });
  // @ts-expect-error there is no such item
  void order.refundQuotes({ items: [{ item_type: 'GIFT', item_id: 1, amount: 5 }] });
  const refund = await order.refund({ items: [{ item_type: 'FEE', item_id: 1, amount: 5 }], payments: [{ provider_id, amount: 5 }] });
  refund.payments[0]?.is_declined satisfies boolean | undefined;
  // @ts-expect-error no payments
  void order.refund({ items: [] });
  void v3.OrderRefund.of(1).create({ items: [{ item_type: 'ORDER', item_id: 1, amount: 5 }], payments: [{ amount: 5 }] });
  void v3.OrderRefund.of(1).create({ tax_adjustment_amount: 1 });
  // @ts-expect-error no payments
  void v3.OrderRefund.of(1).create({ items: [] });
  void v3.Refund.where({ created: { min: new Date() }, order_id: { in: [1] } });
}

/** Never called. */
async function shippingAndStock(method: v2.ShippingZoneMethod, location: v3.Location, transaction: v3.OrderTransaction): Promise<void> {
  method.settings = { rate: 7 };
  method.settings = {
    default_cost: null,
    default_cost_type: 'fixed_amount',
    range: [{ lower_limit: 0, upper_limit: 5, shipping_cost: 8 }],
  };
  method.settings = { carrier_options: { delivery_services: ['FEDEX_2_DAY'], packing_method: 'SEPARATE' } };
  // @ts-expect-error
  method.settings = { rates: 7 };
  method.type = 'carrier_33';
  void v2.ShippingZone.create({
    name: 'US',
    type: 'country',
    locations: [{ country_iso2: 'US' }],
    free_shipping: { minimum_sub_total: 50 },
  });
  // @ts-expect-error no type
  void v2.ShippingZone.create({ name: 'US' });
  void v2.Store.connectCarrier('fedex', { key: 'k', password: 'p', account_number: '1', meter_number: '2' });
  void v2.Store.connectCarrier('royalmail', {});
  void v2.Store.connectCarrier('carrier_33', { account: 'x' });
  // @ts-expect-error another carrier's
  void v2.Store.connectCarrier('auspost', { key: 'k' });

  void v3.InventoryItem.set({ items: [{ location_id: 1, sku: 'MUG', quantity: 7 }] });
  // @ts-expect-error no item
  void v3.InventoryItem.set({ items: [{ location_id: 1, quantity: 7 }] });
  void v3.LocationItem.configure(location, [{ identity: { sku: 'MUG' }, safety_stock: 1 }]);
  // @ts-expect-error misspelt
  void v3.LocationItem.configure(location, [{ identity: { sku: 'MUG' }, safety: 1 }]);
  location.operating_hours.monday.opening = '08:00';
  location.assign({ special_hours: [{ label: 'Thanksgiving', date: '2026-11-26', open: false }] });
  // @ts-expect-error no address
  void v3.Location.create({ label: 'Shop', managed_by_external_source: false, type_id: 'PHYSICAL', time_zone: 'Etc/UTC' });
  const { results } = await v3.PickupMethod.options({
    search_area: { radius: { value: 5, unit: 'KM' } },
    items: [{ variant_id: 1, quantity: 1 }],
  });
  results[0]?.pickup_options[0]?.pickup_method.display_name satisfies string | undefined;
  // @ts-expect-error no radius
  void v3.PickupMethod.options({ search_area: {}, items: [] });

  transaction.credit_card.card_last4 satisfies string;
  transaction.offline?.display_name satisfies string | undefined;
  // @ts-expect-error may be null
  transaction.offline.display_name;
  void v3.PaymentAccessToken.create({ order: { id: 1 } });
  // @ts-expect-error no order
  void v3.PaymentAccessToken.create({});
  new v3.OrderChannelSettings().assign({ notifications: { order_placed: { email_addresses: null } } });
  // @ts-expect-error the store's own are not null
  new v3.OrderSettings().assign({ notifications: { order_placed: { email_addresses: null } } });
  void v3.CustomsInformation.create({
    product_id: 1,
    country_of_origin: 'US',
    commodity_description: 'Caps',
    international_shipping: true,
    hs_codes: { ALL: '501000' },
  });
  // @ts-expect-error all are required
  void v3.CustomsInformation.create({ product_id: 1 });
}

describe('the types of orders, shipping and inventory', () => {
  it('are checked by the compiler', () => {
    expect([orders, shippingAndStock]).to.have.length(2);
  });

  it('have the required names in the declarations', () => {
    expect(v2.Order.resource.required).to.deep.equal(['billing_address', ['products', 'consignments']]);
    expect(v2.OrderShipment.resource.required).to.deep.equal(['order_address_id', 'items']);
  });
});
