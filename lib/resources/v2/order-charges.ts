import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { V2Filters } from '../../query/where.js';
import { Attribute } from '../../schema/attribute.js';
import type { Money, Open } from '../../schema/types.js';
import { noFilters } from '../no-filters.js';

/** A coupon applied to an order. */
@Resource('/orders/:order_id/coupons', { version: 'v2', filters: noFilters, operations: ['list', 'get'] })
export class OrderCoupon extends Model<OrderCoupon, V2Filters<typeof noFilters>> {
  /** The number of this use of the coupon. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The coupon. */
  @Attribute(() => Number, { readOnly: true }) readonly coupon_id!: number;
  /** The order that it belongs to. */
  @Attribute(() => Number, { readOnly: true }) readonly order_id!: number;
  /** What the shopper entered. */
  @Attribute(() => String, { readOnly: true }) readonly code!: string | null;
  /** Its discount as the coupon has it: an amount or a percentage, by `type`. */
  @Attribute(() => String, { readOnly: true }) readonly amount!: Money | number;
  /** 0 per item, 1 percentage, 2 per order, 3 shipping, 4 free shipping, 5 promotion. */
  @Attribute(() => Number, { readOnly: true }) readonly type!: 0 | 1 | 2 | 3 | 4 | 5;
  /** What it took off this order. */
  @Attribute(() => Number, { readOnly: true }) readonly discount!: number;
}

const orderTaxFilters = { details: String } as const;

/** A tax on an order. */
@Resource('/orders/:order_id/taxes', { version: 'v2', filters: orderTaxFilters, operations: ['list', 'get'] })
export class OrderTax extends Model<OrderTax, V2Filters<typeof orderTaxFilters>> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** Absent with automatic tax. */
  @Attribute(() => Number, { readOnly: true }) readonly order_id!: number;
  /** The address that it is charged for. Absent with automatic tax. */
  @Attribute(() => Number, { readOnly: true }) readonly order_address_id!: number;
  /** Use `sales_tax_id`. @deprecated */
  @Attribute(() => Number, { readOnly: true }) readonly tax_rate_id!: number;
  /** The tax rate, by the tax provider's own identifier. */
  @Attribute(() => String, { readOnly: true }) readonly sales_tax_id!: string;
  /** Null for the default class of fees. */
  @Attribute(() => Number, { readOnly: true }) readonly tax_class_id!: number | null;
  /** Name of the tax. */
  @Attribute(() => String, { readOnly: true }) readonly name!: string;
  /** Kind of tax: `Automatic Tax`, and `API Tax Override` for orders made by V2. */
  @Attribute(() => String, { readOnly: true }) readonly class!: string;
  /** Per cent. */
  @Attribute(() => String, { readOnly: true }) readonly rate!: string;
  /** Taxes are charged in this order, one upon the other. */
  @Attribute(() => Number, { readOnly: true }) readonly priority!: number;
  /** Tax of all taxes of this priority. */
  @Attribute(() => String, { readOnly: true }) readonly priority_amount!: Money;
  /** Tax of this line. */
  @Attribute(() => String, { readOnly: true }) readonly line_amount!: Money;
  /** How the item is picked up; 0 if it is not. */
  @Attribute(() => Number, { readOnly: true }) readonly order_pickup_method_id!: number;
  /** The line of the order; null for tax on anything but items and handling. Only with the filter `details`. */
  @Attribute(() => String, { readOnly: true }) readonly order_product_id!: string | null;
  /** What is taxed. Only with the filter `details`. */
  @Attribute(() => String, { readOnly: true }) readonly line_item_type!: Open<'item' | 'shipping' | 'handling' | 'gift-wrapping'>;
}
