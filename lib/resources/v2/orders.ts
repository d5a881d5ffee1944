import { BelongsTo } from '../../associations/belongs-to.js';
import { HasOne } from '../../associations/has-one.js';
import { act, queryOf, sessionFor } from '../../model/action.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { ActionOptions } from '../../query/params.js';
import type { V2Filters, Where } from '../../query/where.js';
import { Attribute } from '../../schema/attribute.js';
import type { Money, Open } from '../../schema/types.js';
import type { CallOptions } from '../../transport/request.js';
import type {
  CreatedRefund,
  OrderRefundQuoteRequest,
  RefundQuote,
  RefundQuoteRequest,
  RefundQuotes,
  RefundRequest,
} from '../refund-values.js';
import { Customer } from './customers.js';
import { OrderCoupon, OrderTax } from './order-charges.js';
import { OrderConsignments, OrderFee, OrderMessage, OrderShipment, OrderShippingAddress } from './order-details.js';
import { OrderProduct } from './order-products.js';
import type { OrderBillingAddress, OrderCounts, OrderSource } from './order-values.js';
import { quotesOf } from './refund-quotes.js';

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

/**
 * An order. Amounts are decimal strings. A new one has either `products`, with `shipping_addresses` if anything is shipped, or
 * `consignments` with one pickup. Creating it sends no email to the shopper.
 */
