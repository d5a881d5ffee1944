import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { throughParent } from '../../persistence/through-parent.js';
import { Attribute } from '../../schema/attribute.js';

const filters = {} as const;

const productCustomFieldRequired = ['name', 'value'] as const;

/** A custom field of a product: a name and a value. */
@Resource('/catalog/products/:product_id/custom-fields', {
  version: 'v3',
  filters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  // products_catalog.v3.yml: POST and PUT of a product, productCustomField_Put: an id changes a field, none adds one.
  through: throughParent({ create: true, update: 'merge' }),
  required: productCustomFieldRequired,
})
export class ProductCustomField extends Model<ProductCustomField, typeof filters, unknown, typeof productCustomFieldRequired> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** Shown to shoppers, 1 to 250 characters. A product has each pair of name and value once. Required. */
  @Attribute(() => String) name!: string;
  /** Shown to shoppers, 1 to 250 characters. Required. */
  @Attribute(() => String) value!: string;
}
