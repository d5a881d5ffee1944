import { createRequire } from 'node:module';
import type { ClassTransformer, MetadataStorage } from './transformer-types.js';

let loaded: ClassTransformer | undefined;

/**
 * class-transformer, loaded when the first model needs it: it would be a good part of what importing this package costs. For
 * bundlers the build takes `transformer-static.ts` instead.
 */
export const transformer = (): ClassTransformer =>
  (loaded ??= {
    ...(createRequire(import.meta.url)('class-transformer') as ClassTransformer),
    storages: [
      (createRequire(import.meta.url)('class-transformer/cjs/storage.js') as { defaultMetadataStorage: MetadataStorage })
        .defaultMetadataStorage,
    ],
  });