@Resource('/orders', { version: 'v2', filters, params, statuses: { create: 200 }, includes, required: orderRequired })
export class Order extends Model<Order, V2Filters<typeof filters>, (typeof includes)[number], typeof orderRequired, typeof params> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** When it was last changed; UTC. */
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  /** When the last of it was shipped; null until then. */
  @Attribute(() => Date, { readOnly: true }) readonly date_shipped!: Date | null;
  /** The cart that it was made from, if any. */
  @Attribute(() => String, { readOnly: true }) readonly cart_id!: string;
  /** Name of the status: `Awaiting Fulfillment`. Set by `status_id`. */
  @Attribute(() => String, { readOnly: true, setBy: 'status_id' }) readonly status!: string;
  /** The store's own name of the status. */
  @Attribute(() => String, { readOnly: true, setBy: 'status_id' }) readonly custom_status!: string;
  /** Tax of all lines. */
  @Attribute(() => String, { readOnly: true, setBy: 'subtotal_inc_tax' }) readonly subtotal_tax!: Money;
  /** Tax in the cost of shipping. */
  @Attribute(() => String, { readOnly: true }) readonly shipping_cost_tax!: Money;
  /** Tax class of the cost of shipping. Has no effect with automatic tax. */
  @Attribute(() => Number, { readOnly: true }) readonly shipping_cost_tax_class_id!: number;
  /** Tax in the cost of handling. */
  @Attribute(() => String, { readOnly: true }) readonly handling_cost_tax!: Money;
  /** Tax class of the cost of handling. Has no effect with automatic tax. */
  @Attribute(() => Number, { readOnly: true }) readonly handling_cost_tax_class_id!: number;
  /** Tax in the cost of gift wrapping. */
  @Attribute(() => String, { readOnly: true }) readonly wrapping_cost_tax!: Money;
  /** Tax class of the cost of gift wrapping. Has no effect with automatic tax. */
  @Attribute(() => Number, { readOnly: true }) readonly wrapping_cost_tax_class_id!: number;
  /** How far the payment is; empty if no provider takes part. */
  @Attribute(() => String, { readOnly: true }) readonly payment_status!: Open<
    | ''
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
    | 'void pending'
  >;
  /** Store credit that the shopper used for it. */
  @Attribute(() => String, { readOnly: true }) readonly store_credit_amount!: Money;
  /** What was paid by gift certificates. */
  @Attribute(() => String, { readOnly: true }) readonly gift_certificate_amount!: Money;
  /** Currency that prices are shown in. In V2 it is the one that the order is paid in. */
  @Attribute(() => Number, { readOnly: true, setBy: 'default_currency_code' }) readonly currency_id!: number;
  /** Code of the currency that prices are shown in: `USD`. */
  @Attribute(() => String, { readOnly: true, setBy: 'default_currency_code' }) readonly currency_code!: string;
  /** Rate between the default currency of the store and the one shown; 1 for orders made by V2. */
  @Attribute(() => String, { readOnly: true }) readonly currency_exchange_rate!: string;
  /** Currency that the order is paid in. */
  @Attribute(() => Number, { readOnly: true, setBy: 'default_currency_code' }) readonly default_currency_id!: number;
  /** Code of the currency that the order is paid in. Accepted in a new order, where the store has several currencies; never changed. */
  @Attribute(() => String) default_currency_code!: string;
  /** Code of the default currency of the store. */
  @Attribute(() => String, { readOnly: true }) readonly store_default_currency_code!: string;
  /** Rate between the default currency of the store and the one that the order is paid in. */
  @Attribute(() => String, { readOnly: true }) readonly store_default_to_transactional_exchange_rate!: string;
  /** What coupons took off. */
  @Attribute(() => String, { readOnly: true, setBy: 'discount_amount' }) readonly coupon_discount!: Money;
  /** How many addresses it is shipped to. */
  @Attribute(() => Number, { readOnly: true }) readonly shipping_address_count!: number;
  /** Whether it is archived. Setting it archives the order, as deleting it does (orders.v2.oas2.yml, `order_RespOnly`). */
  @Attribute(() => Boolean) is_deleted!: boolean;
  /** Tax of the whole order. */
  @Attribute(() => String, { readOnly: true, setBy: 'total_inc_tax' }) readonly total_tax!: Money;
  /** Whether prices are entered with tax. The amounts of that kind are exact, the others are computed from them. */
  @Attribute(() => Boolean, { readOnly: true }) readonly is_tax_inclusive_pricing!: boolean;
  /** Whether the shopper agreed to receive emails. */
  @Attribute(() => Boolean, { readOnly: true }) readonly is_email_opt_in!: boolean;
  /** Where it comes from: a shop, the control panel, the API or another platform. */
  @Attribute(() => String) order_source!: Open<OrderSource>;
  /** The status: a key of `OrderStatus`. Default: 1, pending. */
  @Attribute(() => Number) status_id!: number;
  /** Required, with its postal code. */
  @Attribute(() => Object) billing_address!: OrderBillingAddress;
  /** Cost of handling as entered, with or without tax; not negative. */
  @Attribute(() => String) base_handling_cost!: Money;
  /** Cost of shipping as entered, with or without tax; not negative. */
  @Attribute(() => String) base_shipping_cost!: Money;
  /** Cost of gift wrapping as entered, with or without tax; not negative, four decimal places. */
  @Attribute(() => String) base_wrapping_cost!: Money;
  /** The channel that it came by; has to exist and be connected. Default: 1. */
  @Attribute(() => Number) channel_id!: number;
  /** The customer; 0 for a guest. */
  @Attribute(() => Number) customer_id!: number;
  /** What the shopper wrote at checkout. */
  @Attribute(() => String) customer_message!: string;
  /** When it was placed; UTC. Accepted in a new order, for those from other systems. Default: now. */
  @Attribute(() => Date) date_created!: Date | null;
  /** Discount on the whole order; not negative. */
  @Attribute(() => String) discount_amount!: Money;
  /** Its number on eBay; `0` for other orders. */
  @Attribute(() => String) ebay_order_id!: string;
  /** Its number in another system, such as Amazon. */
  @Attribute(() => String, { readOnly: true, setBy: 'external_order_id' }) readonly external_id!: string | null;
  /** The merchant in the system that the order comes from. Accepted in a new order and never changed. */
  @Attribute(() => String) external_merchant_id!: string | null;
  /** The system that made the order: an app has to give its own ID to be listed, migrations give `M-MIG`, which keeps orders out of sales figures. */
  @Attribute(() => String) external_source!: string | null;
  /** Name of the country of the shopper's IP address. */
  @Attribute(() => String) geoip_country!: string;
  /** Two-letter code of the country of the shopper's IP address. */
  @Attribute(() => String) geoip_country_iso2!: string;
  /** Cost of handling without tax; not negative. */
  @Attribute(() => String) handling_cost_ex_tax!: Money;
  /** Cost of handling with tax; not negative. */
  @Attribute(() => String) handling_cost_inc_tax!: Money;
  /** The shopper's IPv4 address, up to 30 characters. Setting it clears `ip_address_v6`. */
  @Attribute(() => String) ip_address!: string;
  /** The shopper's IPv6 address, up to 39 characters. Setting it clears `ip_address`. */
  @Attribute(() => String) ip_address_v6!: string;
  /** How many items have been shipped. */
  @Attribute(() => Number) items_shipped!: number;
  /** How many items it has, in all lines together. */
  @Attribute(() => Number) items_total!: number;
  /** Whether all that was ordered is digital. */
  @Attribute(() => Boolean) order_is_digital!: boolean;
  /** Name of the payment method: `Manual`, `Credit Card`. */
  @Attribute(() => String) payment_method!: string;
  /** The payment in the system of its provider. */
  @Attribute(() => String) payment_provider_id!: string | number | null;
  /** Kind of the card; null for orders that were not paid by card. */
  @Attribute(() => String, { readOnly: true }) readonly credit_card_type!: string | null;
  /** Always 0 in responses: read `OrderRefund` instead. Accepted for orders from other systems. */
  @Attribute(() => String) refunded_amount!: Money;
  /** Cost of shipping without tax; not negative. Given together with `shipping_cost_inc_tax`. */
  @Attribute(() => String) shipping_cost_ex_tax!: Money;
  /** Cost of shipping with tax; not negative. Given together with `shipping_cost_ex_tax`. */
  @Attribute(() => String) shipping_cost_inc_tax!: Money;
  /** Notes of the staff; up to 65535 characters. Never shown to shoppers. */
  @Attribute(() => String) staff_notes!: string;
  /** Price of all lines without tax. Overrides what the store computes, together with `subtotal_inc_tax`; not negative. */
  @Attribute(() => String) subtotal_ex_tax!: Money;
  /** Price of all lines with tax. Overrides what the store computes, together with `subtotal_ex_tax`; not negative. */
  @Attribute(() => String) subtotal_inc_tax!: Money;
  /** Who computed the tax: `BasicTaxProvider`, `AvaTaxProvider`; empty for orders made by the API. */
  @Attribute(() => String) tax_provider_id!: Open<'BasicTaxProvider' | 'AvaTaxProvider' | ''>;
  /** Language of the shopper: `en`, `asa`, `en-US` or `es-419`. */
  @Attribute(() => String) customer_locale!: string;
  /** Its number in another system. Can be changed at any time, and set to null by an update. */
  @Attribute(() => String) external_order_id!: string | null;
  /** Price of everything without tax. Overrides what the store computes, together with `total_inc_tax`; not negative. */
  @Attribute(() => String) total_ex_tax!: Money;
  /** Price of everything with tax. Overrides what the store computes, together with `total_ex_tax`; not negative. */
  @Attribute(() => String) total_inc_tax!: Money;
  /** Cost of gift wrapping without tax; not negative. */
  @Attribute(() => String) wrapping_cost_ex_tax!: Money;
  /** Cost of gift wrapping with tax; not negative. */
  @Attribute(() => String) wrapping_cost_inc_tax!: Money;
  @HasMany(() => OrderProduct) products!: HasMany<OrderProduct>;
  @HasMany(() => OrderShipment) shipments!: HasMany<OrderShipment>;
  @HasMany(() => OrderShippingAddress) shipping_addresses!: HasMany<OrderShippingAddress>;
  @HasMany(() => OrderCoupon) coupons!: HasMany<OrderCoupon>;
  @HasMany(() => OrderMessage) messages!: HasMany<OrderMessage>;
  @HasMany(() => OrderTax) taxes!: HasMany<OrderTax>;
  @HasMany(() => OrderFee) fees!: HasMany<OrderFee>;
  @HasOne(() => OrderConsignments) consignments!: HasOne<OrderConsignments>;
  @BelongsTo(() => Customer, { key: 'customer_id' }) customer!: BelongsTo<Customer>;

  /** Returns how many orders there are, in all and by status. One request. */
  static async countByStatus(filters: Where<Order> = {}, options?: CallOptions): Promise<OrderCounts> {
    const { page, limit, ...query } = this.where(filters).toRequest().query;
    return act(sessionFor(this), 'GET', '/orders/count', { version: 'v2', query, ...options });
  }

  /**
   * Quotes refunds of several orders in one request. V3. Orders that there is no quote for are among the `errors`.
   *
   * @throws HttpError if the store quotes none and does not say why by order
   */
  static async quoteRefunds(requests: readonly OrderRefundQuoteRequest[], options?: CallOptions): Promise<RefundQuotes> {
    return quotesOf(sessionFor(this).post('/orders/payment_actions/refund_quotes', { version: 'v3', body: requests, ...options }));
  }

  /** Quotes a refund: how much it returns, and by which payments. V3. */
  async refundQuotes(body: RefundQuoteRequest, options?: CallOptions): Promise<RefundQuote> {
    return act(this, 'POST', 'payment_actions/refund_quotes', { version: 'v3', body, ...options });
  }

  /**
   * Refunds an order, which has to be paid. V3; never sent twice. Payments have the providers and amounts of the quote. The store returns
   * the money asynchronously, and refunds one order one after the other. Refunded items do not return to the inventory.
   */
  async refund(body: RefundRequest, options?: ActionOptions<typeof params, 'refund'>): Promise<CreatedRefund> {
    return act(this, 'POST', 'payment_actions/refunds', { version: 'v3', body, ...queryOf(this, 'refund', options) });
  }

  /** Captures an authorized payment. V3. The store does so asynchronously: `payment_status` is `capture pending` until then. */
  async capture(options?: CallOptions): Promise<void> {
    await this.request('POST', 'payment_actions/capture', { version: 'v3', ...options });
  }

  /** Voids an authorized payment. V3. The store does so asynchronously: `payment_status` is `void pending` until then. */
  async void(options?: CallOptions): Promise<void> {
    await this.request('POST', 'payment_actions/void', { version: 'v3', ...options });
  }
}
