import { HasOne } from '../../associations/has-one.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { throughParent } from '../../persistence/through-parent.js';
import type { V2Filters } from '../../query/where.js';
import { Attribute } from '../../schema/attribute.js';

const orderStatusFilters = {} as const;

/** An order status. */
@Resource('/order_statuses', { version: 'v2', filters: orderStatusFilters, operations: ['list', 'get'] })
export class OrderStatus extends Model<OrderStatus, V2Filters<typeof orderStatusFilters>> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => String, { readOnly: true }) readonly name!: string;
  @Attribute(() => String, { readOnly: true }) readonly system_label!: string;
  @Attribute(() => String, { readOnly: true }) readonly custom_label!: string;
  @Attribute(() => String, { readOnly: true }) readonly system_description!: string;
  /** The place of the status in lists. */
  @Attribute(() => Number, { readOnly: true }) readonly order!: number;
}

const orderCouponFilters = {} as const;

/** A coupon applied to an order. */
@Resource('/orders/:order_id/coupons', { version: 'v2', filters: orderCouponFilters, operations: ['list', 'get'] })
export class OrderCoupon extends Model<OrderCoupon, V2Filters<typeof orderCouponFilters>> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly coupon_id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly order_id!: number;
  @Attribute(() => String, { readOnly: true }) readonly code!: string;
  @Attribute(() => String, { readOnly: true }) readonly amount!: string | number;
  @Attribute(() => Number, { readOnly: true }) readonly type!: number;
  @Attribute(() => Number, { readOnly: true }) readonly discount!: number;
}

const orderShipmentFilters = {} as const;

/** A shipment of an order. */
@Resource('/orders/:order_id/shipments', {
  version: 'v2',
  filters: orderShipmentFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
})
export class OrderShipment extends Model<OrderShipment, V2Filters<typeof orderShipmentFilters>> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly order_id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly customer_id!: number;
  @Attribute(() => Number) order_address_id!: number;
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  @Attribute(() => String) tracking_number!: string;
  @Attribute(() => String) merchant_shipping_cost!: string;
  @Attribute(() => String) shipping_method!: string;
  @Attribute(() => String) shipping_provider!: string;
  @Attribute(() => String) tracking_carrier!: string;
  @Attribute(() => String) tracking_link!: string;
  @Attribute(() => String) comments!: string;
  @Attribute(() => Object, { readOnly: true }) readonly billing_address!: Record<string, unknown>;
  @Attribute(() => Object, { readOnly: true, setBy: 'order_address_id' }) readonly shipping_address!: Record<string, unknown>;
  @Attribute(() => Array) items!: Record<string, unknown>[];
  @Attribute(() => String, { readOnly: true, setBy: 'shipping_provider' }) readonly shipping_provider_display_name!: string;
  @Attribute(() => String, { readOnly: true, setBy: 'tracking_link' }) readonly generated_tracking_link!: string;
}

const orderShippingAddressFilters = {} as const;

