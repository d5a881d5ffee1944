import { join } from 'node:path';

/** What got imports and the transport never uses: HTTP/2, forms, a cache of responses and one of names. They make up a third of it. */
const UNUSED = {
  'http2-wrapper': 'export default { get globalAgent() { return undefined; }, get auto() { throw new Error("HTTP/2 is left out"); } };',
  'cacheable-lookup': 'export default class { constructor() { throw new Error("The DNS cache is left out"); } }',
  'cacheable-request':
    'export default class { constructor() { throw new Error("The cache is left out"); } } export class CacheError extends Error {}',
  'form-data-encoder': 'export const isFormData = () => false; export class FormDataEncoder {}',
};

/** Files of got that the transport does not use: promises, pagination, retries, timings, diagnostics channels (ours omit headers). */
const UNUSED_FILES = {
  'as-promise/index.js': 'export default () => { throw new Error("Promises of got are left out"); };',
  'core/parse-link-header.js': 'export default () => [];',
  'core/calculate-retry-delay.js': 'export default () => 0;',
  'core/utils/timer.js': 'export default () => {};',
  'core/diagnostics-channel.js': ['RequestCreate', 'RequestStart', 'ResponseStart', 'ResponseEnd', 'Retry', 'Error', 'Redirect']
    .map((name) => `export const publish${name} = () => {};`)
    .concat('export const generateRequestId = () => undefined;')
    .join('\n'),
};

/** Replaces unused packages by stubs that throw when used, and one package by the part that is used. */
export const leaveOut = {
  name: 'leave out what is not used',
  setup(build) {
    build.onResolve({ filter: /^@sindresorhus\/is$/ }, () => ({ path: join(import.meta.dirname, 'small-is.js') }));
    build.onResolve({ filter: new RegExp(`^(${Object.keys(UNUSED).join('|')})$`) }, ({ path }) => ({ path, namespace: 'unused' }));
    build.onLoad({ filter: /[\\/]got[\\/]dist[\\/]source[\\/]/ }, ({ path }) => {
      const name = Object.keys(UNUSED_FILES).find((file) => path.replaceAll('\\', '/').endsWith(`/got/dist/source/${file}`));
      return name === undefined ? undefined : { contents: UNUSED_FILES[name] };
    });
    build.onLoad({ filter: /.*/, namespace: 'unused' }, ({ path }) => ({ contents: UNUSED[path] }));
  },
};
