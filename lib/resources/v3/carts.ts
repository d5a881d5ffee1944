import { act, queryOf, refresh } from '../../model/action.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { ActionOptions } from '../../query/params.js';
import { Attribute } from '../../schema/attribute.js';
import type { CallOptions } from '../../transport/request.js';
import { encodeSegment } from '../../transport/well-formed.js';

const cartFilters = {} as const;

const cartIncludes = [
  'redirect_urls',
  'line_items.physical_items.options',
  'line_items.digital_items.options',
  'promotions.banners',
] as const;

const withCartIncludes = { include: cartIncludes } as const;

/** Every operation on a cart can embed these (carts.v3.yml). */
const cartParams = {
  get: withCartIncludes,
  create: withCartIncludes,
  update: withCartIncludes,
  addItems: withCartIncludes,
  updateItem: withCartIncludes,
  removeItem: withCartIncludes,
} as const;

/** A cart. */
@Resource('/carts', {
  version: 'v3',
  filters: cartFilters,
  operations: ['get', 'create', 'update', 'delete'],
  params: cartParams,
  statuses: { create: 201, update: 201 },
  lock: 'version',
})
export class Cart extends Model<Cart, typeof cartFilters, unknown, unknown, typeof cartParams> {
  @Attribute(() => String, { readOnly: true }) readonly id!: string;
  @Attribute(() => Number) customer_id!: number;
  @Attribute(() => Number) channel_id!: number;
  @Attribute(() => String, { readOnly: true, setBy: 'customer_id' }) readonly email!: string;
  @Attribute(() => Object) currency!: Record<string, unknown>;
  @Attribute(() => Boolean, { readOnly: true }) readonly tax_included!: boolean;
  @Attribute(() => Number, { readOnly: true }) readonly base_amount!: number;
  @Attribute(() => Number, { readOnly: true }) readonly discount_amount!: number;
  @Attribute(() => Number, { readOnly: true }) readonly manual_discount_amount!: number;
  @Attribute(() => Number, { readOnly: true }) readonly cart_amount!: number;
  @Attribute(() => Array, { readOnly: true }) readonly coupons!: Record<string, unknown>[];
  @Attribute(() => Array, { readOnly: true }) readonly discounts!: Record<string, unknown>[];
  @Attribute(() => Object, { decimals: { list_price: 4 } }) line_items!: Record<string, unknown> | Record<string, unknown>[];
  @Attribute(() => String, { readOnly: true }) readonly created_time!: string;
  @Attribute(() => String, { readOnly: true }) readonly updated_time!: string;
  @Attribute(() => String) locale!: string;
  @Attribute(() => Object, { readOnly: true }) readonly promotions!: Record<string, unknown>;
  @Attribute(() => Number) version!: number;
  @Attribute(() => Array) custom_items!: Record<string, unknown>[];
  @Attribute(() => Array) gift_certificates!: Record<string, unknown>[];

  /** Adds line items, custom items or gift certificates. Returns this cart, as it is then. */
  async addItems(items: Record<string, unknown>, options?: ActionOptions<typeof cartParams, 'addItems'>): Promise<this> {
    return refresh(this, 'POST', 'items', { body: items, ...queryOf(this, 'addItems', options) });
  }

  /** Updates a line item. Returns this cart, as it is then. */
  async updateItem(itemId: string, item: Record<string, unknown>, options?: ActionOptions<typeof cartParams, 'updateItem'>): Promise<this> {
    return refresh(this, 'PUT', `items/${encodeSegment(itemId, 'itemId')}`, { body: item, ...queryOf(this, 'updateItem', options) });
  }

  /**
   * Removes a line item. Returns this cart, as it is then. Without its last item the cart is deleted: `isDestroyed` is true, and the
   * attributes are those before.
   */
  async removeItem(itemId: string, options?: ActionOptions<typeof cartParams, 'removeItem'>): Promise<this> {
    return refresh(this, 'DELETE', `items/${encodeSegment(itemId, 'itemId')}`, queryOf(this, 'removeItem', options));
  }

