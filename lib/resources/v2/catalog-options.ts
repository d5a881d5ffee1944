import { BelongsTo } from '../../associations/belongs-to.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';

const optionSetFilters = { min_id: Number, max_id: Number, name: String } as const;

/** A set of options that products share. */
@Resource('/option_sets', {
  version: 'v2',
  filters: optionSetFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
})
export class OptionSet extends Model<OptionSet, typeof optionSetFilters> {
  @Attribute(() => Number, { readOnly: true }) id!: number;
  @Attribute(() => String, { required: true, unique: true }) name!: string;
  @Attribute(() => Number, { readOnly: true }) product_id!: number | null;
  @HasMany(() => OptionSetOption) options!: HasMany<OptionSetOption>;
}

const optionSetOptionFilters = {} as const;

/** An option in an option set. */
@Resource('/option_sets/:option_set_id/options', {
  version: 'v2',
  filters: optionSetOptionFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll'],
})
export class OptionSetOption extends Model<OptionSetOption, typeof optionSetOptionFilters> {
  @Attribute(() => Number, { readOnly: true }) id!: number;
  @Attribute(() => Number, { required: true }) option_id!: number;
  @Attribute(() => Number, { readOnly: true }) option_set_id!: number;
  @Attribute(() => String) display_name!: string;
  @Attribute(() => Number) sort_order!: number;
  @Attribute(() => Boolean) is_required!: boolean;
  @Attribute(() => Array) values!: Record<string, unknown>[];
  @BelongsTo(() => Option, { key: 'option_id' }) option!: BelongsTo<Option>;
}

const optionFilters = { min_id: Number, max_id: Number, name: String } as const;

/** An option that products can offer, such as a colour. */
@Resource('/options', {
  version: 'v2',
  filters: optionFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
})
export class Option extends Model<Option, typeof optionFilters> {
  @Attribute(() => Number, { readOnly: true }) id!: number;
  @Attribute(() => String, { required: true, unique: true }) name!: string;
  @Attribute(() => String) display_name!: string;
  @Attribute(() => String, { required: true }) type!: 'C' | 'D' | 'F' | 'N' | 'T' | 'MT' | 'R' | 'RT' | 'PL' | 'PI' | 'CS' | 'S';
  @Attribute(() => Number, { readOnly: true }) product_id!: number | null;
  @HasMany(() => OptionValue) values!: HasMany<OptionValue>;
}

const optionValueFilters = {} as const;

/** A value of an option. */
@Resource('/options/:option_id/values', {
  version: 'v2',
  filters: optionValueFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll'],
})
export class OptionValue extends Model<OptionValue, typeof optionValueFilters> {
  @Attribute(() => Number, { readOnly: true }) id!: number;
  @Attribute(() => Number, { readOnly: true }) option_id!: number;
  @Attribute(() => String, { required: true }) label!: string;
  @Attribute(() => Number) sort_order!: number;
  @Attribute(() => String, { required: true }) value!: string;
  @Attribute(() => Boolean) is_default!: boolean;
}
