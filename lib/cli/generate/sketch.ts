import type { Version } from '../../transport/request.js';

/** The type of a value, as far as samples or a description tell. */
export type TypeSketch =
  | { readonly kind: 'string' | 'number' | 'boolean' | 'date' | 'unknown' }
  | { readonly kind: 'literals'; readonly values: readonly string[] }
  | { readonly kind: 'array'; readonly of: ValueSketch }
  | { readonly kind: 'object'; readonly members: readonly MemberSketch[] };

/** A value that may be `null`. */
export interface ValueSketch {
  readonly type: TypeSketch;
  readonly isNullable: boolean;
}

/** A member of an object. */
export interface MemberSketch extends ValueSketch {
  readonly name: string;
  /** Whether some rows do not have it. */
  readonly isOptional: boolean;
  /** What it is for, in a line. */
  readonly comment?: string | undefined;
}

/** An attribute of a resource. */
export interface AttributeSketch extends MemberSketch {
  readonly isReadOnly: boolean;
}

/** The kind of values that a filter takes. */
export type FilterKind = 'Number' | 'String' | 'Boolean' | 'Date';

/** What is known of a resource, before it is printed as a class. */
export interface ResourceSketch {
  /** Where it comes from, for the comment of the class. */
  readonly source: string;
  readonly className: string;
  readonly version: Version;
  /** With `:names` for parents. */
  readonly path: string;
  readonly key: string;
  /** Whether there is one record only. */
  readonly isSingle: boolean;
  readonly attributes: readonly AttributeSketch[];
  /** By name; `undefined` if nothing tells which there are. */
  readonly filters: Readonly<Record<string, FilterKind>> | undefined;
  readonly includes: readonly string[];
  readonly required: readonly string[];
  /** `undefined` for all. */
  readonly operations: readonly string[] | undefined;
  readonly hasNoEnvelope: boolean;
  /** What a reader should know besides. */
  readonly notes: readonly string[];
}

/** `brand_images` becomes `BrandImage`: the name of a class for one of them. */
export function classNameOf(text: string): string {
  const words = text.split(/[^A-Za-z0-9]+|(?<=[a-z0-9])(?=[A-Z])/).filter((word) => word !== '');
  const last = words.pop() ?? 'record';
  const name = [...words, singular(last)].map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^[A-Za-z]/.test(name) ? name : `Record${name}`;
}

/** What the generated module calls by name: a class of that name would take its place. */
const TAKEN: ReadonlySet<string> = new Set([
  ...['Attribute', 'Model', 'Resource', 'V2Filters'],
  ...['Array', 'Boolean', 'Date', 'Number', 'Object', 'Record', 'String'],
]);

/** Whether a class cannot have a name, because its own module uses it. */
export const isTaken = (name: string): boolean => TAKEN.has(name);

/** Returns the name of the class for a resource: `customer_attributes` becomes `CustomerAttribute`, and `attributes` `AttributeRecord`. */
export function classNameOfResource(text: string): string {
  const name = classNameOf(text);
  return isTaken(name) ? `${name}Record` : name;
}

/** Returns the singular of an English plural, for most words that name resources. */
export function singular(word: string): string {
  if (/ies$/i.test(word) && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(ss|sh|ch|x|z)es$/i.test(word)) return word.slice(0, -2);
  if (/(ss|us|is|series|status|news)$/i.test(word) || !/s$/i.test(word)) return word;
  return word.slice(0, -1);
}
