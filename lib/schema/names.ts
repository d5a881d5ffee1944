import type { ResourceDeclaration } from './declaration.js';

const known = new WeakMap<ResourceDeclaration, ReadonlyMap<string, string>>();

/** Returns the API's names by property, for attributes whose property has another name. */
function aliasesOf(resource: ResourceDeclaration): ReadonlyMap<string, string> {
  let aliases = known.get(resource);
  if (aliases === undefined) {
    const renamed = Object.values(resource.attributes).filter(({ name, property }) => name !== property);
    known.set(resource, (aliases = new Map(renamed.map(({ name, property }) => [property, name]))));
  }
  return aliases;
}

/** Returns the API's name of an attribute, given its property or the API's name; returns other names as they are. */
export const apiName = (resource: ResourceDeclaration, name: string): string => aliasesOf(resource).get(name) ?? name;

/** Returns the property of an attribute, given its property or the API's name; returns other names as they are. */
export function propertyName(resource: ResourceDeclaration, name: string): string {
  if (aliasesOf(resource).has(name) || !Object.hasOwn(resource.attributes, name)) return name;
  return resource.attributes[name]?.property ?? name;
}

/** Whether an attribute is declared, by its property or by the API's name. */
export const isAttribute = (resource: ResourceDeclaration, name: string): boolean =>
  Object.hasOwn(resource.attributes, apiName(resource, name));
