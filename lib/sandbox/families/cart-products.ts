import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { amountOf } from '../amounts.js';
import type { Entry, Tables } from '../tables.js';
import type { Refusal } from './family.js';

const PRODUCTS = '/catalog/products';

/** A product that a cart is to have, with the variant and the modifiers that were chosen. */
export interface ChosenProduct {
  readonly product: JsonObject;
  /** `undefined` for a product without variants. */
  readonly variant: JsonObject | undefined;
  readonly modifiers: readonly Choice[];
}

/** A modifier, and what was chosen for it. */
interface Choice {
  readonly modifier: JsonObject;
  readonly value: unknown;
}

const refusal = (message: string, fields: Readonly<Record<string, string>>): Refusal => ({ status: 422, message, fields });

/** Returns the product that an item of a cart names, or why it cannot be bought (cart-checkout/guide/rest-management). */
function chooseProduct(item: JsonObject, tables: Tables): ChosenProduct | Refusal {
  const { product_id } = item;
  const product = tables.of(PRODUCTS).get(String(product_id), {})?.values;
  if (product === undefined) return refusal('The product does not exist.', { product_id: 'is not a product of this store' });
  if (product['availability'] === 'disabled') return refusal('The product cannot be purchased.', { product_id: 'cannot be purchased' });
  const rowsOf = (name: string): JsonObject[] =>
    tables
      .of(`${PRODUCTS}/:product_id/${name}`)
      .list({ product_id: String(product_id) })
      .map((entry) => withValues(entry, name, tables));
  const options = rowsOf('options');
  const variant = chooseVariant(item, rowsOf('variants'), options);
  if (variant === null)
    return refusal('This product has options; variant ID is required.', { variant_id: 'or option_selections are required' });
  if (variant === undefined && isGiven(item['variant_id']))
    return refusal('The variant does not exist.', { variant_id: 'is not a variant of this product' });
  if (variant?.['purchasing_disabled'] === true) return refusal('The variant cannot be purchased.', { variant_id: 'cannot be purchased' });
  const isOfOption = ({ option_id }: JsonObject): boolean => options.some(({ id }) => String(id) === String(option_id));
  const selections = jsonObjectsIn(item['option_selections']).filter((selection) => !isOfOption(selection));
  return withModifiers({ product, variant, modifiers: [] }, selections, rowsOf('modifiers'));
}

/** Returns an option or a modifier with its values, which are rows of their own. */
function withValues({ key, parents, values }: Entry, name: string, tables: Tables): JsonObject {
  const parameter = VALUES_OF[name];
  if (parameter === undefined) return values;
  const rows = tables.of(`${PRODUCTS}/:product_id/${name}/:${parameter}/values`).list({ ...parents, [parameter]: key });
  return rows.length === 0 ? values : { ...values, option_values: rows.map((row) => row.values) };
}

const VALUES_OF: Readonly<Record<string, string>> = { options: 'option_id', modifiers: 'modifier_id' };

/** Returns why an item cannot be in a cart; `undefined` if it can. */
export function refusalOfItem(item: JsonObject, tables: Tables): Refusal | undefined {
  const { quantity } = item;
  if (!Number.isInteger(quantity) || Number(quantity) < 1) return refusal('The quantity is wrong.', { quantity: 'must be at least 1' });
  const found = chooseProduct(item, tables);
  if (!('product' in found)) return found;
  const { order_quantity_minimum, order_quantity_maximum, name } = found.product;
  const [least, most] = [amountOf(order_quantity_minimum), amountOf(order_quantity_maximum)];
  if (most > 0 && Number(quantity) > most)
    return { status: 409, message: `You can only purchase a maximum of ${most} of the ${String(name)} per order.` };
  if (Number(quantity) < least)
    return { status: 409, message: `You need to purchase a minimum of ${least} of the ${String(name)} per order.` };
  return undefined;
}

/** Returns the product of an item that is known to be there. */
export function productOf(item: JsonObject, tables: Tables): ChosenProduct {
  const found = chooseProduct(item, tables);
  return 'product' in found ? found : { product: {}, variant: undefined, modifiers: [] };
}

const isGiven = (value: unknown): boolean => value !== undefined && value !== null && value !== 0;

/**
 * Returns the variant that an item names, by its id or by its options; `undefined` if there is none, null if more has to be chosen.
 * Options with a default value need not be chosen.
 */
