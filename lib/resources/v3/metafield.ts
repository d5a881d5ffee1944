import { Model } from '../../model/model.js';
import { Attribute } from '../../schema/attribute.js';

/** A value that an app keeps with something of the store. What all metafields have in common; each owner has its own resource. */
export abstract class Metafield<Self = unknown, Filters = unknown> extends Model<Self, Filters> {
  /** A number; of carts and of the store itself, a text. */
  @Attribute({ readOnly: true }) id!: number | string;
  @Attribute({ required: true }) permission_set!: 'app_only' | 'read' | 'write' | 'read_and_sf_access' | 'write_and_sf_access';
  @Attribute({ required: true }) namespace!: string;
  @Attribute({ required: true }) key!: string;
  @Attribute({ required: true }) value!: string;
  @Attribute() description!: string;
  @Attribute({ readOnly: true }) resource_type!: string;
  @Attribute({ readOnly: true }) resource_id!: number | string;
  @Attribute(() => Date, { readOnly: true }) date_created!: Date | null;
  @Attribute(() => Date, { readOnly: true }) date_modified!: Date | null;
  @Attribute({ readOnly: true }) owner_client_id!: string;
}
