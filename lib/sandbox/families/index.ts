import type { ResourceDeclaration } from '../../schema/declaration.js';
import { BLOG_FAMILIES } from './blog.js';
import { CART_FAMILIES } from './carts.js';
import { CATALOG_FAMILIES } from './catalog.js';
import { CHANNEL_FAMILIES } from './channels.js';
import { CHECKOUT_FAMILIES } from './checkouts.js';
import { CURRENCY_FAMILIES } from './currencies.js';
import { CUSTOMER_ADDRESS_FAMILIES } from './customer-addresses.js';
import { CUSTOMER_DETAIL_FAMILIES } from './customer-details.js';
import { CUSTOMER_GROUP_FAMILIES } from './customer-groups.js';
import { CUSTOMER_FAMILIES } from './customers.js';
import { allFamilies, type Families, type Family } from './family.js';
import { INVENTORY_FAMILIES } from './inventory.js';
import { MARKETING_FAMILIES } from './marketing.js';
import { MARKETING_CONTENT_FAMILIES } from './marketing-content.js';
import { ORDER_FAMILIES } from './orders.js';
import { PAGE_FAMILIES } from './pages.js';
import { PROMOTION_FAMILIES } from './promotions.js';
import { REDIRECT_FAMILIES } from './redirects.js';
import { SCRIPT_FAMILIES } from './scripts.js';
import { SEGMENT_FAMILIES } from './segments.js';
import { SETTINGS_FAMILIES } from './settings.js';
import { SHIPPING_FAMILIES } from './shipping.js';
import { SITE_FAMILIES } from './sites.js';
import { TAX_FAMILIES } from './tax.js';
import { TOKEN_FAMILIES } from './tokens.js';
import { WEBHOOK_FAMILIES } from './webhooks.js';
import { WIDGET_FAMILIES } from './widgets.js';

/** The rules of all resources. A file of this folder has those of one family. */
export const FAMILIES: Families = allFamilies(
  BLOG_FAMILIES,
  CART_FAMILIES,
  CATALOG_FAMILIES,
  CHANNEL_FAMILIES,
  CHECKOUT_FAMILIES,
  CURRENCY_FAMILIES,
  CUSTOMER_ADDRESS_FAMILIES,
  CUSTOMER_DETAIL_FAMILIES,
  CUSTOMER_FAMILIES,
  CUSTOMER_GROUP_FAMILIES,
  INVENTORY_FAMILIES,
  MARKETING_CONTENT_FAMILIES,
  MARKETING_FAMILIES,
  ORDER_FAMILIES,
  PAGE_FAMILIES,
  PROMOTION_FAMILIES,
  REDIRECT_FAMILIES,
  SCRIPT_FAMILIES,
  SEGMENT_FAMILIES,
  SETTINGS_FAMILIES,
  SHIPPING_FAMILIES,
  SITE_FAMILIES,
  TAX_FAMILIES,
  TOKEN_FAMILIES,
  WEBHOOK_FAMILIES,
  WIDGET_FAMILIES,
);

/** Returns the rules of a resource; `undefined` if there are none. */
export const familyOf = ({ version, path }: ResourceDeclaration): Family | undefined => FAMILIES[`${version} ${path}`];
