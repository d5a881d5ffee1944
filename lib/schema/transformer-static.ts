import { instanceToPlain, plainToInstance } from 'class-transformer';
import { defaultMetadataStorage as ofMain } from 'class-transformer/cjs/storage.js';
import { defaultMetadataStorage as ofModule } from 'class-transformer/esm5/storage.js';
import type { ClassTransformer } from './transformer-types.js';

/**
 * Imports class-transformer, for bundlers: it becomes part of the bundle. The bundler chooses the build that the decorators of a program
 * come from, so the storages of both builds are read.
 */
export const transformer = (): ClassTransformer => ({
  instanceToPlain,
  plainToInstance,
  storages: [ofMain, ofModule],
});
