/** The paths of the catalogue's tables. V2 and V3 share them. */
export const PRODUCTS = '/products';
export const BRANDS = '/brands';
export const CATEGORIES = '/categories';
export const TREES = '/trees';
export const OPTIONS = '/products/:product_id/options';
export const OPTION_VALUES = '/products/:product_id/options/:option_id/values';
export const VARIANTS = '/products/:product_id/variants';
export const MODIFIERS = '/products/:product_id/modifiers';
export const MODIFIER_VALUES = '/products/:product_id/modifiers/:modifier_id/values';
export const IMAGES = '/products/:product_id/images';
export const REVIEWS = '/products/:product_id/reviews';
export const BULK_PRICING = '/products/:product_id/bulk-pricing-rules';
export const CUSTOM_FIELDS = '/products/:product_id/custom-fields';
export const PRICE_LISTS = '/pricelists';
export const PRICE_RECORDS = '/pricelists/:price_list_id/records';
export const PRICE_ASSIGNMENTS = '/pricelists/assignments';
/** Options, option sets and their values, which V3 does not have. */
export const V2_OPTIONS = '/options';
export const V2_OPTION_VALUES = '/options/:option_id/values';
export const OPTION_SET_OPTIONS = '/option_sets/:option_set_id/options';