  /** Creates URLs that take a shopper to this cart and its checkout. They work once. */
  async redirectUrls(
    options?: CallOptions & { query_params?: readonly Record<string, string>[] },
  ): Promise<{ cart_url: string; checkout_url: string; embedded_checkout_url: string }> {
    const { query_params, ...call } = options ?? {};
    return act(this, 'POST', 'redirect_urls', { ...(query_params === undefined ? {} : { body: { query_params } }), ...call });
  }
}

const checkoutFilters = {} as const;

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

/** A checkout. */
@Resource('/checkouts', {
  version: 'v3',
  filters: checkoutFilters,
  operations: ['get', 'update'],
  params: checkoutParams,
  alwaysSend: ['customer_message'],
})
export class Checkout extends Model<Checkout, typeof checkoutFilters, unknown, unknown, typeof checkoutParams> {
  @Attribute(() => String, { readOnly: true }) readonly id!: string;
  @Attribute(() => Object, { readOnly: true }) readonly cart!: Record<string, unknown>;
  @Attribute(() => Object, { readOnly: true }) readonly billing_address!: Record<string, unknown>;
  @Attribute(() => Array, { readOnly: true }) readonly consignments!: Record<string, unknown>[];
  @Attribute(() => Array, { readOnly: true }) readonly taxes!: Record<string, unknown>[];
  @Attribute(() => Array, { readOnly: true }) readonly coupons!: Record<string, unknown>[];
  @Attribute(() => Array, { readOnly: true }) readonly fees!: Record<string, unknown>[];
  @Attribute(() => String, { readOnly: true }) readonly order_id!: string;
  @Attribute(() => Number, { readOnly: true }) readonly shipping_cost_total_inc_tax!: number;
  @Attribute(() => Number, { readOnly: true }) readonly shipping_cost_total_ex_tax!: number;
  @Attribute(() => Number, { readOnly: true }) readonly handling_cost_total_inc_tax!: number;
  @Attribute(() => Number, { readOnly: true }) readonly handling_cost_total_ex_tax!: number;
  @Attribute(() => Number, { readOnly: true }) readonly tax_total!: number;
  @Attribute(() => Number, { readOnly: true }) readonly subtotal_inc_tax!: number;
  @Attribute(() => Number, { readOnly: true }) readonly subtotal_ex_tax!: number;
  @Attribute(() => Number, { readOnly: true }) readonly grand_total!: number;
  @Attribute(() => String, { readOnly: true }) readonly created_time!: string;
  @Attribute(() => String, { readOnly: true }) readonly updated_time!: string;
  @Attribute(() => String) customer_message!: string;
  @Attribute(() => Array, { readOnly: true }) readonly promotions!: Record<string, unknown>[];
  @Attribute(() => Number) version!: number;

  /** Sets the billing address. Returns this checkout, as it is then. */
  async setBillingAddress(address: Record<string, unknown>, options?: CallOptions): Promise<this> {
    return refresh(this, 'POST', 'billing-address', { body: address, ...options });
  }

  /** Updates the billing address. Returns this checkout, as it is then. */
  async updateBillingAddress(addressId: string, address: Record<string, unknown>, options?: CallOptions): Promise<this> {
    return refresh(this, 'PUT', `billing-address/${encodeSegment(addressId, 'addressId')}`, { body: address, ...options });
  }

  /** Adds consignments: which items go where. Returns this checkout, as it is then. */
  async addConsignments(
    consignments: readonly Record<string, unknown>[],
    options?: ActionOptions<typeof checkoutParams, 'addConsignments'>,
  ): Promise<this> {
    return refresh(this, 'POST', 'consignments', { body: consignments, ...queryOf(this, 'addConsignments', options) });
  }

  /** Updates a consignment, or selects its shipping option. Returns this checkout, as it is then. */
  async updateConsignment(
    consignmentId: string,
    consignment: Record<string, unknown>,
    options?: ActionOptions<typeof checkoutParams, 'updateConsignment'>,
  ): Promise<this> {
    return refresh(this, 'PUT', `consignments/${encodeSegment(consignmentId, 'consignmentId')}`, {
      body: consignment,
      ...queryOf(this, 'updateConsignment', options),
    });
  }

