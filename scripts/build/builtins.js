import { join } from 'node:path';

/** Functions that do not depend on `this`. */
const FUNCTIONS = {
  Array: ['isArray'],
  JSON: ['stringify'],
  Math: ['abs', 'ceil', 'floor', 'max', 'min', 'round'],
  Number: ['isFinite', 'isInteger', 'isNaN', 'isSafeInteger'],
  Object: [
    'assign',
    'create',
    'defineProperty',
    'entries',
    'freeze',
    'fromEntries',
    'getOwnPropertyDescriptor',
    'getPrototypeOf',
    'hasOwn',
    'keys',
    'values',
  ],
  Reflect: ['construct', 'deleteProperty', 'get', 'set'],
};

/** What a minified program names often and cannot shorten, with the code that it stands for. */
const SHARED = new Map([
  ...['Boolean', 'Number', 'String'].map((name) => [name, `globalThis.${name}`]),
  ...Object.entries(FUNCTIONS).flatMap(([owner, names]) => names.map((name) => [`${owner}.${name}`, `globalThis.${owner}.${name}`])),
  // A test may replace the function of `performance`, so it is looked up in each call.
  ['performance.now', '() => globalThis.performance.now()'],
  ['Promise.all', '(promises) => globalThis.Promise.all(promises)'],
  ['Symbol.asyncIterator', 'globalThis.Symbol.asyncIterator'],
]);

const variableOf = (expression) => `${expression.replace('.', '_')}_`;
const FILE = join(import.meta.dirname, 'builtins');

/**
 * Options of esbuild that let the whole package refer to what the language provides by variables, which a minifier shortens: it cannot
 * shorten `Object.entries`.
 */
export const builtins = {
  define: {
    ...Object.fromEntries([...SHARED.keys()].map((expression) => [expression, variableOf(expression)])),
    'Number.POSITIVE_INFINITY': 'Infinity',
    'Number.NaN': 'NaN',
  },
  inject: [FILE],
};

/** Provides the file that {@link builtins} injects. */
export const builtinsFile = {
  name: 'what the language provides',
  setup(build) {
    const contents = [...SHARED].map(([expression, code]) => `export const ${variableOf(expression)} = ${code};`).join('\n');
    build.onResolve({ filter: /[\\/]scripts[\\/]build[\\/]builtins$/ }, ({ path }) => ({ path, sideEffects: false }));
    build.onLoad({ filter: /[\\/]scripts[\\/]build[\\/]builtins$/ }, () => ({ contents, loader: 'js' }));
  },
};
