import { type JsonObject, jsonObjectsIn } from '../../json-object.js';
import type { Entry, Tables } from '../tables.js';
import { fold } from '../values.js';
import { MODIFIERS, OPTION_VALUES, OPTIONS, PRODUCTS } from './catalog-paths.js';

const isCalled = (entry: Entry, attribute: string, name: unknown): boolean =>
  name !== undefined && fold(entry.values[attribute]) === fold(name);

/** An option value as variants give it: by keys or by names. */
type Choice = JsonObject;

/** The key of the product in a path. */
export const productOf = (parents: Readonly<Record<string, string>>): string => parents['product_id'] ?? '';

export const optionsOf = (tables: Tables, product: string): Entry[] => tables.of(OPTIONS).list({ product_id: product });

export const valuesOf = (tables: Tables, product: string, option: Entry): Entry[] =>
  tables.of(OPTION_VALUES).list({ product_id: product, option_id: option.key });

/** Returns the option of a product that a choice names. */
export const findOption = (tables: Tables, product: string, { option_id, option_display_name }: Choice): Entry | undefined =>
  optionsOf(tables, product).find((option) =>
    option_id === undefined ? isCalled(option, 'display_name', option_display_name) : option.key === String(option_id),
  );

/** Returns the value of an option that a choice names. */
export const findValue = (tables: Tables, product: string, option: Entry, { id, label }: Choice): Entry | undefined =>
  valuesOf(tables, product, option).find((value) => (id === undefined ? isCalled(value, 'label', label) : value.key === String(id)));

/** The internal name of an option or modifier: its display name, the time, and the product. */
export const internalName = (tables: Tables, product: string, display_name: unknown): string =>
  `${String(display_name).replace(/\s+/g, '-')}${tables.clock.seconds()}-${product}`;

/** Adds an option to a product, as a variant with names in place of keys does. Shoppers choose its values from rectangles. */
export function addOption(tables: Tables, product: string, display_name: unknown): Entry {
  const name = internalName(tables, product, display_name);
  const sort_order = optionsOf(tables, product).length;
  const row = { display_name, name, type: 'rectangles', config: [], sort_order, is_required: true };
  const option = tables.of(OPTIONS).insert('id', row, { product_id: product });
  option.values['option_id'] = option.values['id'];
  return option;
}

/** Adds a value to an option. */
export function addValue(tables: Tables, product: string, option: Entry, label: unknown): Entry {
  const sort_order = valuesOf(tables, product, option).length;
  const row = { label, sort_order, value_data: null, is_default: false };
  return tables.of(OPTION_VALUES).insert('id', row, { product_id: product, option_id: option.key });
}

/** Whether an option or modifier of a product, other than `self`, has a name already. */
export const hasName = (tables: Tables, product: string, display_name: unknown, self?: Entry): boolean =>
  [OPTIONS, MODIFIERS]
    .flatMap((path) => tables.of(path).list({ product_id: product }))
    .some((entry) => entry !== self && isCalled(entry, 'display_name', display_name));

/** Whether the options of a product come from an option set of V2, so that V3 cannot change them. */
export const hasOptionSet = (tables: Tables, product: string): boolean =>
  Number(tables.of(PRODUCTS).get(product, {})?.values['option_set_id'] ?? 0) > 0;

/** Leaves the default to one of some values: the one that has just been chosen. */
export function leaveOneDefault(values: readonly Entry[], chosen: Entry): void {
  if (chosen.values['is_default'] !== true) return;
  for (const value of values) if (value !== chosen) value.values['is_default'] = false;
}

/** Types that let shoppers choose one of some values. */
export const CHOICE_TYPES = ['radio_buttons', 'rectangles', 'dropdown', 'product_list', 'product_list_with_images', 'swatch'];

const MOST_COLOURS = 3;

/** Returns why the values of an option or modifier of a type cannot be stored. */
export function reasonsForValue(type: unknown, { value_data }: JsonObject, tables: Tables): Readonly<Record<string, string>> {
  const [data = {}] = jsonObjectsIn([value_data]);
  if (String(type).startsWith('product_list') && tables.of(PRODUCTS).get(String(data['product_id']), {}) === undefined)
    return { value_data: 'product_id must be a product of the store' };
  const colors = Array.isArray(data['colors']) ? data['colors'] : [];
  return type === 'swatch' && colors.length > MOST_COLOURS ? { value_data: `a swatch has at most ${MOST_COLOURS} colors` } : {};
}

/** How V3 refuses to change the options of a product with an option set (docs/store-operations/catalog, "Troubleshooting"). */
export const HAS_OPTION_SET =
  'The product is currently associated with an option set, please remove it before editing an option or modifier.';
