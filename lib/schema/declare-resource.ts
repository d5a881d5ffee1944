import { ConfigurationError } from '../errors/configuration-error.js';
import { checkPath } from '../transport/path.js';
import type {
  AttributeDeclaration,
  AttributeDraft,
  AttributeType,
  RelationDeclaration,
  ResourceDeclaration,
  ResourceOptions,
} from './declaration.js';
import { attributesOf, type Draft } from './metadata.js';
import { resolveOptions } from './resource-options.js';
import type { RequiredNames } from './types.js';

/**
 * Creates the declaration of a resource from its decorators.
 *
 * @param parent the nearest ancestor that is a resource; options that are not given are inherited from it
 * @param drafts the drafts of the class and its ancestors, base first
 * @throws ConfigurationError if the path, an option, an attribute or a relation is invalid
 */
export function declareResource(
  name: string,
  path: string | undefined,
  options: ResourceOptions,
  drafts: readonly Draft[],
  parent: ResourceDeclaration | undefined,
): ResourceDeclaration {
  const attributes = attributesFrom(name, attributesOf(drafts));
  assertNoRelation(name, drafts);
  const apiNames = new Map(Object.values(attributes).map((attribute) => [attribute.property, attribute.name]));
  const apiName = (given: string): string => apiNames.get(given) ?? given;
  const relations = relationsFrom(name, drafts, apiName);
  const resolved = resolveOptions(name, options, parent, apiName, path === undefined || path === parent?.path);
  const required = requiredNames(name, { attributes, relations }, resolved.required);
  return deepFreeze({
    name,
    path: pathOf(name, path ?? parent?.path),
    attributes: withRequired(attributes, required),
    relations,
    ...resolved,
    required,
  });
}

type Members = Pick<ResourceDeclaration, 'attributes' | 'relations'>;

/** Joins the names in `@Resource` with those of the attributes that say so themselves. */
function requiredNames(model: string, { attributes, relations }: Members, names: RequiredNames): RequiredNames {
  for (const name of names.flat())
    if (!Object.hasOwn(attributes, name) && !Object.hasOwn(relations, name))
      throw new ConfigurationError(`@Resource of ${model}: \`required\` names \`${name}\`, which is neither an attribute nor a relation.`);
  const flagged = Object.values(attributes).flatMap(({ name, required }) => (required && !names.includes(name) ? [name] : []));
  return [...flagged, ...names];
}

const withRequired = (attributes: Record<string, AttributeDeclaration>, required: RequiredNames): Record<string, AttributeDeclaration> =>
  Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [name, required.includes(name) ? { ...attribute, required: true } : attribute]),
  );

function pathOf(name: string, path: string | undefined): string {
  if (path === undefined)
    throw new ConfigurationError(`@Resource of ${name} needs a path, such as @Resource('/widgets'): it has no parent to inherit one from.`);
  try {
    return checkPath(path);
  } catch (error) {
    throw new ConfigurationError(`@Resource of ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function attributesFrom(model: string, drafts: readonly AttributeDraft[]): Record<string, AttributeDeclaration> {
  const declared: Record<string, AttributeDeclaration> = {};
  for (const { property, name, readOnly, setBy, required, unique, decimals, thunk } of drafts) {
    if (Object.hasOwn(declared, name))
      throw new ConfigurationError(`${model}.${property} and ${model}.${declared[name]?.property} are both the attribute \`${name}\`.`);
    declared[name] = { name, property, type: typeOf(thunk), readOnly, setBy, required, unique, decimals };
  }
  return declared;
}

/** @throws ConfigurationError if an attribute has the name of an inherited relation, which it would hide */
function assertNoRelation(model: string, drafts: readonly Draft[]): void {
  const relations = new Set<string>();
  for (const draft of drafts) {
    for (const property of draft.attributes.keys())
      if (relations.has(property))
        throw new ConfigurationError(
          `${model}.${property} is an inherited relation, so it cannot be an attribute. Its rows are in record.toObject({ include: ['${property}'] }).`,
        );
    for (const property of draft.relations.keys()) relations.add(property);
  }
}

/** Types that can be resolved immediately; others may be classes of modules that are still loading. */
const TYPES = new Map<unknown, AttributeType>([
  [String, 'string'],
  [Number, 'number'],
  [Boolean, 'boolean'],
  [Date, 'date'],
  [Array, 'array'],
  [Object, 'object'],
]);

/** Returns the declared type. Types that compilers emit are ignored, since they differ between toolchains. */
function typeOf(thunk: AttributeDraft['thunk']): AttributeType {
  if (thunk === undefined) return 'unknown';
  try {
    return TYPES.get(thunk()) ?? 'object';
  } catch {
    return 'object';
  }
}

function relationsFrom(model: string, drafts: readonly Draft[], apiName: (name: string) => string): Record<string, RelationDeclaration> {
  const all = new Map<string, RelationDeclaration>();
  for (const [property, draft] of drafts.flatMap((each) => [...each.relations])) {
    const { target, key } = draft;
    const named = (given: string | undefined): string | undefined => (given === undefined ? undefined : apiName(given));
    all.set(property, { ...draft, key: named(key), countedBy: named(draft.countedBy) });
    if (draft.countedBy !== undefined && draft.maxEmbedded === undefined)
      throw new ConfigurationError(`${model}.${property}: countedBy needs maxEmbedded.`);
    if (typeof target !== 'function')
      throw new ConfigurationError(`${model}.${property}: pass the model of a relation as a function, () => Other.`);
  }
  return Object.fromEntries(all);
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const entry of Object.values(value)) deepFreeze(entry);
  }
  return value;
}
