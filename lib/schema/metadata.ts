import 'reflect-metadata/lite';
import type { AttributeDraft, Hook, HookName, RelationDraft, Validation } from './declaration.js';

/**
 * Collects the declarations of the decorators of one class. A legacy decorator gets the prototype, a standard one a context with the
 * `metadata` object of the class (tc39/proposal-decorator-metadata); both lead to the same draft.
 */
export interface Draft {
  readonly attributes: Map<string, AttributeDraft>;
  readonly relations: Map<string, RelationDraft>;
  readonly hooks: Map<string, Hook & { readonly on: HookName }>;
  readonly validations: Map<string, Validation[]>;
}

/** Node 20 has no `Symbol.metadata`; compilers pass the metadata object only if it exists. */
const METADATA: symbol = Reflect.get(Symbol, 'metadata') ?? Symbol.for('Symbol.metadata');
Reflect.set(Symbol, 'metadata', METADATA);

/** Drafts by the metadata object of a standard decorator or the prototype of a legacy one. */
const drafts = new WeakMap<object, Draft>();

/** The parts of a standard decorator's context that are used here. */
export interface MemberContext {
  readonly kind: string;
  readonly name: string | symbol;
  readonly metadata: object;
  readonly access?: { get?(object: object): unknown };
}

/** A member decorator of both kinds: `(prototype, name)` for legacy and `(value, context)` for standard decorators. */
export type MemberDecorator = (target: unknown, context: unknown, descriptor?: unknown) => void;

export const isContext = (value: unknown): value is MemberContext =>
  typeof value === 'object' && value !== null && 'kind' in value && 'name' in value;

/** Returns the draft of the class that a member decorator is used in. */
export function draftAt(target: unknown, context: unknown): Draft {
  const owner: object = isContext(context) ? context.metadata : Object(target);
  let draft = drafts.get(owner);
  if (draft === undefined) drafts.set(owner, (draft = emptyDraft()));
  return draft;
}

/** Returns the drafts of a class and its ancestors, base first. `metadata` is that of the class, for a standard class decorator. */
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

/** Returns the attributes of a class and its ancestors. A redeclared attribute replaces the inherited one in its place. */
export function attributesOf(drafts: readonly Draft[]): AttributeDraft[] {
  return [...new Map(drafts.flatMap((draft) => [...draft.attributes])).values()];
}

const emptyDraft = (): Draft => ({ attributes: new Map(), relations: new Map(), hooks: new Map(), validations: new Map() });
