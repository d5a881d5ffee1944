import type { JsonObject } from '../../json-object.js';
import type { Entry, Tables } from '../tables.js';
import { CATEGORIES, PRODUCTS } from './catalog-paths.js';
import type { Families, Family } from './family.js';
import { missing, outOfRange, refusing, unknownKey } from './rules.js';

/** What products are assigned to, and the attribute of a product that has the keys of those. */
interface Target {
  readonly path: string;
  readonly table: string;
  readonly key: string;
  readonly attribute: string;
}

const idsIn = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

/** Moves the rows of assignments, as requests and tests store them, into the products. */
function moveIntoProducts({ path, key, attribute }: Target, tables: Tables): void {
  const table = tables.of(path);
  for (const entry of table.list()) {
    table.delete(entry);
    const product = tables.of(PRODUCTS).get(String(entry.values['product_id']), {});
    const ids = idsIn(product?.values[attribute]);
    if (product !== undefined && !ids.includes(entry.values[key])) product.values[attribute] = [...ids, entry.values[key]];
  }
}

/** The rules of assignments, which are in the products. */
const assignmentsTo = (target: Target): Family => ({
  derived({ tables }) {
    moveIntoProducts(target, tables);
    return tables
      .of(PRODUCTS)
      .list()
      .flatMap(({ key, values }) =>
        idsIn(values[target.attribute]).map((id): Entry => ({ key, parents: {}, values: { product_id: Number(key), [target.key]: id } })),
      );
  },
  refusalOf: ({ body, tables }) =>
    refusing({
      ...missing(body, 'product_id', target.key),
      ...unknownKey(tables, PRODUCTS, 'product_id', body['product_id']),
      ...unknownKey(tables, target.table, target.key, body[target.key]),
    }),
  complete({ tables }) {
    moveIntoProducts(target, tables);
  },
  removed({ entry: { values }, tables }) {
    const product = tables.of(PRODUCTS).get(String(values['product_id']), {});
    if (product === undefined) return;
    product.values[target.attribute] = idsIn(product.values[target.attribute]).filter((id) => id !== values[target.key]);
  },
});

const isIn = (product: JsonObject, category: string): boolean => idsIn(product['categories']).some((id) => String(id) === category);

/** The attribute of a category that has the positions of its products, by their keys. */
const POSITIONS = '$positions';

const positionsIn = (category: Entry | undefined): JsonObject => Object(category?.values[POSITIONS] ?? {});

const byPosition = (a: Entry, b: Entry): number => {
  const [first, second] = [a, b].map(({ values }) => Number(values['sort_order'] ?? Number.POSITIVE_INFINITY));
  return first === second ? Number(a.key) - Number(b.key) : Number(first) - Number(second);
};

/** The positions of the products in a category: those without one come last (categories_catalog.v3.yml, products/sort-order). */
const PRODUCT_ORDER: Family = {
  derived({ parents, tables }) {
    const category = parents['category_id'] ?? '';
    const positions = positionsIn(tables.of(CATEGORIES).get(category, {}));
    return tables
      .of(PRODUCTS)
      .list()
      .filter(({ values }) => isIn(values, category))
      .map(({ key }): Entry => ({ key, parents, values: { product_id: Number(key), sort_order: positions[key] ?? null } }))
      .sort(byPosition);
  },
  refusalOf({ body, parents, tables }) {
    const product = tables.of(PRODUCTS).get(String(body['product_id']), {});
    return refusing({
      ...missing(body, 'product_id'),
      ...(body['sort_order'] === undefined ? { sort_order: 'sort_order is required' } : {}),
      ...outOfRange(body, { sort_order: [0, 2_147_483_647] }),
      ...(product !== undefined && isIn(product.values, parents['category_id'] ?? '')
        ? {}
        : { product_id: `the product ${String(body['product_id'])} is not assigned to the category` }),
    });
  },
  complete({ entry: { parents, values }, tables }) {
    const category = tables.of(CATEGORIES).get(parents['category_id'] ?? '', {});
    if (category === undefined) return;
    category.values[POSITIONS] = { ...positionsIn(category), [String(values['product_id'])]: values['sort_order'] };
  },
};

/** The rules of assignments (products_catalog.v3.yml, categories_catalog.v3.yml). */
export const ASSIGNMENT_FAMILIES: Families = {
  'v3 /catalog/products/category-assignments': assignmentsTo({
    path: '/catalog/products/category-assignments',
    table: CATEGORIES,
    key: 'category_id',
    attribute: 'categories',
  }),
  'v3 /catalog/products/channel-assignments': assignmentsTo({
    path: '/catalog/products/channel-assignments',
    table: '/channels',
    key: 'channel_id',
    attribute: 'channels',
  }),
  'v3 /catalog/categories/:category_id/products/sort-order': PRODUCT_ORDER,
};
