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
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => String) name!: string;
  @Attribute(() => String) value!: string;
}
