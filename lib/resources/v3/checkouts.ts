import { act, queryOf, refresh } from '../../model/action.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { ActionOptions } from '../../query/params.js';
import { Attribute } from '../../schema/attribute.js';
import type { CallOptions } from '../../transport/request.js';
import { encodeSegment } from '../../transport/well-formed.js';
import { noFilters } from '../no-filters.js';
import type { ExpectedCartVersion } from './cart-inputs.js';
import type {
  BillingAddressInput,
  CheckoutOrder,
  CheckoutToken,
  CheckoutTokenInput,
  ConsignmentChange,
  ConsignmentInput,
  DiscountsInput,
  FeesChange,
  FeesInput,
} from './checkout-inputs.js';
import type {
  CheckoutAddress,
  CheckoutCart,
  CheckoutConsignment,
  CheckoutCoupon,
  CheckoutFee,
  CheckoutPromotions,
  CheckoutTax,
} from './checkout-values.js';
import { expecting } from './expected-version.js';

const withShippingOptions = { include: ['consignments.available_shipping_options'] } as const;

const checkoutParams = {
  get: {
    include: [
      'cart.line_items.physical_items.options',
      'cart.line_items.digital_items.options',
      'consignments.available_shipping_options',
      'promotions.banners',
    ],
  },
  addConsignments: withShippingOptions,
  updateConsignment: withShippingOptions,
} as const;

/** A checkout: a cart with addresses, shipping and taxes, which becomes an order. Its id is that of the cart; amounts are in its currency. */
@Resource('/checkouts', {
  version: 'v3',
  filters: noFilters,
  operations: ['get', 'update'],
  params: checkoutParams,
  alwaysSend: ['customer_message'],
})
export class Checkout extends Model<Checkout, typeof noFilters, unknown, unknown, typeof checkoutParams> {
  /** UUID; the same as that of the cart. */
  @Attribute(() => String, { readOnly: true }) readonly id!: string;
  /** The cart: its items, discounts and coupons. Read-only here; change it through `Cart`. */
  @Attribute(() => Object, { readOnly: true }) readonly cart!: CheckoutCart;
  /** Read-only: `setBillingAddress` and `updateBillingAddress` change it. */
  @Attribute(() => Object, { readOnly: true }) readonly billing_address!: CheckoutAddress;
  /** What goes where; one for each address. Read-only: `addConsignments` and its like change them. */
  @Attribute(() => Array, { readOnly: true }) readonly consignments!: CheckoutConsignment[];
  /** Taxes by name. Read-only. */
  @Attribute(() => Array, { readOnly: true }) readonly taxes!: CheckoutTax[];
  /** Coupons on the whole checkout. Read-only: `addCoupon` and `removeCoupon` change them. */
  @Attribute(() => Array, { readOnly: true }) readonly coupons!: CheckoutCoupon[];
  /** Fees on the whole checkout, at most five. Read-only: `addFees` and its like change them. */
  @Attribute(() => Array, { readOnly: true }) readonly fees!: CheckoutFee[];
  /** Order that the checkout became; null before. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly order_id!: string | null;
  /** Shipping of all consignments before discounts, with tax. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly shipping_cost_total_inc_tax!: number;
  /** Shipping of all consignments before discounts, without tax. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly shipping_cost_total_ex_tax!: number;
  /** Handling of all consignments, with tax. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly handling_cost_total_inc_tax!: number;
  /** Handling of all consignments, without tax. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly handling_cost_total_ex_tax!: number;
  /** Sum of `taxes`. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly tax_total!: number;
  /** Sum of the items before discounts on items, with tax. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly subtotal_inc_tax!: number;
  /** Sum of the items before discounts on items, without tax. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly subtotal_ex_tax!: number;
  /** What is to be paid, before store credit and gift certificates. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly grand_total!: number;
  /** When the cart was created. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly created_time!: Date | null;
  /** When the cart was last changed. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly updated_time!: Date | null;
  /** Message of the shopper for the order; up to 2,000 characters. The only attribute that an update may change. */
  @Attribute(() => String) customer_message!: string;
  /** Promotions for this checkout; absent unless `promotions.banners` is included. Read-only. */
  @Attribute(() => Array, { readOnly: true }) readonly promotions?: CheckoutPromotions[];
  /** Rises with each change. An update that sends another one is refused with 409. */
  @Attribute(() => Number) version!: number;

