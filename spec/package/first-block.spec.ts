import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { blocksOf } from '../support/guide-pages.js';
import { consumer, ROOT } from '../support/packed.js';
import { run } from '../support/run.js';

describe('the first code of the site, pasted into an empty folder', function () {
  this.timeout(120_000);
  const [, modern, common, output] = blocksOf('docs/index.md');
  let folder: string;

  before(async () => {
    expect([modern?.language, common?.language, output?.language]).to.deep.equal(['ts', 'js', 'output']);
    folder = await consumer('hono', '@hono/node-server', '@types/node');
  });

  async function printed(file: string, code: string | undefined, ...by: string[]): Promise<string> {
    await writeFile(join(folder, file), code ?? '');
    return (await run(process.execPath, [...by, file], { cwd: folder })).stdout;
  }

  it('runs as an ES module, as CommonJS and as TypeScript, and prints what the page says', async () => {
    const tsx = join(ROOT, 'node_modules/tsx/dist/cli.mjs');
    expect(
      await Promise.all([
        printed('first.mjs', modern?.code),
        printed('first.cjs', common?.code),
        printed('first.ts', modern?.code, tsx),
        printed('first.mts', modern?.code, tsx),
      ]),
    ).to.deep.equal(Array(4).fill(output?.code));
  });

  it('compiles with the tsconfig of the guide, and with that of a CommonJS project', async () => {
    const guide = blocksOf('docs/guide/install.md').find(({ language }) => language === 'json');
    const options = JSON.parse(guide?.code ?? '');
    await writeFile(join(folder, 'first.ts'), modern?.code ?? '');
    for (const [name, type] of [
      ['esm', 'module'],
      ['cjs', 'commonjs'],
    ] as const) {
      await writeFile(join(folder, 'package.json'), JSON.stringify({ type }));
      const config = { ...options, compilerOptions: { ...options.compilerOptions, outDir: name }, files: ['first.ts'] };
      await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
      await run(process.execPath, [join(ROOT, 'node_modules/typescript/bin/tsc'), '-p', folder]).catch((error: { stdout: string }) =>
        expect.fail(error.stdout),
      );
      const { stdout } = await run(process.execPath, [join(name, 'first.js')], { cwd: folder });
      expect(stdout, name).to.equal(output?.code);
      expect(await readFile(join(folder, name, 'first.js'), 'utf8')).to.match(type === 'module' ? /^import /m : /require\(/);
    }
  });
});
