/**
 * Builds the published files from the compiler's output in dist/lib:
 *
 *   dist/esm     ES modules, for bundlers, which can tree-shake them
 *   dist/cjs     CommonJS, for Node; `import` leads there too, so that a process has one copy however it is loaded
 *   dist/types   one set of declarations for both
 *   dist/THIRD-PARTY-LICENSES   the licences of bundled packages
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
