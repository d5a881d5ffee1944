import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { HasOne } from '../../relations/has-one.js';
import { Attribute } from '../../schema/attribute.js';

const orderStatusFilters = {} as const;

/** A state that orders can be in. */
@Resource('/order_statuses', { version: 'v2', filters: orderStatusFilters, operations: ['list', 'get'] })
export class OrderStatus extends Model<OrderStatus, typeof orderStatusFilters> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ readOnly: true }) name!: string;
  @Attribute({ readOnly: true }) system_label!: string;
  @Attribute({ readOnly: true }) custom_label!: string;
  @Attribute({ readOnly: true }) system_description!: string;
}

const orderCouponFilters = {} as const;

/** A coupon that was used for an order. */
@Resource('/orders/:order_id/coupons', { version: 'v2', filters: orderCouponFilters, operations: ['list', 'get'] })
export class OrderCoupon extends Model<OrderCoupon, typeof orderCouponFilters> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ readOnly: true }) coupon_id!: number;
  @Attribute({ readOnly: true }) order_id!: number;
  @Attribute({ readOnly: true }) code!: string;
  @Attribute({ readOnly: true }) amount!: Record<string, unknown>;
  @Attribute({ readOnly: true }) type!: number;
  @Attribute({ readOnly: true }) discount!: number;
}

const orderShipmentFilters = {} as const;

/** Goods of an order that were sent. */
@Resource('/orders/:order_id/shipments', {
  version: 'v2',
  filters: orderShipmentFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
})
export class OrderShipment extends Model<OrderShipment, typeof orderShipmentFilters> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ readOnly: true }) order_id!: number;
  @Attribute({ readOnly: true }) customer_id!: number;
  @Attribute() order_address_id!: number;
  @Attribute(() => Date, { readOnly: true }) date_created!: Date | null;
  @Attribute() tracking_number!: string;
  @Attribute() merchant_shipping_cost!: string;
  @Attribute() shipping_method!: string;
  @Attribute() shipping_provider!: Record<string, unknown>;
  @Attribute() tracking_carrier!: string;
  @Attribute() tracking_link!: string;
  @Attribute() comments!: string;
  @Attribute({ readOnly: true }) billing_address!: Record<string, unknown>;
  @Attribute({ readOnly: true, setBy: 'order_address_id' }) shipping_address!: Record<string, unknown>;
  @Attribute() items!: Record<string, unknown>[];
  @Attribute({ readOnly: true, setBy: 'shipping_provider' }) shipping_provider_display_name!: string;
  @Attribute({ readOnly: true, setBy: 'tracking_link' }) generated_tracking_link!: string;
}

const orderShippingAddressFilters = {} as const;

/** An address to which an order goes. */
@Resource('/orders/:order_id/shipping_addresses', {
  version: 'v2',
  filters: orderShippingAddressFilters,
  operations: ['list', 'get', 'update', 'count'],
})
export class OrderShippingAddress extends Model<OrderShippingAddress, typeof orderShippingAddressFilters> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ readOnly: true }) order_id!: number;
  @Attribute({ readOnly: true }) items_total!: number;
  @Attribute({ readOnly: true }) items_shipped!: number;
  @Attribute({ readOnly: true }) base_cost!: string;
  @Attribute({ readOnly: true }) cost_ex_tax!: string;
  @Attribute({ readOnly: true }) cost_inc_tax!: string;
  @Attribute({ readOnly: true }) cost_tax!: string;
  @Attribute({ readOnly: true }) cost_tax_class_id!: number;
  @Attribute({ readOnly: true }) base_handling_cost!: string;
  @Attribute({ readOnly: true }) handling_cost_ex_tax!: string;
  @Attribute({ readOnly: true }) handling_cost_inc_tax!: string;
  @Attribute({ readOnly: true }) handling_cost_tax!: string;
  @Attribute({ readOnly: true }) handling_cost_tax_class_id!: number;
  @Attribute({ readOnly: true }) shipping_zone_id!: number;
  @Attribute({ readOnly: true }) shipping_zone_name!: string;
  @Attribute() form_fields!: Record<string, unknown>[];
  @Attribute() first_name!: string;
  @Attribute() last_name!: string;
  @Attribute() company!: string;
  @Attribute() street_1!: string;
  @Attribute() street_2!: string;
  @Attribute() city!: string;
  @Attribute() state!: string;
  @Attribute() zip!: string;
  @Attribute() country!: string;
  @Attribute() country_iso2!: string;
  @Attribute() phone!: string;
  @Attribute() email!: string;
  @Attribute() shipping_method!: string;
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

