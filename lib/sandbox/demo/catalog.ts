import type { JsonObject } from '../../json-object.js';
import { BRANDS, CATEGORIES, COLOURS, MATERIALS, onDay, pick, slug, THINGS } from './values.js';

/** The part of a product that orders refer to. */
export interface DemoProduct extends JsonObject {
  readonly id: number;
  readonly name: string;
  readonly sku: string;
  readonly price: number;
}

export const brands: readonly JsonObject[] = BRANDS.map((name, index) => ({
  id: index + 1,
  name,
  page_title: name,
  custom_url: { url: `/${slug(name)}/`, is_customized: false },
}));

export const categories: readonly JsonObject[] = CATEGORIES.map((name, index) => ({
  id: index + 1,
  parent_id: index === 0 ? 0 : 1,
  name,
  sort_order: index,
  is_visible: true,
}));

export function product(index: number): DemoProduct {
  const id = index + 1;
  const name = `${pick(MATERIALS, index)} ${pick(THINGS, Math.floor(index / MATERIALS.length))}`;
  const price = 10 + ((index * 7) % 90) + 0.95;
  const sku = slug(name).toUpperCase();
  return {
    id,
    name,
    sku,
    price,
    type: 'physical',
    description: `<p>${name} by ${pick(BRANDS, index)}.</p>`,
    weight: 0.5 + (index % 8) / 2,
    width: 10 + (index % 5),
    height: 8,
    depth: 6,
    cost_price: Math.round(price * 60) / 100,
    retail_price: Math.round(price * 120) / 100,
    sale_price: 0,
    calculated_price: price,
    categories: [1, 2 + (index % 9)],
    brand_id: 1 + (index % BRANDS.length),
    inventory_level: isTrackedByVariant(index) ? STOCK_OF_VARIANTS : (index * 3) % 40,
    inventory_warning_level: 5,
    inventory_tracking: isTrackedByVariant(index) ? 'variant' : 'product',
    is_visible: index % 12 !== 11,
    is_featured: index % 10 === 0,
    is_free_shipping: false,
    availability: 'available',
    condition: 'New',
    sort_order: index,
    total_sold: (index * 5) % 23,
    custom_url: { url: `/${slug(name)}/`, is_customized: false },
    date_created: onDay(index),
    date_modified: onDay(index + 30),
    images: imagesOf(index, name),
    options: optionsOf(index),
    variants: variantsOf(index, sku, price),
  };
}

/** Of every third product, stock is kept by variant. */
const isTrackedByVariant = (index: number): boolean => index % 3 === 0;

/** The first variant of a product has one in stock, the second one two, and so on. */
const STOCK_OF_VARIANTS = COLOURS.reduce((sum, _, at) => sum + at + 1, 0);

const imagesOf = (index: number, name: string): JsonObject[] =>
  [1, 2].map((number) => ({
    id: index * 2 + number,
    image_file: `${slug(name)}-${number}.jpg`,
    image_url: `https://images.example.com/${slug(name)}-${number}.jpg`,
    description: `${name}, view ${number}`,
    is_thumbnail: number === 1,
    sort_order: number - 1,
    date_created: onDay(index),
    date_modified: onDay(index),
  }));

const optionsOf = (index: number): JsonObject[] => [
  {
    id: index * 2 + 1,
    option_id: 1,
    display_name: 'Colour',
    name: `colour-${index + 1}`,
    type: 'swatch',
    sort_order: 0,
    is_required: true,
    option_values: COLOURS.map((label, at) => ({ id: index * 10 + at + 1, label, sort_order: at, is_default: at === 0 })),
  },
  {
    id: index * 2 + 2,
    option_id: 2,
    display_name: 'Size',
    name: `size-${index + 1}`,
    type: 'rectangles',
    sort_order: 1,
    is_required: false,
    option_values: ['Small', 'Large'].map((label, at) => ({ id: index * 10 + at + 6, label, sort_order: at, is_default: at === 0 })),
  },
];

const variantsOf = (index: number, sku: string, price: number): JsonObject[] =>
  COLOURS.map((label, at) => ({
    id: index * 3 + at + 1,
    sku: `${sku}-${label.toUpperCase()}`,
    sku_id: index * 3 + at + 1,
    price: null,
    calculated_price: price,
    inventory_level: at + 1,
    option_values: [{ id: index * 10 + at + 1, option_id: index * 2 + 1, label, option_display_name: 'Colour' }],
  }));
