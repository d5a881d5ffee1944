import { join } from 'node:path';

/** What a minified program names often and cannot shorten, by its owner. None of these functions depends on `this`. */
const MEMBERS = {
  Array: ['from', 'isArray'],
  Date: ['parse'],
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
    'prototype',
    'values',
  ],
  Reflect: ['construct', 'deleteProperty', 'get', 'set'],
  Symbol: ['asyncIterator', 'hasInstance', 'iterator'],
};

/** The names of functions, and the code that each stands for. A test may replace `performance.now`, so it is looked up in each call. */
const WRAPPED = {
  'performance.now': '() => globalThis.performance.now()',
  'Promise.all': '(promises) => globalThis.Promise.all(promises)',
};

const GLOBALS = ['Boolean', 'Buffer', 'Error', 'Map', 'Number', 'Set', 'String', 'WeakMap'];

const variableOf = (expression) => `${expression.replace('.', '_')}_`;
const SHARED = [...GLOBALS, ...Object.keys(WRAPPED), ...Object.entries(MEMBERS).flatMap(([owner, names]) => names.map((name) => `${owner}.${name}`))];

/** The file that declares the variables. esbuild replaces names in it too, other than those of `globalThis`. */
const CONTENTS = [
  `export const { ${GLOBALS.map((name) => `${name}: ${variableOf(name)}`).join(', ')} } = globalThis;`,
  ...Object.entries(MEMBERS).map(
    ([owner, names]) => `export const { ${names.map((name) => `${name}: ${variableOf(`${owner}.${name}`)}`).join(', ')} } = ${owner};`,
  ),
  ...Object.entries(WRAPPED).map(([name, code]) => `export const ${variableOf(name)} = ${code};`),
  'export const { undefined: undefined_ } = globalThis;',
].join('\n');

const FILE = join(import.meta.dirname, 'builtins');

/**
 * Returns options of esbuild that let the whole package refer to what the language provides by variables, which a minifier shortens: it
 * cannot shorten `Object.entries`.
 */
export const builtins = (isForBundlers) => ({
  define: {
    ...(isForBundlers ? { undefined: 'undefined_' } : {}), // as `void 0` it would be in a bundle a thousand times
    ...Object.fromEntries(SHARED.map((expression) => [expression, variableOf(expression)])),
    'Number.POSITIVE_INFINITY': 'Infinity',
    'Number.NaN': 'NaN',
  },
  inject: [FILE],
});

/** Provides the file that {@link builtins} injects. */
export const builtinsFile = {
  name: 'what the language provides',
  setup(build) {
    build.onResolve({ filter: /[\\/]scripts[\\/]build[\\/]builtins$/ }, ({ path }) => ({ path, sideEffects: false }));
    build.onLoad({ filter: /[\\/]scripts[\\/]build[\\/]builtins$/ }, () => ({ contents: CONTENTS, loader: 'js' }));
  },
};
