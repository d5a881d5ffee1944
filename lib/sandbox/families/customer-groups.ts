import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { amountOf, money } from '../amounts.js';
import type { Entry, Tables } from '../tables.js';
import type { Change, Families, Family, Refusal } from './family.js';
import { mistakesInChoices, mistakesInKeys } from './field-rules.js';
import { refusing } from './rules.js';

const GROUPS = '/customer_groups';

/** What at most one group is. */
const ALONE = ['is_default', 'is_group_for_guests'] as const;

/** The rules of customer groups (customers.v2.yml). */
const GROUP: Family = {
  refusalOf,
  stored: ({ body, entry }) => ({
    ...(entry === undefined
      ? { is_default: false, is_group_for_guests: false, category_access: { type: 'all' }, discount_rules: [], ...body }
      : {}),
    ...(body['discount_rules'] === undefined ? {} : { discount_rules: jsonObjectsIn(body['discount_rules']).map(shownRule) }),
  }),
  complete({ body, entry, tables }) {
    for (const name of ALONE) {
      if (body[name] !== true) continue;
      for (const other of tables.of(GROUPS).list()) if (other !== entry) other.values[name] = false;
    }
  },
  // All its customers are unassigned.
  removed({ entry, tables }) {
    for (const { values } of tables.of('/customers').list())
      if (String(values['customer_group_id']) === entry.key) values['customer_group_id'] = 0;
  },
};

const shownRule = (rule: JsonObject): JsonObject =>
  rule['amount'] === undefined ? rule : { ...rule, amount: money(amountOf(rule['amount'])) };

/** The keys that rules refer to. */
const REFERENCES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  price_list: { price_list_id: '/pricelists' },
  category: { category_id: '/categories' },
  product: { product_id: '/products' },
  all: {},
};

function refusalOf({ body, tables }: Change): Refusal | undefined {
  const rules = jsonObjectsIn(body['discount_rules']);
  const ofType = (type: string): number => rules.filter((rule) => rule['type'] === type).length;
  const access = asJsonObject(body['category_access']);
  return refusing({
    ...(ofType('price_list') > 0 && rules.length > 1 ? { discount_rules: 'must have nothing besides a price list' } : {}),
    ...(ofType('all') > 1 ? { discount_rules: 'must have one rule for all products at most' } : {}),
    ...Object.assign({}, ...rules.map((rule, place) => placed(`discount_rules.${place}`, mistakesInRule(rule, tables)))),
    ...placed('category_access', mistakesInChoices(access, { type: ['all', 'none', 'specific'] })),
    ...(access['type'] === 'specific' && !Array.isArray(access['categories']) ? { category_access: 'must have categories' } : {}),
  });
}

function mistakesInRule(rule: JsonObject, tables: Tables): Readonly<Record<string, string>> {
  const { type, amount, method } = rule;
  const references = REFERENCES[String(type)];
  if (references === undefined) return { type: `must be one of ${Object.keys(REFERENCES).join(', ')}` };
  const missing = Object.keys(references).filter((name) => rule[name] === undefined);
  return {
    ...Object.fromEntries(missing.map((name) => [name, 'is required'])),
    ...mistakesInKeys(rule, references, tables),
    ...(type === 'price_list' ? {} : mistakesInChoices({ method }, { method: ['percent', 'fixed', 'price'] })),
    ...(type !== 'price_list' && amount === undefined ? { amount: 'is required' } : {}),
  };
}

const placed = (place: string, mistakes: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(mistakes).map(([name, reason]) => [`${place}.${name}`, reason]));

/** The group that a new customer belongs to. */
export const defaultGroup = (tables: Tables): unknown =>
  tables
    .of(GROUPS)
    .list()
    .find(({ values }) => values['is_default'] === true)?.values['id'] ?? 0;

/** The group of a customer; that of guests for none. */
function groupOf(customer: unknown, tables: Tables): Entry | undefined {
  const id = tables.of('/customers').get(String(customer), {})?.values['customer_group_id'];
  if (id !== undefined) return tables.of(GROUPS).get(String(id), {});
  return tables
    .of(GROUPS)
    .list()
    .find(({ values }) => values['is_group_for_guests'] === true);
}

/** What a method makes of a price. */
const METHODS: Readonly<Record<string, (price: number, amount: number) => number>> = {
  percent: (price, amount) => price * (1 - amount / 100),
  fixed: (price, amount) => Math.max(0, price - amount),
  price: (_, amount) => amount,
};

/** Returns what the group of a customer pays for a product: the rule of the product comes before those of its categories and of the store. */
export function groupPriceOf(
  product: JsonObject,
  variant: JsonObject | undefined,
  price: number,
  customer: unknown,
  tables: Tables,
): number {
  const rules = jsonObjectsIn(groupOf(customer, tables)?.values['discount_rules']);
  const categories = Array.isArray(product['categories']) ? product['categories'] : [];
  const rule =
    rules.find(({ type, product_id }) => type === 'product' && product_id === product['id']) ??
    rules.find(({ type, category_id }) => type === 'category' && categories.includes(category_id)) ??
    rules.find(({ type }) => type === 'all' || type === 'price_list');
  if (rule === undefined) return price;
  if (rule['type'] === 'price_list') return listPriceOf(rule['price_list_id'], variant, tables) ?? price;
  return METHODS[String(rule['method'])]?.(price, amountOf(rule['amount'])) ?? price;
}

function listPriceOf(list: unknown, variant: JsonObject | undefined, tables: Tables): number | undefined {
  const records = tables.of('/pricelists/:price_list_id/records').list({ price_list_id: String(list) });
  const record = records.find(({ values }) => variant !== undefined && values['variant_id'] === variant['id'])?.values;
  const price = record?.['sale_price'] ?? record?.['price'];
  return price === undefined || price === null ? undefined : amountOf(price);
}

export const CUSTOMER_GROUP_FAMILIES: Families = { 'v2 /customer_groups': GROUP };
