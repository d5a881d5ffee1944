import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import type { V2Filters } from '../../query/where.js';
import { Attribute } from '../../schema/attribute.js';
import type { Money, Open } from '../../schema/types.js';
import { noFilters } from '../no-filters.js';

/** A condition that holds if a value of an option is chosen. */
export interface RuleOptionCondition {
  /** Key of the `ProductOption`. */
  product_option_id: number;
  /** Key of the `OptionValue`. */
  option_value_id: number;
  /** `null`: the condition is about an option. */
  sku_id: null;
}

/** A condition that holds if a SKU is chosen. */
export interface RuleSkuCondition {
  /** `null`: the condition is about a SKU. */
  product_option_id: null;
  /** `null`: the condition is about a SKU. */
  option_value_id: null;
  /** Key of the `ProductSku`. */
  sku_id: number;
}

/** What has to be chosen for a rule to apply: a value of an option, or a SKU. What is `null` may be left out. */
export type RuleCondition = RuleOptionCondition | RuleSkuCondition;

/** How a rule changes a price. */
export interface RulePriceAdjuster {
  /** `relative` adds an amount, `percentage` a percentage of the price, `absolute` replaces the price. */
  adjuster: Open<'relative' | 'percentage' | 'absolute'>;
  /** The amount, the percentage, or the new price; negative to lower the price, but not for `absolute`. */
  adjuster_value: Money;
}

/** How a rule changes a weight. */
export interface RuleWeightAdjuster {
  /** `relative` adds to the weight, `absolute` replaces it. */
  adjuster: Open<'relative' | 'absolute'>;
  /** In the store's unit; negative to lower the weight, but not for `absolute`. */
  adjuster_value: string | number;
}

const productRuleRequired = ['conditions'] as const;

/** A rule that changes a product when options are chosen. V3 shows its own variants and modifiers with adjusters as rules here. */
@Resource('/products/:product_id/rules', {
  version: 'v2',
  filters: noFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
  required: productRuleRequired,
})
export class ProductRule extends Model<ProductRule, V2Filters<typeof noFilters>, unknown, typeof productRuleRequired> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The product it changes. */
  @Attribute(() => Number, { readOnly: true }) readonly product_id!: number;
  /** Lower ones apply first. A change moves the rules at and after the new place. */
  @Attribute(() => Number) sort_order!: number;
  /** Whether it is considered at all. */
  @Attribute(() => Boolean) is_enabled!: boolean;
  /** Whether the rules after it are skipped if it applies. */
  @Attribute(() => Boolean) is_stop!: boolean;
  /** `null`: the price stays. */
  @Attribute(() => Object, { decimals: { adjuster_value: 4 } }) price_adjuster!: RulePriceAdjuster | null;
  /** `null`: the weight stays. */
  @Attribute(() => Object) weight_adjuster!: RuleWeightAdjuster | null;
  /** Whether the product cannot be bought if the rule applies. */
  @Attribute(() => Boolean) is_purchasing_disabled!: boolean;
  /** Shown to shoppers where buying is disabled. */
  @Attribute(() => String) purchasing_disabled_message!: string;
  /** Whether the chosen values are hidden. Without effect for a condition on a SKU or on several options. */
  @Attribute(() => Boolean) is_purchasing_hidden!: boolean;
  /** Image shown if the rule applies. Set to a URL, or to a path in the folder `import`. */
  @Attribute(() => String) image_file!: string;
  /**
   * When it applies. Conditions on the same option, and those on SKUs, are alternatives; the others must all hold. An update **adds** the
   * conditions that it has to those of the rule and removes none: assign only the new ones.
   */
  @Attribute(() => Array) conditions!: RuleCondition[];
}

const ruleConditionRequired = [['product_option_id', 'sku_id']] as const;

/**
 * A condition of a rule, with a path of its own. Documented nowhere: the official PHP client lists, creates and updates them (its
 * `RuleCondition`). `conditions` of {@link ProductRule} has the same.
 */
@Resource('/products/:product_id/rules/:rule_id/conditions', {
  version: 'v2',
  filters: noFilters,
  operations: ['list', 'create', 'update'],
  required: ruleConditionRequired,
})
export class ProductRuleCondition extends Model<ProductRuleCondition, V2Filters<typeof noFilters>, unknown, typeof ruleConditionRequired> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The rule it belongs to. */
  @Attribute(() => Number, { readOnly: true }) readonly rule_id!: number;
  /** Key of the `ProductOption`; `null` if the condition is about a SKU. */
  @Attribute(() => Number) product_option_id!: number | null;
  /** Key of the `OptionValue`; goes with `product_option_id`. */
  @Attribute(() => Number) option_value_id!: number | null;
  /** Key of the `ProductSku`; `null` if the condition is about an option. */
  @Attribute(() => Number) sku_id!: number | null;
}
