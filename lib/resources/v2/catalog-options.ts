import { BelongsTo } from '../../associations/belongs-to.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { V2Filters } from '../../query/where.js';
import { Attribute } from '../../schema/attribute.js';

const optionSetFilters = { min_id: Number, max_id: Number, name: String } as const;

const optionSetRequired = ['name'] as const;

/** A set of options that products share. */
@Resource('/option_sets', {
  version: 'v2',
  filters: optionSetFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  required: optionSetRequired,
})
export class OptionSet extends Model<OptionSet, V2Filters<typeof optionSetFilters>, unknown, typeof optionSetRequired> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => String, { unique: true }) name!: string;
  @Attribute(() => Number, { readOnly: true }) readonly product_id!: number | null;
  @HasMany(() => OptionSetOption) options!: HasMany<OptionSetOption>;
}

const optionSetOptionFilters = {} as const;

const optionSetOptionRequired = ['option_id'] as const;

/** An option in an option set. */
@Resource('/option_sets/:option_set_id/options', {
  version: 'v2',
  filters: optionSetOptionFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll'],
  required: optionSetOptionRequired,
})
export class OptionSetOption extends Model<
  OptionSetOption,
  V2Filters<typeof optionSetOptionFilters>,
  unknown,
  typeof optionSetOptionRequired
> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number) option_id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly option_set_id!: number;
  @Attribute(() => String) display_name!: string;
  @Attribute(() => Number) sort_order!: number;
  @Attribute(() => Boolean) is_required!: boolean;
  @Attribute(() => Array) values!: Record<string, unknown>[];
  @BelongsTo(() => Option, { key: 'option_id' }) option!: BelongsTo<Option>;
}

const optionFilters = { min_id: Number, max_id: Number, name: String } as const;

const optionRequired = ['name', 'type'] as const;

/** An option that products can offer, such as a colour. */
@Resource('/options', {
  version: 'v2',
  filters: optionFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  required: optionRequired,
})
export class Option extends Model<Option, V2Filters<typeof optionFilters>, unknown, typeof optionRequired> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => String, { unique: true }) name!: string;
  @Attribute(() => String) display_name!: string;
  @Attribute(() => String) type!: 'C' | 'D' | 'F' | 'N' | 'T' | 'MT' | 'R' | 'RT' | 'PL' | 'PI' | 'CS' | 'S';
  @Attribute(() => Number, { readOnly: true }) readonly product_id!: number | null;
  @HasMany(() => OptionValue) values!: HasMany<OptionValue>;
}

const optionValueFilters = {} as const;

const optionValueRequired = ['label', 'value'] as const;

/** A value of an option. */
@Resource('/options/:option_id/values', {
  version: 'v2',
  filters: optionValueFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll'],
  required: optionValueRequired,
})
export class OptionValue extends Model<OptionValue, V2Filters<typeof optionValueFilters>, unknown, typeof optionValueRequired> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly option_id!: number;
  @Attribute(() => String) label!: string;
  @Attribute(() => Number) sort_order!: number;
  @Attribute(() => String) value!: string;
  @Attribute(() => Boolean) is_default!: boolean;
}
