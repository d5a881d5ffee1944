import type { Attributes, Money, Open } from '../../schema/types.js';
import type { OrderProduct } from './order-products.js';

/** Where orders come from. */
export type OrderSource =
  | 'www'
  | 'iphone'
  | 'ipad'
  | 'android'
  | 'mobile'
  | 'manual'
  | 'external'
  | 'checkout_api'
  | 'buybutton'
  | 'amazon'
  | 'ebay'
  | 'facebookshop'
  | 'facebookcheckout'
  | 'facebookmarketplace'
  | 'pinterest'
  | 'socialshop';

/** Who ships: those that the platform knows. A carrier that an app brings is `carrier_` and its number. */
export type ShippingProvider =
  | ''
  | 'auspost'
  | 'canadapost'
  | 'endicia'
  | 'usps'
  | 'fedex'
  | 'royalmail'
  | 'ups'
  | 'upsready'
  | 'upsonline'
  | 'shipperhq';

/** The answer to a field that the store has added to its address forms. */
export interface OrderFormField {
  /** The label of the field in the form, by which it is found. */
  name: string;
  /** What was entered; an array for fields with several choices. */
  value: string | number | string[];
}

/** An address as orders, consignments and shipments carry it. */
export interface OrderAddress {
  first_name: string;
  last_name: string;
  company: string;
  /** First line of the street address. */
  street_1: string;
  /** Second line of the street address. */
  street_2: string;
  city: string;
  /** Full name of the state or province: `Texas`. */
  state: string;
  /** Postal code, as a string. */
  zip: string;
  /** Full name of the country: `United States`. */
  country: string;
  /** Two-letter code of the country, ISO 3166-1 alpha-2. */
  country_iso2: string;
  phone: string;
  email: string;
}

/** The address that an order is billed to. The contact data of guests is taken from it. */
export interface OrderBillingAddress extends OrderAddress {
  /** Postal code: required, at least two characters. */
  zip: string;
  /** Answers to the store's own fields. Not accepted when an order is created. */
  form_fields: OrderFormField[];
}

/** A part of a discount that an order or one of its lines has. */
export interface OrderProductDiscount {
  /** Names the discount: `total-coupon`. */
  id: string;
  amount: Money;
  /** The name of the coupon, or `Manual Discount`. */
  name: string;
  /** The coupon's code; null for a discount without a coupon. */
  code: string | null;
  /** Whether it was given on the order or on this line. Read-only. */
  readonly target: Open<'order' | 'product'>;
}

/** The choice made for an option or modifier of a line. */
export interface OrderProductOption {
  /**
   * Read: the number of this choice. Written: the number of the option or modifier on the product, which is read as `product_option_id`.
   */
  id: number;
  /** The option that it was made from. */
  option_id: number;
  /** The line it belongs to. */
  order_product_id: number;
  /** The option or modifier on the product. */
  product_option_id: number;
  /** The same as `display_name_customer`: changing one changes both. Not empty. */
  display_name: string;
  /** The option's name as shoppers see it. Not empty. */
  display_name_customer: string;
  /** The option's name in the control panel. */
  display_name_merchant: string;
  /** The same as `display_value_customer`: changing one changes both. Not empty. */
  display_value: string;
  /** The choice as shoppers see it. Not empty. */
  display_value_customer: string;
  /** The choice in the control panel. Not empty. */
  display_value_merchant: string;
  /**
   * Written: the number of the chosen value, or the entered text or date where there is no list to choose from (ISO 8601; lines of a text
   * are divided by `\n`). Files and pick lists cannot be written. Read: the same, or JSON about an uploaded file.
   */
  value: string;
  type: Open<
    'Checkbox' | 'Date field' | 'File Upload' | 'Multi-line text field' | 'Multiple choice' | 'Product Pick List' | 'Swatch' | 'Text field'
  >;
  /** The option's internal name; unique. */
  name: string;
  /** How it is shown: `Rectangle`, `Drop-down` and so on. */
  display_style: string;
}

/** The answer to a configurable field. Only in stores with the V2 catalog. */
export interface OrderConfigurableField {
  name: string;
  value: string;
}

/** Some or all of the items of a line that are in a shipment. */
export interface OrderShipmentItem {
  /** The line of the order. Required. */
  order_product_id: number;
  /** The product of that line; 0 for a custom one. Read-only. */
  readonly product_id: number;
  /** How many of them were shipped. Required. */
  quantity: number;
}

