import type { Class } from './declaration.js';
import { transformer } from './transformer.js';
import { TO_CLASS, TO_PLAIN, type TransformMetadata } from './transformer-types.js';

/** Returns the names that `@Expose` gives to properties and getters: their own or another one. */
export function exposedNames(model: Class): Map<string, string> {
  const names = new Map<string, string>();
  for (const storage of transformer().storages)
    for (const { propertyName, options } of storage.getExposedMetadatas(model))
      if (propertyName !== undefined) names.set(propertyName, options?.name ?? propertyName);
  return names;
}

/** Whether a class or a member of it has `@Expose` or `@Exclude`. */
export const isExposing = (model: Class): boolean =>
  transformer().storages.some(
    (storage) =>
      storage.getStrategy(model) !== 'none' ||
      storage.getExposedMetadatas(model).length > 0 ||
      storage.getExcludedMetadatas(model).length > 0,
  );

/** Whether `@Exclude` hides a property. */
export const isExcluded = (model: object, property: string): boolean =>
  transformer().storages.some((storage) => storage.getExcludedMetadatas(model).some(({ propertyName }) => propertyName === property));

/** Whether a `@Transform` changes how a property is written. */
export const hasOutputTransform = (model: object, property: string): boolean =>
  transformer().storages.some((storage) => storage.findTransformMetadatas(model, property, TO_PLAIN).length > 0);

/** Returns the transforms of a property, into the class or out of it. */
export const transformsOf = (model: object, property: string): { toClass: TransformMetadata[]; toPlain: TransformMetadata[] } => ({
  toClass: transformer().storages.flatMap((storage) => storage.findTransformMetadatas(model, property, TO_CLASS)),
  toPlain: transformer().storages.flatMap((storage) => storage.findTransformMetadatas(model, property, TO_PLAIN)),
});

/** The class that `@Type` gives a property, of any object or of this one. */
export function typeOf(model: object, property: string, object: object = {}): Class | undefined {
  for (const storage of transformer().storages) {
    const type = storage.findTypeMetadata(model, property)?.typeFunction({ newObject: {}, object, property });
    if (typeof type === 'function') return type as Class;
  }
  return undefined;
}

/**
 * Copies `@Exclude()` or `@Expose()` of a whole class to the class that replaces it: class-transformer reads them from the exact class
 * of an object, not from its ancestors.
 */
export function carryStrategy(from: Class, to: Class): void {
  for (const storage of transformer().storages) {
    const strategy = storage.getStrategy(from);
    if (strategy === 'none' || storage.getStrategy(to) !== 'none') continue;
    const metadata = { target: to, propertyName: undefined, options: {} };
    if (strategy === 'excludeAll') storage.addExcludeMetadata(metadata);
    else storage.addExposeMetadata(metadata);
  }
}

/** Applies transforms as class-transformer does. */
export function applyTransforms(all: readonly TransformMetadata[], value: unknown, key: string, obj: object, direction: number): unknown {
  return all.reduce((result, { transformFn }) => transformFn({ value: result, key, obj, type: direction, options: {} }), value);
}
