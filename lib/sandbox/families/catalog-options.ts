import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import type { Entry, Tables } from '../tables.js';
import {
  CHOICE_TYPES,
  HAS_OPTION_SET,
  hasName,
  hasOptionSet,
  internalName,
  leaveOneDefault,
  optionsOf,
  productOf,
  reasonsForValue,
  valuesOf,
} from './catalog-option-rows.js';
import { OPTION_VALUES, OPTIONS } from './catalog-paths.js';
import { removeVariantsWith, renameInVariants } from './catalog-variants.js';
import type { Families, Family } from './family.js';
import { conflicting, defaultsFor, inEach, isSet, missing, notAmong, type Reasons, refusing, tooLong } from './rules.js';

const MOST_VALUES = 250;

/** The option that a value belongs to. */
const optionOf = (tables: Tables, parents: Readonly<Record<string, string>>): Entry | undefined =>
  tables.of(OPTIONS).get(parents['option_id'] ?? '', { product_id: productOf(parents) });

const reasonsForNumber = (count: number): Reasons =>
  count > MOST_VALUES ? { option_values: `an option has at most ${MOST_VALUES} values` } : {};

/** Returns the settings of an option: only lists of products have any. */
function configIn({ config }: JsonObject, type: unknown): unknown {
  if (!String(type).startsWith('product_list')) return [];
  return Object.fromEntries(Object.entries(asJsonObject(config)).filter(([name]) => name.startsWith('product_list_')));
}

const OPTION: Family = {
  refusalOf({ body, entry, parents, tables }) {
    const product = productOf(parents);
    if (hasOptionSet(tables, product)) return { status: 422, message: HAS_OPTION_SET, fields: { product_id: HAS_OPTION_SET } };
    const type = body['type'] ?? entry?.values['type'];
    const values = jsonObjectsIn(body['option_values']);
    const fields = {
      ...tooLong(body, { display_name: 255 }),
      ...notAmong(body, { type: CHOICE_TYPES }),
      ...(entry === undefined && values.length === 0 ? { option_values: 'option_values is required' } : {}),
      ...reasonsForNumber(values.length),
      ...inEach(body, 'option_values', (row) => ({
        ...(row['id'] === undefined ? missing(row, 'label') : {}),
        ...reasonsForValue(row['id'] === undefined ? type : undefined, row, tables),
      })),
    };
    const isTaken = isSet(body['display_name']) && hasName(tables, product, body['display_name'], entry);
    return refusing(fields) ?? conflicting(isTaken ? { display_name: 'the product has an option or modifier of this name' } : {});
  },
  stored({ body, entry, parents, tables }) {
    const config = { config: configIn(body, body['type'] ?? entry?.values['type']) };
    if (entry !== undefined) return body['config'] === undefined ? {} : config;
    const product = productOf(parents);
    const sort_order = optionsOf(tables, product).length;
    return {
      ...defaultsFor(body, { sort_order, is_required: true }),
      ...config,
      name: internalName(tables, product, body['display_name']),
    };
  },
  complete({ entry, tables }) {
    entry.values['option_id'] ??= entry.values['id'];
    renameInVariants(tables, productOf(entry.parents), entry);
  },
  removed({ entry, tables }) {
    removeVariantsWith(tables, productOf(entry.parents), ({ option_id }) => option_id === entry.values['id']);
  },
};

const VALUE: Family = {
  refusalOf({ body, entry, parents, tables }) {
    const option = optionOf(tables, parents);
    if (option === undefined) return { status: 404, message: 'The requested resource was not found.' };
    const others = valuesOf(tables, productOf(parents), option);
    return refusing({
      ...tooLong(body, { label: 255 }),
      ...(entry === undefined || body['value_data'] !== undefined ? reasonsForValue(option.values['type'], body, tables) : {}),
      ...(entry === undefined ? reasonsForNumber(others.length + 1) : {}),
    });
  },
  stored({ body, entry, parents, tables }) {
    if (entry !== undefined) return {};
    const sort_order = tables.of(OPTION_VALUES).list(parents).length;
    return defaultsFor(body, { sort_order, value_data: null, is_default: false });
  },
  complete({ entry, tables }) {
    leaveOneDefault(tables.of(OPTION_VALUES).list(entry.parents), entry);
    const option = optionOf(tables, entry.parents);
    if (option !== undefined) renameInVariants(tables, productOf(entry.parents), option, entry);
  },
  removed({ entry, tables }) {
    const option = Number(entry.parents['option_id']);
    removeVariantsWith(tables, productOf(entry.parents), ({ option_id, id }) => option_id === option && id === entry.values['id']);
  },
};

/** The rules of the options that define variants (product-variant-options_catalog.v3.yml). */
export const OPTION_FAMILIES: Families = {
  'v3 /catalog/products/:product_id/options': OPTION,
  'v3 /catalog/products/:product_id/options/:option_id/values': VALUE,
};
