import { type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { amountOf, money } from '../amounts.js';
import type { Entry, Tables } from '../tables.js';
import type { Family } from './family.js';
import { PRODUCTS, VARIANTS, variantsOf } from './stock.js';

const OPTION_PATHS = [
  ['/products/:product_id/options', 'option_id'],
  ['/products/:product_id/modifiers', 'modifier_id'],
] as const;

/** Whether a body has a value for any of these names. */
export const hasAny = (row: JsonObject, ...names: readonly string[]): boolean =>
  names.some((name) => row[name] !== undefined && row[name] !== '');

type Reasons = Readonly<Record<string, string>>;

/** Returns why a line cannot be stored, by field. A line that is to be changed needs its id only. */
export function refusalOfLine(line: JsonObject, lines: readonly Entry[], tables: Tables): Reasons {
  const { id, product_id, quantity, name, name_customer } = line;
  if (quantity !== undefined && !(Number.isInteger(Number(quantity)) && Number(quantity) >= 0))
    return { quantity: 'must be a whole number' };
  const empty = ['name', 'name_customer', 'name_merchant'].filter((each) => line[each] === '' || line[each] === null);
  if (empty.length > 0) return Object.fromEntries(empty.map((each) => [each, 'must not be empty']));
  if (name !== undefined && name_customer !== undefined && name !== name_customer) return { name: 'must be the same as name_customer' };
  if (id !== undefined) return lines.some(({ key }) => key === String(id)) ? {} : { id: 'is not a product of this order' };
  if (Number(quantity ?? 1) === 0) return { quantity: 'must be at least 1' };
  return amountOf(product_id) > 0 ? refusalOfProduct(line, tables) : refusalOfCustomProduct(line);
}

function refusalOfProduct({ product_id, variant_id }: JsonObject, tables: Tables): Reasons {
  const product = tables.of(PRODUCTS).get(String(product_id), {});
  if (product === undefined) return { product_id: 'is not a product of this store' };
  const isVariant = amountOf(variant_id) === 0 || tables.of(VARIANTS).get(String(variant_id), { product_id: product.key }) !== undefined;
  return isVariant ? {} : { variant_id: `is not a variant of product ${product.key}` };
}

function refusalOfCustomProduct(line: JsonObject): Reasons {
  if (!hasAny(line, 'name', 'name_customer', 'name_merchant')) return { name: 'is required for a custom product' };
  const missing = ['quantity', 'price_inc_tax', 'price_ex_tax'].filter((each) => !hasAny(line, each));
  return Object.fromEntries(missing.map((each) => [each, 'is required for a custom product']));
}

/** Lines of orders. One that is changed loses its discounts (orders.v2.oas2.yml, PUT /orders/{order_id}). */
export const LINE: Family = {
  stored({ body, entry }) {
    const name = body['name_customer'] ?? body['name'];
    return { ...(name === undefined ? {} : { name, name_customer: name }), ...(entry === undefined ? {} : { applied_discounts: [] }) };
  },
  complete: ({ entry, tables }) => completeLine(entry, tables),
};

const UNPRICED = ['refund_amount', 'base_wrapping_cost', 'wrapping_cost_ex_tax', 'wrapping_cost_inc_tax', 'wrapping_cost_tax'];

/** What a line has that nothing is known of. */
export const LINE_DEFAULTS: JsonObject = {
  product_id: 0,
  variant_id: 0,
  order_pickup_method_id: 0,
  quantity: 1,
  quantity_shipped: 0,
  quantity_refunded: 0,
  is_refunded: false,
  return_id: 0,
  wrapping_id: 0,
  wrapping_name: '',
  wrapping_message: '',
  event_name: null,
  event_date: null,
  ebay_item_id: '',
  ebay_transaction_id: '',
  option_set_id: null,
  parent_order_product_id: null,
  is_bundled_product: false,
  external_id: null,
  configurable_fields: [],
  applied_discounts: [],
  gift_certificate_id: null,
  ...Object.fromEntries(UNPRICED.map((name) => [name, money(0)])),
};

/** Completes a line: what the catalogue knows of its product, and its totals. */
export function completeLine(line: Entry, tables: Tables): void {
  const { values } = line;
  const product = tables.of(PRODUCTS).get(String(values['product_id'] ?? ''), {});
  const variant = product === undefined ? undefined : variantFor(values, product, tables);
  const known = product === undefined ? {} : fromCatalog(product.values, variant?.values ?? {}, tables);
  const name = values['name_customer'] ?? values['name'] ?? values['name_merchant'] ?? known['name'] ?? '';
  const names = { name, name_customer: name, name_merchant: values['name_merchant'] ?? known['name'] ?? name };
  Object.assign(values, { ...LINE_DEFAULTS, ...UNKNOWN_PRODUCT, ...known, ...values, ...names });
  if (variant !== undefined && amountOf(values['variant_id']) === 0) values['variant_id'] = variant.values['id'];
  Object.assign(values, { product_options: optionsOf(line, product, variant, tables) }, totalsOf(values, catalogPrice(product, variant)));
}

/** Returns the totals of a line. Each price that is not given is that of the catalogue. */
function totalsOf(values: JsonObject, price: number): JsonObject {
  const quantity = amountOf(values['quantity']);
  const incTax = amountOf(values['price_inc_tax'] ?? values['price_ex_tax'] ?? price);
  const exTax = amountOf(values['price_ex_tax'] ?? values['price_inc_tax'] ?? price);
  const discounts = jsonObjectsIn(values['applied_discounts']).reduce((sum, { amount }) => sum + amountOf(amount), 0);
  return {
    base_price: money(exTax),
    price_ex_tax: money(exTax),
    price_inc_tax: money(incTax),
    price_tax: money(incTax - exTax),
    base_total: money(exTax * quantity),
    total_ex_tax: money(exTax * quantity),
    total_inc_tax: money(incTax * quantity),
    total_tax: money((incTax - exTax) * quantity),
    discounted_total_inc_tax: money(incTax * quantity - discounts),
  };
}

const isSet = (value: unknown): boolean => value !== undefined && value !== null && amountOf(value) > 0;

/** Returns the price of a variant or product, which may be a sale price. The store has no taxes. */
function catalogPrice(product: Entry | undefined, variant: Entry | undefined): number {
  const prices = [variant?.values['sale_price'], variant?.values['price'], product?.values['sale_price'], product?.values['price']];
  return amountOf(prices.find(isSet));
}

const COSTS = ['base_cost_price', 'cost_price_inc_tax', 'cost_price_ex_tax'];
const SIZES = ['weight', 'width', 'height', 'depth'];

/** What a custom product has in place of what the catalogue says. */
const UNKNOWN_PRODUCT: JsonObject = {
  sku: '',
  upc: '',
  brand: '',
  bin_picking_number: '',
  type: 'physical',
  ...Object.fromEntries([...COSTS, ...SIZES, 'cost_price_tax', 'fixed_shipping_cost'].map((name) => [name, money(0)])),
};

/** Returns what a line has of its product, or of the variant where that has a value of its own. */
function fromCatalog(product: JsonObject, variant: JsonObject, tables: Tables): JsonObject {
  const own = (name: string): unknown => (variant[name] === undefined || variant[name] === null ? product[name] : variant[name]);
  const brand = tables.of('/brands').get(String(product['brand_id']), {})?.values;
  return {
    name: product['name'],
    sku: own('sku') ?? '',
    upc: own('upc') ?? '',
    bin_picking_number: own('bin_picking_number') ?? '',
    type: product['type'] ?? 'physical',
    brand: brand?.['name'] ?? '',
    ...Object.fromEntries(COSTS.map((name) => [name, money(amountOf(own('cost_price')))])),
    ...Object.fromEntries(SIZES.map((name) => [name, money(amountOf(own(name)))])),
    fixed_shipping_cost: money(amountOf(product['fixed_cost_shipping_price'])),
  };
}

/** Returns the variant of a line: the one that is named, the one of the chosen options, or the only one. */
function variantFor({ variant_id, product_options }: JsonObject, product: Entry, tables: Tables): Entry | undefined {
  const variants = variantsOf(product, tables);
  if (amountOf(variant_id) > 0) return variants.find(({ key }) => key === String(variant_id));
  const chosen = new Map(
    jsonObjectsIn(product_options).map((each) => [String(each['product_option_id'] ?? each['id']), String(each['value'])]),
  );
  const isChosen = ({ values }: Entry): boolean => {
    const needed = jsonObjectsIn(values['option_values']);
    return needed.length > 0 && needed.every(({ option_id, id }) => chosen.get(String(option_id)) === String(id));
  };
  return variants.find(isChosen) ?? (variants.length === 1 ? variants[0] : undefined);
}

/** How V2 calls the types of options and modifiers. */
const TYPES: Readonly<Record<string, string>> = {
  swatch: 'Swatch',
  checkbox: 'Checkbox',
  date: 'Date field',
  text: 'Text field',
  numbers_only_text: 'Text field',
  multi_line_text: 'Multi-line text field',
  file: 'File Upload',
  product_list: 'Product Pick List',
  product_list_with_images: 'Product Pick List',
};

const STYLES: Readonly<Record<string, string>> = { rectangles: 'Rectangle', dropdown: 'Dropdown', radio_buttons: 'Radio' };

/** Returns the option or modifier that a choice is about, and the label of the value that was chosen. */
function chosenOption(product_id: string, key: string, value: unknown, tables: Tables): { option?: JsonObject; label?: unknown } {
  for (const [path, name] of OPTION_PATHS) {
    const option = tables.of(path).get(key, { product_id })?.values;
    if (option === undefined) continue;
    const stored = tables.of(`${path}/:${name}/values`).get(String(value), { product_id, [name]: key })?.values;
    const inside = jsonObjectsIn(option['option_values']).find(({ id }) => String(id) === String(value));
    return { option, label: (stored ?? inside)?.['label'] };
  }
  return {};
}

/** Returns the choices of a line: those that were given, otherwise those of its variant. */
function optionsOf(line: Entry, product: Entry | undefined, variant: Entry | undefined, tables: Tables): JsonObject[] {
  const given = jsonObjectsIn(line.values['product_options']);
  const chosen: readonly JsonObject[] =
    given.length > 0 ? given : jsonObjectsIn(variant?.values['option_values']).map(({ option_id, id }) => ({ id: option_id, value: id }));
  return chosen.map((choice, at) => ({
    ...namedChoice(choice, product?.key ?? '', tables),
    id: at + 1,
    order_product_id: line.values['id'],
    value: String(choice['value'] ?? ''),
  }));
}

/** Returns a choice with the names of its option and value, which shoppers and merchants may see differently. */
function namedChoice(choice: JsonObject, product_id: string, tables: Tables): JsonObject {
  const product_option_id = choice['product_option_id'] ?? choice['id'];
  const { option = {}, label = String(choice['value'] ?? '') } = chosenOption(
    product_id,
    String(product_option_id),
    choice['value'],
    tables,
  );
  const display_name = choice['display_name_customer'] ?? choice['display_name'] ?? option['display_name'] ?? '';
  const display_value = choice['display_value_customer'] ?? choice['display_value'] ?? label;
  return {
    option_id: option['option_id'] ?? product_option_id,
    name: option['name'] ?? display_name,
    type: TYPES[String(option['type'])] ?? 'Multiple choice',
    display_style: STYLES[String(option['type'])] ?? '',
    display_name_merchant: display_name,
    display_value_merchant: display_value,
    ...choice,
    product_option_id,
    display_name,
    display_name_customer: display_name,
    display_value,
    display_value_customer: display_value,
  };
}
