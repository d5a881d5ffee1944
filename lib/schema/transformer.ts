import { createRequire } from 'node:module';
import type { ClassTransformer, MetadataStorage } from './transformer-types.js';

const require = createRequire(import.meta.url);
let loaded: ClassTransformer | undefined;

/**
 * class-transformer, loaded when the first model is used: importing it would make up a good part of what importing this
 * package costs. Bundlers, which cannot follow this, are led to `transformer-static.ts` by the `imports` of package.json.
 */
export const transformer = (): ClassTransformer =>
  (loaded ??= {
    ...(require('class-transformer') as ClassTransformer),
    storages: [(require('class-transformer/cjs/storage.js') as { defaultMetadataStorage: MetadataStorage }).defaultMetadataStorage],
  });
