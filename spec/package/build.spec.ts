import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { MOCHA, ROOT, run } from '../support/run.js';

/** The spec files that a command line runs. */
async function filesOf(...args: string[]): Promise<string[]> {
  const { stdout } = await run(process.execPath, [MOCHA, '--dry-run', '--reporter', 'json', ...args], { cwd: ROOT });
  const { tests } = JSON.parse(stdout.slice(stdout.indexOf('{\n'))) as { tests: { file: string }[] };
  return [...new Set(tests.map(({ file }) => file.slice(join(ROOT, 'dist/spec').length + 1)))].sort();
}

/** When each file of the build was written, and as which file. */
async function written(): Promise<Record<string, string>> {
  const files = await Promise.all(
    ['lib', 'cjs', 'esm', 'types', 'examples', 'spec'].map(async (folder) =>
      (await readdir(join(ROOT, 'dist', folder), { recursive: true })).map((name) => join('dist', folder, name)),
    ),
  );
  const entries = await Promise.all(
    files.flat().map(async (file) => {
      const { ino, mtimeMs, size } = await stat(join(ROOT, file));
      return [file, `${ino} ${mtimeMs} ${size}`] as const;
    }),
  );
  return Object.fromEntries(entries.filter(([file]) => file.includes('.')));
}

describe('the build', function () {
  this.timeout(300_000);

  it('leaves what is built as it is, so that an example can run beside the specs', async () => {
    const before = await written();
    const { stdout } = await run(process.execPath, ['scripts/example.js', 'errors'], { cwd: ROOT });
    expect(stdout).to.contain('RecordNotFoundError');
    expect(await written()).to.deep.equal(before);
  });

  it('runs once at a time, makes what is missing, and removes what has no source any more', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'bigrecord-build-'));
    // A small library shows the same: all of lib/ would be compiled three times.
    for (const name of ['tsconfig.json', 'scripts']) await cp(join(ROOT, name), join(folder, name), { recursive: true });
    const manifest = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
    await writeFile(join(folder, 'package.json'), JSON.stringify({ ...manifest, exports: { '.': manifest.exports['.'] }, bin: {} }));
    await mkdir(join(folder, 'lib'));
    await writeFile(join(folder, 'lib/index.ts'), "export { answer } from './answer.js';\n");
    await writeFile(join(folder, 'lib/answer.ts'), 'export const answer: number = 42;\n');
    await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const build = () => run(process.execPath, ['scripts/build.js'], { cwd: folder });
    const has = (...names: string[]): boolean[] => names.map((name) => existsSync(join(folder, 'dist', name)));
    try {
      await writeFile(join(folder, 'lib/new.ts'), 'export const question: number = 6 * 9;\n');
      const builds = await Promise.all([build(), build()]);
      expect(builds.map(({ stdout, stderr }) => stdout + stderr)).to.deep.equal(['', '']);
      expect(has('lib/new.js', 'cjs/index.cjs', '.building')).to.deep.equal([true, true, false]);
      await rm(join(folder, 'lib/new.ts'));
      await rm(join(folder, 'dist/lib/index.d.ts'));
      await writeFile(join(folder, 'dist/cjs/old.cjs'), '');
      await writeFile(join(folder, 'dist/.building'), '999999999'); // of a build that was killed
      await build();
      expect(has('lib/new.js', 'cjs/old.cjs', 'lib/index.d.ts')).to.deep.equal([false, false, true]);
      const before = await stat(join(folder, 'dist/cjs/index.cjs'));
      await writeFile(join(folder, 'lib/answer.ts'), 'export const answer: number = 43;\n');
      await build();
      expect(await readFile(join(folder, 'dist/cjs/index.cjs'), 'utf8')).to.contain('43');
      expect((await stat(join(folder, 'dist/cjs/index.cjs'))).mtimeMs).to.be.above(before.mtimeMs);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

describe('mocha', function () {
  this.timeout(300_000);

  it('runs the file alone that is named, by any path', async () => {
    for (const name of ['dist/spec/model/hooks.spec.js', './dist/spec/model/hooks.spec.js', join(ROOT, 'dist/spec/model/hooks.spec.js')])
      expect(await filesOf(name)).to.deep.equal(['model/hooks.spec.js']);
    expect(await filesOf('dist/spec/oauth/oauth.spec.js', '--grep', 'token')).to.deep.equal(['oauth/oauth.spec.js']);
  });

  it('runs every file otherwise', async () => {
    const all = (await readdir(join(ROOT, 'dist/spec'), { recursive: true })).filter((name) => name.endsWith('.spec.js'));
    // Those without tests are checked by the compiler.
    const texts = await Promise.all(all.map((name) => readFile(join(ROOT, 'dist/spec', name), 'utf8')));
    expect(await filesOf()).to.deep.equal(all.filter((_, at) => /^\s*(describe|\(.+ \? describe)/m.test(texts[at] ?? '')).sort());
  });
});
