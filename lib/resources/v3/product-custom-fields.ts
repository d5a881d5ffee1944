import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { withParent } from '../../persistence/with-parent.js';
import { Attribute } from '../../schema/attribute.js';
import { noFilters } from '../no-filters.js';

const productCustomFieldRequired = ['name', 'value'] as const;

/** A custom field of a product: a name and a value. */
@Resource('/catalog/products/:product_id/custom-fields', {
  version: 'v3',
  filters: noFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  // products_catalog.v3.yml: POST and PUT of a product, productCustomField_Put: an id changes a field, none adds one.
  through: withParent({ create: true, update: 'merge' }),
  required: productCustomFieldRequired,
})
export class ProductCustomField extends Model<ProductCustomField, typeof noFilters, unknown, typeof productCustomFieldRequired> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** Shown to shoppers, 1 to 250 characters. A product has each pair of name and value once. Required. */
  @Attribute(() => String) name!: string;
  /** Shown to shoppers, 1 to 250 characters. Required. */
  @Attribute(() => String) value!: string;
}
