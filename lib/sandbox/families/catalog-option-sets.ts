import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import type { Entry, Tables } from '../tables.js';
import { leaveOneDefault } from './catalog-option-rows.js';
import { OPTION_SET_OPTIONS, OPTION_VALUES, OPTIONS, PRODUCTS, V2_OPTION_VALUES, V2_OPTIONS } from './catalog-paths.js';
import { removeVariantsWith } from './catalog-variants.js';
import type { Families, Family } from './family.js';
import { conflicting, defaultsFor, isSet, notAmong, refusing } from './rules.js';

/** The types of options in V2, and what V3 calls them. */
const TYPES: Readonly<Record<string, string>> = {
  C: 'checkbox',
  D: 'date',
  F: 'file',
  N: 'numbers_only_text',
  T: 'text',
  MT: 'multi_line_text',
  RB: 'radio_buttons',
  RT: 'rectangles',
  S: 'dropdown',
  P: 'product_list',
  PI: 'product_list_with_images',
  CS: 'swatch',
};

const MOST_VALUES = 250;

const OPTION: Family = {
  refusalOf: ({ body }) => refusing(notAmong(body, { type: Object.keys(TYPES) })),
  stored: ({ body, entry }) => (entry === undefined ? defaultsFor(body, { display_name: body['name'], product_id: null }) : {}),
};

const valuesOf = (tables: Tables, option: unknown): Entry[] => tables.of(V2_OPTION_VALUES).list({ option_id: String(option) });

const VALUE: Family = {
  refusalOf({ body, entry, parents, tables }) {
    const others = valuesOf(tables, (entry?.parents ?? parents)['option_id']).filter((value) => value !== entry);
    // More values are refused with 403 (archive/…/v2-option-values).
    if (entry === undefined && others.length >= MOST_VALUES)
      return { status: 403, message: `An option has at most ${MOST_VALUES} values.` };
    const isTaken = isSet(body['label']) && others.some(({ values }) => values['label'] === body['label']);
    return conflicting(isTaken ? { label: 'the option has a value with this label' } : {});
  },
  stored: ({ body, entry, parents, tables }) =>
    entry === undefined ? defaultsFor(body, { sort_order: valuesOf(tables, parents['option_id']).length, is_default: false }) : {},
  complete({ entry, tables }) {
    leaveOneDefault(valuesOf(tables, entry.parents['option_id']), entry);
    applyOptionSets(tables, ({ values }) => isSet(values['option_set_id']));
  },
};

const OPTION_SET: Family = {
  stored: ({ body, entry }) => (entry === undefined ? defaultsFor(body, { product_id: null }) : {}),
  removed({ entry, tables }) {
    for (const product of tables.of(PRODUCTS).list())
      if (String(product.values['option_set_id']) === entry.key) {
        product.values['option_set_id'] = null;
        applyOptionSet(product, tables);
      }
  },
};

const OPTION_SET_OPTION: Family = {
  refusalOf: ({ body, entry }) =>
    entry === undefined ? undefined : refusing(body['option_id'] === undefined ? {} : { option_id: 'cannot be changed' }),
  stored({ body, entry, parents, tables }) {
    if (entry !== undefined) return {};
    const option = tables.of(V2_OPTIONS).get(String(body['option_id']), {});
    const sort_order = tables.of(OPTION_SET_OPTIONS).list(parents).length;
    const display_name = option?.values['display_name'] ?? option?.values['name'];
    return { ...defaultsFor(body, { display_name, sort_order, is_required: false }), option_set_id: Number(parents['option_set_id']) };
  },
  complete({ entry, tables }) {
    applyOptionSets(tables, ({ values }) => String(values['option_set_id']) === entry.parents['option_set_id']);
  },
  removed({ entry, tables }) {
    applyOptionSets(tables, ({ values }) => String(values['option_set_id']) === entry.parents['option_set_id']);
  },
  show({ row, entry, root, tables }) {
    const resource = `${V2_OPTIONS}/${String(entry.values['option_id'])}`;
    row['option'] = { url: `${root}/v2${resource}`, resource };
    const values = valuesOf(tables, entry.values['option_id']).map(({ values: { id, label, sort_order, value, is_default } }) => ({
      option_value_id: id,
      label,
      sort_order,
      value,
      is_default,
    }));
    if (values.length > 0) row['values'] = values;
  },
};

function applyOptionSets(tables: Tables, isConcerned: (product: Entry) => boolean): void {
  for (const product of tables.of(PRODUCTS).list()) if (isConcerned(product)) applyOptionSet(product, tables);
}

/**
 * Gives a product the options of its option set. Its variants are removed if it gets another set, or none
 * (archive/store-operations/v2-products/v2-versus-v3, "Option Sets").
 */
