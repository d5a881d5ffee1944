import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';

const filters = {
  id: Number,
  'id:in': Number,
  'id:not_in': Number,
  'id:min': Number,
  'id:max': Number,
  'id:greater': Number,
  'id:less': Number,
  name: String,
  'name:like': String,
  page_title: String,
} as const;

/** A maker of products. */
@Resource('/catalog/brands', {
  version: 'v3',
  filters,
  deleteFilters: ['name', 'page_title'],
})
export class Brand extends Model<Brand, typeof filters> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ required: true, unique: true }) name!: string;
  @Attribute() page_title!: string;
  @Attribute() meta_keywords!: string[];
  @Attribute() meta_description!: string;
  @Attribute() search_keywords!: string;
  @Attribute() image_url!: string;
  @Attribute() custom_url!: Record<string, unknown>;
}
