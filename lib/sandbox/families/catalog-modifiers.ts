import { asJsonObject, isJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import type { Entry, Tables } from '../tables.js';
import {
  CHOICE_TYPES,
  HAS_OPTION_SET,
  hasName,
  hasOptionSet,
  internalName,
  leaveOneDefault,
  productOf,
  reasonsForValue,
} from './catalog-option-rows.js';
import { MODIFIER_VALUES, MODIFIERS } from './catalog-paths.js';
import type { Families, Family } from './family.js';
import { conflicting, defaultsFor, inEach, isSet, missing, notAmong, type Reasons, refusing, tooLong } from './rules.js';

const TYPES = ['date', 'checkbox', 'file', 'text', 'multi_line_text', 'numbers_only_text', ...CHOICE_TYPES];

/** The settings of a modifier that the body leaves out (config_Full, product-modifiers_catalog.v3.yml). Choices have no settings. */
const CONFIGS: Readonly<Record<string, JsonObject>> = {
  checkbox: { checkbox_label: 'Yes', checked_by_default: false },
  date: { date_limited: false },
  file: { file_types_mode: 'all', file_max_size: 524_288 },
  text: { default_value: '', text_characters_limited: false },
  multi_line_text: { default_value: '', text_characters_limited: false, text_lines_limited: false },
  numbers_only_text: { default_value: '', number_limited: false, number_integers_only: false },
  product_list: { product_list_adjusts_inventory: true, product_list_adjusts_pricing: true, product_list_shipping_calc: 'none' },
  product_list_with_images: {
    product_list_adjusts_inventory: true,
    product_list_adjusts_pricing: true,
    product_list_shipping_calc: 'none',
  },
};

const CONFIG_CHOICES = {
  date_limit_mode: ['earliest', 'range', 'latest'],
  file_types_mode: ['specific', 'all'],
  number_limit_mode: ['lowest', 'highest', 'range'],
  product_list_shipping_calc: ['none', 'weight', 'package'],
};
const DATES = ['date_earliest_value', 'date_latest_value'];

function reasonsForConfig(config: JsonObject): Reasons {
  const dates = DATES.filter((name) => isSet(config[name]) && Number.isNaN(Date.parse(String(config[name]))));
  const wrong = {
    ...notAmong(config, CONFIG_CHOICES),
    ...Object.fromEntries(dates.map((name) => [name, `${name} must be a date, ISO 8601`])),
  };
  return Object.fromEntries(Object.entries(wrong).map(([name, reason]) => [`config.${name}`, reason]));
}

/** Returns why the adjusters of a value cannot be stored. */
function reasonsForAdjusters({ adjusters }: JsonObject): Reasons {
  const reasons: Record<string, string> = {};
  for (const name of ['price', 'weight']) {
    const adjuster = asJsonObject(adjusters)[name];
    if (!isJsonObject(adjuster)) continue;
    const wrong = notAmong(adjuster, { adjuster: ['relative', 'percentage'] });
    for (const [field, reason] of Object.entries(wrong)) reasons[`adjusters.${name}.${field}`] = reason;
  }
  return reasons;
}

/** Choices need values; a checkbox gets its two by itself (docs/store-operations/catalog, "Modifier options"). */
function reasonsForValues(type: unknown, body: JsonObject, isNew: boolean): Reasons {
  const values = jsonObjectsIn(body['option_values']);
  if (!isNew) return {};
  if (CHOICE_TYPES.includes(String(type)) && values.length === 0)
    return { option_values: `option_values is required for the type ${String(type)}` };
  return type === 'checkbox' && values.length > 0 ? { option_values: 'a new checkbox has the values Yes and No; update them' } : {};
}

const MODIFIER: Family = {
  refusalOf({ body, entry, parents, tables }) {
    const product = productOf(parents);
    if (hasOptionSet(tables, product)) return { status: 422, message: HAS_OPTION_SET, fields: { product_id: HAS_OPTION_SET } };
    const type = body['type'] ?? entry?.values['type'];
    const fields = {
      ...tooLong(body, { display_name: 255 }),
      ...notAmong(body, { type: TYPES }),
      ...reasonsForConfig(asJsonObject(body['config'])),
      ...reasonsForValues(type, body, entry === undefined),
      ...inEach(body, 'option_values', (row) => ({
        ...(row['id'] === undefined ? { ...missing(row, 'label'), ...reasonsForValue(type, row, tables) } : {}),
        ...reasonsForAdjusters(row),
      })),
    };
    const isTaken = isSet(body['display_name']) && hasName(tables, product, body['display_name'], entry);
    return refusing(fields) ?? conflicting(isTaken ? { display_name: 'the product has an option or modifier of this name' } : {});
  },
  stored({ body, entry, parents, tables }) {
    const config = CONFIGS[String(body['type'] ?? entry?.values['type'])];
    const given = isJsonObject(body['config']) ? body['config'] : {};
    if (entry !== undefined)
      return config === undefined || body['config'] === undefined ? {} : { config: { ...asJsonObject(entry.values['config']), ...given } };
    const product = productOf(parents);
    const sort_order = tables.of(MODIFIERS).list({ product_id: product }).length;
    return {
      ...defaultsFor(body, { sort_order }),
      name: internalName(tables, product, body['display_name']),
      config: config === undefined ? [] : { ...config, ...given },
    };
  },
  complete({ entry, tables }) {
    if (entry.values['type'] === 'checkbox') addCheckboxValues(entry, tables);
  },
};

/** Adds the values that a checkbox has, unless it has them. */
function addCheckboxValues(modifier: Entry, tables: Tables): void {
  const parents = { ...modifier.parents, modifier_id: modifier.key };
  const table = tables.of(MODIFIER_VALUES);
  if (table.list(parents).length > 0) return;
  const isChecked = asJsonObject(modifier.values['config'])['checked_by_default'] === true;
  for (const [sort_order, label] of ['Yes', 'No'].entries()) {
    const checked_value = label === 'Yes';
    table.insert(
      'id',
      { ...newValue(modifier.key), label, sort_order, value_data: { checked_value }, is_default: checked_value === isChecked },
      parents,
    );
  }
}

const NO_ADJUSTERS = { price: null, weight: null, image_url: '', purchasing_disabled: { status: false, message: '' } };

const newValue = (modifier: string): JsonObject => ({
  option_id: Number(modifier),
  is_default: false,
  value_data: null,
  adjusters: NO_ADJUSTERS,
});

const modifierOf = (tables: Tables, parents: Readonly<Record<string, string>>): Entry | undefined =>
  tables.of(MODIFIERS).get(parents['modifier_id'] ?? '', { product_id: productOf(parents) });

const VALUE: Family = {
  refusalOf({ body, entry, parents, tables }) {
    const type = modifierOf(tables, parents)?.values['type'];
    return refusing({
      ...tooLong(body, { label: 255 }),
      ...reasonsForAdjusters(body),
      ...(entry === undefined || body['value_data'] !== undefined ? reasonsForValue(type, body, tables) : {}),
    });
  },
  stored({ body, entry, parents, tables }) {
    const known = entry === undefined ? NO_ADJUSTERS : asJsonObject(entry.values['adjusters']);
    const adjusters = { adjusters: { ...known, ...asJsonObject(body['adjusters']) } };
    if (entry !== undefined) return body['adjusters'] === undefined ? {} : adjusters;
    const sort_order = tables.of(MODIFIER_VALUES).list(parents).length;
    return {
      ...defaultsFor(body, { ...newValue(parents['modifier_id'] ?? ''), sort_order }),
      option_id: Number(parents['modifier_id']),
      ...adjusters,
    };
  },
  complete({ entry, tables }) {
    leaveOneDefault(tables.of(MODIFIER_VALUES).list(entry.parents), entry);
  },
};

/** The rules of modifiers and their values (product-modifiers_catalog.v3.yml). */
export const MODIFIER_FAMILIES: Families = {
  'v3 /catalog/products/:product_id/modifiers': MODIFIER,
  'v3 /catalog/products/:product_id/modifiers/:modifier_id/values': VALUE,
};
