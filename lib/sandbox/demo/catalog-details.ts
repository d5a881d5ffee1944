import type { JsonObject } from '../../json-object.js';
import * as v2 from '../../resources/v2/index.js';
import * as v3 from '../../resources/v3/index.js';
import { RULE_DEFAULTS } from '../families/catalog-option-sets.js';
import { catalogMetafields } from './catalog-metafields.js';
import { modifiers } from './catalog-modifiers.js';
import { type DemoRows, rows } from './rows.js';
import { COLOUR_CODES, COLOURS, onDay, pick } from './values.js';

const FIRST = { product_id: '1' };
const SECOND = { product_id: '2' };

/** What belongs to the first products of the catalogue: trees, texts, prices, reviews, and what only V2 knows. */
export function catalogDetails(): DemoRows[] {
  return [
    rows(v3.CategoryTree, [
      { id: 1, name: 'Default catalog tree', channels: [1] },
      { id: 2, name: 'Outlet', channels: [2] },
    ]),
    ...texts(),
    ...reviews(),
    ...bulkPrices(),
    ...modifiers(),
    ...catalogMetafields(),
    ...priceLists(),
    ...listings(),
    ...options(),
    ...rules(),
  ];
}

function texts(): DemoRows[] {
  const field = (id: number, name: string, value: string): JsonObject => ({ id, name, value, text: value });
  const video = (id: number, video_id: string, title: string): JsonObject => ({
    id,
    video_id,
    title,
    name: title,
    description: '',
    sort_order: (id - 1) % 2,
    type: 'youtube',
    length: '01:12',
  });
  return [
    rows(v3.ProductCustomField, [field(1, 'Origin', 'Portugal'), field(2, 'Care', 'Wipe with a dry cloth')], FIRST),
    rows(v3.ProductCustomField, [field(3, 'Origin', 'Estonia'), field(4, 'Care', 'Wash at 30 degrees')], SECOND),
    rows(v3.ProductVideo, [video(1, 'aB3dE5gH7jK', 'How it is made'), video(2, 'bC4eF6hJ8kL', 'Care')], FIRST),
    rows(v3.ProductVideo, [video(3, 'cD5fG7iK9lM', 'In the workshop'), video(4, 'dE6gH8jL0mN', 'Colours')], SECOND),
    ...configurableFields(),
  ];
}

function configurableFields(): DemoRows[] {
  const field = (id: number, name: string, sort_order: number): JsonObject => ({
    id,
    name,
    type: 'T',
    allowed_file_types: '',
    max_size: 0,
    select_options: '',
    is_required: false,
    sort_order,
  });
  const mapping = (product_id: number): JsonObject => ({
    product_id,
    enabled: true,
    custom_item: false,
    age_group: 'adult',
    gender: 'unisex',
  });
  return [
    rows(v2.ProductConfigurableField, [field(1, 'Engraving', 0), field(2, 'Dedication', 1)], FIRST),
    rows(v2.GoogleProductSearchMapping, [mapping(1)], FIRST),
    rows(v2.GoogleProductSearchMapping, [mapping(2)], SECOND),
  ];
}

/** The reviews that are approved, which are three of four, are counted by their products. */
function reviews(): DemoRows[] {
  const review = (id: number, name: string, rating: number, status: string): JsonObject => ({
    id,
    name,
    author: name,
    email: `${name.toLowerCase()}@example.com`,
    title: rating > 3 ? 'Just right' : 'Smaller than I thought',
    text: 'We use it every day.',
    review: 'We use it every day.',
    rating,
    status,
    date_reviewed: onDay(40 + id),
    date_created: onDay(40 + id),
    date_modified: onDay(40 + id),
  });
  return [
    rows(v3.ProductReview, [review(1, 'Ada', 5, 'approved'), review(2, 'Alan', 3, 'approved')], FIRST),
    rows(v3.ProductReview, [review(3, 'Grace', 4, 'approved'), review(4, 'Ken', 2, 'pending')], SECOND),
  ];
}

/** The stars of the approved reviews of a product, and how many there are. */
export const REVIEW_COUNTS: Readonly<Record<number, JsonObject>> = {
  1: { reviews_rating_sum: 8, reviews_count: 2 },
  2: { reviews_rating_sum: 4, reviews_count: 1 },
};

function bulkPrices(): DemoRows[] {
  const rule = (id: number, min: number, max: number, amount: number): JsonObject => ({
    id,
    quantity_min: min,
    quantity_max: max,
    min,
    max,
    type: 'price',
    amount,
    type_value: amount,
  });
  return [
    rows(v3.ProductBulkPricingRule, [rule(1, 10, 19, 1), rule(2, 20, 49, 2)], FIRST),
    rows(v3.ProductBulkPricingRule, [rule(3, 5, 9, 0.5), rule(4, 10, 0, 1)], SECOND),
  ];
}