  /** Removes a consignment. Returns this checkout, as it is then. */
  async removeConsignment(consignmentId: string, options?: CallOptions): Promise<this> {
    return refresh(this, 'DELETE', `consignments/${encodeSegment(consignmentId, 'consignmentId')}`, options);
  }

  /** Applies a coupon or gift certificate. Returns this checkout, as it is then. */
  async addCoupon(coupon_code: string, options?: CallOptions): Promise<this> {
    return refresh(this, 'POST', 'coupons', { body: { coupon_code }, ...options });
  }

  /** Removes a coupon. Returns this checkout, as it is then. */
  async removeCoupon(code: string, options?: CallOptions): Promise<this> {
    return refresh(this, 'DELETE', `coupons/${encodeSegment(code, 'code')}`, options);
  }

  /** Applies a discount. Returns this checkout, as it is then. */
  async addDiscounts(discounts: Record<string, unknown>, options?: CallOptions): Promise<this> {
    return refresh(this, 'POST', 'discounts', { body: discounts, ...options });
  }

  /** Adds fees. Returns this checkout, as it is then. */
  async addFees(fees: Record<string, unknown>, options?: CallOptions): Promise<this> {
    return refresh(this, 'POST', 'fees', { body: fees, ...options });
  }

  /** Updates fees. Returns this checkout, as it is then. */
  async updateFees(fees: Record<string, unknown>, options?: CallOptions): Promise<this> {
    return refresh(this, 'PUT', 'fees', { body: fees, ...options });
  }

  /** Removes fees, by their ids. Returns this checkout, as it is then. */
  async removeFees(ids: readonly string[], options?: CallOptions): Promise<this> {
    return refresh(this, 'DELETE', 'fees', { body: { ids }, ...options });
  }

  /** Converts the checkout to an order, and returns its id. */
  async createOrder(options?: CallOptions): Promise<{ id: number }> {
    return act(this, 'POST', 'orders', options);
  }

  /** Creates a token that lets a shopper see this checkout. */
  async createToken(body: Record<string, unknown> = {}, options?: CallOptions): Promise<{ checkoutToken: string }> {
    return act(this, 'POST', 'token', { body, ...options });
  }
}

const abandonedCartFilters = {} as const;

/** An abandoned cart, by the token of the email that recovers it. */
@Resource('/abandoned-carts', { version: 'v3', filters: abandonedCartFilters, key: 'token', operations: ['get'] })
export class AbandonedCart extends Model<AbandonedCart, typeof abandonedCartFilters> {
  @Attribute(() => String, { readOnly: true }) readonly cart_id!: string;
}

const wishlistFilters = { customer_id: Number } as const;

const wishlistRequired = ['customer_id'] as const;

/** A wishlist. */
@Resource('/wishlists', {
  version: 'v3',
  filters: wishlistFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  alwaysSend: ['customer_id', 'items'],
  statuses: { create: 201, update: 201 },
  required: wishlistRequired,
})
export class Wishlist extends Model<Wishlist, typeof wishlistFilters, unknown, typeof wishlistRequired> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number) customer_id!: number;
  @Attribute(() => String) name!: string;
  @Attribute(() => Boolean) is_public!: boolean;
  @Attribute(() => String, { readOnly: true }) readonly token!: string;
  @Attribute(() => Array) items!: Record<string, unknown>[];

  /** Adds products. Returns this wishlist, as it is then. */
  async addItems(items: readonly { product_id: number; variant_id?: number }[], options?: CallOptions): Promise<this> {
    return refresh(this, 'POST', 'items', { body: { items }, ...options });
  }

  /** Removes a product. Returns this wishlist, as it is then. */
  async removeItem(itemId: number, options?: CallOptions): Promise<this> {
    return refresh(this, 'DELETE', `items/${itemId}`, options);
  }
}
