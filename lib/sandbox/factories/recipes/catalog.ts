import * as v2 from '../../../resources/v2/index.js';
import * as v3 from '../../../resources/v3/index.js';
import type { Draft, Recipe, Recipes } from '../recipe.js';

const named =
  (what: string): Recipe =>
  ({ n }) => ({ name: `${what} ${n}` });

const productOf = ({ parents }: Draft): Readonly<Record<string, string>> => ({ product_id: parents['product_id'] ?? '' });

/** The id of the first row that a V2 product has of a kind, or of a new one. */
const ofV2Product = (draft: Draft, path: keyof typeof V2_CHILDREN): (() => unknown) => {
  const model = V2_CHILDREN[path];
  return () => draft.rows(model, productOf(draft))[0]?.['id'] ?? draft.fresh(model);
};

const V2_CHILDREN = { options: v2.ProductOption, skus: v2.ProductSku };

/** An option with a value, of a product: what a variant, a SKU or a rule refers to. */
function optionValueOf(draft: Draft): { option_id: unknown; id: unknown } {
  const parents = productOf(draft);
  const known = draft.rows(v3.ProductOption, parents).find(({ option_values }) => Array.isArray(option_values) && option_values.length > 0);
  const option_id = known?.['id'] ?? draft.fresh(v3.ProductOption);
  const [value] = draft.rows(v3.ProductOptionValue, { ...parents, option_id: String(option_id) });
  return {
    option_id,
    id: value?.['id'] ?? firstId(draft.rows(v3.ProductOption, parents).find(({ id }) => id === option_id)?.['option_values']),
  };
}

const firstId = (values: unknown): unknown => (Array.isArray(values) ? Object(values[0]).id : undefined);

/** A new value of a new modifier of a product. */
function modifierValueOf(draft: Draft): { modifier_id: unknown; modifier_value_id: unknown } {
  const id = draft.fresh(v3.ProductModifierValue);
  const value = draft.rows(v3.ProductModifierValue).find((row) => row['id'] === id);
  return { modifier_id: Number(value?.['modifier_id']), modifier_value_id: id };
}

/** A channel has one tree at most, and the first one has one already. */
function channelWithoutTree(draft: Draft): unknown {
  draft.some(v3.CategoryTree);
  const trees = draft.rows(v3.CategoryTree);
  const hasTree = (channel: unknown): boolean => trees.some(({ channels }) => Array.isArray(channels) && channels.includes(channel));
  for (;;) {
    const channel = draft.fresh(v3.Channel);
    if (!hasTree(channel)) return channel;
  }
}

const CONDITIONS = (draft: Draft) => ({
  conditions: () => {
    const { option_id, id } = optionValueOf(draft);
    return [{ product_option_id: option_id, option_value_id: id, sku_id: null }];
  },
});

