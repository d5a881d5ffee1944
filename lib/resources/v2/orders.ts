import { BelongsTo } from '../../associations/belongs-to.js';
import { HasOne } from '../../associations/has-one.js';
import { act, queryOf } from '../../model/action.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { throughParent } from '../../persistence/through-parent.js';
import type { ActionOptions } from '../../query/params.js';
import type { V2Filters } from '../../query/where.js';
import { Attribute } from '../../schema/attribute.js';
import type { CallOptions } from '../../transport/request.js';
import { Customer } from './customers.js';
import { OrderConsignments, OrderCoupon, OrderFee, OrderMessage, OrderShipment, OrderShippingAddress, OrderTax } from './order-details.js';
import { Product } from './products.js';

const filters = {
  min_id: Number,
  max_id: Number,
  min_total: Number,
  max_total: Number,
  customer_id: Number,
  email: String,
  status_id: Number,
  cart_id: String,
  payment_method: String,
  min_date_created: Date,
  max_date_created: Date,
  min_date_modified: Date,
  max_date_modified: Date,
  channel_id: Number,
  consignment_structure: String,
  external_order_id: String,
  is_deleted: Boolean,
} as const;

const includes = ['consignments', 'consignments.line_items', 'fees'] as const;

const params = {
  get: { consignment_structure: String },
  create: { include: includes, consignment_structure: String },
  refund: { transaction_id: String },
} as const;

const orderRequired = ['billing_address', ['products', 'consignments']] as const;

