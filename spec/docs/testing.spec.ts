import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { ROOT, run } from '../support/run.js';

const PAGE = 'docs/testing.md';
const FOLDER = join(ROOT, 'dist/testing-samples');
const JEST = { rootDir: FOLDER, testMatch: ['**/*.jest.js'], transform: {}, testEnvironment: 'node' };

const binary = (path: string): string => join(ROOT, 'node_modules', path);
const VITEST_CONFIG = "export default { test: { include: ['reprice.vitest.js'] } };\n";

/** How each tool runs its file, and what it prints if the test has passed. */
const TOOLS: Readonly<Record<string, readonly [command: readonly string[], passed: RegExp]>> = {
  vitest: [[binary('vitest/vitest.mjs'), 'run', '--root', FOLDER], /Tests .*1 passed/],
  jest: [
    ['--experimental-vm-modules', '--no-warnings', binary('jest/bin/jest.js'), '--config', join(FOLDER, 'jest.config.json'), '--runInBand'],
    /Tests: +1 passed/,
  ],
  mocha: [[binary('mocha/bin/mocha.js'), '--no-config', join(FOLDER, 'reprice.mocha.js')], /1 passing/],
  node: [['--test', '--test-reporter=tap', join(FOLDER, 'reprice.node.js')], /# pass 1/],
};

describe('the tests in docs/testing.md', function () {
  this.timeout(120_000);

  before(async () => {
    const text = await readFile(join(ROOT, PAGE), 'utf8');
    const files = [...text.matchAll(/^```mts\n\/\/ (\S+)\n(.*?)^```$/gms)];
    expect(files.map(([, name]) => name)).to.deep.equal(['reprice.ts', ...Object.keys(TOOLS).map((tool) => `reprice.${tool}.ts`)]);
    await rm(FOLDER, { recursive: true, force: true });
    await mkdir(FOLDER, { recursive: true });
    for (const [, name = '', code = ''] of files) await writeFile(join(FOLDER, name), code);
    const { compilerOptions } = JSON.parse(await readFile(join(ROOT, 'tsconfig.json'), 'utf8'));
    const { paths: _, ...options } = { ...compilerOptions, rootDir: FOLDER, outDir: FOLDER, declaration: false, sourceMap: false };
    await writeFile(join(FOLDER, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, files: files.map(([, name]) => name) }));
    await writeFile(join(FOLDER, 'jest.config.json'), JSON.stringify(JEST));
    await writeFile(join(FOLDER, 'vitest.config.js'), VITEST_CONFIG);
    await run(process.execPath, [binary('typescript/bin/tsc'), '-p', FOLDER], { cwd: FOLDER }).catch(({ stdout }) => {
      throw new Error(`They do not compile:\n${stdout}`);
    });
  });

  for (const [tool, [command, passed]] of Object.entries(TOOLS))
    it(`pass: ${tool}`, async () => {
      const { NODE_OPTIONS: _, NODE_TEST_CONTEXT: __, ...env } = process.env;
      const { stdout, stderr } = await run(process.execPath, [...command], { cwd: FOLDER, env: { ...env, NO_COLOR: '1' } }).catch(
        (error) => error,
      );
      expect(`${stdout}${stderr}`).to.match(passed);
    });
});
