import type { FieldShape, ObjectShape, Shape } from '../api-check-tools.js';
import { isRow } from './samples.js';

/** Options of {@link misfits}. */
export interface FitOptions {
  /** Reads a field of a value; a record may have it under another name. */
  readonly read?: (value: object, name: string) => unknown;
  /** Whether the value is about to be sent: a date may be a string, and an amount of V2 a number. */
  readonly isInput?: boolean;
}

/**
 * Compares a value with the shape that is declared for it, down to the leaves.
 *
 * @returns what does not fit: `price: number, declared string`
 */
export function misfits(value: unknown, shape: Shape, options: FitOptions = {}, path = ''): string[] {
  if (shape.isUnknown || value === undefined) return [];
  if (options.isInput === true && shape.given !== undefined) return misfits(value, shape.given, options, path);
  if (value === null) return shape.nullable ? [] : [`${path}: null, declared ${wordOf(shape)}`];
  if (Array.isArray(value)) {
    const { items } = shape;
    if (items === undefined)
      return shape.objects.some((each) => each.isExtensible) && value.length === 0 ? [] : [`${path}: array, declared ${wordOf(shape)}`];
    return unique(value.flatMap((item) => misfits(item, items, options, `${path}[]`)));
  }
  if (value instanceof Date || !(typeof value === 'object')) return misfitOfScalar(value, shape, options, path);
  if (shape.objects.length === 0) return [`${path}: object, declared ${wordOf(shape)}`];
  const kinds = shape.objects.map((each) => misfitsOfObject(value, each, options, path));
  return kinds.reduce((best, each) => (costOf(each) < costOf(best) ? each : best));
}

/** How many values inside a value are declared as anything at all. */
export function untyped(value: unknown, shape: Shape): number {
  if (shape.isUnknown) return 1;
  if (Array.isArray(value) && shape.items !== undefined)
    return value.reduce((sum: number, item) => sum + untyped(item, shape.items ?? shape), 0);
  if (!isRow(value)) return 0;
  const [object] = shape.objects;
  if (object === undefined) return 0;
  return Object.entries(value).reduce((sum, [name, each]) => {
    const field: FieldShape | undefined = object.fields[name];
    return sum + (field === undefined ? (isOpen(object) ? 1 : 0) : untyped(each, field.shape));
  }, 0);
}

function misfitOfScalar(value: unknown, shape: Shape, { isInput = false }: FitOptions, path: string): string[] {
  const type = value instanceof Date ? 'date' : typeof value;
  const isAccepted =
    shape.scalars.includes(type) ||
    // A text, or Unix seconds.
    (isInput && shape.scalars.includes('date') && (type === 'string' || type === 'number')) ||
    (isInput && shape.scalars.includes('string') && type === 'number');
  if (!isAccepted) return [`${path}: ${type}, declared ${wordOf(shape)}`];
  if (shape.values.length > 0 && !shape.isOpen && type === 'string' && !shape.values.includes(String(value)))
    return [`${path}: ${JSON.stringify(value)}, declared ${shape.values.join(' | ')}`];
  return [];
}

function misfitsOfObject(value: object, object: ObjectShape, options: FitOptions, path: string): string[] {
  const { read = (from: object, name: string): unknown => Reflect.get(from, name) } = options;
  const prefix = path === '' ? '' : `${path}.`;
  return unique(
    Object.keys(value).flatMap((name) => {
      const field = object.fields[name];
      if (field === undefined) return isOpen(object) ? [] : [`${prefix}${name}${NOT_DECLARED}`];
      // A relation without a record is null.
      if (field.isRelation && read(value, name) === null) return [];
      return misfits(read(value, name), field.shape, options, `${prefix}${name}`);
    }),
  );
}

/** A kind of object that does not have the fields is further away than one whose fields have other types. */
const costOf = (found: readonly string[]): number => found.reduce((sum, each) => sum + (each.endsWith(NOT_DECLARED) ? 2 : 1), 0);

const NOT_DECLARED = ': not declared';

const isOpen = (object: ObjectShape): boolean => object.isOpaque || object.isExtensible === true;

function wordOf({ scalars, items, objects, nullable, values }: Shape): string {
  const kinds = [
    ...(values.length > 0 ? values : scalars),
    ...(items === undefined ? [] : ['array']),
    ...(objects.length > 0 ? ['object'] : []),
  ];
  return [...kinds, ...(nullable ? ['null'] : [])].join(' | ') || 'nothing';
}

const unique = (values: string[]): string[] => [...new Set(values)];
