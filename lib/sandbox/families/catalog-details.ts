import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { amountOf } from '../amounts.js';
import type { Entry, Tables } from '../tables.js';
import { type Forms, fromV2, type Names, REVIEW_STATUS, showIn, underBothNames } from './catalog-forms.js';
import { makeRoom } from './catalog-images.js';
import { BULK_PRICING, CUSTOM_FIELDS, PRODUCTS, REVIEWS } from './catalog-paths.js';
import type { Change, Families, Family, Shown } from './family.js';
import { conflicting, defaultsFor, isSet, notAmong, outOfRange, type Reasons, refusing, tooLong } from './rules.js';

type Parents = Readonly<Record<string, string>>;

const TEXT_NAMES: Names = { text: 'value' };
const FIELD_TEXTS = { name: 250, value: 250, text: 250 };
const MOST_FIELDS = 200;

/** What a custom field is compared with: those of its product, and those before it in the same request. */
interface FieldContext {
  readonly parents: Parents | undefined;
  readonly tables: Tables;
  readonly others?: readonly JsonObject[];
}

/** Checks a custom field: a product has each pair of name and value once. */
export function reasonsForCustomField(body: JsonObject, { parents, tables, others = [] }: FieldContext): Reasons {
  const tooMuch = tooLong(body, FIELD_TEXTS);
  const stored = parents === undefined ? [] : tables.of(CUSTOM_FIELDS).list(parents);
  const self = stored.find(({ key }) => key === String(body['id']));
  if (self === undefined && stored.length >= MOST_FIELDS) return { custom_fields: `a product has at most ${MOST_FIELDS} custom fields` };
  const pairOf = (row: JsonObject): string => JSON.stringify([row['name'], row['value'] ?? row['text']]);
  const pair = pairOf({ ...self?.values, ...body, ...underBothNames(body, TEXT_NAMES) });
  const isTaken = [...stored.filter((entry) => entry !== self).map(({ values }) => values), ...others].some((row) => pairOf(row) === pair);
  return isTaken ? { ...tooMuch, name: 'the product has this pair of name and value already' } : tooMuch;
}

const CUSTOM_FIELD: Family = {
  refusalOf: ({ body, entry, parents, tables }) =>
    refusing(reasonsForCustomField({ ...body, ...(entry === undefined ? {} : { id: entry.key }) }, { parents, tables })),
  stored: ({ body }) => underBothNames(body, TEXT_NAMES),
};

const RANGE_NAMES: Names = { min: 'quantity_min', max: 'quantity_max', type_value: 'amount' };
const COUNT = [0, Number.MAX_SAFE_INTEGER] as const;
const UNBOUNDED = 0;
const NO_BOUNDS = { min: UNBOUNDED, max: UNBOUNDED, quantity_min: UNBOUNDED, quantity_max: UNBOUNDED };
/** The fewest pieces that may have a fixed price (products_catalog.v3.yml, `quantity_min`). */
const FEWEST_AT_FIXED_PRICE = 2;

interface Range {
  readonly least: number;
  readonly most: number;
}

function rangeOf(row: JsonObject): Range {
  const most = amountOf(row['quantity_max'] ?? row['max']);
  return { least: amountOf(row['quantity_min'] ?? row['min']), most: most === UNBOUNDED ? Number.POSITIVE_INFINITY : most };
}

/** Checks the quantities and the type of a bulk pricing rule. */
export function reasonsForBulkPrice(row: JsonObject): Reasons {
  const { least, most } = rangeOf(row);
  const hasRange = ['quantity_min', 'quantity_max', 'min', 'max'].some((name) => row[name] !== undefined);
  return {
    ...outOfRange(row, { quantity_min: COUNT, quantity_max: COUNT, min: COUNT, max: COUNT }),
    ...notAmong(row, { type: ['price', 'percent', 'fixed'] }),
    ...(hasRange && most <= least ? { quantity_max: 'quantity_max must be above quantity_min, or 0 for no limit' } : {}),
    ...(row['type'] === 'fixed' && row['quantity_min'] !== undefined && least < FEWEST_AT_FIXED_PRICE
      ? { quantity_min: `quantity_min must be at least ${FEWEST_AT_FIXED_PRICE} for a fixed price` }
      : {}),
  };
}

