import 'reflect-metadata/lite';
import type { AttributeDraft, Hook, HookName, RelationDraft, Validation } from './declaration.js';

/**
 * What the decorators of one class have said so far. Legacy decorators are handed the prototype, standard ones a context
 * whose `metadata` object belongs to the class (tc39/proposal-decorator-metadata); either leads to the same draft.
 */
export interface Draft {
  readonly attributes: Map<string, AttributeDraft>;
  readonly relations: Map<string, RelationDraft>;
  readonly hooks: Map<string, Hook & { readonly on: HookName }>;
  readonly validations: Map<string, Validation[]>;
}

/** Node 20 has no `Symbol.metadata`; compilers hand the metadata object over only where it exists. */
const METADATA: symbol = ((Symbol as { metadata?: symbol }).metadata ??= Symbol.for('Symbol.metadata'));
const DRAFT = Symbol('bigrecord.draft');

const legacy = new WeakMap<object, Draft>();

type Metadata = Record<PropertyKey, unknown>;

/** The parts of a standard decorator's context that are used here. */
export interface MemberContext {
  readonly kind: string;
  readonly name: string | symbol;
  readonly metadata: object;
  readonly access?: { get?(object: object): unknown };
}

/** Both call shapes of a member decorator: `(prototype, name)` and `(value, context)`. */
export type MemberDecorator = (target: unknown, context: unknown, descriptor?: unknown) => void;

export const isContext = (value: unknown): value is MemberContext => typeof value === 'object' && value !== null && 'kind' in value;

/** The draft of the class that a member decorator stands in. */
export function draftAt(target: unknown, context: unknown): Draft {
  return isContext(context) ? draftOn(context.metadata as Metadata) : legacyDraft(target as object);
}

/** The drafts of a class and its ancestors, base first. `metadata` is that of the class, when it is being decorated by a standard decorator. */
export function draftsOf(model: object, metadata?: object): Draft[] {
  const drafts: Draft[] = [];
  for (let at: object | null = model; typeof at === 'function'; at = Object.getPrototypeOf(at)) {
    const own = (at === model && metadata !== undefined ? metadata : Object.getOwnPropertyDescriptor(at, METADATA)?.value) as
      | Metadata
      | undefined;
    const standard = own !== undefined && Object.hasOwn(own, DRAFT) ? (own[DRAFT] as Draft) : undefined;
    if (standard !== undefined) drafts.unshift(standard);
    const written = legacy.get((at as { prototype: object }).prototype);
    if (written !== undefined) drafts.unshift(written);
  }
  return drafts;
}

/** Attributes of a class and its ancestors; a redeclared one takes the place of the first. */
export function attributesOf(drafts: readonly Draft[]): AttributeDraft[] {
  return [...new Map(drafts.flatMap((draft) => [...draft.attributes])).values()];
}

function draftOn(metadata: Metadata): Draft {
  if (!Object.hasOwn(metadata, DRAFT)) Object.defineProperty(metadata, DRAFT, { value: emptyDraft() });
  return metadata[DRAFT] as Draft;
}

function legacyDraft(prototype: object): Draft {
  let draft = legacy.get(prototype);
  if (draft === undefined) legacy.set(prototype, (draft = emptyDraft()));
  return draft;
}

const emptyDraft = (): Draft => ({ attributes: new Map(), relations: new Map(), hooks: new Map(), validations: new Map() });
