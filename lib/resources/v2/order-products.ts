import { BelongsTo } from '../../associations/belongs-to.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { throughParent } from '../../persistence/through-parent.js';
import type { V2Filters } from '../../query/where.js';
import { Attribute } from '../../schema/attribute.js';
import type { Money, Open } from '../../schema/types.js';
import { noFilters } from '../no-filters.js';
import type { OrderConfigurableField, OrderProductDiscount, OrderProductOption } from './order-values.js';
import { Product } from './products.js';

const orderProductRequired = ['quantity', ['product_id', 'name']] as const;

/**
 * A line of an order. It is written inside its order: `line.save()`, `line.destroy()`, `order.products.create()` and `order.save()` are
 * one `PUT /orders/1` each. The store then computes the order's totals again and clears all discounts and promotions of the lines that
 * were changed. Give both prices of a line or neither. The totals of a saved line are those from before: `reload()` reads the new ones.
 */
@Resource('/orders/:order_id/products', {
  version: 'v2',
  filters: noFilters,
  operations: ['list', 'get', 'count'],
  // orders.v2.oas2.yml: POST /orders, order_Post `products`; PUT /orders/{order_id}: lines with an id change, lines without one are
  // added, others stay, and the quantity 0 removes one.
  through: throughParent({ create: true, update: 'merge', remove: { quantity: 0 } }),
  required: orderProductRequired,
})
export class OrderProduct extends Model<OrderProduct, V2Filters<typeof noFilters>, unknown, typeof orderProductRequired> {
  /** The number of the line, not of the product. Shipments and refunds refer to it. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The order that it belongs to. */
  @Attribute(() => Number, { readOnly: true }) readonly order_id!: number;
  /** The product in the catalog; 0 for a custom one, which has `name`, `quantity` and both prices. */
  @Attribute(() => Number) product_id!: number;
  /** How the line is picked up; 0 if it is not. */
  @Attribute(() => Number) order_pickup_method_id!: number;
  /** The address of the order that it is shipped to; 0 if it is not shipped. */
  @Attribute(() => Number) order_address_id!: number;
  /** The same as `name_customer`: changing one changes both. 1 to 250 characters; default: the name in the catalog. */
  @Attribute(() => String) name!: string;
  /** Of the product or variant, as it was when ordered. */
  @Attribute(() => String) sku!: string;
  /** What kind of product it is. */
  @Attribute(() => String) type!: Open<'physical' | 'digital' | 'giftcertificate'>;
  /** Price of one, as entered in the catalog. */
  @Attribute(() => String) base_price!: Money;
  /** Price of one without tax; not negative. Given together with `price_inc_tax`; default: what the store computes. */
  @Attribute(() => String) price_ex_tax!: Money;
  /** Price of one with tax; not negative. Given together with `price_ex_tax`; default: what the store computes. */
  @Attribute(() => String) price_inc_tax!: Money;
  /** Tax of one: the difference of both prices. */
  @Attribute(() => String) price_tax!: Money;
  /** Price of all as entered. Depends on how the store shows tax, and may be 0 because of it. */
  @Attribute(() => String) base_total!: Money;
  /** Price of all without tax; not negative. */
  @Attribute(() => String) total_ex_tax!: Money;
  /** Price of all with tax; not negative. */
  @Attribute(() => String) total_inc_tax!: Money;
  /** Tax of all, after manual discounts. */
  @Attribute(() => String) total_tax!: Money;
  /** How many were ordered. */
  @Attribute(() => Number) quantity!: number;
  /** What one costs the merchant, as in the catalog. Never shown to shoppers. */
  @Attribute(() => String) base_cost_price!: Money;
  /** What one costs the merchant with tax; not negative. Never shown to shoppers. */
  @Attribute(() => String) cost_price_inc_tax!: Money;
  /** What one costs the merchant without tax; not negative. Never shown to shoppers. */
  @Attribute(() => String) cost_price_ex_tax!: Money;
  /** Weight of one, in the store's unit; not negative. */
  @Attribute(() => String) weight!: string | number;
  /** In the store's unit; not negative. */
  @Attribute(() => String) width!: string;
  /** In the store's unit; not negative. */
  @Attribute(() => String) height!: string;
  /** In the store's unit; not negative. */
  @Attribute(() => String) depth!: string;
  /** Tax in what one costs the merchant. */
  @Attribute(() => String) cost_price_tax!: Money;
  /** Whether it has been refunded. */
  @Attribute(() => Boolean) is_refunded!: boolean;
  /** How many have been refunded. */
  @Attribute(() => Number) quantity_refunded!: number;
  /** Always 0: read the order's refunds instead. @deprecated */
  @Attribute(() => String) refund_amount!: Money;
  /** The return that it is part of; 0 if there is none. */
  @Attribute(() => Number) return_id!: number;
  /** The gift wrapping; 0 for none. Given with both costs of the wrapping; 0 alone removes it. */
  @Attribute(() => Number) wrapping_id!: number;
  /** Name of the gift wrapping; set by `wrapping_id`. */
  @Attribute(() => String) wrapping_name!: string | null;
  /** Cost of the gift wrapping as entered; not negative. */
  @Attribute(() => String) base_wrapping_cost!: Money | number;
  /** Cost of the gift wrapping of all, without tax; not negative. */
  @Attribute(() => String) wrapping_cost_ex_tax!: Money;
  /** Cost of the gift wrapping of all, with tax; not negative. */
  @Attribute(() => String) wrapping_cost_inc_tax!: Money;
  /** Tax in the cost of the gift wrapping. */
  @Attribute(() => String) wrapping_cost_tax!: Money;
  /** The words that go with the gift. */
  @Attribute(() => String) wrapping_message!: string;
  /** How many have been shipped. */
  @Attribute(() => Number) quantity_shipped!: number;
  /** What the date that the shopper gave is for: `Delivery date`. */
  @Attribute(() => String) event_name!: string | null;
  /** The day that the shopper gave for an event or delivery. */
  @Attribute(() => Date) event_date!: Date | null;
  /** Shipping cost of the product, if it has one of its own. */
  @Attribute(() => String) fixed_shipping_cost!: Money;
  /** The item on eBay. */
  @Attribute(() => String) ebay_item_id!: string;
  /** The transaction on eBay. */
  @Attribute(() => String) ebay_transaction_id!: string;
  /** The option set of the product, in stores with the V2 catalog. */
  @Attribute(() => Number) option_set_id!: number | null;
  /** The line that this one was added with, as a choice from a pick list. */
  @Attribute(() => Number) parent_order_product_id!: number | null;
  /** Whether it belongs to another product of the order. */
  @Attribute(() => Boolean) is_bundled_product!: boolean;
  /** Where the warehouse keeps it. */
  @Attribute(() => String) bin_picking_number!: string;
  /** The order in another system, such as Amazon. */
  @Attribute(() => String, { readOnly: true }) readonly external_id!: string | null;
  /** Name of the product's brand. */
  @Attribute(() => String) brand!: string;
  /** What was taken off the price; cleared when the line is changed. */
  @Attribute(() => Array) applied_discounts!: OrderProductDiscount[];
  /** The choices for options and modifiers. Required where the product has variants and `variant_id` is not given, or a required modifier. */
  @Attribute(() => Array) product_options!: OrderProductOption[];
  /** Only in stores with the V2 catalog. */
  @Attribute(() => Array) configurable_fields!: OrderConfigurableField[];
  /** Universal product code; up to 255 characters. */
  @Attribute(() => String) upc!: string;
  /** The variant; 0 for custom products. Not accepted for them. */
  @Attribute(() => Number) variant_id!: number;
  /** The name that shoppers see. */
  @Attribute(() => String) name_customer!: string;
  /** The name in the control panel; default: `name`. */
  @Attribute(() => String) name_merchant!: string;
  /** The gift certificate that was bought. */
  @Attribute(() => Number) gift_certificate_id!: number | null;
  /** Price of all with tax, after every discount: what the shopper paid. */
  @Attribute(() => String) discounted_total_inc_tax!: Money;
  @BelongsTo(() => Product, { key: 'product_id' }) product!: BelongsTo<Product>;
}
