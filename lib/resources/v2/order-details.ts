import { BelongsTo } from '../../associations/belongs-to.js';
import { HasOne } from '../../associations/has-one.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { throughParent } from '../../persistence/through-parent.js';
import type { V2Filters } from '../../query/where.js';
import { Attribute } from '../../schema/attribute.js';
import type { Money, Open } from '../../schema/types.js';
import { noFilters } from '../no-filters.js';
import { Customer } from './customers.js';
import type {
  OrderAddress,
  OrderDownloadConsignment,
  OrderEmailConsignment,
  OrderFormField,
  OrderPickupConsignment,
  OrderShipmentItem,
  OrderShippingConsignment,
  ShippingProvider,
} from './order-values.js';

/** An order status. */
@Resource('/order_statuses', { version: 'v2', filters: noFilters, operations: ['list', 'get'], zeroKey: true })
export class OrderStatus extends Model<OrderStatus, V2Filters<typeof noFilters>> {
  /** 0 (incomplete) to 14 (partially refunded). */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The name that shoppers see. */
  @Attribute(() => String, { readOnly: true }) readonly name!: string;
  /** The platform's own name. */
  @Attribute(() => String, { readOnly: true }) readonly system_label!: string;
  /** The store's name for it, given in the control panel. */
  @Attribute(() => String, { readOnly: true }) readonly custom_label!: string;
  /** What the platform says it means. */
  @Attribute(() => String, { readOnly: true }) readonly system_description!: string;
  /** Its place in lists. */
  @Attribute(() => Number, { readOnly: true }) readonly order!: number;
}

const orderShipmentRequired = ['order_address_id', 'items'] as const;

/** A shipment of an order. Creating one may send an email to the shopper; deleting one does not change the status of the order. */
@Resource('/orders/:order_id/shipments', {
  version: 'v2',
  filters: noFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  required: orderShipmentRequired,
})
export class OrderShipment extends Model<OrderShipment, V2Filters<typeof noFilters>, unknown, typeof orderShipmentRequired> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The order that it belongs to. */
  @Attribute(() => Number, { readOnly: true }) readonly order_id!: number;
  /** The customer of the order. */
  @Attribute(() => Number, { readOnly: true }) readonly customer_id!: number;
  /** The address of the order that it goes to. Required. */
  @Attribute(() => Number) order_address_id!: number;
  /** When it was created. */
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  /** Up to 50 characters. */
  @Attribute(() => String) tracking_number!: string;
  /** What the shipment costs the merchant. */
  @Attribute(() => String) merchant_shipping_cost!: Money;
  /** How it is shipped, in words: `Ship by Weight`. */
  @Attribute(() => String) shipping_method!: string;
  /** With `tracking_number`, makes the link to track it. Empty for another provider; `carrier_` and a number for one that an app brings. */
  @Attribute(() => String) shipping_provider!: Open<ShippingProvider>;
  /** Who tracks it, by AfterShip's names; empty for none. An alternative to `shipping_provider`. */
  @Attribute(() => String) tracking_carrier!: string;
  /** Your own link to track it, in place of the generated one; up to 500 characters. */
  @Attribute(() => String) tracking_link!: string;
  /** Up to 65535 characters. */
  @Attribute(() => String) comments!: string;
  /** The billing address of the order. */
  @Attribute(() => Object, { readOnly: true }) readonly billing_address!: OrderAddress;
  /** The address of `order_address_id`. */
  @Attribute(() => Object, { readOnly: true, setBy: 'order_address_id' }) readonly shipping_address!: OrderAddress;
  /** What is in it. Required in a new one; not changed later. */
  @Attribute(() => Array) items!: OrderShipmentItem[];
  /** Name of the provider for people. */
  @Attribute(() => String, { readOnly: true, setBy: 'shipping_provider' }) readonly shipping_provider_display_name!: string;
  /** The link made of number and provider or carrier; empty if there is a `tracking_link`. */
  @Attribute(() => String, { readOnly: true, setBy: 'tracking_link' }) readonly generated_tracking_link!: string;
}

