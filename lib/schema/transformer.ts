import { createRequire } from 'node:module';
import type { ClassTransformer, MetadataStorage } from './transformer-types.js';

let loaded: ClassTransformer | undefined;

/**
 * class-transformer, loaded when the first model needs it: an import would add half again to the time that importing this package takes,
 * and a dynamic import cannot be synchronous. Its metadata storage is not part of its public exports, but is what tells whether and
 * how a property is transformed. For bundlers the build substitutes `transformer-static.ts`.
 */
export const transformer = (): ClassTransformer => (loaded ??= load());

/** The build recognises `createRequire(import.meta.url)(…)` and makes a plain `require` of it for CommonJS: keep it in one expression. */
function load(): ClassTransformer {
  const { instanceToPlain, plainToInstance }: Omit<ClassTransformer, 'storages'> = createRequire(import.meta.url)('class-transformer');
  const { defaultMetadataStorage }: { defaultMetadataStorage: MetadataStorage } = createRequire(import.meta.url)(
    'class-transformer/cjs/storage.js',
  );
  return { instanceToPlain, plainToInstance, storages: [defaultMetadataStorage] };
}
