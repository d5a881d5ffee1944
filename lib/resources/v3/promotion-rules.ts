import type { Money, Open } from '../../schema/types.js';

/** Items of some brands. */
export interface BrandsItemMatcher {
  /** Ids of the brands. */
  brands: number[];
}

/** Items of some categories. */
export interface CategoriesItemMatcher {
  /** Ids of the categories. */
  categories: number[];
}

/** Items of some products. */
export interface ProductsItemMatcher {
  /** Ids of the products. */
  products: number[];
}

/** Items of some variants. */
export interface VariantsItemMatcher {
  /** Ids of the variants. */
  variants: number[];
}

/** Items with some values of a product option. */
export interface ProductOptionItemMatcher {
  product_option: {
    /** `string_match`, which compares name and values as text, is the only one so far. */
    type: string;
    /** Name of the option, such as `Color`. */
    name: string;
    /** Any of these values of the option. */
    values: string[];
  };
}

/** Items of products with a custom field. At most 10 of these in one matcher. */
export interface ProductCustomFieldItemMatcher {
  product_custom_field: {
    /** Name of the custom field. */
    name: string;
    /** Any of these values of the field. */
    values: string[];
  };
}

/** Items that do not match. */
export interface NotItemMatcher {
  not: PromotionItemMatcher;
}

/** Items that match all of these. */
export interface AndItemMatcher {
  and: PromotionItemMatcher[];
}

/** Items that match any of these. */
export interface OrItemMatcher {
  or: PromotionItemMatcher[];
}

/** Which items of a cart a condition or an action considers. `not`, `and` and `or` may be nested three deep. */
export type PromotionItemMatcher =
  | BrandsItemMatcher
  | CategoriesItemMatcher
  | ProductsItemMatcher
  | VariantsItemMatcher
  | ProductOptionItemMatcher
  | ProductCustomFieldItemMatcher
  | NotItemMatcher
  | AndItemMatcher
  | OrItemMatcher;

/** What has to be in the cart. */
export interface CartCondition {
  cart: {
    /** The items that count; left out: all. Needs `minimum_quantity` or `minimum_spend`. */
    items?: PromotionItemMatcher;
    /** What these items must cost at least, in the promotion's currency. */
    minimum_spend?: Money;
    /** How many of these items the cart must have. No effect without `items`. */
    minimum_quantity?: number;
  };
}

/** Met if all of these are. Only the API can set it: the control panel has one condition a rule. */
export interface AndCondition {
  and: CartCondition[];
}

/** Met if any of these is (promotions/examples/order). */
export interface OrCondition {
  or: CartCondition[];
}

/** When a rule applies. They are told apart by their keys: `'cart' in condition`. */
export type PromotionCondition = CartCondition | AndCondition | OrCondition;

/** An amount off. Not for promotions of all currencies (promotions/multi-currency). */
export interface FixedDiscount {
  /** In the promotion's currency. */
  fixed_amount: Money;
}

/** A percentage off. */
export interface PercentageDiscount {
  /** Percent, as a decimal string: `'15'`. */
  percentage_amount: Money;
}

/** How much a discount is. They are told apart by their keys. */
export type PromotionDiscount = FixedDiscount | PercentageDiscount;

/** Which of several items get a discount first, by price. */
export type PromotionStrategy = Open<'LEAST_EXPENSIVE' | 'LEAST_EXPENSIVE_ONLY' | 'MOST_EXPENSIVE' | 'MOST_EXPENSIVE_ONLY'>;

/** A discount on the subtotal of the cart, without shipping and handling. All items share it. */
export interface CartValueAction {
  cart_value: {
    discount: PromotionDiscount;
    /** The most that is taken off, 1 to 10,000,000; `null`: no limit. */
    maximum_allowed_discount_amount?: Money | null;
  };
}

/** A discount on items in the cart, before any on the cart as a whole. */
export interface CartItemsAction {
  cart_items: {
    discount: PromotionDiscount;
    /** The most that is taken off, 1 to 10,000,000; `null`: no limit. */
    maximum_allowed_discount_amount?: Money | null;
    /** Whether the items share the discount, weighted by price, instead of each getting all of it. Default: false. */
    as_total?: boolean;
    /** The items that get it; left out: all. */
    items?: PromotionItemMatcher;
    /** Whether items that met the condition get it too. Default: false. */
    include_items_considered_by_condition?: boolean;
    /** Whether items on sale get no further discount. Default: false. */
    exclude_items_on_sale?: boolean;
    /** Which items come first. Default: `LEAST_EXPENSIVE`. */
    strategy?: PromotionStrategy;
    /** How many items get it; left out: any number. */
    quantity?: number;
    /** Whether a free item is put into the cart; if that fails, a matching item there becomes free. */
    add_free_item?: boolean;
  };
}

/** A gift that is put into the cart. */
export interface GiftItemAction {
  gift_item: {
    /** How many of it. */
    quantity: number;
    /** The product to give. */
    product_id?: number;
    /** The variant to give. */
    variant_id?: number;
  };
}

/** One price for several items together. */
export interface FixedPriceSetAction {
  fixed_price_set: {
    /** How many items make a set. */
    quantity: number;
    /** Price of the set, in the promotion's currency. */
    fixed_price: Money;
    /** The items that may be in the set; left out: all. */
    items?: PromotionItemMatcher;
    /** Which items come first. */
    strategy?: PromotionStrategy;
    /** Whether items on sale stay out of it. */
    exclude_items_on_sale?: boolean;
    /** Whether items that met the condition may be in the set. Default: true. */
    include_items_considered_by_condition?: boolean;
  };
}

/** Free shipping, which shoppers see as one more shipping method. */
export interface ShippingAction {
  shipping: {
    /** Always true. */
    free_shipping?: boolean;
    /** Ids of the shipping zones it is for, each once; `*`: all. */
    zone_ids: '*' | number[];
  };
}

/** What a rule does. They are told apart by their keys: `'cart_value' in action`. */
export type PromotionAction = CartValueAction | CartItemsAction | GiftItemAction | FixedPriceSetAction | ShippingAction;

/** A condition and what happens when it is met. */
export interface PromotionRule {
  action: PromotionAction;
  /** False: it applies as often as its condition is met. Default: true. */
  apply_once?: boolean;
  /** Whether later rules are skipped once this one applied. */
  stop?: boolean;
  /** Left out: the action applies to every cart. */
  condition?: PromotionCondition;
  /**
   * Sent by guides, and ignored: a rule for AUD becomes one of a promotion for USD (promotions/examples/order).
   *
   * @deprecated set `currency_code` of the promotion
   */
  currency_code?: string;
}
