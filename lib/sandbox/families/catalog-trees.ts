import type { JsonObject } from '../../json-object.js';
import { amountOf } from '../amounts.js';
import type { Entry, Tables } from '../tables.js';
import { childrenOf, lineOf, treeOf, treesOf } from './catalog-categories.js';
import { URL_OBJECT } from './catalog-forms.js';
import { CATEGORIES } from './catalog-paths.js';
import type { Families, Family, Shown } from './family.js';
import { pathFor, refusing, tooLong } from './rules.js';

const CHANNELS = '/channels';

/** A category tree is of one channel, for good (category-trees_catalog.v3.yml, PUT /catalog/trees). */
const TREE: Family = {
  derived: ({ tables }) => treesOf(tables),
  refusalOf({ body, entry, tables }) {
    const channels = Array.isArray(body['channels']) ? body['channels'] : [];
    if (entry !== undefined)
      return refusing({
        ...tooLong(body, { name: 255 }),
        ...(body['channels'] === undefined ? {} : { channels: 'the channels of a tree cannot be changed' }),
      });
    const isUnknown = (id: unknown): boolean => tables.of(CHANNELS).get(String(id), {}) === undefined;
    return refusing({
      ...tooLong(body, { name: 255 }),
      ...(channels.length > 1 ? { channels: 'a tree is of one channel' } : {}),
      ...(channels.some(isUnknown) ? { channels: 'the channel does not exist' } : {}),
    });
  },
  removed({ entry, tables }) {
    for (const category of tables.of(CATEGORIES).list()) if (String(treeOf(category)) === entry.key) tables.remove(CATEGORIES, category);
  },
};

/** The levels of a tree. A category of the top has all of them as its depth, so that the filter `depth` leaves it there. */
const LEVELS = [...Array(10).keys()];

/** A category with those below it. @param levels how many levels there may be below it */
function branch(category: Entry, tables: Tables, levels: number): JsonObject {
  const { key, values } = category;
  const line = lineOf(category, tables);
  return {
    id: Number(key),
    parent_id: amountOf(values['parent_id']),
    depth: line.length - 1,
    path: line.map((each) => Number(each.key)),
    name: values['name'],
    is_visible: values['is_visible'] ?? true,
    url: URL_OBJECT.toV2(values['custom_url'] ?? pathFor(values['name'])),
    children: levels > 0 ? sorted(childrenOf(category, tables)).map((child) => branch(child, tables, levels - 1)) : [],
  };
}

const sorted = (categories: readonly Entry[]): Entry[] =>
  [...categories].sort((a, b) => amountOf(a.values['sort_order']) - amountOf(b.values['sort_order']) || Number(a.key) - Number(b.key));

/** The categories of a tree: those of its top, with those below them inside. */
const NODE: Family = {
  derived({ parents, tables }) {
    const top = tables
      .of(CATEGORIES)
      .list()
      .filter((category) => String(treeOf(category)) === parents['tree_id'] && amountOf(category.values['parent_id']) === 0);
    return sorted(top).map(({ key }) => ({ key, parents, values: { id: Number(key), depth: LEVELS } }));
  },
  show({ row, entry, query, tables }: Shown) {
    const category = tables.of(CATEGORIES).get(entry.key, {});
    if (category !== undefined) Object.assign(row, branch(category, tables, Number(query['depth'] ?? LEVELS.length)));
  },
};

/** The rules of category trees (category-trees_catalog.v3.yml). */
export const TREE_FAMILIES: Families = {
  'v3 /catalog/trees': TREE,
  'v3 /catalog/trees/:tree_id/categories': NODE,
};
