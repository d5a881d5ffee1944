import { act } from '../../model/action.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { BelongsTo } from '../../relations/belongs-to.js';
import { HasMany } from '../../relations/has-many.js';
import { HasOne } from '../../relations/has-one.js';
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

/** What somebody has bought. Amounts are decimal texts. */
@Resource('/orders', { version: 'v2', filters, statuses: { create: 200 }, includes: ['consignments', 'consignments.line_items', 'fees'] })
export class Order extends Model<Order, typeof filters> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute(() => Date, { readOnly: true }) date_modified!: Date | null;
  @Attribute(() => Date) date_shipped!: Date | null;
  @Attribute() cart_id!: string;
  @Attribute({ readOnly: true, setBy: 'status_id' }) status!: string;
  /** The shop's own name for the status. */
  @Attribute({ readOnly: true, setBy: 'status_id' }) custom_status!: string;
  @Attribute({ readOnly: true, setBy: 'subtotal_inc_tax' }) subtotal_tax!: string;
  @Attribute() shipping_cost_tax!: string;
  @Attribute() shipping_cost_tax_class_id!: number;
  @Attribute() handling_cost_tax!: string;
  @Attribute() handling_cost_tax_class_id!: number;
  @Attribute() wrapping_cost_tax!: string;
  @Attribute() wrapping_cost_tax_class_id!: number;
  @Attribute({ readOnly: true }) payment_status!:
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
  @Attribute() store_credit_amount!: string;
  @Attribute() gift_certificate_amount!: string;
  @Attribute({ readOnly: true, setBy: 'default_currency_code' }) currency_id!: number;
  @Attribute({ readOnly: true, setBy: 'default_currency_code' }) currency_code!: string;
  @Attribute() currency_exchange_rate!: string;
  @Attribute({ readOnly: true, setBy: 'default_currency_code' }) default_currency_id!: number;
  @Attribute() default_currency_code!: string;
  @Attribute({ readOnly: true }) store_default_currency_code!: string;
  @Attribute() store_default_to_transactional_exchange_rate!: string;
  @Attribute({ readOnly: true, setBy: 'discount_amount' }) coupon_discount!: string;
  @Attribute({ readOnly: true }) shipping_address_count!: number;
  /** Setting it is a way to delete the order (orders.v2.oas2.yml, `order_Shared`: "When set to true in a PUT request…"). */
  @Attribute() is_deleted!: boolean;
  @Attribute({ readOnly: true, setBy: 'total_inc_tax' }) total_tax!: string;
  @Attribute() is_tax_inclusive_pricing!: boolean;
  @Attribute() is_email_opt_in!: boolean;
  @Attribute() order_source!: string;
  @Attribute() status_id!: number;
  @Attribute({ required: true }) billing_address!: Record<string, unknown>;
  @Attribute() base_handling_cost!: string;
  @Attribute() base_shipping_cost!: string;
  @Attribute() base_wrapping_cost!: string;
  @Attribute() channel_id!: number;
  @Attribute() customer_id!: number;
  @Attribute() customer_message!: string;
  @Attribute(() => Date) date_created!: Date | null;
  @Attribute() discount_amount!: string;
  @Attribute() ebay_order_id!: string;
  @Attribute({ readOnly: true, setBy: 'external_order_id' }) external_id!: string;
  @Attribute() external_merchant_id!: string;
  @Attribute() external_source!: string;
  @Attribute() geoip_country!: string;
  @Attribute() geoip_country_iso2!: string;
  @Attribute() handling_cost_ex_tax!: string;
  @Attribute() handling_cost_inc_tax!: string;
  @Attribute() ip_address!: string;
  @Attribute() ip_address_v6!: string;
  @Attribute({ readOnly: true }) items_shipped!: number;
  @Attribute({ readOnly: true }) items_total!: number;
  @Attribute() order_is_digital!: boolean;
  @Attribute() payment_method!: string;
  @Attribute() payment_provider_id!: Record<string, unknown>;
  @Attribute({ readOnly: true }) refunded_amount!: string;
  @Attribute() shipping_cost_ex_tax!: string;
  @Attribute() shipping_cost_inc_tax!: string;
  @Attribute() staff_notes!: string;
  @Attribute() subtotal_ex_tax!: string;
  @Attribute() subtotal_inc_tax!: string;
  @Attribute() tax_provider_id!: string;
  @Attribute() customer_locale!: string;
  @Attribute() external_order_id!: string;
  @Attribute() total_ex_tax!: string;
  @Attribute() total_inc_tax!: string;
  @Attribute() wrapping_cost_ex_tax!: string;
  @Attribute() wrapping_cost_inc_tax!: string;
  @HasMany(() => OrderProduct, { inline: true }) products!: HasMany<OrderProduct>;
  @HasMany(() => OrderShipment) shipments!: HasMany<OrderShipment>;
  @HasMany(() => OrderShippingAddress) shipping_addresses!: HasMany<OrderShippingAddress>;
  @HasMany(() => OrderCoupon) coupons!: HasMany<OrderCoupon>;
  @HasMany(() => OrderMessage) messages!: HasMany<OrderMessage>;
  @HasMany(() => OrderTax) taxes!: HasMany<OrderTax>;
  @HasMany(() => OrderFee) fees!: HasMany<OrderFee>;
  @HasOne(() => OrderConsignments) consignments!: HasOne<OrderConsignments>;
  @BelongsTo(() => Customer, { key: 'customer_id' }) customer!: BelongsTo<Customer>;

  /** What a refund would give back, and by which payments. V3. */
  async refundQuotes(
    body: { items: readonly Record<string, unknown>[] } & Record<string, unknown>,
    options?: CallOptions,
  ): Promise<Record<string, unknown>> {
    return act(this, 'POST', 'payment_actions/refund_quotes', { version: 'v3', body, ...options });
  }

  /** Gives money back. V3; never sent twice. */
  async refund(
    body: { items: readonly Record<string, unknown>[]; payments: readonly Record<string, unknown>[] } & Record<string, unknown>,
    options?: CallOptions,
  ): Promise<Record<string, unknown>> {
    return act(this, 'POST', 'payment_actions/refunds', { version: 'v3', body, ...options });
  }

  /** Takes the money that was authorized. V3. */
  async capture(options?: CallOptions): Promise<void> {
    await this.request('POST', 'payment_actions/capture', { version: 'v3', ...options });
  }

  /** Gives up the money that was authorized. V3. */
  async void(options?: CallOptions): Promise<void> {
    await this.request('POST', 'payment_actions/void', { version: 'v3', ...options });
  }
}

