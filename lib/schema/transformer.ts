import { createRequire } from 'node:module';

type Transformer = Pick<typeof import('class-transformer'), 'instanceToPlain' | 'plainToClassFromExist' | 'plainToInstance'>;

let loaded: Transformer | undefined;

/**
 * class-transformer, loaded when the first model is used: importing it would make up a good part of what importing this
 * package costs. Bundlers, which cannot follow this, are led to `transformer-static.ts` by the `imports` of package.json.
 */
export const transformer = (): Transformer => (loaded ??= createRequire(import.meta.url)('class-transformer') as Transformer);