export function applyOptionSet(product: Entry, tables: Tables): void {
  const set = product.values['option_set_id'] ?? null;
  const all = tables.of(OPTIONS).list({ product_id: product.key });
  const members = set === null ? [] : tables.of(OPTION_SET_OPTIONS).list({ option_set_id: String(set) });
  const isMember = ({ values }: Entry): boolean => members.some((member) => member.values['option_id'] === values['option_id']);
  const kept = all.filter((option) => (option.values['option_set_id'] ?? null) === set && (set === null || isMember(option)));
  for (const option of all) if (!kept.includes(option)) tables.remove(OPTIONS, option);
  if (kept.length < all.length) removeVariantsWith(tables, product.key, () => true);
  for (const { values } of members) {
    const { option_id, display_name, sort_order, is_required } = values;
    const shown = { display_name, sort_order, is_required };
    const own = kept.find((option) => option.values['option_id'] === option_id);
    if (own === undefined) addOption(product, { ...shown, option_id, option_set_id: set }, tables);
    else {
      Object.assign(own.values, shown);
      addValues(own, tables);
    }
  }
}

/** Gives a product an option of its option set, with the values of the option. */
function addOption(product: Entry, row: JsonObject, tables: Tables): void {
  const { name, type } = asJsonObject(tables.of(V2_OPTIONS).get(String(row['option_id']), {})?.values);
  const values = { ...row, name, type: TYPES[String(type)] ?? type, config: [] };
  addValues(tables.of(OPTIONS).insert('id', values, { product_id: product.key }), tables);
}

/** Adds the values of an option to the option of a product. They keep their keys, which are unique below the product only. */
function addValues(option: Entry, tables: Tables): void {
  const parents = { ...option.parents, option_id: option.key };
  for (const { values } of valuesOf(tables, option.values['option_id'])) {
    const { id, label, sort_order, is_default } = values;
    tables.of(OPTION_VALUES).insert('id', { id, label, sort_order, is_default, value_data: null }, parents, ['id']);
  }
}

/** What a rule of V2 does that changes nothing. */
export const RULE_DEFAULTS: JsonObject = {
  sort_order: 0,
  is_enabled: true,
  is_stop: false,
  price_adjuster: null,
  weight_adjuster: null,
  is_purchasing_disabled: false,
  purchasing_disabled_message: '',
  is_purchasing_hidden: false,
  image_file: '',
};
const NO_CONDITION: JsonObject = { product_option_id: null, option_value_id: null, sku_id: null };
const RULES = '/products/:product_id/rules';

/** An update adds its conditions to those that a rule has (archive/…/v2-product-rules). */
const RULE: Family = {
  stored({ body, entry }) {
    const added = jsonObjectsIn(body['conditions']).map((condition) => ({ ...NO_CONDITION, ...condition }));
    if (entry === undefined) return { ...defaultsFor(body, RULE_DEFAULTS), conditions: added };
    return body['conditions'] === undefined ? {} : { conditions: [...jsonObjectsIn(entry.values['conditions']), ...added] };
  },
};

/** The conditions of a rule have paths of their own too. */
const CONDITION: Family = {
  derived: ({ parents, tables }) =>
    jsonObjectsIn(ruleOf(parents, tables)?.values['conditions']).map((condition, place) => ({
      key: String(place + 1),
      parents,
      values: { ...condition, id: place + 1, rule_id: Number(parents['rule_id']) },
    })),
  stored: ({ body, entry }) => (entry === undefined ? { ...NO_CONDITION, ...body } : {}),
  complete({ entry: { key, parents, values }, tables, resource }) {
    const rule = ruleOf(parents, tables);
    const conditions = jsonObjectsIn(rule?.values['conditions']);
    const { product_option_id = null, option_value_id = null, sku_id = null } = values;
    const stored = tables.of(resource.path);
    const isNew = stored.get(key, parents) !== undefined;
    if (rule !== undefined)
      conditions.splice(isNew ? conditions.length : Number(key) - 1, 1, { product_option_id, option_value_id, sku_id });
    if (rule !== undefined) rule.values['conditions'] = conditions;
    for (const each of stored.list(parents)) stored.delete(each);
    if (isNew) Object.assign(values, { id: conditions.length, rule_id: Number(parents['rule_id']) });
  },
};

const ruleOf = ({ product_id = '', rule_id = '' }: Readonly<Record<string, string>>, tables: Tables): Entry | undefined =>
  tables.of(RULES).get(rule_id, { product_id });

/** The rules of options that products share, which V3 does not have (archive/store-operations/v2-catalog-products). */
export const OPTION_SET_FAMILIES: Families = {
  'v2 /options': OPTION,
  'v2 /options/:option_id/values': VALUE,
  'v2 /option_sets': OPTION_SET,
  'v2 /option_sets/:option_set_id/options': OPTION_SET_OPTION,
  [`v2 ${RULES}`]: RULE,
  [`v2 ${RULES}/:rule_id/conditions`]: CONDITION,
};
