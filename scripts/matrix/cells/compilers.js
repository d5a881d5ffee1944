import { join } from 'node:path';
import { ROOT, versionOf } from '../project.js';
import { run } from '../run.js';

/** The compilers are tried by a spec of the package itself, which packs it too. */
export const compilers = [
  {
    name: 'tsc, skipLibCheck off: node10, node16, nodenext, bundler',
    isForOneNode: true,
    prepare: async () => `TypeScript ${versionOf(ROOT, 'typescript5')} and ${versionOf(ROOT, 'typescript')} (without node10)`,
    run: ({ node }) =>
      run(node, [join(ROOT, 'node_modules/mocha/bin/mocha.js'), '--no-config', 'dist/spec/package/types.spec.js'], { cwd: ROOT, seconds: 300 }),
  },
];
