import { instanceToPlain, plainToInstance } from 'class-transformer';
import { defaultMetadataStorage as ofMain } from 'class-transformer/cjs/storage.js';
import { defaultMetadataStorage as ofModule } from 'class-transformer/esm5/storage.js';
import type { ClassTransformer } from './transformer-types.js';

/**
 * class-transformer for bundlers: imported, so that it is part of the bundle. The bundler chooses which of its builds the decorators
 * of a program come from, so both storages are read.
 */
export const transformer = (): ClassTransformer => ({
  instanceToPlain,
  plainToInstance,
  storages: [ofMain, ofModule],
});