/** Two price lists: one for the group of wholesalers, one that nobody gets yet. Product 3 has the variants 7 to 9. */
function priceLists(): DemoRows[] {
  const dates = { date_created: onDay(30), date_modified: onDay(30) };
  const record = (variant: number, price: number, product: number, sku: string): JsonObject => ({
    variant_id: variant,
    product_id: product,
    sku,
    currency: 'usd',
    price,
    sale_price: null,
    retail_price: null,
    map_price: null,
    calculated_price: price,
    bulk_pricing_tiers: [],
    ...dates,
  });
  const list = (id: number, name: string): JsonObject => ({ id, name, active: true, ...dates });
  const [sand, moss] = COLOURS.map((colour) => colour.toUpperCase());
  return [
    rows(v3.PriceList, [list(1, 'Dealer prices'), list(2, 'Trade fair')]),
    rows(v3.PriceListRecord, [record(7, 22, 3, `COPPER-BOWL-${sand}`), record(8, 22.5, 3, `COPPER-BOWL-${moss}`)], { price_list_id: '1' }),
    rows(v3.PriceListRecord, [record(7, 23, 3, `COPPER-BOWL-${sand}`), record(8, 23.25, 3, `COPPER-BOWL-${moss}`)], { price_list_id: '2' }),
    rows(v3.PriceListAssignment, [
      { id: 1, price_list_id: 1, customer_group_id: 1, channel_id: 1 },
      { id: 2, price_list_id: 2, customer_group_id: null, channel_id: 2 },
    ]),
  ];
}

/** The first two products as the channel 1 lists them. */
function listings(): DemoRows[] {
  const dates = { date_created: onDay(50), date_modified: onDay(50) };
  const listing = (product_id: number, name: string): JsonObject => ({
    channel_id: 1,
    listing_id: product_id,
    product_id,
    state: 'active',
    name,
    description: '',
    variants: [1, 2, 3].map((place) => ({
      channel_id: 1,
      product_id,
      variant_id: (product_id - 1) * 3 + place,
      state: 'active',
      name: `${name}, ${pick(COLOURS, place - 1)}`,
      ...dates,
    })),
    ...dates,
  });
  return [rows(v3.ChannelListing, [listing(1, 'Oak Bowl'), listing(2, 'Linen Bowl')], { channel_id: '1' })];
}

const SIZES = ['Small', 'Large'];

/** The options that V2 products share, and two sets of them. */
function options(): DemoRows[] {
  const option = (id: number, name: string, type: string): JsonObject => ({ id, name, display_name: name, type, product_id: null });
  const value = (id: number, label: string, text: string, sort_order: number): JsonObject => ({
    id,
    label,
    value: text,
    sort_order,
    is_default: sort_order === 0,
  });
  const member = (id: number, option_id: number, set: number, display_name: string): JsonObject => ({
    id,
    option_id,
    option_set_id: set,
    display_name,
    sort_order: option_id - 1,
    is_required: option_id === 1,
  });
  const colours = COLOURS.map((label, place) => value(place + 1, label, pick(COLOUR_CODES, place), place));
  const sizes = SIZES.map((label, place) => value(colours.length + place + 1, label, label, place));
  return [
    rows(v2.Option, [option(1, 'Colour', 'CS'), option(2, 'Size', 'RT')]),
    rows(
      v2.OptionValue,
      colours.map((row) => ({ ...row, option_id: 1 })),
      { option_id: '1' },
    ),
    rows(
      v2.OptionValue,
      sizes.map((row) => ({ ...row, option_id: 2 })),
      { option_id: '2' },
    ),
    rows(v2.OptionSet, [
      { id: 1, name: 'Colours and sizes', product_id: null },
      { id: 2, name: 'Colours', product_id: null },
    ]),
    rows(v2.OptionSetOption, [member(1, 1, 1, 'Colour'), member(2, 2, 1, 'Size')], { option_set_id: '1' }),
    rows(v2.OptionSetOption, [member(3, 1, 2, 'Colour')], { option_set_id: '2' }),
  ];
}

/** Rules of V2 for the first product: its first SKU is heavier, its second cannot be had. */
function rules(): DemoRows[] {
  const rule = (id: number, changes: JsonObject): JsonObject => ({
    id,
    ...RULE_DEFAULTS,
    sort_order: id - 1,
    conditions: [
      { product_option_id: 2, option_value_id: 6 + id, sku_id: null },
      { product_option_id: null, option_value_id: null, sku_id: id },
    ],
    ...changes,
  });
  return [
    rows(
      v2.ProductRule,
      [
        rule(1, { weight_adjuster: { adjuster: 'relative', adjuster_value: 0.2 } }),
        rule(2, { is_purchasing_disabled: true, purchasing_disabled_message: 'Back in spring' }),
      ],
      FIRST,
    ),
  ];
}