/** A shipping address of an order. It is created with its order, and changed by itself. */
@Resource('/orders/:order_id/shipping_addresses', {
  version: 'v2',
  filters: noFilters,
  operations: ['list', 'get', 'update', 'count'],
  // orders.v2.oas2.yml: POST /orders, order_Post `shipping_addresses`. Its own PUT changes one.
  through: throughParent({ create: true }),
})
export class OrderShippingAddress extends Model<OrderShippingAddress, V2Filters<typeof noFilters>> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The order that it belongs to. */
  @Attribute(() => Number, { readOnly: true }) readonly order_id!: number;
  /** How many items are sent to it. */
  @Attribute(() => Number, { readOnly: true }) readonly items_total!: number;
  /** How many of them have been shipped. */
  @Attribute(() => Number, { readOnly: true }) readonly items_shipped!: number;
  /** Cost of shipping as entered, with or without tax. */
  @Attribute(() => String, { readOnly: true }) readonly base_cost!: Money;
  /** Cost of shipping without tax. */
  @Attribute(() => String, { readOnly: true }) readonly cost_ex_tax!: Money;
  /** Cost of shipping with tax. */
  @Attribute(() => String, { readOnly: true }) readonly cost_inc_tax!: Money;
  /** Tax in the cost of shipping. */
  @Attribute(() => String, { readOnly: true }) readonly cost_tax!: Money;
  /** Tax class of the cost of shipping. Has no effect with automatic tax. */
  @Attribute(() => Number, { readOnly: true }) readonly cost_tax_class_id!: number;
  /** Cost of handling as entered, with or without tax; not negative. */
  @Attribute(() => String, { readOnly: true }) readonly base_handling_cost!: Money;
  /** Cost of handling without tax; not negative. */
  @Attribute(() => String, { readOnly: true }) readonly handling_cost_ex_tax!: Money;
  /** Cost of handling with tax; not negative. */
  @Attribute(() => String, { readOnly: true }) readonly handling_cost_inc_tax!: Money;
  /** Tax in the cost of handling. */
  @Attribute(() => String, { readOnly: true }) readonly handling_cost_tax!: Money;
  /** Tax class of the cost of handling. Has no effect with automatic tax. */
  @Attribute(() => Number, { readOnly: true }) readonly handling_cost_tax_class_id!: number;
  /** The shipping zone that the address is in. */
  @Attribute(() => Number, { readOnly: true }) readonly shipping_zone_id!: number;
  /** The name of that zone. */
  @Attribute(() => String, { readOnly: true }) readonly shipping_zone_name!: string;
  /** Answers to the store's own fields. */
  @Attribute(() => Array) form_fields!: OrderFormField[];
  /** Of the recipient. */
  @Attribute(() => String) first_name!: string;
  /** Of the recipient. */
  @Attribute(() => String) last_name!: string;
  /** Of the recipient. */
  @Attribute(() => String) company!: string;
  /** First line of the street address. */
  @Attribute(() => String) street_1!: string;
  /** Second line of the street address. */
  @Attribute(() => String) street_2!: string;
  /** Town of the address. */
  @Attribute(() => String) city!: string;
  /** Full name of the state or province. */
  @Attribute(() => String) state!: string;
  /** Postal code, as a string. */
  @Attribute(() => String) zip!: string;
  /** Full name of the country. */
  @Attribute(() => String) country!: string;
  /** Two-letter code of the country, ISO 3166-1 alpha-2. */
  @Attribute(() => String) country_iso2!: string;
  /** The recipient's. */
  @Attribute(() => String) phone!: string;
  /** The recipient's. */
  @Attribute(() => String) email!: string;
  /** Name of the shipping method: `Free Shipping`. Changing it does not change costs. */
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
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The order that it belongs to. */
  @Attribute(() => Number, { readOnly: true }) readonly order_id!: number;
  /** The member of staff who wrote or got it. */
  @Attribute(() => Number, { readOnly: true }) readonly staff_id!: number;
  /** The customer of the order. */
  @Attribute(() => Number, { readOnly: true }) readonly customer_id!: number;
  /** `admin` for one by the staff, `customer` for one by the customer. */
  @Attribute(() => String, { readOnly: true }) readonly type!: Open<'admin' | 'customer'>;
  /** Subject line. */
  @Attribute(() => String, { readOnly: true }) readonly subject!: string;
  /** The text. */
  @Attribute(() => String, { readOnly: true }) readonly message!: string;
  /** Whether it has been read. */
  @Attribute(() => String, { readOnly: true }) readonly status!: Open<'read' | 'unread'>;
  /** Whether the staff has marked it. */
  @Attribute(() => Boolean, { readOnly: true }) readonly is_flagged!: boolean;
  /** When it was created. */
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  @BelongsTo(() => Customer, { key: 'customer_id' }) customer!: BelongsTo<Customer>;
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
  /** One at most. Only these can be written. */
  @Attribute(() => Array) pickups!: OrderPickupConsignment[];
  /** One for each address. */
  @Attribute(() => Array, { readOnly: true }) readonly shipping!: OrderShippingConsignment[];
  /** One at most, with all that is downloaded. */
  @Attribute(() => Array, { readOnly: true }) readonly downloads!: [OrderDownloadConsignment?];
  /** Gift certificates. */
  @Attribute(() => Object, { readOnly: true }) readonly email!: OrderEmailConsignment;
}

