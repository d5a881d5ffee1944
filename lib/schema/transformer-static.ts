import { instanceToPlain, plainToInstance } from 'class-transformer';
import { defaultMetadataStorage as ofMain } from 'class-transformer/cjs/storage.js';
import { defaultMetadataStorage as ofModule } from 'class-transformer/esm5/storage.js';
import type { ClassTransformer } from './transformer-types.js';

/**
 * class-transformer for bundlers: imported, so that it comes into the bundle. Which of its builds the decorators of a program
 * come from is the bundler's choice, so that both storages are asked.
 */
export const transformer = (): ClassTransformer => ({
  instanceToPlain,
  plainToInstance,
  storages: [ofMain, ofModule],
});
