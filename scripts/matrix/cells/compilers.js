import { join } from 'node:path';
import { ROOT, versionOf } from '../project.js';
import { run } from '../run.js';

/** A spec of the package tests the compilers; it also packs the package. */
export const compilers = [
  {
    name: 'tsc, skipLibCheck off: node10, node16, nodenext, bundler',
    isForOneNode: true,
    prepare: async () => `TypeScript ${versionOf(ROOT, 'typescript5')} and ${versionOf(ROOT, 'typescript')} (without node10)`,
    run: ({ node }) =>
      run(node, [join(ROOT, 'node_modules/mocha/bin/mocha.js'), '--no-config', 'dist/spec/package/types.spec.js'], { cwd: ROOT, seconds: 300 }),
  },
];