export const CATALOG_RECIPES: Recipes = {
  'v2 /brands': named('Brand'),
  'v2 /categories': named('Category'),
  'v2 /options': ({ n }) => ({ name: `Option ${n}`, display_name: `Option ${n}`, type: 'RB' }),
  'v2 /options/:option_id/values': ({ n }) => ({ label: `Value ${n}`, value: `value-${n}` }),
  'v2 /option_sets': named('Option set'),
  'v2 /option_sets/:option_set_id/options': (draft) => ({ option_id: () => draft.fresh(v2.Option) }),
  'v2 /products': (draft) => ({
    name: `Product ${draft.n}`,
    type: 'physical',
    price: '10.0000',
    weight: '1.0000',
    categories: () => [draft.some(v2.Category)],
    availability: 'available',
  }),
  'v2 /products/:product_id/custom_fields': ({ n }) => ({ name: `Field ${n}`, text: `Text ${n}` }),
  'v2 /products/:product_id/discount_rules': ({ n }) => ({ min: n * 10, max: n * 10 + 9, type: 'price', type_value: '1.0000' }),
  'v2 /products/:product_id/images': ({ n }) => ({ image_file: `https://images.example.com/image-${n}.jpg` }),
  'v2 /products/:product_id/reviews': ({ n }) => ({ author: `Reviewer ${n}`, title: `Review ${n}`, review: 'As described.', rating: 5 }),
  'v2 /products/:product_id/rules': (draft) => ({ is_enabled: true, ...CONDITIONS(draft) }),
  'v2 /products/:product_id/rules/:rule_id/conditions': (draft) => ({ sku_id: ofV2Product(draft, 'skus') }),
  'v2 /products/:product_id/skus': (draft) => ({
    sku: `SKU-${draft.n}`,
    options: () => {
      const { option_id, id } = optionValueOf(draft);
      return [{ product_option_id: option_id, option_value_id: id }];
    },
  }),
  'v2 /products/:product_id/skus/:sku_id/options': (draft) => ({
    product_option_id: () => optionValueOf(draft).option_id,
    option_value_id: () => optionValueOf(draft).id,
  }),
  'v2 /products/:product_id/videos': ({ n }) => ({ url: `https://www.youtube.com/watch?v=video-${n}` }),
  'v3 /catalog/brands': named('Brand'),
  'v3 /catalog/categories': ({ n }) => ({ parent_id: 0, name: `Category ${n}` }),
  'v3 /catalog/products': ({ n }) => ({ name: `Product ${n}`, type: 'physical', weight: 1, price: 10 }),
  'v3 /catalog/products/category-assignments': (draft) => ({
    product_id: () => draft.fresh(v3.Product),
    category_id: () => draft.some(v3.Category),
  }),
  'v3 /catalog/products/channel-assignments': (draft) => ({
    product_id: () => draft.fresh(v3.Product),
    channel_id: () => draft.some(v3.Channel),
  }),
  'v3 /catalog/products/:product_id/bulk-pricing-rules': ({ n }) => ({
    quantity_min: n * 10,
    quantity_max: n * 10 + 9,
    type: 'price',
    amount: 1,
  }),
  'v3 /catalog/products/:product_id/complex-rules': (draft) => ({
    enabled: true,
    // The store demands conditions on several modifiers.
    conditions: () => [1, 2].map(() => ({ ...modifierValueOf(draft), variant_id: null })),
  }),
  'v3 /catalog/products/:product_id/custom-fields': ({ n }) => ({ name: `Field ${n}`, value: `Value ${n}` }),
  'v3 /catalog/products/:product_id/images': ({ n }) => ({ image_url: `https://images.example.com/image-${n}.jpg` }),
  'v3 /catalog/products/:product_id/modifiers': ({ n }) => ({ type: 'text', required: false, display_name: `Modifier ${n}` }),
  'v3 /catalog/products/:product_id/modifiers/:modifier_id/values': ({ n }) => ({ label: `Value ${n}`, sort_order: n }),
  'v3 /catalog/products/:product_id/options': ({ n }) => ({
    display_name: `Option ${n}`,
    type: 'radio_buttons',
    option_values: [{ label: `Value ${n}`, sort_order: 0 }],
  }),
  'v3 /catalog/products/:product_id/options/:option_id/values': ({ n }) => ({ label: `Value ${n}`, sort_order: n }),
  'v3 /catalog/products/:product_id/reviews': ({ n }) => ({ title: `Review ${n}`, date_reviewed: '2026-01-05T09:00:00+00:00' }),
  'v3 /catalog/products/:product_id/variants': (draft) => ({
    sku: `SKU-${draft.n}`,
    option_values: () => {
      const { option_id, id } = optionValueOf(draft);
      return [{ option_id, id }];
    },
  }),
  'v3 /catalog/products/:product_id/videos': ({ n }) => ({ video_id: `video-${n}` }),
  'v3 /catalog/trees': (draft) => ({ name: `Tree ${draft.n}`, channels: () => [channelWithoutTree(draft)] }),
  'v3 /catalog/trees/categories': (draft) => ({ name: `Category ${draft.n}`, parent_id: 0, tree_id: () => draft.some(v3.CategoryTree) }),
};
