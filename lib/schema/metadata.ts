import 'reflect-metadata/lite';
import { ConfigurationError } from '../errors/configuration-error.js';
import { propertyOf } from '../json-object.js';
import type { AttributeDraft, Hook, HookName, RelationDraft, Validation } from './declaration.js';

/**
 * Collects what the decorators of one class declare. Legacy decorators are given the prototype, standard ones a context whose
 * `metadata` object belongs to the class (tc39/proposal-decorator-metadata); either leads to the same draft.
 */
export interface Draft {
  readonly attributes: Map<string, AttributeDraft>;
  readonly relations: Map<string, RelationDraft>;
  readonly hooks: Map<string, Hook & { readonly on: HookName }>;
  readonly validations: Map<string, Validation[]>;
}

/** Node 20 has no `Symbol.metadata`; compilers pass the metadata object only where it exists. */
const METADATA = metadataSymbol();

/** By the metadata object of a standard decorator, or by the prototype that a legacy one is given. */
const drafts = new WeakMap<object, Draft>();

/** The parts of a standard decorator's context that are used here. */
export interface MemberContext {
  readonly kind: string;
  readonly name: string | symbol;
  readonly metadata: object;
  readonly access?: { get?(object: object): unknown };
}

/** Both call shapes of a member decorator: `(prototype, name)` and `(value, context)`. */
export type MemberDecorator = (target: unknown, context: unknown, descriptor?: unknown) => void;

export const isContext = (value: unknown): value is MemberContext =>
  typeof value === 'object' && value !== null && 'kind' in value && 'name' in value;

/** The draft of the class that a member decorator is used in. */
export function draftAt(target: unknown, context: unknown): Draft {
  const owner = isContext(context) ? context.metadata : target;
  if ((typeof owner !== 'object' && typeof owner !== 'function') || owner === null)
    throw new ConfigurationError('A decorator of bigrecord is used outside a class, or by a compiler that passes no metadata.');
  let draft = drafts.get(owner);
  if (draft === undefined) drafts.set(owner, (draft = emptyDraft()));
  return draft;
}

/** The drafts of a class and its ancestors, base first. `metadata` is that of the class, when it is being decorated by a standard decorator. */
export function draftsOf(model: object, metadata?: object): Draft[] {
  const found: Draft[] = [];
  for (let at: object | null = model; typeof at === 'function'; at = Object.getPrototypeOf(at)) {
    const own = at === model && metadata !== undefined ? metadata : Object.getOwnPropertyDescriptor(at, METADATA)?.value;
    for (const owner of [own, at.prototype]) {
      const draft = owner === undefined ? undefined : drafts.get(owner);
      if (draft !== undefined) found.unshift(draft);
    }
  }
  return found;
}

/** Attributes of a class and its ancestors; a redeclared one takes the place of the first. */
export function attributesOf(drafts: readonly Draft[]): AttributeDraft[] {
  return [...new Map(drafts.flatMap((draft) => [...draft.attributes])).values()];
}

const emptyDraft = (): Draft => ({ attributes: new Map(), relations: new Map(), hooks: new Map(), validations: new Map() });

function metadataSymbol(): symbol {
  const known = propertyOf(Symbol, 'metadata');
  if (typeof known === 'symbol') return known;
  const value = Symbol.for('Symbol.metadata');
  Object.defineProperty(Symbol, 'metadata', { value, writable: true, enumerable: true, configurable: true });
  return value;
}
