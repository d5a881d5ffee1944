/**
 * Makes what is published out of what the compiler wrote to dist/lib:
 *
 *   dist/esm     ES modules, for bundlers: they split, shake and inline them
 *   dist/cjs     CommonJS, for Node: also `import` ends there, so that a process has one copy however it is loaded
 *   dist/types   one set of declarations for both
 *   dist/THIRD-PARTY-LICENSES   of the packages that are bundled
 */
import { buildCommonJs } from './cjs.js';
import { buildEsModules } from './esm.js';
import { writeLicences } from './licences.js';
import { removeStale } from './project.js';
import { writeTypes } from './types.js';
import { writeWrappers } from './wrappers.js';

const [esm, cjs] = await Promise.all([buildEsModules(), buildCommonJs()]);
writeWrappers(esm.metafile);
writeTypes();
writeLicences([esm.metafile, cjs.metafile]);
removeStale('esm', 'cjs', 'types');
