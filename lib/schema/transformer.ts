import { createRequire } from 'node:module';
import type { ClassTransformer, MetadataStorage } from './transformer-types.js';

let loaded: ClassTransformer | undefined;

/**
 * Loads class-transformer when the first model needs it: an import would make importing this package take half as long again, and a
 * dynamic import cannot be synchronous. Its metadata storage, which is not exported publicly, describes how properties are
 * transformed. For bundlers the build substitutes `transformer-static.ts`.
 */
export const transformer = (): ClassTransformer => (loaded ??= load());

/** The build replaces `createRequire(import.meta.url)(…)` with a plain `require` for CommonJS: keep it in one expression. */
function load(): ClassTransformer {
  const { instanceToPlain, plainToInstance }: Omit<ClassTransformer, 'storages'> = createRequire(import.meta.url)('class-transformer');
  const { defaultMetadataStorage }: { defaultMetadataStorage: MetadataStorage } = createRequire(import.meta.url)(
    'class-transformer/cjs/storage.js',
  );
  return { instanceToPlain, plainToInstance, storages: [defaultMetadataStorage] };
}
