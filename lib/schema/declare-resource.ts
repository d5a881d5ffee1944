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
import { isReserved } from './reserved-names.js';
import { checkResourceOptions, resolveOptions } from './resource-options.js';

/**
 * Makes the declaration of a resource from what its decorators say.
 *
 * @param parent the nearest ancestor that is a resource: whatever is left out is inherited from it
 * @param drafts of the class and its ancestors, base first
 * @throws ConfigurationError for an unusable path, option, attribute or relation
 */
export function declareResource(
  name: string,
  path: string | undefined,
  options: ResourceOptions,
  drafts: readonly Draft[],
  parent: ResourceDeclaration | undefined,
): ResourceDeclaration {
  checkResourceOptions(name, options);
  const attributes = attributesFrom(name, attributesOf(drafts));
  assertNoRelation(name, drafts);
  const apiNames = new Map(Object.values(attributes).map((attribute) => [attribute.property, attribute.name]));
  const apiName = (given: string): string => apiNames.get(given) ?? given;
  return deepFreeze({
    name,
    path: pathOf(name, path ?? parent?.path),
    attributes,
    relations: relationsFrom(name, drafts, apiName),
    ...resolveOptions(options, parent, apiName),
  });
}

function pathOf(name: string, path: string | undefined): string {
  if (path === undefined)
    throw new ConfigurationError(
      `@Resource of ${name} needs a path, such as @Resource('/widgets', { version: 'v3' }): there is no parent to inherit one from.`,
    );
  try {
    return checkPath(path);
  } catch (error) {
    throw new ConfigurationError(`@Resource of ${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function attributesFrom(model: string, drafts: readonly AttributeDraft[]): Record<string, AttributeDeclaration> {
  const declared: Record<string, AttributeDeclaration> = {};
  for (const { property, name, readOnly, setBy, required, unique, decimals, thunk, cast } of drafts) {
    assertFree(model, property);
    if (Object.hasOwn(declared, name))
      throw new ConfigurationError(`${model}.${property} and ${model}.${declared[name]?.property} are both the attribute \`${name}\`.`);
    const type = cast === undefined ? typeOf(thunk) : 'unknown';
    declared[name] = { name, property, type, readOnly, setBy, required, unique, decimals };
  }
  return declared;
}

function assertFree(model: string, property: string): void {
  if (property === 'constructor' || property === '__proto__' || property === 'then')
    throw new ConfigurationError(`${model}: \`${property}\` cannot be an attribute or a relation.`);
  if (!isReserved(property)) return;
  throw new ConfigurationError(
    `${model}: every record has a member \`${property}\`, so no attribute or relation can have that name. Map it to another: @Attribute({ name: '${property}' }) ${property}_value.`,
  );
}

/** @throws ConfigurationError for an attribute with the name of a relation of an ancestor, which would hide it */
function assertNoRelation(model: string, drafts: readonly Draft[]): void {
  const relations = new Set<string>();
  for (const draft of drafts) {
    for (const property of draft.attributes.keys())
      if (relations.has(property))
        throw new ConfigurationError(
          `${model}.${property} is a relation of the class that ${model} extends, so it cannot be an attribute as well. Its rows: record.toObject({ include: ['${property}'] }).`,
        );
    for (const property of draft.relations.keys()) relations.add(property);
  }
}

/** Types whose thunk can be called immediately; others may be classes of modules that are still loading. */
const TYPES = new Map<unknown, AttributeType>([
  [String, 'string'],
  [Number, 'number'],
  [Boolean, 'boolean'],
  [Date, 'date'],
  [Array, 'array'],
  [Object, 'object'],
]);

/** The type that the declaration names; what compilers emit about types differs from one toolchain to the next. */
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
    assertFree(model, property);
    const named = (given: string | undefined): string | undefined => (given === undefined ? undefined : apiName(given));
    all.set(property, { ...draft, key: named(key), countedBy: named(draft.countedBy) });
    if (draft.countedBy !== undefined && draft.maxEmbedded === undefined)
      throw new ConfigurationError(`${model}.${property}: countedBy needs maxEmbedded, the most rows that the API embeds.`);
    if (typeof target !== 'function')
      throw new ConfigurationError(`${model}.${property}: a relation takes its model as a function, () => Other.`);
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
