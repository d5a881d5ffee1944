import type { JsonObject } from '../../json-object.js';
import * as v3 from '../../resources/v3/index.js';
import { type DemoRows, rows } from './rows.js';

const NO_ADJUSTERS = { price: null, weight: null, image_url: '', purchasing_disabled: { status: false, message: '' } };

const adding = (adjuster_value: number): JsonObject => ({ ...NO_ADJUSTERS, price: { adjuster: 'relative', adjuster_value } });

/** A value of a modifier. */
interface Value {
  readonly label: string;
  readonly adds?: number;
  readonly data?: JsonObject;
}

function modifier(id: number, display_name: string, settings: JsonObject, values: readonly Value[] = []): JsonObject {
  return {
    id,
    display_name,
    name: `${display_name.replace(/ /g, '-')}1767607200-${id}`,
    required: false,
    sort_order: (id - 1) % 2,
    config: [],
    ...settings,
    option_values: values.map(({ label, adds, data = null }, place) => ({
      id: id * 10 + place,
      option_id: id,
      label,
      sort_order: place,
      value_data: data,
      is_default: label === 'No',
      adjusters: adds === undefined ? NO_ADJUSTERS : adding(adds),
    })),
  };
}

const TEXT = { type: 'text', config: { default_value: '', text_characters_limited: true, text_min_length: 1, text_max_length: 40 } };
const CHECKBOX = { type: 'checkbox', config: { checkbox_label: 'Please wrap it', checked_by_default: false } };
const YES_OR_NO: readonly Value[] = [
  { label: 'Yes', adds: 5, data: { checked_value: true } },
  { label: 'No', data: { checked_value: false } },
];

/** The modifiers of the first two products, and the rules about those of the second. */
export function modifiers(): DemoRows[] {
  return [
    rows(v3.ProductModifier, [modifier(1, 'Gift wrap', CHECKBOX, YES_OR_NO), modifier(2, 'Engraving', TEXT)], { product_id: '1' }),
    rows(
      v3.ProductModifier,
      [
        modifier(3, 'Gift wrap', CHECKBOX, YES_OR_NO),
        modifier(4, 'Finish', { type: 'dropdown' }, [{ label: 'Oiled', adds: 3 }, { label: 'Raw' }]),
      ],
      { product_id: '2' },
    ),
    rows(
      v3.ProductComplexRule,
      [
        complexRule(1, 40, { price_adjuster: { adjuster: 'relative', adjuster_value: -1 } }),
        complexRule(2, 41, { purchasing_disabled: true }),
      ],
      {
        product_id: '2',
      },
    ),
  ];
}

/** A rule for the second product that is wrapped and has a finish. */
function complexRule(id: number, finish: number, changes: JsonObject): JsonObject {
  const condition = (place: number, modifier_id: number, modifier_value_id: number): JsonObject => ({
    id: id * 100 + place,
    rule_id: id,
    modifier_id,
    modifier_value_id,
    variant_id: null,
    combination_id: 0,
  });
  return {
    id,
    sort_order: id - 1,
    enabled: true,
    stop: false,
    price_adjuster: null,
    weight_adjuster: null,
    purchasing_disabled: false,
    purchasing_disabled_message: '',
    purchasing_hidden: false,
    image_url: '',
    conditions: [condition(0, 3, 30), condition(1, 4, finish)],
    ...changes,
  };
}