const BULK_PRICE: Family = {
  refusalOf({ body, entry, parents, tables }) {
    const row = { ...entry?.values, ...body, ...underBothNames(body, RANGE_NAMES) };
    const { least, most } = rangeOf(row);
    const overlaps = ({ values }: Entry): boolean => rangeOf(values).least <= most && least <= rangeOf(values).most;
    const others = tables
      .of(BULK_PRICING)
      .list(entry?.parents ?? parents)
      .filter((each) => each !== entry);
    return (
      refusing(reasonsForBulkPrice(row)) ??
      conflicting(others.some(overlaps) ? { quantity_min: 'the quantities overlap those of another rule' } : {})
    );
  },
  // V3 numbers its rules; V2 shows the number as text.
  stored: ({ body, entry }) => ({
    ...(entry === undefined ? { id: null, ...defaultsFor(body, NO_BOUNDS) } : {}),
    ...underBothNames(body, RANGE_NAMES),
  }),
};

/** All documented values are numbers (archive/…/v2-bulk-pricing). */
const V2_BULK_PRICE: Family = {
  ...BULK_PRICE,
  show({ row, entry }) {
    const amount = entry.values['amount'] ?? entry.values['type_value'];
    row['type_value'] = Number.isNaN(Number(amount)) ? amount : Number(amount);
  },
};

const videosOf = ({ entry, tables, resource }: { readonly entry: Entry } & Pick<Change, 'tables' | 'resource'>): Entry[] =>
  tables.of(resource.path).list(entry.parents);

/** The key of a video on YouTube, from its address. */
const videoIn = (url: unknown): string | undefined =>
  /[?&]v=([\w-]+)/.exec(String(url))?.[1] ?? /youtu\.be\/([\w-]+)/.exec(String(url))?.[1];

const VIDEO_NAMES: Names = { name: 'title' };

const VIDEO: Family = {
  refusalOf: ({ body }) => refusing({ ...tooLong(body, { title: 255, video_id: 25 }), ...notAmong(body, { type: ['youtube'] }) }),
  stored({ body, entry, parents, resource, tables }) {
    const video_id = videoIn(body['url']);
    const sort_order = tables.of(resource.path).list(parents).length;
    return {
      ...(entry === undefined
        ? { id: null, ...defaultsFor(body, { title: '', description: '', sort_order, type: 'youtube' }), length: '00:00' }
        : {}),
      ...underBothNames(body, VIDEO_NAMES),
      ...(video_id === undefined ? {} : { video_id }),
    };
  },
  complete({ body, entry, resource, tables }) {
    entry.values['name'] ??= entry.values['title'];
    if (body['sort_order'] !== undefined) makeRoom(videosOf({ entry, tables, resource }), entry);
  },
};

const V2_VIDEO: Family = {
  ...VIDEO,
  keyedBy: 'video_id',
  show({ row, entry: { values, key } }: Shown) {
    row['id'] = values['video_id'] ?? key;
    row['name'] ??= values['title'] ?? '';
  },
};

const REVIEW_NAMES: Names = { author: 'name', review: 'text' };
const REVIEW_FORMS: Forms = { status: REVIEW_STATUS };
const STATUSES = { v2: [0, 1, 2, '0', '1', '2'], v3: ['approved', 'disapproved', 'pending'] };

/** Counts the approved reviews of a product, and their stars. */
function countReviews(tables: Tables, parents: Parents): void {
  const product = tables.of(PRODUCTS).get(parents['product_id'] ?? '', {});
  const approved = tables
    .of(REVIEWS)
    .list(parents)
    .filter(({ values }) => REVIEW_STATUS.fromV2(values['status']) === 'approved');
  if (product === undefined) return;
  product.values['reviews_count'] = approved.length;
  product.values['reviews_rating_sum'] = approved.reduce((sum, { values }) => sum + amountOf(values['rating']), 0);
}

const REVIEW: Family = {
  refusalOf: ({ body, resource }) =>
    refusing({
      ...tooLong(body, { title: 255, name: 255 }),
      ...notAmong(body, { status: STATUSES[resource.version] }),
      ...outOfRange(body, { rating: [resource.version === 'v2' ? 1 : 0, 5] }),
    }),
  stored: ({ body, entry, resource, tables }) => ({
    ...(entry === undefined
      ? defaultsFor(body, { status: 'pending', rating: 0, text: '', email: '', name: '', date_reviewed: tables.clock.iso() })
      : {}),
    ...(resource.version === 'v2' ? fromV2(body, REVIEW_FORMS) : {}),
    ...underBothNames(body, REVIEW_NAMES),
  }),
  complete({ entry, tables }) {
    for (const [v2, v3] of Object.entries(REVIEW_NAMES)) entry.values[v2] ??= entry.values[v3];
    countReviews(tables, entry.parents);
  },
  removed({ entry, tables }) {
    countReviews(tables, entry.parents);
  },
};

