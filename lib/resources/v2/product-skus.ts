import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { V2Filters } from '../../query/where.js';
import { Attribute } from '../../schema/attribute.js';
import type { Money } from '../../schema/types.js';
import { noFilters } from '../no-filters.js';

/** One choice that a SKU stands for. */
export interface SkuOption {
  /** Key of the `ProductOption`. */
  product_option_id: number;
  /** Key of the `OptionValue`. */
  option_value_id: number;
}

const productSkuFilters = {
  min_id: Number,
  max_id: Number,
  sku: String,
  upc: String,
  inventory_level: Number,
  min_inventory_level: Number,
  max_inventory_level: Number,
  inventory_warning_level: Number,
  bin_picking_number: String,
  is_low_inventory: Boolean,
  product_hash: Number,
} as const;

const productSkuRequired = ['sku', 'options'] as const;

/**
 * A SKU of a product: choices of its options, with a stock and perhaps a price of their own. A product has up to 500; more are refused
 * with 403. A write whose stock could not be saved gets status 207. V3 has variants instead.
 */
@Resource('/products/:product_id/skus', {
  version: 'v2',
  filters: productSkuFilters,
  deleteFilters: Object.keys(productSkuFilters),
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  required: productSkuRequired,
})
export class ProductSku extends Model<ProductSku, V2Filters<typeof productSkuFilters>, unknown, typeof productSkuRequired> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The product it is of. */
  @Attribute(() => Number, { readOnly: true }) readonly product_id!: number;
  /** The stock keeping unit; unique. */
  @Attribute(() => String, { unique: true }) sku!: string;
  /** What one costs the merchant. */
  @Attribute(() => String, { decimals: 4 }) cost_price!: Money;
  /** Universal product code of these choices. */
  @Attribute(() => String) upc!: string;
  /** How many are in stock. Counts only if the product has `inventory_tracking` `sku`. */
  @Attribute(() => Number) inventory_level!: number;
  /** The stock at which the merchant is warned. */
  @Attribute(() => Number) inventory_warning_level!: number;
  /** Where it is in the warehouse. */
  @Attribute(() => String) bin_picking_number!: string;
  /** Whether these choices cannot be bought. */
  @Attribute(() => Boolean) is_purchasing_disabled!: boolean;
  /** Shown to shoppers where buying is disabled. */
  @Attribute(() => String) purchasing_disabled_message!: string;
  /** Image shown for these choices; set to the public URL of a JPEG, GIF or PNG. Empty for none. */
  @Attribute(() => String) image_file!: string;
  /** Base price; `null`: that of the product. */
  @Attribute(() => String, { decimals: 4 }) price!: Money | null;
  /** Price on the storefront: `price`, or that of the product, after option sets and rules. */
  @Attribute(() => String, { readOnly: true, setBy: 'price' }) readonly adjusted_price!: Money;
  /** Base weight in the store's unit, a decimal string; `null`: that of the product. */
  @Attribute(() => String) weight!: string | null;
  /** Weight on the storefront: `weight`, or that of the product, after option sets and rules. */
  @Attribute(() => String, { readOnly: true, setBy: 'weight' }) readonly adjusted_weight!: string;
  /** The choices it stands for; need not cover every option. */
  @Attribute(() => Array) options!: SkuOption[];
}

const skuOptionRequired = ['product_option_id', 'option_value_id'] as const;

/**
 * A choice of a SKU, with a path of its own. Documented nowhere: the official PHP client creates and updates them (its `SkuOption`).
 * They are read as `options` of {@link ProductSku}.
 */
@Resource('/products/:product_id/skus/:sku_id/options', {
  version: 'v2',
  filters: noFilters,
  operations: ['create', 'update'],
  required: skuOptionRequired,
})
export class ProductSkuOption extends Model<ProductSkuOption, V2Filters<typeof noFilters>, unknown, typeof skuOptionRequired> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The SKU it belongs to. */
  @Attribute(() => Number, { readOnly: true }) readonly sku_id!: number;
  /** Key of the `ProductOption`. */
  @Attribute(() => Number) product_option_id!: number;
  /** Key of the `OptionValue`. */
  @Attribute(() => Number) option_value_id!: number;
}
