import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';

const filters = {
  key: String,
  'key:in': String,
  namespace: String,
  'namespace:in': String,
  'date_created:min': Date,
  'date_created:max': Date,
  'date_modified:min': Date,
  'date_modified:max': Date,
} as const;

/** A value that an app keeps with a product. */
@Resource('/catalog/products/:product_id/metafields', {
  version: 'v3',
  filters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  cursor: true,
  batch: { create: 10, update: 10, delete: 10, path: '/catalog/products/metafields', parent: 'resource_id' },
})
export class ProductMetafield extends Model<ProductMetafield, typeof filters> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ required: true }) permission_set!: 'app_only' | 'read' | 'write' | 'read_and_sf_access' | 'write_and_sf_access';
  @Attribute({ required: true }) namespace!: string;
  @Attribute({ required: true }) key!: string;
  @Attribute({ required: true }) value!: string;
  @Attribute() description!: string;
  @Attribute({ readOnly: true }) resource_type!: string;
  @Attribute({ readOnly: true }) resource_id!: number;
  @Attribute(() => Date, { readOnly: true }) date_created!: Date | null;
  @Attribute(() => Date, { readOnly: true }) date_modified!: Date | null;
  @Attribute({ readOnly: true }) owner_client_id!: string;
}
