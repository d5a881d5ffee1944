import { act, queryOf, refresh } from '../../model/action.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { ActionOptions } from '../../query/params.js';
import { Attribute } from '../../schema/attribute.js';
import type { GivenAs } from '../../schema/types.js';
import type { CallOptions } from '../../transport/request.js';
import { encodeSegment } from '../../transport/well-formed.js';
import { noFilters } from '../no-filters.js';
import type {
  CartCustomItemInput,
  CartGiftCertificateInput,
  CartItemChange,
  CartItemsInput,
  CartLineItemInput,
  CartRedirectInput,
  ExpectedCartVersion,
} from './cart-inputs.js';
import type { AppliedDiscount, CartCoupon, CartCurrency, CartLineItems, CartPromotions, CartRedirectUrls } from './cart-values.js';
import { expecting } from './expected-version.js';

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

/** The descriptions require `line_items` in prose; a cart of custom items or gift certificates alone is valid too. */
const cartRequired = [['line_items', 'custom_items', 'gift_certificates']] as const;

/** A cart. It is valid for 30 days after its last change; its id is also that of its checkout. Amounts are in its currency. */
@Resource('/carts', {
  version: 'v3',
  filters: noFilters,
  operations: ['get', 'create', 'update', 'delete'],
  params: cartParams,
  statuses: { create: 201, update: 201 },
  lock: 'version',
  required: cartRequired,
})
export class Cart extends Model<Cart, typeof noFilters, unknown, typeof cartRequired, typeof cartParams> {
  /** UUID that the store assigns; also the id of the checkout. */
  @Attribute(() => String, { readOnly: true }) readonly id!: string;
  /** Customer whose cart it is; 0 for a guest. The only attribute that an update may change. */
  @Attribute(() => Number) customer_id!: number;
  /** Channel that the cart belongs to; 1 by default. Set by the create alone. */
  @Attribute(() => Number) channel_id!: number;
  /** Email address of the customer or of the billing address. Read-only. */
  @Attribute(() => String, { readOnly: true, setBy: 'customer_id' }) readonly email!: string;
  /** Currency of all amounts; required in a create if the store has several transactional currencies. Set by the create alone. */
  @Attribute(() => Object) currency!: CartCurrency;
  /** Whether prices include tax. Read-only. */
  @Attribute(() => Boolean, { readOnly: true }) readonly tax_included!: boolean;
  /** Sum of the items before discounts, coupons and tax. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly base_amount!: number;
  /** Discounts on the whole order; neither coupons nor discounts on products. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly discount_amount!: number;
  /** Discount that was given by hand on the whole order. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly manual_discount_amount!: number;
  /** Sum of the items less discounts and coupons, with tax where it applies. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly cart_amount!: number;
  /** Coupons on the cart. Read-only: add them to the checkout. */
  @Attribute(() => Array, { readOnly: true }) readonly coupons!: CartCoupon[];
  /** Discounts on the cart. Read-only: add them to the checkout. */
  @Attribute(() => Array, { readOnly: true }) readonly discounts!: AppliedDiscount[];
  /** The items by kind. A create takes a list of products instead; afterwards `addItems`, `updateItem` and `removeItem` change them. */
  @Attribute(() => Object, { decimals: { list_price: 4 } }) line_items!: GivenAs<CartLineItems, readonly CartLineItemInput[]>;
  /** When it was created. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly created_time!: Date | null;
  /** When it was last changed. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly updated_time!: Date | null;
  /** Language and region of the shopper, `xx` or `xx-YY`. Set by the create alone. */
  @Attribute(() => String) locale!: string;
  /** Promotions for this cart; absent unless `promotions.banners` is included. Read-only. */
  @Attribute(() => Object, { readOnly: true }) readonly promotions?: CartPromotions;
  /** Addresses that take a shopper to the cart; absent unless `redirect_urls` is included. Read-only. */
  @Attribute(() => Object, { readOnly: true }) readonly redirect_urls?: CartRedirectUrls;
  /** Rises with each change. Sent with a save that has `ifUnchanged`, which is refused with 409 if the cart has changed since. */
  @Attribute(() => Number) version!: number;
  /** Items that are not in the catalog, for the create alone; read them in `line_items.custom_items`. */
  @Attribute(() => Array) custom_items?: CartCustomItemInput[];
  /** Gift certificates to buy, for the create alone; read them in `line_items.gift_certificates`. */
  @Attribute(() => Array) gift_certificates?: CartGiftCertificateInput[];

  /** Adds products, custom items or gift certificates. Returns this cart, as it is then. */
  async addItems(items: CartItemsInput, options?: ActionOptions<typeof cartParams, 'addItems'>): Promise<this> {
    return refresh(this, 'POST', 'items', { body: items, ...queryOf(this, 'addItems', options) });
  }

  /** Changes the quantity, price or choices of an item. Returns this cart, as it is then. */
  async updateItem(itemId: string, item: CartItemChange, options?: ActionOptions<typeof cartParams, 'updateItem'>): Promise<this> {
    return refresh(this, 'PUT', `items/${encodeSegment(itemId, 'itemId')}`, { body: item, ...queryOf(this, 'updateItem', options) });
  }

  /**
   * Removes an item. Returns this cart, as it is then. Without its last item the cart is deleted: `isDestroyed` is true, and the
   * attributes are those before.
   */
  async removeItem(itemId: string, options: ActionOptions<typeof cartParams, 'removeItem'> & ExpectedCartVersion = {}): Promise<this> {
    const { version, ...call } = options;
    return refresh(this, 'DELETE', `items/${encodeSegment(itemId, 'itemId')}`, {
      body: expecting(version),
      ...queryOf(this, 'removeItem', call),
    });
  }

  /** Creates addresses that take a shopper to this cart and its checkout. Each works once, within 30 days. */
  async redirectUrls(options: CallOptions & CartRedirectInput = {}): Promise<CartRedirectUrls> {
    const { query_params, ...call } = options;
    const body: CartRedirectInput | undefined = query_params === undefined ? undefined : { query_params };
    return act(this, 'POST', 'redirect_urls', { body, ...call });
  }
}
