import { instanceToPlain, plainToClassFromExist, plainToInstance } from 'class-transformer';
import type { transformer as lazily } from './transformer.js';

/** class-transformer for bundlers: imported, so that it comes into the bundle. */
export const transformer: typeof lazily = () => ({ instanceToPlain, plainToClassFromExist, plainToInstance });
