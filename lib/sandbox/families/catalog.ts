import { ASSIGNMENT_FAMILIES } from './catalog-assignments.js';
import { BRAND_FAMILIES } from './catalog-brands.js';
import { CATEGORY_FAMILIES } from './catalog-categories.js';
import { DETAIL_FAMILIES } from './catalog-details.js';
import { IMAGE_FAMILIES } from './catalog-images.js';
import { LISTING_FAMILIES } from './catalog-listings.js';
import { METAFIELD_FAMILIES } from './catalog-metafields.js';
import { MODIFIER_FAMILIES } from './catalog-modifiers.js';
import { OPTION_SET_FAMILIES } from './catalog-option-sets.js';
import { OPTION_FAMILIES } from './catalog-options.js';
import { PRICE_LIST_FAMILIES } from './catalog-price-lists.js';
import { PRODUCT_FAMILIES } from './catalog-products.js';
import { TREE_FAMILIES } from './catalog-trees.js';
import { VARIANT_FAMILIES } from './catalog-variants.js';
import { allFamilies, type Families } from './family.js';

/** The rules of the catalogue. */
export const CATALOG_FAMILIES: Families = allFamilies(
  ASSIGNMENT_FAMILIES,
  BRAND_FAMILIES,
  CATEGORY_FAMILIES,
  DETAIL_FAMILIES,
  IMAGE_FAMILIES,
  LISTING_FAMILIES,
  METAFIELD_FAMILIES,
  MODIFIER_FAMILIES,
  OPTION_FAMILIES,
  OPTION_SET_FAMILIES,
  PRICE_LIST_FAMILIES,
  PRODUCT_FAMILIES,
  TREE_FAMILIES,
  VARIANT_FAMILIES,
);
