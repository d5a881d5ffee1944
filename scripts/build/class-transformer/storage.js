import { defaultMetadataStorage as ofMain } from 'class-transformer/cjs/storage.js';
import { defaultMetadataStorage as ofModule } from 'class-transformer/esm5/storage.js';

/** Reads the decorators of a program, whichever build of class-transformer they come from: that is for its bundler to choose. */
const storages = [ofMain, ofModule];

const first =
  (method) =>
  (...args) =>
    storages.map((storage) => storage[method](...args)).find((found) => found !== undefined);
const all =
  (method) =>
  (...args) =>
    storages.flatMap((storage) => storage[method](...args));

export const defaultMetadataStorage = {
  ...named(first, 'findExposeMetadata', 'findExposeMetadataByCustomName', 'findTypeMetadata'),
  ...named(all, 'findTransformMetadatas', 'getExposedProperties', 'getExcludedProperties'),
  getStrategy: (type) => storages.map((storage) => storage.getStrategy(type)).find((strategy) => strategy !== 'none') ?? 'none',
};

function named(make, ...methods) {
  return Object.fromEntries(methods.map((method) => [method, make(method)]));
}