const V2_REVIEW: Family = { ...REVIEW, show: ({ row }) => showIn(row, REVIEW_FORMS, true) };
const V3_REVIEW: Family = { ...REVIEW, show: ({ row }) => showIn(row, REVIEW_FORMS, false) };

/** A rule needs several conditions; the text is that of the store (docs/store-operations/catalog, "Troubleshooting: 422 Errors"). */
const FEW_CONDITIONS =
  'The rule must contain multiple modifier conditions with unique modifier ids or a variant condition and modifier condition';

const COMPLEX_RULE_DEFAULTS: JsonObject = {
  sort_order: 0,
  enabled: true,
  stop: false,
  purchasing_disabled: false,
  purchasing_disabled_message: '',
  purchasing_hidden: false,
  image_url: '',
  price_adjuster: null,
  weight_adjuster: null,
};

const conditionsOf = (values: JsonObject): string[] =>
  jsonObjectsIn(values['conditions'])
    .map(({ modifier_id, modifier_value_id, variant_id }) => [modifier_id, modifier_value_id, variant_id].join(':'))
    .sort();

function hasEnoughConditions(body: JsonObject): boolean {
  const conditions = jsonObjectsIn(body['conditions']);
  const modifiers = conditions.map(({ modifier_id }) => modifier_id).filter(isSet);
  const variants = conditions.map(({ variant_id }) => variant_id).filter(isSet);
  return new Set(modifiers).size === modifiers.length && (modifiers.length > 1 || (modifiers.length > 0 && variants.length > 0));
}

const COMPLEX_RULE: Family = {
  refusalOf({ body, entry, parents, resource, tables }) {
    if (body['conditions'] !== undefined && !hasEnoughConditions(body)) return { status: 422, message: FEW_CONDITIONS };
    const others = tables
      .of(resource.path)
      .list(entry?.parents ?? parents)
      .filter((each) => each !== entry);
    const own = conditionsOf(body).join();
    const isTwin = own !== '' && others.some(({ values }) => conditionsOf(values).join() === own);
    return (
      refusing(tooLong(body, { purchasing_disabled_message: 255 })) ??
      conflicting(isTwin ? { conditions: 'another rule of the product has these conditions' } : {})
    );
  },
  stored: ({ body, entry }) => ({
    ...(entry === undefined ? defaultsFor(body, COMPLEX_RULE_DEFAULTS) : {}),
    ...adjustersIn(body),
  }),
  complete({ entry: { values } }) {
    values['conditions'] = jsonObjectsIn(values['conditions']).map((condition, place) => ({
      modifier_id: null,
      modifier_value_id: null,
      variant_id: null,
      combination_id: 0,
      ...condition,
      id: Number(values['id']) * 100 + place,
      rule_id: values['id'],
    }));
  },
};

/** An adjuster that is only an amount adds it. */
const adjustersIn = (body: JsonObject): JsonObject =>
  Object.fromEntries(
    ['price_adjuster', 'weight_adjuster']
      .filter((name) => isSet(asJsonObject(body[name])['adjuster_value']))
      .map((name) => [name, { adjuster: 'relative', ...asJsonObject(body[name]) }]),
  );

/** The rules of what belongs to a product (products_catalog.v3.yml; archive/store-operations/v2-catalog-products). */
export const DETAIL_FAMILIES: Families = {
  'v3 /catalog/products/:product_id/custom-fields': CUSTOM_FIELD,
  'v2 /products/:product_id/custom_fields': CUSTOM_FIELD,
  'v3 /catalog/products/:product_id/bulk-pricing-rules': BULK_PRICE,
  'v2 /products/:product_id/discount_rules': V2_BULK_PRICE,
  'v3 /catalog/products/:product_id/videos': VIDEO,
  'v2 /products/:product_id/videos': V2_VIDEO,
  'v3 /catalog/products/:product_id/reviews': V3_REVIEW,
  'v2 /products/:product_id/reviews': V2_REVIEW,
  'v3 /catalog/products/:product_id/complex-rules': COMPLEX_RULE,
};
