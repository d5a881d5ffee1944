import { BelongsTo } from '../../associations/belongs-to.js';
import { HasMany } from '../../model/has-many.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { V2Filters } from '../../query/where.js';
import { Attribute } from '../../schema/attribute.js';
import type { Open } from '../../schema/types.js';
import { noFilters } from '../no-filters.js';

const optionSetFilters = { name: String } as const;

const optionSetRequired = ['name'] as const;

/** A set of options that products share. Assign it to a product by its `option_set_id`. V3 has options of products instead. */
@Resource('/option_sets', {
  version: 'v2',
  filters: optionSetFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  alwaysSend: ['name'],
  required: optionSetRequired,
})
export class OptionSet extends Model<OptionSet, V2Filters<typeof optionSetFilters>, unknown, typeof optionSetRequired> {
  /** Assigned by the store, counting up. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** For merchants only; unique. Sent with every update, which requires it. */
  @Attribute(() => String, { unique: true }) name!: string;
  /** The only product that may use it; `null` if any may. */
  @Attribute(() => Number, { readOnly: true }) readonly product_id!: number | null;
  /** Its options, in the order of their ids. */
  @HasMany(() => OptionSetOption) options!: HasMany<OptionSetOption>;
}

/** A value that shoppers may choose for an option of an option set. */
export interface OptionSetOptionValue {
  /** Key of the {@link OptionValue}; SKUs and rules refer to it. */
  readonly option_value_id: number;
  /** Shown to shoppers. */
  readonly label: string;
  /** Place in the list; lower comes first. */
  readonly sort_order: number;
  /** What the label stands for; depends on the type of the option. */
  readonly value: string;
  /** Whether it is chosen at first; absent in older responses. */
  readonly is_default?: boolean;
}

const optionSetOptionRequired = ['option_id'] as const;

/** An option in an option set. */
@Resource('/option_sets/:option_set_id/options', {
  version: 'v2',
  filters: noFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll'],
  required: optionSetOptionRequired,
})
export class OptionSetOption extends Model<OptionSetOption, V2Filters<typeof noFilters>, unknown, typeof optionSetOptionRequired> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The option it stands for. Set once: an update that has it is refused. */
  @Attribute(() => Number) option_id!: number;
  /** The set it is in. */
  @Attribute(() => Number, { readOnly: true }) readonly option_set_id!: number;
  /** Shown to shoppers, in place of the name of the option. */
  @Attribute(() => String) display_name!: string;
  /** Place on the product's page; lower comes first. */
  @Attribute(() => Number) sort_order!: number;
  /** Whether a shopper must choose a value before buying. */
  @Attribute(() => Boolean) is_required!: boolean;
  /** What may be chosen; absent for types without values, such as a text field. Change the values of the option instead. */
  @Attribute(() => Array, { readOnly: true }) readonly values!: readonly OptionSetOptionValue[];
  /** The option it stands for. */
  @BelongsTo(() => Option, { key: 'option_id' }) option!: BelongsTo<Option>;
}

/**
 * How an option is shown: `C` check box, `D` date, `F` file upload, `N` number, `T` text, `MT` text of several lines, `RB` radio buttons,
 * `RT` rectangles, `S` select box, `P` list of products, `PI` the same with images, `CS` swatch of colours.
 */
export type OptionType = Open<'C' | 'D' | 'F' | 'N' | 'T' | 'MT' | 'RB' | 'RT' | 'S' | 'P' | 'PI' | 'CS'>;

/** From the documentation of 2015, which the archive no longer has: it describes the list of options of a product in its place. */
const optionFilters = { name: String, display_name: String, type: String } as const;

const optionRequired = ['name', 'type'] as const;

/** An option that products can offer, such as a colour. It reaches a product by way of an option set. */
@Resource('/options', {
  version: 'v2',
  filters: optionFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  required: optionRequired,
})
export class Option extends Model<Option, V2Filters<typeof optionFilters>, unknown, typeof optionRequired> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** For merchants only; unique. */
  @Attribute(() => String, { unique: true }) name!: string;
  /** Shown to shoppers; need not be unique; default: the name. */
  @Attribute(() => String) display_name!: string;
  /** How it is shown. */
  @Attribute(() => String) type!: OptionType;
  /** The only product that may use it; `null` if any may. */
  @Attribute(() => Number, { readOnly: true }) readonly product_id!: number | null;
  /** What may be chosen; up to 250. */
  @HasMany(() => OptionValue) values!: HasMany<OptionValue>;
}

const optionValueRequired = ['label', 'value'] as const;

/** A value of an option. An option holds 250; more are refused with 403. */
@Resource('/options/:option_id/values', {
  version: 'v2',
  filters: noFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll'],
  required: optionValueRequired,
})
export class OptionValue extends Model<OptionValue, V2Filters<typeof noFilters>, unknown, typeof optionValueRequired> {
  /** Assigned by the store. An update of a product's options by V3 copies them, with other ids. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The option it belongs to. */
  @Attribute(() => Number, { readOnly: true }) readonly option_id!: number;
  /** Shown to shoppers; unique within the option. */
  @Attribute(() => String) label!: string;
  /** Place in the list; lower comes first. */
  @Attribute(() => Number) sort_order!: number;
  /**
   * Depends on the type of the option. `RB`, `RT`, `S`: the text shown. `P`, `PI`: the id of a product. `CS`: up to three colours as hex
   * codes or CSS names with `|` between them, or the URL of an image, or its name in the folder `import`.
   */
  @Attribute(() => String) value!: string;
  /** Whether it is chosen at first. Setting it clears that of the other values of the option. */
  @Attribute(() => Boolean) is_default!: boolean;
}
