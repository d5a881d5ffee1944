/**
 * Replaces reflect-metadata in bundles: the same functions over the same lookup, without what old engines need, at a tenth of the size.
 * In a program that loads reflect-metadata too, either finds the metadata of the other: before this one it makes this one idle, after
 * it, it reads these functions as those of an older version of its own (`CreateFallbackProvider`).
 */
const metadata = new WeakMap();

const keyOf = (property) => (property === undefined || typeof property === 'symbol' ? property : String(property));

/** Returns the metadata of an object or a property of it, by key. */
function own(target, property) {
  if (Object(target) !== target) throw new TypeError();
  return metadata.get(target)?.get(keyOf(property));
}

/** Returns the metadata of the object or the nearest ancestor that has the key. */
function nearest(key, target, property) {
  for (let at = target; at !== null; at = Object.getPrototypeOf(at)) {
    const found = own(at, property);
    if (found?.has(key)) return found;
  }
  return undefined;
}

const functions = {
  decorate(decorators, target, property, descriptor) {
    if (property === undefined) return decorators.reduceRight((type, decorator) => decorator(type) ?? type, target);
    return decorators.reduceRight((now, decorator) => decorator(target, keyOf(property), now) ?? now, descriptor);
  },
  metadata: (key, value) => (target, property) => functions.defineMetadata(key, value, target, property),
  defineMetadata(key, value, target, property) {
    const found = own(target, property) ?? new Map();
    if (!metadata.has(target)) metadata.set(target, new Map());
    metadata.get(target).set(keyOf(property), found.set(key, value));
  },
  deleteMetadata: (key, target, property) => own(target, property)?.delete(key) ?? false,
  hasOwnMetadata: (key, target, property) => own(target, property)?.has(key) ?? false,
  getOwnMetadata: (key, target, property) => own(target, property)?.get(key),
  getOwnMetadataKeys: (target, property) => [...(own(target, property)?.keys() ?? [])],
  hasMetadata: (key, target, property) => nearest(key, target, property) !== undefined,
  getMetadata: (key, target, property) => nearest(key, target, property)?.get(key),
  getMetadataKeys(target, property) {
    const keys = new Set();
    for (let at = target; at !== null; at = Object.getPrototypeOf(at))
      for (const key of functions.getOwnMetadataKeys(at, property)) keys.add(key);
    return [...keys];
  },
};

for (const [name, value] of Object.entries(functions))
  if (typeof Reflect[name] !== 'function') Object.defineProperty(Reflect, name, { configurable: true, writable: true, value });
