import { join } from 'node:path';

const FUNCTIONS = {
  Array: ['isArray'],
  JSON: ['stringify'],
  Math: ['max', 'min'],
  Number: ['isFinite', 'isNaN', 'isSafeInteger'],
  Object: [
    'assign',
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
};

const names = Object.entries(FUNCTIONS).flatMap(([owner, names]) => names.map((name) => [`${owner}.${name}`, `${owner}_${name}`]));
const file = join(import.meta.dirname, 'builtins');

/**
 * Options of esbuild that let the whole package refer to functions of the language by variables, which a minifier shortens; it cannot
 * shorten `Object.entries`. Only functions that do not depend on `this`, and that no test replaces as it does `performance.now`.
 */
export const builtins = {
  define: { ...Object.fromEntries(names), 'Number.POSITIVE_INFINITY': 'Infinity' },
  inject: [file],
};

/** Provides the file that {@link builtins} injects. */
export const builtinsFile = {
  name: 'functions of the language',
  setup(build) {
    const contents = names.map(([expression, name]) => `export const ${name} = globalThis.${expression};`).join('\n');
    build.onLoad({ filter: /[\\/]scripts[\\/]build[\\/]builtins$/ }, () => ({ contents, loader: 'js' }));
    build.onResolve({ filter: /[\\/]scripts[\\/]build[\\/]builtins$/ }, ({ path }) => ({ path, sideEffects: false }));
  },
};
