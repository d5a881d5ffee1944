import { dist, write } from './project.js';

/**
 * ioredis is CommonJS and requires Node modules. esbuild keeps these calls of `require`, which does not exist in an ES module bundle.
 * So this defines one, for Node modules only, while ioredis is loaded.
 */
export const ioredis = {
  name: 'ioredis in bundles of ES modules',
  setup(build) {
    build.onResolve({ filter: /^ioredis$/ }, ({ path, namespace }) => (namespace === 'file' ? { path, namespace: 'ioredis' } : undefined));
    build.onResolve({ filter: /^\.\/builtin-require\.js$/ }, ({ path }) => ({ path, external: true }));
    build.onLoad({ filter: /.*/, namespace: 'ioredis' }, () => ({ contents: IOREDIS }));
    build.onEnd(() => write(dist('esm/builtin-require.js'), BUILTIN_REQUIRE));
  },
};

const IOREDIS = `import { withdraw } from './builtin-require.js';
import { Redis } from 'ioredis';
withdraw();
export { Redis };
`;

const BUILTIN_REQUIRE = `const isMissing = !('require' in globalThis);
if (isMissing)
  globalThis.require = (name) => {
    const found = process.getBuiltinModule(name);
    if (found === undefined) throw Object.assign(new Error(\`Cannot find module '\${name}'\`), { code: 'MODULE_NOT_FOUND' });
    return found;
  };
export function withdraw() {
  if (isMissing) delete globalThis.require;
}
`;
