import type { ResourceDeclaration } from '../../schema/declaration.js';
import { CART_FAMILIES } from './carts.js';
import { CATALOG_FAMILIES } from './catalog.js';
import { CHECKOUT_FAMILIES } from './checkouts.js';
import { CUSTOMER_ADDRESS_FAMILIES } from './customer-addresses.js';
import { CUSTOMER_DETAIL_FAMILIES } from './customer-details.js';
import { CUSTOMER_GROUP_FAMILIES } from './customer-groups.js';
import { CUSTOMER_FAMILIES } from './customers.js';
import type { Families, Family } from './family.js';
import { INVENTORY_FAMILIES } from './inventory.js';
import { MARKETING_FAMILIES } from './marketing.js';
import { ORDER_FAMILIES } from './orders.js';
import { PROMOTION_FAMILIES } from './promotions.js';
import { SEGMENT_FAMILIES } from './segments.js';

/** The rules of all resources. A file of this folder has those of one family. */
const FAMILIES: Families = {
  ...CART_FAMILIES,
  ...CATALOG_FAMILIES,
  ...CHECKOUT_FAMILIES,
  ...CUSTOMER_ADDRESS_FAMILIES,
  ...CUSTOMER_DETAIL_FAMILIES,
  ...CUSTOMER_FAMILIES,
  ...CUSTOMER_GROUP_FAMILIES,
  ...INVENTORY_FAMILIES,
  ...MARKETING_FAMILIES,
  ...ORDER_FAMILIES,
  ...PROMOTION_FAMILIES,
  ...SEGMENT_FAMILIES,
};

/** Returns the rules of a resource; `undefined` if there are none. */
export const familyOf = ({ version, path }: ResourceDeclaration): Family | undefined => FAMILIES[`${version} ${path}`];