/** An order. Amounts are decimal strings. */
@Resource('/orders', { version: 'v2', filters, params, statuses: { create: 200 }, includes, required: orderRequired })
export class Order extends Model<Order, V2Filters<typeof filters>, (typeof includes)[number], typeof orderRequired, typeof params> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  @Attribute(() => Date) date_shipped!: Date | null;
  @Attribute(() => String) cart_id!: string;
  @Attribute(() => String, { readOnly: true, setBy: 'status_id' }) readonly status!: string;
  /** The store's own label of the status. */
  @Attribute(() => String, { readOnly: true, setBy: 'status_id' }) readonly custom_status!: string;
  @Attribute(() => String, { readOnly: true, setBy: 'subtotal_inc_tax' }) readonly subtotal_tax!: string;
  @Attribute(() => String) shipping_cost_tax!: string;
  @Attribute(() => Number) shipping_cost_tax_class_id!: number;
  @Attribute(() => String) handling_cost_tax!: string;
  @Attribute(() => Number) handling_cost_tax_class_id!: number;
  @Attribute(() => String) wrapping_cost_tax!: string;
  @Attribute(() => Number) wrapping_cost_tax_class_id!: number;
  @Attribute(() => String, { readOnly: true }) readonly payment_status!:
    | 'authorized'
    | 'captured'
    | 'capture pending'
    | 'declined'
    | 'held for review'
    | 'paid'
    | 'partially refunded'
    | 'pending'
    | 'refunded'
    | 'void'
    | 'void pending';
  @Attribute(() => String) store_credit_amount!: string;
  @Attribute(() => String) gift_certificate_amount!: string;
  @Attribute(() => Number, { readOnly: true, setBy: 'default_currency_code' }) readonly currency_id!: number;
  @Attribute(() => String, { readOnly: true, setBy: 'default_currency_code' }) readonly currency_code!: string;
  @Attribute(() => String) currency_exchange_rate!: string;
  @Attribute(() => Number, { readOnly: true, setBy: 'default_currency_code' }) readonly default_currency_id!: number;
  @Attribute(() => String) default_currency_code!: string;
  @Attribute(() => String, { readOnly: true }) readonly store_default_currency_code!: string;
  @Attribute(() => String) store_default_to_transactional_exchange_rate!: string;
  @Attribute(() => String, { readOnly: true, setBy: 'discount_amount' }) readonly coupon_discount!: string;
  @Attribute(() => Number, { readOnly: true }) readonly shipping_address_count!: number;
  /** Setting it deletes the order (orders.v2.oas2.yml, `order_Shared`: "When set to true in a PUT request…"). */
  @Attribute(() => Boolean) is_deleted!: boolean;
  @Attribute(() => String, { readOnly: true, setBy: 'total_inc_tax' }) readonly total_tax!: string;
  @Attribute(() => Boolean) is_tax_inclusive_pricing!: boolean;
  @Attribute(() => Boolean) is_email_opt_in!: boolean;
  @Attribute(() => String) order_source!: string;
  @Attribute(() => Number) status_id!: number;
  @Attribute(() => Object) billing_address!: Record<string, unknown>;
  @Attribute(() => String) base_handling_cost!: string;
  @Attribute(() => String) base_shipping_cost!: string;
  @Attribute(() => String) base_wrapping_cost!: string;
  @Attribute(() => Number) channel_id!: number;
  @Attribute(() => Number) customer_id!: number;
  @Attribute(() => String) customer_message!: string;
  @Attribute(() => Date) date_created!: Date | null;
  @Attribute(() => String) discount_amount!: string;
  @Attribute(() => String) ebay_order_id!: string;
  @Attribute(() => String, { readOnly: true, setBy: 'external_order_id' }) readonly external_id!: string;
  @Attribute(() => String) external_merchant_id!: string;
  @Attribute(() => String) external_source!: string;
  @Attribute(() => String) geoip_country!: string;
  @Attribute(() => String) geoip_country_iso2!: string;
  @Attribute(() => String) handling_cost_ex_tax!: string;
  @Attribute(() => String) handling_cost_inc_tax!: string;
  @Attribute(() => String) ip_address!: string;
  @Attribute(() => String) ip_address_v6!: string;
  @Attribute(() => Number, { readOnly: true }) readonly items_shipped!: number;
  @Attribute(() => Number, { readOnly: true }) readonly items_total!: number;
  @Attribute(() => Boolean) order_is_digital!: boolean;
  @Attribute(() => String) payment_method!: string;
  @Attribute(() => String) payment_provider_id!: string | number | null;
  @Attribute(() => String, { readOnly: true }) readonly refunded_amount!: string;
  @Attribute(() => String) shipping_cost_ex_tax!: string;
  @Attribute(() => String) shipping_cost_inc_tax!: string;
  @Attribute(() => String) staff_notes!: string;
  @Attribute(() => String) subtotal_ex_tax!: string;
  @Attribute(() => String) subtotal_inc_tax!: string;
  @Attribute(() => String) tax_provider_id!: string;
  @Attribute(() => String) customer_locale!: string;
  @Attribute(() => String) external_order_id!: string;
  @Attribute(() => String) total_ex_tax!: string;
  @Attribute(() => String) total_inc_tax!: string;
  @Attribute(() => String) wrapping_cost_ex_tax!: string;
  @Attribute(() => String) wrapping_cost_inc_tax!: string;
  @HasMany(() => OrderProduct) products!: HasMany<OrderProduct>;
  @HasMany(() => OrderShipment) shipments!: HasMany<OrderShipment>;
  @HasMany(() => OrderShippingAddress) shipping_addresses!: HasMany<OrderShippingAddress>;
  @HasMany(() => OrderCoupon) coupons!: HasMany<OrderCoupon>;
  @HasMany(() => OrderMessage) messages!: HasMany<OrderMessage>;
  @HasMany(() => OrderTax) taxes!: HasMany<OrderTax>;
  @HasMany(() => OrderFee) fees!: HasMany<OrderFee>;
  @HasOne(() => OrderConsignments) consignments!: HasOne<OrderConsignments>;
  @BelongsTo(() => Customer, { key: 'customer_id' }) customer!: BelongsTo<Customer>;

  /** Quotes a refund: how much it returns, and by which payments. V3. */
  async refundQuotes(
    body: { items: readonly Record<string, unknown>[] } & Record<string, unknown>,
    options?: CallOptions,
  ): Promise<Record<string, unknown>> {
    return act(this, 'POST', 'payment_actions/refund_quotes', { version: 'v3', body, ...options });
  }

  /** Refunds an order. V3; never sent twice. */
  async refund(
    body: { items: readonly Record<string, unknown>[]; payments: readonly Record<string, unknown>[] } & Record<string, unknown>,
    options?: ActionOptions<typeof params, 'refund'>,
  ): Promise<Record<string, unknown>> {
    return act(this, 'POST', 'payment_actions/refunds', { version: 'v3', body, ...queryOf(this, 'refund', options) });
  }

  /** Captures an authorized payment. V3. */
  async capture(options?: CallOptions): Promise<void> {
    await this.request('POST', 'payment_actions/capture', { version: 'v3', ...options });
  }

  /** Voids an authorized payment. V3. */
  async void(options?: CallOptions): Promise<void> {
    await this.request('POST', 'payment_actions/void', { version: 'v3', ...options });
  }
}