/** A shipping address of an order. It is created with its order, and changed by itself. */
@Resource('/orders/:order_id/shipping_addresses', {
  version: 'v2',
  filters: orderShippingAddressFilters,
  operations: ['list', 'get', 'update', 'count'],
  // orders.v2.oas2.yml: POST /orders, order_Post `shipping_addresses`. Its own PUT changes one.
  through: throughParent({ create: true }),
})
export class OrderShippingAddress extends Model<OrderShippingAddress, V2Filters<typeof orderShippingAddressFilters>> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly order_id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly items_total!: number;
  @Attribute(() => Number, { readOnly: true }) readonly items_shipped!: number;
  @Attribute(() => String, { readOnly: true }) readonly base_cost!: string;
  @Attribute(() => String, { readOnly: true }) readonly cost_ex_tax!: string;
  @Attribute(() => String, { readOnly: true }) readonly cost_inc_tax!: string;
  @Attribute(() => String, { readOnly: true }) readonly cost_tax!: string;
  @Attribute(() => Number, { readOnly: true }) readonly cost_tax_class_id!: number;
  @Attribute(() => String, { readOnly: true }) readonly base_handling_cost!: string;
  @Attribute(() => String, { readOnly: true }) readonly handling_cost_ex_tax!: string;
  @Attribute(() => String, { readOnly: true }) readonly handling_cost_inc_tax!: string;
  @Attribute(() => String, { readOnly: true }) readonly handling_cost_tax!: string;
  @Attribute(() => Number, { readOnly: true }) readonly handling_cost_tax_class_id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly shipping_zone_id!: number;
  @Attribute(() => String, { readOnly: true }) readonly shipping_zone_name!: string;
  @Attribute(() => Array) form_fields!: Record<string, unknown>[];
  @Attribute(() => String) first_name!: string;
  @Attribute(() => String) last_name!: string;
  @Attribute(() => String) company!: string;
  @Attribute(() => String) street_1!: string;
  @Attribute(() => String) street_2!: string;
  @Attribute(() => String) city!: string;
  @Attribute(() => String) state!: string;
  @Attribute(() => String) zip!: string;
  @Attribute(() => String) country!: string;
  @Attribute(() => String) country_iso2!: string;
  @Attribute(() => String) phone!: string;
  @Attribute(() => String) email!: string;
  @Attribute(() => String) shipping_method!: string;
  @HasOne(() => OrderShippingQuote) shipping_quotes!: HasOne<OrderShippingQuote>;
}

const orderMessageFilters = {
  min_id: Number,
  max_id: Number,
  customer_id: Number,
  min_date_created: Date,
  max_date_created: Date,
  is_flagged: Boolean,
  status: String,
} as const;

/** A message between the store and the customer about an order. */
@Resource('/orders/:order_id/messages', { version: 'v2', filters: orderMessageFilters, operations: ['list', 'get'] })
export class OrderMessage extends Model<OrderMessage, V2Filters<typeof orderMessageFilters>> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly order_id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly staff_id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly customer_id!: number;
  @Attribute(() => String, { readOnly: true }) readonly type!: string;
  @Attribute(() => String, { readOnly: true }) readonly subject!: string;
  @Attribute(() => String, { readOnly: true }) readonly message!: string;
  @Attribute(() => String, { readOnly: true }) readonly status!: string;
  @Attribute(() => Boolean, { readOnly: true }) readonly is_flagged!: boolean;
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  @Attribute(() => Object, { readOnly: true }) readonly customer!: Record<string, unknown>;
}

const orderTaxFilters = { details: String } as const;

/** A tax on an order. */
@Resource('/orders/:order_id/taxes', { version: 'v2', filters: orderTaxFilters, operations: ['list', 'get'] })
export class OrderTax extends Model<OrderTax, V2Filters<typeof orderTaxFilters>> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly order_id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly order_address_id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly tax_rate_id!: number;
  @Attribute(() => String, { readOnly: true }) readonly sales_tax_id!: string;
  @Attribute(() => Number, { readOnly: true }) readonly tax_class_id!: number;
  @Attribute(() => String, { readOnly: true }) readonly name!: string;
  @Attribute(() => String, { readOnly: true }) readonly class!: string;
  @Attribute(() => String, { readOnly: true }) readonly rate!: string;
  @Attribute(() => Number, { readOnly: true }) readonly priority!: number;
  @Attribute(() => String, { readOnly: true }) readonly priority_amount!: string;
  @Attribute(() => String, { readOnly: true }) readonly line_amount!: string;
  @Attribute(() => Number, { readOnly: true }) readonly order_pickup_method_id!: number;
  @Attribute(() => String, { readOnly: true }) readonly order_product_id!: string;
  @Attribute(() => String, { readOnly: true }) readonly line_item_type!: 'item' | 'shipping' | 'handling' | 'gift-wrapping';
}

const orderConsignmentsIncludes = ['consignments.line_items'] as const;

/**
 * The consignments of an order: its items, and whether they are shipped, picked up, downloaded or emailed. An order is created either with
 * pickups, which list their items, or with `products` and `shipping_addresses`. Pickups are changed by an update of the order.
 */