const orderFeeRequired = [
  ['display_name_customer', 'display_name_merchant'],
  ['cost_ex_tax', 'cost_inc_tax', 'cost_tax'],
] as const;

/**
 * A fee on an order. It is written inside its order, where an update replaces all fees: `fee.save()`, `fee.destroy()` and
 * `order.fees.create()` read the current fees and send all of them. A new fee needs a name for customers or merchants, and two of
 * `cost_ex_tax`, `cost_inc_tax` and `cost_tax`. They have to fit the rate of its tax class: refunds are computed from them, so change them
 * together.
 */
@Resource('/orders/:order_id/fees', {
  version: 'v2',
  filters: noFilters,
  operations: ['list'],
  // orders.v2.oas2.yml: POST /orders, orderFees_Post; PUT /orders/{order_id}, orderFees_Put: fees that are left out are deleted.
  through: throughParent({ create: true, update: 'replace', dependent: ['cost_ex_tax', 'cost_inc_tax', 'cost_tax'] }),
  required: orderFeeRequired,
})
export class OrderFee extends Model<OrderFee, V2Filters<typeof noFilters>, unknown, typeof orderFeeRequired> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** Custom fees are the only kind. */
  @Attribute(() => String) type!: Open<'custom_fee'>;
  /** The name that shoppers see. This or `display_name_merchant` is required. */
  @Attribute(() => String) display_name_customer!: string;
  /** The name in the control panel. */
  @Attribute(() => String) display_name_merchant!: string;
  /** What made it: an app gives its own name. */
  @Attribute(() => String) source!: string;
  /** Its amount as entered, with or without tax. */
  @Attribute(() => String, { readOnly: true }) readonly base_cost!: Money | number;
  /** Without tax. Two of the three costs are required. */
  @Attribute(() => String) cost_ex_tax!: Money | number;
  /** With tax. */
  @Attribute(() => String) cost_inc_tax!: Money | number;
  /** The tax, which has to fit the rate of the tax class. */
  @Attribute(() => String) cost_tax!: Money | number;
  /** Null for the default class of fees. */
  @Attribute(() => Number) tax_class_id!: number | null;
}

/** A shipping quote. Quotes for an address or a consignment are separate resources. */
abstract class ShippingQuote<Self = unknown> extends Model<Self> {
  /** Assigned by the store. */
  @Attribute(() => String, { readOnly: true }) readonly id!: string;
  /** Assigned by the store. */
  @Attribute(() => String, { readOnly: true }) readonly uuid!: string;
  /** When it was made. */
  @Attribute(() => String, { readOnly: true }) readonly timestamp!: string;
  /** `bcstatic`, `bcrealtime` and so on: where the quote comes from. */
  @Attribute(() => String, { readOnly: true }) readonly shipping_provider_id!: string;
  /** What the carrier returned: its fields are its own, so they are not declared. */
  @Attribute(() => Array, { readOnly: true }) readonly shipping_provider_quote!: Record<string, unknown>[];
  /** The shipping method: `fedex`, `shipping_byweight`. */
  @Attribute(() => String, { readOnly: true }) readonly provider_code!: string;
  /** The carrier; may be empty. */
  @Attribute(() => String, { readOnly: true }) readonly carrier_code!: string;
  /** Kind of delivery; may be empty. */
  @Attribute(() => String, { readOnly: true }) readonly rate_code!: string;
  /** The rate of the provider; may be empty. */
  @Attribute(() => String, { readOnly: true }) readonly rate_id!: string;
  /** The shipping method of the zone. */
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