/** A message between the shop and the customer about an order. */
@Resource('/orders/:order_id/messages', { version: 'v2', filters: orderMessageFilters, operations: ['list', 'get'] })
export class OrderMessage extends Model<OrderMessage, typeof orderMessageFilters> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ readOnly: true }) order_id!: number;
  @Attribute({ readOnly: true }) staff_id!: number;
  @Attribute({ readOnly: true }) customer_id!: number;
  @Attribute({ readOnly: true }) type!: string;
  @Attribute({ readOnly: true }) subject!: string;
  @Attribute({ readOnly: true }) message!: string;
  @Attribute({ readOnly: true }) status!: string;
  @Attribute({ readOnly: true }) is_flagged!: boolean;
  @Attribute(() => Date, { readOnly: true }) date_created!: Date | null;
  @Attribute({ readOnly: true }) customer!: Record<string, unknown>;
}

const orderTaxFilters = { details: String } as const;

/** A tax on an order. */
@Resource('/orders/:order_id/taxes', { version: 'v2', filters: orderTaxFilters, operations: ['list', 'get'] })
export class OrderTax extends Model<OrderTax, typeof orderTaxFilters> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ readOnly: true }) order_id!: number;
  @Attribute({ readOnly: true }) order_address_id!: number;
  @Attribute({ readOnly: true }) tax_rate_id!: number;
  @Attribute({ readOnly: true }) sales_tax_id!: string;
  @Attribute({ readOnly: true }) tax_class_id!: number;
  @Attribute({ readOnly: true }) name!: string;
  @Attribute({ readOnly: true }) class!: string;
  @Attribute({ readOnly: true }) rate!: string;
  @Attribute({ readOnly: true }) priority!: number;
  @Attribute({ readOnly: true }) priority_amount!: string;
  @Attribute({ readOnly: true }) line_amount!: string;
  @Attribute({ readOnly: true }) order_pickup_method_id!: number;
  @Attribute({ readOnly: true }) order_product_id!: string;
  @Attribute({ readOnly: true }) line_item_type!: 'item' | 'shipping' | 'handling' | 'gift-wrapping';
}

/** Where the goods of an order go: shipped, picked up, downloaded or mailed. */
@Resource('/orders/:order_id/consignments', {
  version: 'v2',
  addressing: 'single',
  operations: ['get'],
  includes: ['consignments.line_items'],
})
export class OrderConsignments extends Model<OrderConsignments> {
  @Attribute({ readOnly: true }) pickups!: Record<string, unknown>[];
  @Attribute({ readOnly: true }) shipping!: Record<string, unknown>[];
  @Attribute({ readOnly: true }) downloads!: Record<string, unknown>[];
  @Attribute({ readOnly: true }) email!: Record<string, unknown>;
}

const orderFeeFilters = {} as const;

/** A fee on an order. */
@Resource('/orders/:order_id/fees', { version: 'v2', filters: orderFeeFilters, operations: ['list'] })
export class OrderFee extends Model<OrderFee, typeof orderFeeFilters> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ readOnly: true }) type!: 'custom_fee';
  @Attribute({ readOnly: true }) display_name_customer!: string;
  @Attribute({ readOnly: true }) display_name_merchant!: string;
  @Attribute({ readOnly: true }) source!: string;
  @Attribute({ readOnly: true }) base_cost!: Record<string, unknown>;
  @Attribute({ readOnly: true }) cost_ex_tax!: Record<string, unknown>;
  @Attribute({ readOnly: true }) cost_inc_tax!: Record<string, unknown>;
  @Attribute({ readOnly: true }) cost_tax!: Record<string, unknown>;
  @Attribute({ readOnly: true }) tax_class_id!: number;
}

/** What a carrier asked; what it is asked for, an address or a consignment, is a resource of its own. */
abstract class ShippingQuote<Self = unknown> extends Model<Self> {
  @Attribute({ readOnly: true }) id!: string;
  @Attribute({ readOnly: true }) uuid!: string;
  @Attribute({ readOnly: true }) timestamp!: string;
  @Attribute({ readOnly: true }) shipping_provider_id!: string;
  @Attribute({ readOnly: true }) shipping_provider_quote!: Record<string, unknown>[];
  @Attribute({ readOnly: true }) provider_code!: string;
  @Attribute({ readOnly: true }) carrier_code!: string;
  @Attribute({ readOnly: true }) rate_code!: string;
  @Attribute({ readOnly: true }) rate_id!: string;
  @Attribute({ readOnly: true }) method_id!: number;
}

/** What a carrier asked for an address of an order. */
@Resource('/orders/:order_id/shipping_addresses/:shipping_address_id/shipping_quotes', {
  version: 'v2',
  addressing: 'single',
  operations: ['get'],
})
export class OrderShippingQuote extends ShippingQuote<OrderShippingQuote> {}

/** What a carrier asked for a consignment of an order. */
@Resource('/orders/:order_id/consignments/shipping/:shipping_consignment_id/shipping_quotes', {
  version: 'v2',
  addressing: 'single',
  operations: ['get'],
})
export class ConsignmentShippingQuote extends ShippingQuote<ConsignmentShippingQuote> {}
