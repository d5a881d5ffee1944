import { join } from 'node:path';
import { initialise, install, SANDBOX, versionOf } from '../project.js';
import { tests } from '../programs.js';
import { run } from '../run.js';

const vitestOn = ({ folder, node }) => run(node, [join(folder, 'node_modules/vitest/vitest.mjs'), 'run'], { cwd: folder });

const testsFor = (options) => ({ 'app.test.ts': tests({ before: `import { test } from 'vitest';`, isTyped: true, ...options }) });

/** Vite compiles decorators if a tsconfig.json enables them; vitest itself needs no configuration. */
const DECORATORS = { 'tsconfig.json': { compilerOptions: { experimentalDecorators: true } }, ...testsFor({ hasDecorators: true }) };

const cell = (version, name, files, refuses) => ({
  name: `vitest ${version}, ${name}`,
  async prepare({ folder, tarball }) {
    initialise(folder, { type: 'module', ...files });
    await install(folder, [`vitest@${version}`, tarball, ...SANDBOX]);
    return `vitest ${versionOf(folder, 'vitest')}, vite ${versionOf(folder, 'vite')}`;
  },
  run: vitestOn,
  refuses,
});

const onlyFrom22 = (node) => (node < 22 ? 'needs Node 22' : undefined);

export const vitest = [
  cell(4, 'as it comes', testsFor({})),
  cell(4, 'with decorators', DECORATORS),
  cell(4, 'with the package inlined', {
    ...testsFor({ isMixed: false }),
    'vitest.config.ts': `import { defineConfig } from 'vitest/config';
export default defineConfig({ test: { server: { deps: { inline: ['bigrecord'] } } } });`,
  }),
  cell(5, 'as it comes', testsFor({}), onlyFrom22),
  cell(5, 'with decorators', DECORATORS, onlyFrom22),
];
