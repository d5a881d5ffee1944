import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { HasMany } from '../../relations/has-many.js';
import { Attribute } from '../../schema/attribute.js';

const optionSetFilters = { min_id: Number, max_id: Number, name: String } as const;

/** Options that are given to products together. */
@Resource('/option_sets', {
  version: 'v2',
  filters: optionSetFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
})
export class OptionSet extends Model<OptionSet, typeof optionSetFilters> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ required: true, unique: true }) name!: string;
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
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ required: true }) option_id!: number;
  @Attribute({ readOnly: true }) option_set_id!: number;
  @Attribute() display_name!: string;
  @Attribute() sort_order!: number;
  @Attribute() is_required!: boolean;
  @Attribute() values!: Record<string, unknown>[];
}

const optionFilters = { min_id: Number, max_id: Number, name: String } as const;

/** A choice that products can offer, such as a colour. */
@Resource('/options', {
  version: 'v2',
  filters: optionFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
})
export class Option extends Model<Option, typeof optionFilters> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ required: true, unique: true }) name!: string;
  @Attribute() display_name!: string;
  @Attribute({ required: true }) type!: 'C' | 'D' | 'F' | 'N' | 'T' | 'MT' | 'R' | 'RT' | 'PL' | 'PI' | 'CS' | 'S';
  @HasMany(() => OptionValue) values!: HasMany<OptionValue>;
}

const optionValueFilters = {} as const;

/** One of the values of an option. */
@Resource('/options/:option_id/values', {
  version: 'v2',
  filters: optionValueFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll'],
})
export class OptionValue extends Model<OptionValue, typeof optionValueFilters> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ readOnly: true }) option_id!: number;
  @Attribute({ required: true }) label!: string;
  @Attribute() sort_order!: number;
  @Attribute({ required: true }) value!: string;
  @Attribute() is_default!: boolean;
}
