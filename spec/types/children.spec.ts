import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';

/** Never called: the compiler checks it when the specs are built. Each line under an expected error must not compile. */
export async function childrenTypeCheck(order: v2.Order, line: v2.OrderProduct, fee: v2.OrderFee, product: v3.Product): Promise<void> {
  const billing_address = { first_name: 'Jane' };
  await v2.Order.create({ billing_address, products: [{ product_id: 1, quantity: 2 }], shipping_addresses: [{ city: 'Austin' }] });
  await v2.Order.create({ billing_address, consignments: { pickups: [] } });
  await v2.Order.create({ billing_address, products: [line], fees: [{ display_name_customer: 'Rush', cost_ex_tax: 1, cost_inc_tax: 1 }] });
  // @ts-expect-error an order has products or consignments
  await v2.Order.create({ billing_address });
  // @ts-expect-error the quantity of a line is a number
  await v2.Order.create({ billing_address, products: [{ product_id: 1, quantity: 'two' }] });

  await order.update({ products: [{ id: line.id, quantity: 3 }, { product_id: 2, quantity: 1 }, line], fees: [fee] });
  await v2.Order.update(1, { products: [{ id: 5, quantity: 0 }] });
  await v2.Order.updateMany([{ id: 1, products: [{ id: 5, quantity: 2 }] }]);
  await order.update({ consignments: { pickups: [{ id: 1 }] } });
  await product.update({
    custom_fields: [
      { id: 1, value: 'Blue' },
      { name: 'Size', value: 'L' },
    ],
  });
  // @ts-expect-error no line has a `colour`
  await order.update({ products: [{ id: 5, colour: 'red' }] });
  // @ts-expect-error a list of lines
  await order.update({ products: { id: 5, quantity: 2 } });
  // @ts-expect-error a product is not a line
  await order.update({ products: [product] });

  await order.products.create({ product_id: 1, quantity: 1 });
  await order.fees.create({ display_name_customer: 'Rush', cost_ex_tax: '1.00', cost_inc_tax: '1.00', tax_class_id: null });
  await order.products.create({ name: 'Engraving', quantity: 1, price_ex_tax: 1, price_inc_tax: 1 });
  // @ts-expect-error a line has a quantity
  await order.products.create({ product_id: 1 });
  // @ts-expect-error a line is of a product, or has a name
  await v2.OrderProduct.of(1).create({ quantity: 1 });
  // @ts-expect-error a fee has a name
  await order.fees.create({ cost_ex_tax: 1, cost_inc_tax: 1 });
  // @ts-expect-error a fee costs something
  await v2.OrderFee.of(1).createMany([{ display_name_merchant: 'Rush' }]);
  fee.cost_inc_tax = '5.00';
  // @ts-expect-error the store computes the base cost
  fee.base_cost = '5.00';
}