const productFilters = {} as const;

/** A line of an order. */
@Resource('/orders/:order_id/products', { version: 'v2', filters: productFilters, operations: ['list', 'get', 'count'] })
export class OrderProduct extends Model<OrderProduct, typeof productFilters> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ readOnly: true }) order_id!: number;
  @Attribute() product_id!: number;
  @Attribute() order_pickup_method_id!: number;
  @Attribute() order_address_id!: number;
  @Attribute() name!: string;
  @Attribute() sku!: string;
  @Attribute() type!: 'physical' | 'digital' | 'giftcertificate';
  @Attribute() base_price!: string;
  @Attribute() price_ex_tax!: string;
  @Attribute() price_inc_tax!: string;
  @Attribute() price_tax!: string;
  @Attribute() base_total!: string;
  @Attribute() total_ex_tax!: string;
  @Attribute() total_inc_tax!: string;
  @Attribute() total_tax!: string;
  @Attribute() quantity!: number;
  @Attribute() base_cost_price!: string;
  @Attribute() cost_price_inc_tax!: string;
  @Attribute() cost_price_ex_tax!: string;
  @Attribute() weight!: string;
  @Attribute() width!: string;
  @Attribute() height!: string;
  @Attribute() depth!: string;
  @Attribute() cost_price_tax!: string;
  @Attribute() is_refunded!: boolean;
  @Attribute() quantity_refunded!: number;
  @Attribute() refund_amount!: string;
  @Attribute() return_id!: number;
  @Attribute() wrapping_id!: number;
  @Attribute() wrapping_name!: string;
  @Attribute() base_wrapping_cost!: string;
  @Attribute() wrapping_cost_ex_tax!: string;
  @Attribute() wrapping_cost_inc_tax!: string;
  @Attribute() wrapping_cost_tax!: string;
  @Attribute() wrapping_message!: string;
  @Attribute() quantity_shipped!: number;
  @Attribute() event_name!: string;
  @Attribute() event_date!: string;
  @Attribute() fixed_shipping_cost!: string;
  @Attribute() ebay_item_id!: string;
  @Attribute() ebay_transaction_id!: string;
  @Attribute() option_set_id!: number;
  @Attribute() parent_order_product_id!: number;
  @Attribute() is_bundled_product!: boolean;
  @Attribute() bin_picking_number!: string;
  @Attribute({ readOnly: true }) external_id!: string;
  @Attribute() brand!: string;
  @Attribute() applied_discounts!: Record<string, unknown>[];
  @Attribute() product_options!: Record<string, unknown>[];
  @Attribute() configurable_fields!: Record<string, unknown>[];
  @Attribute() upc!: string;
  @Attribute() variant_id!: number;
  @Attribute() name_customer!: string;
  @Attribute() name_merchant!: string;
  @Attribute() gift_certificate_id!: number;
  @Attribute() discounted_total_inc_tax!: string;
  @BelongsTo(() => Product, { key: 'product_id' }) product!: BelongsTo<Product>;
}
