import { Model } from '../../model/model.js';
import { Attribute } from '../../schema/attribute.js';
import type { Open } from '../../schema/types.js';

const required = ['permission_set', 'namespace', 'key', 'value'] as const;

/**
 * The attributes of all metafields. A metafield is a value that an app stores on a record. Each kind of owner has its own resource, such
 * as `ProductMetafield`; this class has none, so only its type is public.
 */
export abstract class Metafield<Self = unknown, Filters = unknown> extends Model<Self, Filters, unknown, typeof required> {
  /** A number; a string for carts and for the store itself. */
  @Attribute(() => Object, { readOnly: true }) readonly id!: number | string;
  @Attribute(() => String, { required: true }) permission_set!:
    | 'app_only'
    | 'read'
    | 'write'
    | 'read_and_sf_access'
    | 'write_and_sf_access';
  @Attribute(() => String, { required: true }) namespace!: string;
  @Attribute(() => String, { required: true }) key!: string;
  @Attribute(() => String, { required: true }) value!: string;
  @Attribute(() => String) description!: string;
  /** What it is on. */
  @Attribute(() => String, { readOnly: true }) readonly resource_type!: Open<
    'brand' | 'product' | 'variant' | 'category' | 'cart' | 'channel' | 'location' | 'order' | 'customer'
  >;
  @Attribute(() => Object, { readOnly: true }) readonly resource_id!: number | string;
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  @Attribute(() => String, { readOnly: true }) readonly owner_client_id!: string;
}
