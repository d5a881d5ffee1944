import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CONSTANTS } from './got/constants.js';
import { specialize } from './specialize.js';

/** What got imports and the transport never uses: forms, and a cache of responses. */
const UNUSED = {
  'cacheable-request':
    'export default class { constructor() { throw new Error("The cache is left out"); } } export class CacheError extends Error {}',
  'form-data-encoder': 'export const isFormData = () => false; export class FormDataEncoder {}',
};

/** Files of got that the transport does not use: pagination, retries, timings, diagnostics channels (ours omit headers). */
const UNUSED_FILES = {
  'core/parse-link-header.js': 'export default () => [];',
  'core/calculate-retry-delay.js': 'export default () => 0;',
  'core/utils/timer.js': 'export default () => {};',
  'core/diagnostics-channel.js': ['RequestCreate', 'RequestStart', 'ResponseStart', 'ResponseEnd', 'Retry', 'Error', 'Redirect']
    .map((name) => `export const publish${name} = () => {};`)
    .concat('export const generateRequestId = () => undefined;')
    .join('\n'),
};

/**
 * Files of got of which the transport needs little: they are replaced by those of the same name in scripts/build/got, which import neither
 * HTTP/2 nor a cache of names nor promises.
 */
const REPLACED_FILES = ['create.js', 'core/options.js'];

/** Replaces unused packages and files of got by stubs, and others by the part that is used. */
export const leaveOut = {
  name: 'leave out what is not used',
  setup(build) {
    build.onResolve({ filter: /^@sindresorhus\/is$/ }, () => ({ path: join(import.meta.dirname, 'small-is.js') }));
    build.onResolve({ filter: new RegExp(`^(${Object.keys(UNUSED).join('|')})$`) }, ({ path }) => ({ path, namespace: 'unused' }));
    build.onLoad({ filter: /[\\/]got[\\/]dist[\\/]source[\\/]/ }, ({ path }) => {
      const file = path.replaceAll('\\', '/').split('/got/dist/source/').at(-1);
      if (file in UNUSED_FILES) return { contents: UNUSED_FILES[file] };
      if (file in CONSTANTS) return { contents: specialize(file, readFileSync(path, 'utf8'), CONSTANTS[file]) };
      if (!REPLACED_FILES.includes(file)) return undefined;
      return { contents: readFileSync(join(import.meta.dirname, 'got', basename(file)), 'utf8') };
    });
    build.onLoad({ filter: /.*/, namespace: 'unused' }, ({ path }) => ({ contents: UNUSED[path] }));
  },
};
