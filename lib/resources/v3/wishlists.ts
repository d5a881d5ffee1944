import { refresh } from '../../model/action.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { CallOptions } from '../../transport/request.js';

/** A product to put on a wishlist. */
export interface WishlistItemInput {
  /** Id of the product. */
  product_id: number;
  /** Id of the variant. */
  variant_id?: number;
}

/** A product on a wishlist. */
export interface WishlistItem extends WishlistItemInput {
  /** Id of the item, which `removeItem` takes; new items have none yet. */
  id?: number;
}

const wishlistFilters = { customer_id: Number } as const;

const wishlistRequired = ['name', 'customer_id'] as const;

/** A wishlist of a customer. */
@Resource('/wishlists', {
  version: 'v3',
  filters: wishlistFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  alwaysSend: ['customer_id', 'items'],
  statuses: { create: 201, update: 201 },
  required: wishlistRequired,
})
export class Wishlist extends Model<Wishlist, typeof wishlistFilters, unknown, typeof wishlistRequired> {
  /** Assigned by the store. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** Customer whose wishlist it is. Required. */
  @Attribute(() => Number) customer_id!: number;
  /** Shown to the customer. Required. */
  @Attribute(() => String) name!: string;
  /** Whether anyone with its `token` can see it. */
  @Attribute(() => Boolean) is_public!: boolean;
  /** Part of the address under which others see it. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly token!: string;
  /** The products. An update changes those that are sent with their `id`; `addItems` and `removeItem` add and remove some. */
  @Attribute(() => Array) items!: WishlistItem[];

  /** Adds products. Returns this wishlist, as it is then. */
  async addItems(items: readonly WishlistItemInput[], options?: CallOptions): Promise<this> {
    return refresh(this, 'POST', 'items', { body: { items }, ...options });
  }

  /** Removes a product, by the id of its item. Returns this wishlist, as it is then. */
  async removeItem(itemId: number, options?: CallOptions): Promise<this> {
    return refresh(this, 'DELETE', `items/${itemId}`, options);
  }
}