  /** Sets the billing address. Returns this checkout, as it is then. */
  async setBillingAddress(address: BillingAddressInput, options?: CallOptions): Promise<this> {
    return refresh(this, 'POST', 'billing-address', { body: address, ...options });
  }

  /** Updates the billing address. Returns this checkout, as it is then. */
  async updateBillingAddress(addressId: string, address: BillingAddressInput, options?: CallOptions): Promise<this> {
    return refresh(this, 'PUT', `billing-address/${encodeSegment(addressId, 'addressId')}`, { body: address, ...options });
  }

  /** Adds consignments: which items go where. Returns this checkout, as it is then. */
  async addConsignments(
    consignments: readonly ConsignmentInput[],
    options?: ActionOptions<typeof checkoutParams, 'addConsignments'>,
  ): Promise<this> {
    return refresh(this, 'POST', 'consignments', { body: consignments, ...queryOf(this, 'addConsignments', options) });
  }

  /** Updates a consignment, or selects its shipping option. Returns this checkout, as it is then. */
  async updateConsignment(
    consignmentId: string,
    consignment: ConsignmentChange,
    options?: ActionOptions<typeof checkoutParams, 'updateConsignment'>,
  ): Promise<this> {
    return refresh(this, 'PUT', `consignments/${encodeSegment(consignmentId, 'consignmentId')}`, {
      body: consignment,
      ...queryOf(this, 'updateConsignment', options),
    });
  }

  /** Removes a consignment. Returns this checkout, as it is then. */
  async removeConsignment(consignmentId: string, options: CallOptions & ExpectedCartVersion = {}): Promise<this> {
    const { version, ...call } = options;
    return refresh(this, 'DELETE', `consignments/${encodeSegment(consignmentId, 'consignmentId')}`, { body: expecting(version), ...call });
  }

  /** Applies a coupon or gift certificate, whose code has at most 50 characters. Returns this checkout, as it is then. */
  async addCoupon(coupon_code: string, options: CallOptions & ExpectedCartVersion = {}): Promise<this> {
    const { version, ...call } = options;
    return refresh(this, 'POST', 'coupons', { body: { coupon_code, ...expecting(version) }, ...call });
  }

  /** Removes a coupon, by its code. Returns this checkout, as it is then. */
  async removeCoupon(code: string, options: CallOptions & ExpectedCartVersion = {}): Promise<this> {
    const { version, ...call } = options;
    return refresh(this, 'DELETE', `coupons/${encodeSegment(code, 'code')}`, { body: expecting(version), ...call });
  }

  /** Applies discounts by hand. They replace all discounts that the items have. Returns this checkout, as it is then. */
  async addDiscounts(discounts: DiscountsInput, options?: CallOptions): Promise<this> {
    return refresh(this, 'POST', 'discounts', { body: discounts, ...options });
  }

  /** Adds fees; a checkout has at most five. Returns this checkout, as it is then. */
  async addFees(fees: FeesInput, options?: CallOptions): Promise<this> {
    return refresh(this, 'POST', 'fees', { body: fees, ...options });
  }

  /** Updates fees, each with all of its values. Returns this checkout, as it is then. */
  async updateFees(fees: FeesChange, options?: CallOptions): Promise<this> {
    return refresh(this, 'PUT', 'fees', { body: fees, ...options });
  }

  /** Removes fees, by their ids. Returns this checkout, as it is then. */
  async removeFees(ids: readonly string[], options?: CallOptions): Promise<this> {
    return refresh(this, 'DELETE', 'fees', { body: { ids }, ...options });
  }

  /** Converts the checkout to an order with the status Incomplete, and returns its id. Each call makes another order until one is paid. */
  async createOrder(options?: CallOptions): Promise<CheckoutOrder> {
    return act(this, 'POST', 'orders', options);
  }

  /** Creates a token that lets a guest see the confirmation page. It must be created before the order is final. */
  async createToken(body: CheckoutTokenInput = {}, options?: CallOptions): Promise<CheckoutToken> {
    return act(this, 'POST', 'token', { body, ...options });
  }
}
