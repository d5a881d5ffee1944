import { Model } from '../../model/model.js';
import { Attribute } from '../../schema/attribute.js';
import type { Open } from '../../schema/types.js';

const required = ['permission_set', 'namespace', 'key', 'value'] as const;

/**
 * The attributes of all metafields. A metafield is a value that an app stores on a record, at most 250 on each. Each kind of owner has its
 * own resource, such as `ProductMetafield`; this class has none, so only its type is public.
 */
export abstract class Metafield<Self = unknown, Filters = unknown> extends Model<Self, Filters, unknown, typeof required> {
  /** Assigned by the store: a number, but a string for carts and for the store itself. */
  @Attribute(() => Object, { readOnly: true }) readonly id!: number | string;
  /** Who may read and write it: this app alone, other apps too, and the storefront (`sf`). Required. */
  @Attribute(() => String, { required: true }) permission_set!: Open<
    'app_only' | 'read' | 'write' | 'read_and_sf_access' | 'write_and_sf_access'
  >;
  /** Groups the metafields of an app, 1 to 64 characters. Required. */
  @Attribute(() => String, { required: true }) namespace!: string;
  /** 1 to 64 characters; an app has each once in a namespace of an owner. Required. */
  @Attribute(() => String, { required: true }) key!: string;
  /** 1 to 65,535 characters; JSON for some apps that read it. Required. */
  @Attribute(() => String, { required: true }) value!: string;
  /** What it is for, up to 255 characters. */
  @Attribute(() => String) description!: string;
  /** Kind of record that it is stored on. */
  @Attribute(() => String, { readOnly: true }) readonly resource_type!: string;
  /** Key of the record that it is stored on. */
  @Attribute(() => Object, { readOnly: true }) readonly resource_id!: number | string;
  /** When it was created. */
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  /** When it was last changed. */
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  /** Client ID of the app that created it. */
  @Attribute(() => String, { readOnly: true }) readonly owner_client_id!: string;
}
