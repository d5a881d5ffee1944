import { cp, rm, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { run } from '../support/run.js';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
const FOLDER = join(ROOT, 'dist/matchers');

const JEST = {
  rootDir: FOLDER,
  testMatch: ['**/*.test.mjs'],
  transform: {},
  testEnvironment: 'node',
  moduleFileExtensions: ['mjs', 'js', 'json'],
};
const VITEST = "export default { test: { globals: true, include: ['*.test.mjs'] } };\n";

const FLAGS = ['--experimental-vm-modules', '--no-warnings'];
const TOOLS: Record<string, (file: string) => string[]> = {
  vitest: (file) => [join(ROOT, 'node_modules/vitest/vitest.mjs'), 'run', file, '--root', FOLDER],
  jest: (file) => [
    ...FLAGS,
    join(ROOT, 'node_modules/jest/bin/jest.js'),
    file,
    '--config',
    join(FOLDER, 'jest.config.json'),
    '--runInBand',
  ],
};

/** Processes of their own, with their own matchers: what passes there passes in the specs of users. */
describe('records in the matchers of', function () {
  this.timeout(60_000);

  before(async () => {
    await rm(FOLDER, { recursive: true, force: true });
    await cp(join(ROOT, 'spec/fixtures/matchers'), FOLDER, { recursive: true });
    await writeFile(join(FOLDER, 'jest.config.json'), JSON.stringify(JEST));
    await writeFile(join(FOLDER, 'vitest.config.mjs'), VITEST);
  });

  for (const [tool, command] of Object.entries(TOOLS)) {
    it(`${tool}: toEqual, toStrictEqual, toMatchObject, toHaveProperty and others`, async () => {
      const { failed, output } = await outcome(command('records.test.mjs'));
      expect(failed, output).to.equal(false);
    });

    it(`${tool}: a difference is the line that differs`, async () => {
      const { failed, output } = await outcome(command('difference.test.mjs'));
      expect(failed).to.equal(true);
      const lines = output.split('\n').map((line) => line.trim());
      expect(lines.filter((line) => /^[-+] .*[a-z]/.test(line) && !/Expected|Received/.test(line))).to.deep.equal([
        '-   "name": "Plate",',
        '+   "name": "Bowl",',
      ]);
      expect(output).to.contain('2026-01-05T09:00:00.000Z').and.not.contain('Circular');
    });
  }
});

async function outcome(args: string[]): Promise<{ failed: boolean; output: string }> {
  const options = { cwd: FOLDER, env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0' } };
  const { failed, stdout, stderr } = await run(process.execPath, args, options).then(
    (done) => ({ ...done, failed: false }),
    (error: { stdout: string; stderr: string }) => ({ ...error, failed: true }),
  );
  return { failed, output: `${stdout}${stderr}` };
}
