import type { JsonObject } from '../../json-object.js';
import { amountOf } from '../amounts.js';
import type { Entry, Tables } from '../tables.js';
import { PAGE_FORMS, PAGE_NAMES } from './catalog-brands.js';
import { CATEGORY_DEFAULTS } from './catalog-defaults.js';
import { type Forms, fromV2, showIn, URL_OBJECT, underBothNames } from './catalog-forms.js';
import { CATEGORIES, PRODUCTS, TREES } from './catalog-paths.js';
import type { Change, Families, Family, Refusal, Removal, StoredChange } from './family.js';
import { conflicting, defaultsFor, isSet, pathFor, type Reasons, refusing, tooLong } from './rules.js';

const TEXTS = { name: 50, description: 65_535, page_title: 255, meta_description: 65_535, search_keywords: 255 };
/** Levels of a tree, the top one included. */
const MOST_LEVELS = 8;
/** The tree that each store has from the start. */
const DEFAULT_TREE = 1;

const categoryOf = (tables: Tables, id: unknown): Entry | undefined => tables.of(CATEGORIES).get(String(id), {});

const parentOf = ({ values }: Entry, tables: Tables): Entry | undefined =>
  amountOf(values['parent_id']) === 0 ? undefined : categoryOf(tables, values['parent_id']);

/** Returns the trees of a store. There always is one, that of the storefront which each store has from the start. */
export function treesOf(tables: Tables): Entry[] {
  const trees = tables.of(TREES);
  if (trees.list().length === 0) trees.insert('id', { id: DEFAULT_TREE, name: 'Default catalog tree', channels: [1] }, {});
  return trees.list();
}

export const treeOf = ({ parents, values }: Entry): number => amountOf(values['tree_id'] ?? parents['tree_id'] ?? DEFAULT_TREE);

/** Returns a category and those above it, from the top down. */
export function lineOf(category: Entry | undefined, tables: Tables): Entry[] {
  const line: Entry[] = [];
  for (let each = category; each !== undefined && !line.includes(each); each = parentOf(each, tables)) line.unshift(each);
  return line;
}

export const childrenOf = ({ key }: Entry, tables: Tables): Entry[] =>
  tables
    .of(CATEGORIES)
    .list()
    .filter(({ values }) => String(values['parent_id']) === key);

/** A unique key besides the number, always the same for a category. */
export const uuidOf = (key: string): string => `00000000-0000-4000-8000-${Number(key).toString(16).padStart(12, '0')}`;

/** Where a category is, or is to be: its parent and its tree. */
interface Place {
  readonly parent: Entry | undefined;
  readonly parentId: number;
  readonly tree: number;
}

function placeOf({ body, entry, tables }: Change): Place {
  const parentId = amountOf(body['parent_id'] ?? entry?.values['parent_id']);
  const parent = parentId === 0 ? undefined : categoryOf(tables, parentId);
  const own = entry === undefined ? DEFAULT_TREE : treeOf(entry);
  return { parent, parentId, tree: parent === undefined ? amountOf(body['tree_id'] ?? own) : treeOf(parent) };
}

/** Returns why a category cannot be where it is to be. */
function reasonsForPlace(change: Change, { parent, parentId, tree }: Place): Reasons {
  const { body, entry, tables } = change;
  if (parentId !== 0 && parent === undefined) return { parent_id: `the category ${parentId} does not exist` };
  const line = lineOf(parent, tables);
  if (entry !== undefined && line.includes(entry)) return { parent_id: 'a category cannot be below itself' };
  if (line.length >= MOST_LEVELS) return { parent_id: `there are at most ${MOST_LEVELS} levels of categories` };
  if (!isSet(body['tree_id'])) return {};
  if (!treesOf(tables).some(({ key }) => key === String(body['tree_id'])))
    return { tree_id: `the tree ${String(body['tree_id'])} does not exist` };
  return amountOf(body['tree_id']) === tree ? {} : { tree_id: 'the parent is in another tree' };
}

/** Names are unique below a parent. */
function isNameTaken({ body, entry, tables }: Change, { parentId, tree }: Place): boolean {
  const name = String(body['name'] ?? entry?.values['name']).toLowerCase();
  const isThere = (other: Entry): boolean =>
    other !== entry &&
    treeOf(other) === tree &&
    amountOf(other.values['parent_id']) === parentId &&
    String(other.values['name']).toLowerCase() === name;
  return tables.of(CATEGORIES).list().some(isThere);
}

/** V2 answers too many levels with 403 (archive/…/v2-categories). */
const statusOfPlace = ({ resource }: Change, reasons: Reasons): Pick<Refusal, 'status'> =>
  resource.version === 'v2' && reasons['parent_id']?.includes('levels') ? { status: 403 } : {};

