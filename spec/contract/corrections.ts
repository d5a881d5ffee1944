import { grouped } from '../../lib/grouped.js';
import { isRow, type Row } from './guides/samples.js';
import { objectsIn } from './objects-in.js';

/**
 * A schema of the descriptions that refuses what stores take and answer. It is corrected before anything is judged by it: inside
 * alternatives, its violation brings along those of every other alternative, and no defect could tell them from real ones.
 */
export interface Correction {
  readonly file: string;
  /** The titles of the schemas. */
  readonly titles: readonly string[];
  readonly reason: string;
  /** Places of properties below the schema that may be null as well: `customer.segments`. */
  readonly nullable?: readonly string[];
  /** Whether the schema demands its only property. */
  readonly demandsItsProperty?: true;
}

export const CORRECTIONS: readonly Correction[] = [
  {
    file: 'promotions.v3.yml',
    titles: ['PromotionBase'],
    nullable: ['customer.segments', 'shipping_address', 'max_uses', 'end_date', 'schedule'],
    reason: 'the responses of the guides have null where nothing is limited (store-operations/promotions/examples)',
  },
  {
    file: 'promotions.v3.yml',
    titles: ['Cart Condition', 'AndCondition'],
    demandsItsProperty: true,
    reason: 'a condition must fit one alternative, and fits both, since neither demands the key that tells it apart',
  },
  {
    file: 'promotions.v3.yml',
    titles: [
      ...['AndItemMatcher', 'OrItemMatcher', 'NotItemMatcher', 'Brands Item Matcher', 'Categories Item Matcher', 'Products Item Matcher'],
      ...['Variants Item Matcher', 'Product Options Item Matcher', 'Product Custom Field Item Matcher'],
    ],
    demandsItsProperty: true,
    reason: 'items must fit one alternative, and fit all of them, since none demands the key that tells it apart',
  },
];

/** Corrects the schemas of a file. Throws for a correction that finds nothing to correct. */
export function correct(file: string, operations: readonly object[], corrections = CORRECTIONS): void {
  const own = corrections.filter((each) => each.file === file);
  if (own.length === 0) return;
  const schemas = grouped([...objectsIn(operations)].filter(isRow), ({ title }) => (typeof title === 'string' ? title : undefined));
  for (const { titles, nullable = [], demandsItsProperty } of own)
    for (const title of titles) {
      const found = schemas.get(title) ?? [];
      const isChanged = found.map((schema) => [
        ...nullable.map((place) => allowNull(at(schema, place))),
        ...(demandsItsProperty ? [demandProperty(schema)] : []),
      ]);
      if (isChanged.length === 0 || isChanged.flat().includes(false)) throw new Error(`${file}: ${title} needs no such correction.`);
    }
}

/** The schema of a property at a place such as `customer.segments`. */
function at(schema: unknown, place: string): unknown {
  return place.split('.').reduce((above, name) => {
    const properties = isRow(above) ? above['properties'] : undefined;
    return isRow(properties) ? properties[name] : undefined;
  }, schema);
}

/** Returns whether null was forbidden. */
function allowNull(schema: unknown): boolean {
  if (!isRow(schema)) return false;
  const { type, oneOf } = schema;
  if (typeof type === 'string') return Object.assign(schema, { type: [type, 'null'] }) === schema;
  return Array.isArray(oneOf) && oneOf.push({ type: 'null' }) > 0;
}

/** Returns whether the only property was optional. */
function demandProperty(schema: Row): boolean {
  const names = isRow(schema['properties']) ? Object.keys(schema['properties']) : [];
  if (names.length !== 1 || schema['required'] !== undefined) return false;
  schema['required'] = names;
  return true;
}
