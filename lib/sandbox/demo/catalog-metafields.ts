import type { JsonObject } from '../../json-object.js';
import * as v3 from '../../resources/v3/index.js';
import { type DemoRows, rows } from './rows.js';
import { onDay } from './values.js';

/** Two metafields for each kind of owner: where it is, and what another system calls it. */
const metafields = (): JsonObject[] =>
  ['location', 'erp_key'].map((key, place) => ({
    id: place + 1,
    permission_set: 'read',
    namespace: 'warehouse',
    key,
    value: key === 'location' ? '4HG' : 'A-1001',
    description: key === 'location' ? 'Where it is in the warehouse' : 'Its key in the ERP',
    owner_client_id: 'sandbox-client-id',
    date_created: onDay(20),
    date_modified: onDay(20),
  }));

/** The metafields of the first product, variant, category, and so on, and of the store itself. Those of carts are with the carts. */
export function catalogMetafields(): DemoRows[] {
  return [
    rows(v3.ProductMetafield, metafields(), { product_id: '1' }),
    rows(v3.VariantMetafield, metafields(), { product_id: '1', variant_id: '1' }),
    rows(v3.CategoryMetafield, metafields(), { category_id: '1' }),
    rows(v3.BrandMetafield, metafields(), { brand_id: '1' }),
    rows(v3.ChannelMetafield, metafields(), { channel_id: '1' }),
    rows(v3.CustomerMetafield, metafields(), { customer_id: '1' }),
    rows(v3.OrderMetafield, metafields(), { order_id: '100' }),
    rows(v3.LocationMetafield, metafields(), { location_id: '1' }),
    rows(
      v3.StoreMetafield,
      metafields().map((row) => ({ ...row, resource_type: 'store', resource_id: 'sandbox' })),
    ),
  ];
}