function refusalOf(change: Change): Refusal | undefined {
  const place = placeOf(change);
  const reasons = reasonsForPlace(change, place);
  const taken: Reasons = isNameTaken(change, place) ? { name: 'there is a category of this name at this place' } : {};
  // A batch has no status of its own for conflicts (category-trees_catalog.v3.yml).
  const refusingConflict = change.resource.addressing === 'filter' ? refusing : conflicting;
  return refusing(tooLong(change.body, TEXTS)) ?? refusing(reasons, statusOfPlace(change, reasons)) ?? refusingConflict(taken);
}

const FORMS: Forms = { ...PAGE_FORMS, url: URL_OBJECT };

function stored(change: Change): JsonObject {
  const { body, entry, resource } = change;
  const { tree, parent } = placeOf(change);
  return {
    ...(entry === undefined ? defaultsFor(body, CATEGORY_DEFAULTS) : {}),
    ...(resource.version === 'v2' ? fromV2(body, PAGE_FORMS) : {}),
    ...underBothNames(body, PAGE_NAMES),
    ...(entry === undefined || body['parent_id'] !== undefined ? { tree_id: tree } : {}),
    ...urlIn(change, parent),
    url: undefined,
  };
}

/** Returns where a category is shown: below its parent, unless the client says otherwise. */
function urlIn({ body, entry }: Change, parent: Entry | undefined): JsonObject {
  const { url } = body;
  const [given] = [body['custom_url'], url].filter(isSet);
  if (given !== undefined) {
    const { url: path, path: treePath, is_customized = true } = Object(URL_OBJECT.fromV2(given));
    return { custom_url: { url: path ?? treePath, is_customized } };
  }
  if (entry !== undefined) return {};
  const above = parent === undefined ? '' : String(URL_OBJECT.toV2(parent.values['custom_url']) ?? '').replace(/\/$/, '');
  return { custom_url: { url: `${above}${pathFor(body['name'])}`, is_customized: false } };
}

function complete({ entry }: StoredChange): void {
  const { values } = entry;
  values['id'] = values['category_id'] = Number(entry.key);
  values['category_uuid'] = uuidOf(entry.key);
}

/** Removes what is below a category, and the category from its products. */
function removed({ entry, tables }: Omit<Removal, 'isByFilter'>): void {
  for (const child of childrenOf(entry, tables)) {
    tables.remove(CATEGORIES, child);
    removed({ entry: child, tables });
  }
  for (const { values } of tables.of(PRODUCTS).list())
    if (Array.isArray(values['categories'])) values['categories'] = values['categories'].filter((id) => String(id) !== entry.key);
}

const hasProducts = (entry: Entry, tables: Tables): boolean =>
  tables
    .of(PRODUCTS)
    .list()
    .some(({ values }) => Array.isArray(values['categories']) && values['categories'].some((id) => String(id) === entry.key));

/** Categories with products cannot be deleted by a filter (categories_catalog.v3.yml, DELETE; archive/…/v2-categories). */
function refusalOfRemoval({ entry, isByFilter, tables }: Removal): Refusal | undefined {
  if (!isByFilter || !hasProducts(entry, tables)) return undefined;
  return { message: `The category ${entry.key} contains products. Move them to another one first.` };
}

const SHARED: Family = { refusalOf, stored, complete, removed };

const IN_TREE: Family = {
  ...SHARED,
  show({ row, entry }) {
    showIn(row, PAGE_FORMS, false);
    row['tree_id'] ??= treeOf(entry);
    row['category_uuid'] ??= uuidOf(entry.key);
    const { url, is_customized = false } = Object(URL_OBJECT.fromV2(entry.values['custom_url'] ?? pathFor(entry.values['name'])));
    row['url'] = { path: url, is_customized };
  },
};

const IN_V2: Family = {
  ...SHARED,
  refusalOfRemoval,
  show({ row, entry, tables }) {
    showIn(row, FORMS, true);
    row['parent_category_list'] ??= lineOf(entry, tables).map(({ key }) => Number(key));
    row['image_file'] ??= entry.values['image_url'] ?? '';
    row['url'] = URL_OBJECT.toV2(entry.values['custom_url'] ?? pathFor(entry.values['name']));
  },
};

/** The rules of categories, which trees, the catalogue and V2 share. */
export const CATEGORY_FAMILIES: Families = {
  'v3 /catalog/categories': { ...SHARED, refusalOfRemoval, show: ({ row }) => showIn(row, PAGE_FORMS, false) },
  'v3 /catalog/trees/categories': IN_TREE,
  'v2 /categories': IN_V2,
};