const productFilters = {} as const;

/**
 * A line of an order. It is written inside its order: `line.save()`, `line.destroy()`, `order.products.create()` and `order.save()` are
 * one `PUT /orders/1` each. The store then computes the order's totals again and clears all discounts and promotions of the lines that
 * were changed. Give both prices of a line or neither. The totals of a saved line are those from before: `reload()` reads the new ones.
 */
@Resource('/orders/:order_id/products', {
  version: 'v2',
  filters: productFilters,
  operations: ['list', 'get', 'count'],
  // orders.v2.oas2.yml: POST /orders, order_Post `products`; PUT /orders/{order_id}: lines with an id change, lines without one are
  // added, others stay ("behave like PATCH"), and the quantity 0 removes one.
  through: throughParent({ create: true, update: 'merge', remove: { quantity: 0 } }),
})
export class OrderProduct extends Model<OrderProduct, V2Filters<typeof productFilters>> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly order_id!: number;
  @Attribute(() => Number) product_id!: number;
  @Attribute(() => Number) order_pickup_method_id!: number;
  @Attribute(() => Number) order_address_id!: number;
  @Attribute(() => String) name!: string;
  @Attribute(() => String) sku!: string;
  @Attribute(() => String) type!: 'physical' | 'digital' | 'giftcertificate';
  @Attribute(() => String) base_price!: string;
  @Attribute(() => String) price_ex_tax!: string;
  @Attribute(() => String) price_inc_tax!: string;
  @Attribute(() => String) price_tax!: string;
  @Attribute(() => String) base_total!: string;
  @Attribute(() => String) total_ex_tax!: string;
  @Attribute(() => String) total_inc_tax!: string;
  @Attribute(() => String) total_tax!: string;
  @Attribute(() => Number) quantity!: number;
  @Attribute(() => String) base_cost_price!: string;
  @Attribute(() => String) cost_price_inc_tax!: string;
  @Attribute(() => String) cost_price_ex_tax!: string;
  @Attribute(() => String) weight!: string;
  @Attribute(() => String) width!: string;
  @Attribute(() => String) height!: string;
  @Attribute(() => String) depth!: string;
  @Attribute(() => String) cost_price_tax!: string;
  @Attribute(() => Boolean) is_refunded!: boolean;
  @Attribute(() => Number) quantity_refunded!: number;
  @Attribute(() => String) refund_amount!: string;
  @Attribute(() => Number) return_id!: number;
  @Attribute(() => Number) wrapping_id!: number;
  @Attribute(() => String) wrapping_name!: string;
  @Attribute(() => String) base_wrapping_cost!: string;
  @Attribute(() => String) wrapping_cost_ex_tax!: string;
  @Attribute(() => String) wrapping_cost_inc_tax!: string;
  @Attribute(() => String) wrapping_cost_tax!: string;
  @Attribute(() => String) wrapping_message!: string;
  @Attribute(() => Number) quantity_shipped!: number;
  @Attribute(() => String) event_name!: string;
  @Attribute(() => String) event_date!: string;
  @Attribute(() => String) fixed_shipping_cost!: string;
  @Attribute(() => String) ebay_item_id!: string;
  @Attribute(() => String) ebay_transaction_id!: string;
  @Attribute(() => Number) option_set_id!: number;
  @Attribute(() => Number) parent_order_product_id!: number;
  @Attribute(() => Boolean) is_bundled_product!: boolean;
  @Attribute(() => String) bin_picking_number!: string;
  @Attribute(() => String, { readOnly: true }) readonly external_id!: string;
  @Attribute(() => String) brand!: string;
  @Attribute(() => Array) applied_discounts!: Record<string, unknown>[];
  @Attribute(() => Array) product_options!: Record<string, unknown>[];
  @Attribute(() => Array) configurable_fields!: Record<string, unknown>[];
  @Attribute(() => String) upc!: string;
  @Attribute(() => Number) variant_id!: number;
  @Attribute(() => String) name_customer!: string;
  @Attribute(() => String) name_merchant!: string;
  @Attribute(() => Number) gift_certificate_id!: number;
  @Attribute(() => String) discounted_total_inc_tax!: string;
  @BelongsTo(() => Product, { key: 'product_id' }) product!: BelongsTo<Product>;
}
