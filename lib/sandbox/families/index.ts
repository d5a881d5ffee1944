import type { ResourceDeclaration } from '../../schema/declaration.js';
import { CART_FAMILIES } from './carts.js';
import { CATALOG_FAMILIES } from './catalog.js';
import type { Families, Family } from './family.js';
import { INVENTORY_FAMILIES } from './inventory.js';
import { ORDER_FAMILIES } from './orders.js';

/** The rules of all resources. A file of this folder has those of one family. */
const FAMILIES: Families = { ...CART_FAMILIES, ...CATALOG_FAMILIES, ...INVENTORY_FAMILIES, ...ORDER_FAMILIES };

/** Returns the rules of a resource; `undefined` if there are none. */
export const familyOf = ({ version, path }: ResourceDeclaration): Family | undefined => FAMILIES[`${version} ${path}`];