function chooseVariant(
  { variant_id, option_selections }: JsonObject,
  variants: readonly JsonObject[],
  options: readonly JsonObject[],
): JsonObject | undefined | null {
  if (isGiven(variant_id)) return variants.find(({ id }) => String(id) === String(variant_id));
  const [first, ...others] = variants;
  if (others.length === 0) return first;
  const given = jsonObjectsIn(option_selections);
  const chosen = options.map(({ id, option_values }): [unknown, unknown] => {
    const selected = given.find(({ option_id }) => String(option_id) === String(id))?.['option_value'];
    return [id, selected ?? jsonObjectsIn(option_values).find(({ is_default }) => is_default === true)?.['id']];
  });
  const isChosen = (value: JsonObject): boolean =>
    chosen.some(([id, selected]) => String(id) === String(value['option_id']) && String(selected) === String(value['id']));
  return variants.find(({ option_values }) => jsonObjectsIn(option_values).every(isChosen)) ?? null;
}

/** Adds the choices for the modifiers of a product. Required ones must have one (REST Management: "Missing line_items in request body"). */
function withModifiers(chosen: ChosenProduct, given: readonly JsonObject[], modifiers: readonly JsonObject[]): ChosenProduct | Refusal {
  const choices: Choice[] = [];
  for (const modifier of modifiers) {
    const selection = given.find(({ option_id }) => String(option_id) === String(modifier['id']));
    const usual = jsonObjectsIn(modifier['option_values']).find(({ is_default }) => is_default === true)?.['id'];
    const value = selection?.['option_value'] ?? usual;
    const isMissing = value === undefined || value === '';
    if (!isMissing) choices.push({ modifier, value });
    else if (modifier['required'] === true)
      return refusal('A required modifier of the product is missing.', {
        option_selections: `must have a value for the modifier ${String(modifier['display_name'])}`,
      });
  }
  return { ...chosen, modifiers: choices };
}

/** Returns the chosen options as a cart shows them. Names and values of the request replace those of the catalogue. */
export function optionsOf({ variant, modifiers }: ChosenProduct, { option_selections }: JsonObject): JsonObject[] {
  const given = jsonObjectsIn(option_selections);
  const ofVariant = jsonObjectsIn(variant?.['option_values']).map(({ id, option_id, label, option_display_name }) => ({
    name: option_display_name,
    nameId: option_id,
    value: label,
    valueId: id,
  }));
  const ofModifiers = modifiers.map(({ modifier, value }) => {
    const chosen = jsonObjectsIn(modifier['option_values']).find(({ id }) => String(id) === String(value));
    const text = chosen?.['label'] ?? (typeof value === 'object' ? JSON.stringify(value) : String(value));
    return { name: modifier['display_name'], nameId: modifier['id'], value: text, valueId: chosen?.['id'] ?? null };
  });
  return [...ofVariant, ...ofModifiers].map((option) => {
    const { name, value } = given.find(({ option_id }) => String(option_id) === String(option.nameId)) ?? {};
    return { ...option, name: name ?? option.name, value: value ?? option.value };
  });
}

/** The prices of one, without tax: the usual one, and the one that is asked. */
export interface Prices {
  readonly original: number;
  readonly list: number;
  readonly isOnSale: boolean;
}

/** Returns the prices of a product as it was chosen. Those of the variant come first; modifiers may change them. */
export function pricesOf({ product, variant, modifiers }: ChosenProduct): Prices {
  const own = [variant, product].filter((row) => row !== undefined);
  const usual = own.find(({ price }) => price !== undefined && price !== null)?.['price'];
  const sale = own.map(({ sale_price }) => amountOf(sale_price)).find((price) => price > 0);
  const original = amountOf(usual);
  const isOnSale = sale !== undefined && sale < original;
  return { original: adjusted(original, modifiers), list: adjusted(isOnSale ? sale : original, modifiers), isOnSale };
}

/** Applies the price adjusters of the chosen modifier values. */
function adjusted(price: number, modifiers: readonly Choice[]): number {
  return modifiers.reduce((sum, { modifier, value }) => {
    const chosen = jsonObjectsIn(modifier['option_values']).find(({ id }) => String(id) === String(value));
    const { adjuster, adjuster_value } = asJsonObject(asJsonObject(chosen?.['adjusters'])['price']);
    if (adjuster === 'relative') return sum + amountOf(adjuster_value);
    return adjuster === 'percentage' ? sum + (price * amountOf(adjuster_value)) / 100 : sum;
  }, price);
}