@Resource('/orders/:order_id/consignments', {
  version: 'v2',
  addressing: 'single',
  operations: ['get'],
  includes: orderConsignmentsIncludes,
  // orders.v2.oas2.yml: orderConsignment_Post and orderConsignment_Put, where each pickup carries its id.
  through: throughParent({ create: true, update: 'merge' }),
})
export class OrderConsignments extends Model<OrderConsignments, unknown, (typeof orderConsignmentsIncludes)[number]> {
  @Attribute(() => Array) pickups!: Record<string, unknown>[];
  @Attribute(() => Array, { readOnly: true }) readonly shipping!: Record<string, unknown>[];
  @Attribute(() => Array, { readOnly: true }) readonly downloads!: Record<string, unknown>[];
  @Attribute(() => Object, { readOnly: true }) readonly email!: Record<string, unknown>;
}

const orderFeeFilters = {} as const;

/**
 * A fee on an order. It is written inside its order, where an update replaces all fees: `fee.save()`, `fee.destroy()` and
 * `order.fees.create()` read the current fees and send all of them. A new fee needs a name for customers or merchants, and two of
 * `cost_ex_tax`, `cost_inc_tax` and `cost_tax`. They have to fit the rate of its tax class: refunds are computed from them, so change them
 * together.
 */
@Resource('/orders/:order_id/fees', {
  version: 'v2',
  filters: orderFeeFilters,
  operations: ['list'],
  // orders.v2.oas2.yml: POST /orders, orderFees_Post; PUT /orders/{order_id}, orderFees_Put: fees that are left out are deleted.
  through: throughParent({ create: true, update: 'replace' }),
})
export class OrderFee extends Model<OrderFee, V2Filters<typeof orderFeeFilters>> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => String) type!: 'custom_fee';
  @Attribute(() => String) display_name_customer!: string;
  @Attribute(() => String) display_name_merchant!: string;
  @Attribute(() => String) source!: string;
  @Attribute(() => String, { readOnly: true }) readonly base_cost!: string | number;
  @Attribute(() => String) cost_ex_tax!: string | number;
  @Attribute(() => String) cost_inc_tax!: string | number;
  @Attribute(() => String) cost_tax!: string | number;
  @Attribute(() => Number) tax_class_id!: number | null;
}

/** A shipping quote. Quotes for an address or a consignment are separate resources. */
abstract class ShippingQuote<Self = unknown> extends Model<Self> {
  @Attribute(() => String, { readOnly: true }) readonly id!: string;
  @Attribute(() => String, { readOnly: true }) readonly uuid!: string;
  @Attribute(() => String, { readOnly: true }) readonly timestamp!: string;
  @Attribute(() => String, { readOnly: true }) readonly shipping_provider_id!: string;
  @Attribute(() => Array, { readOnly: true }) readonly shipping_provider_quote!: Record<string, unknown>[];
  @Attribute(() => String, { readOnly: true }) readonly provider_code!: string;
  @Attribute(() => String, { readOnly: true }) readonly carrier_code!: string;
  @Attribute(() => String, { readOnly: true }) readonly rate_code!: string;
  @Attribute(() => String, { readOnly: true }) readonly rate_id!: string;
  @Attribute(() => Number, { readOnly: true }) readonly method_id!: number;
}

/** A shipping quote for an address of an order. */
@Resource('/orders/:order_id/shipping_addresses/:shipping_address_id/shipping_quotes', {
  version: 'v2',
  addressing: 'single',
  operations: ['get'],
})
export class OrderShippingQuote extends ShippingQuote<OrderShippingQuote> {}

/** A shipping quote for a consignment of an order. */
@Resource('/orders/:order_id/consignments/shipping/:shipping_consignment_id/shipping_quotes', {
  version: 'v2',
  addressing: 'single',
  operations: ['get'],
})
export class ConsignmentShippingQuote extends ShippingQuote<ConsignmentShippingQuote> {}