/** Where a line of a consignment can be read, instead of the line itself. */
export interface OrderProductLink {
  readonly url: string;
  /** Path below the version: `/orders/129/products/12`. */
  readonly resource: string;
}

/** A line of an order inside a consignment. */
export interface OrderConsignmentProduct extends Omit<Attributes<OrderProduct>, 'id' | 'event_date'> {
  /** The line to change; left out for a new one. */
  id: number;
  /** Date of the event that was asked for, as the API has it. */
  event_date: string | null;
}

/** Lines with `include('consignments.line_items')`, else links to them. */
export type OrderConsignmentItem = OrderConsignmentProduct | OrderProductLink;

/** Where an order is picked up. */
export interface OrderPickupLocation {
  /** The location's number. Read-only. */
  readonly id: number;
  /** Up to 255 characters. */
  name: string;
  /** Up to 50 characters. */
  code: string;
  /** Up to 255 characters. */
  address_line_1: string;
  /** Up to 255 characters. */
  address_line_2: string;
  /** Up to 255 characters. */
  city: string;
  /** Up to 255 characters. */
  state: string;
  /** Up to 50 characters. */
  postal_code: string;
  /** Two-letter code of the country, ISO 3166-1 alpha-2. */
  country_alpha2: string;
  /** Up to 255 characters. */
  email: string;
  /** Up to 125 characters. */
  phone: string;
}

/** Items that are picked up. An order has one at most, and then nothing that is shipped. */
export interface OrderPickupConsignment {
  /** Its number; required in updates. */
  id: number;
  /** Required in a new one. */
  pickup_method_id: number;
  /** Shown to shoppers; up to 250 characters. */
  pickup_method_display_name: string;
  /** Tells shoppers how to collect the items. */
  collection_instructions: string;
  /** Tells shoppers when the items will be ready; up to 250 characters. */
  collection_time_description: string;
  location: OrderPickupLocation;
  /** At least one in a new one. */
  line_items: OrderConsignmentItem[];
}

/** Items that are shipped to one address, with what that costs. Amounts are numbers here. */
export interface OrderShippingConsignment extends OrderAddress {
  id: number;
  /** Answers to the store's own fields of the address. */
  form_fields: OrderFormField[];
  line_items: OrderConsignmentItem[];
  /** How many items are sent to this address. */
  items_total: number;
  /** How many of them have been shipped. */
  items_shipped: number;
  /** Name of the shipping method that was chosen: `Free Shipping`. */
  shipping_method: string;
  /** Cost of shipping as entered, with or without tax. */
  base_cost: number;
  cost_ex_tax: number;
  cost_inc_tax: number;
  cost_tax: number;
  /** Tax class of the cost of shipping. Has no effect with automatic tax. */
  cost_tax_class_id: number;
  /** Cost of handling as entered, with or without tax; not negative. */
  base_handling_cost: number;
  /** Not negative. */
  handling_cost_ex_tax: number;
  /** Not negative. */
  handling_cost_inc_tax: number;
  handling_cost_tax: number;
  /** Tax class of the cost of handling. Has no effect with automatic tax. */
  handling_cost_tax_class_id: number;
  shipping_zone_id: number;
  shipping_zone_name: string;
  /** Where the quotes can be read: `ConsignmentShippingQuote.of(order, consignment)`. */
  readonly shipping_quotes: OrderProductLink;
}

/** Items that are downloaded. */
export interface OrderDownloadConsignment {
  /** Who gets the link. */
  recipient_email: string;
  line_items: OrderConsignmentItem[];
}

/** Gift certificates, which are sent by email. */
export interface OrderEmailConsignment {
  gift_certificates: { recipient_email: string; line_items: OrderConsignmentItem[] }[];
}

/** How many orders have a status. */
export interface OrderStatusCount {
  /** The status: a key of `OrderStatus`. */
  readonly id: number;
  readonly name: string;
  /** The platform's name of the status. */
  readonly system_label: string;
  /** The store's own name of the status. */
  readonly custom_label: string;
  readonly system_description: string;
  /** Orders that have it. */
  readonly count: number;
  /** Its place in the control panel. */
  readonly sort_order: number;
}

/** How many orders there are, in all and by status. */
export interface OrderCounts {
  readonly count: number;
  readonly statuses: readonly OrderStatusCount[];
}
