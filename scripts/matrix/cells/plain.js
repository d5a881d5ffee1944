import { join } from 'node:path';
import { initialise, install, SANDBOX, versionOf } from '../project.js';
import { program, tests } from '../programs.js';
import { run } from '../run.js';

/** Node itself, and the runners that transform nothing. */
export const plain = [
  {
    name: 'Node',
    async prepare({ folder, tarball }) {
      initialise(folder, {
        'main.mjs': program({ module: 'esm' }),
        'main.cjs': program({ module: 'cjs' }),
        'spec.mjs': tests({ before: `import test from 'node:test';` }),
        'spec.cjs': tests({ before: `const test = require('node:test');`, module: 'cjs' }),
      });
      await install(folder, [tarball, ...SANDBOX]);
      return '';
    },
    rows: [
      { name: 'import, with require beside it', run: ({ folder, node }) => run(node, ['main.mjs'], { cwd: folder }) },
      { name: 'require, with import() beside it', run: ({ folder, node }) => run(node, ['main.cjs'], { cwd: folder }) },
      {
        name: 'the same without require of ES modules',
        run: async ({ folder, node }) => {
          for (const file of ['main.mjs', 'main.cjs']) await run(node, ['--no-experimental-require-module', file], { cwd: folder });
        },
      },
      { name: 'node:test, ESM and CommonJS', run: ({ folder, node }) => run(node, ['--test', 'spec.mjs', 'spec.cjs'], { cwd: folder }) },
    ],
  },
  {
    name: 'mocha: ESM and CommonJS in one run',
    async prepare({ folder, tarball }) {
      initialise(folder, { 'test/a.mjs': tests({ test: 'it' }), 'test/b.cjs': tests({ test: 'it', module: 'cjs' }) });
      await install(folder, ['mocha@11', tarball, ...SANDBOX]);
      return `mocha ${versionOf(folder, 'mocha')}`;
    },
    run: ({ folder, node }) => run(node, [join(folder, 'node_modules/mocha/bin/mocha.js'), '--extension', 'mjs,cjs'], { cwd: folder }),
  },
  {
    name: 'tsx',
    async prepare({ folder, tarball }) {
      initialise(folder, {
        'esm.mts': tests({ before: `import test from 'node:test';`, isTyped: true, hasDecorators: true }),
        'cjs.cts': tests({ before: `import test from 'node:test';`, isTyped: true, hasDecorators: true, how: 'cjs' }),
      });
      await install(folder, ['tsx', tarball, ...SANDBOX]);
      return `tsx ${versionOf(folder, 'tsx')}`;
    },
    run: ({ folder, node }) => run(node, ['--import', 'tsx', '--test', 'esm.mts', 'cjs.cts'], { cwd: folder }),
  },
];
