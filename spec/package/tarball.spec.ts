import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { build } from 'esbuild';
import { consumer, pack, ROOT } from '../support/packed.js';
import { run } from '../support/run.js';

interface Manifest {
  readonly typesVersions: Readonly<Record<'*', Readonly<Record<string, readonly string[]>>>>;
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, { readonly types: string; readonly default: string }>>>>;
  readonly dependencies: Readonly<Record<string, string>>;
}

describe('the packed package', function () {
  this.timeout(300_000);
  let installed: string;
  let tarball: string;
  let files: string[];
  let manifest: Manifest;

  before(async () => {
    ({ installed, tarball } = await pack());
    files = (await readdir(installed, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(installed.length + 1));
    manifest = JSON.parse(await readFile(join(installed, 'package.json'), 'utf8')) as Manifest;
  });

  it('holds what is published, and nothing else', () => {
    const expected =
      /^(package\.json|README\.md|LICENSE|CHANGELOG\.md|SECURITY\.md|docs\/(guide\/)?[\w-]+\.md|docs\/benchmarks\/[\w-]+\.svg|dist\/THIRD-PARTY-LICENSES|dist\/esm\/[\w-]+\.js(\.map)?|dist\/cjs\/[\w-]+\.(mjs|cjs(\.map)?)|dist\/types\/.*\.d\.[cm]ts)$/;
    expect(files.filter((file) => !expected.test(file))).to.deep.equal([]);
    expect(files).to.include.members(['README.md', 'LICENSE', 'CHANGELOG.md']);
  });

  it('has the same conditions for each entry point: `module` before `import` and `require`, never `module-sync`', () => {
    for (const [path, target] of Object.entries(manifest.exports)) {
      if (typeof target === 'string') continue;
      const name = path === '.' ? 'index' : path.slice(2);
      expect(Object.entries(target), path).to.deep.equal([
        ['module', { types: `./dist/types/${name}.d.mts`, default: `./dist/esm/${name}.js` }],
        ['import', { types: `./dist/types/${name}.d.mts`, default: `./dist/cjs/${name}.mjs` }],
        ['require', { types: `./dist/types/${name}.d.cts`, default: `./dist/cjs/${name}.cjs` }],
      ]);
    }
  });

  it('leads node10, which knows no exports, to the types of each', () => {
    const paths = Object.keys(manifest.exports).filter((path) => path !== '.' && path !== './package.json');
    expect(manifest.typesVersions['*']).to.deep.equal(
      Object.fromEntries(paths.map((path) => [path.slice(2), [`./dist/types/${path.slice(2)}.d.cts`]])),
    );
  });

  it('has every file that its exports name, and right types under every module resolution', async () => {
    const { publint } = await import('publint');
    const { messages } = await publint({ pkgDir: installed, strict: true });
    expect(messages).to.deep.equal([]);
    const attw = join(ROOT, 'node_modules/@arethetypeswrong/cli/dist/index.js');
    await run(process.execPath, [attw, tarball, '--no-color']).catch((error: { stdout: string }) => expect.fail(error.stdout));
  });

  it('begins with how it is installed, links only to what is shipped, and says what works in a clone only', async () => {
    const readme = await readFile(join(installed, 'README.md'), 'utf8');
    expect(/^## (.*)$/m.exec(readme)?.[1]).to.equal('Install');
    for (const page of files.filter((file) => file.endsWith('.md') && file !== 'CHANGELOG.md')) {
      const text = await readFile(join(installed, page), 'utf8');
      const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, path]) => join(page, '..', path as string));
      expect(
        links.filter((path) => !files.includes(path)),
        page,
      ).to.deep.equal([]);
    }
    const ofAClone = readme.split(/\n\n|(?<=\.) /).filter((sentence) => /npm (run|start|test)\b/.test(sentence));
    expect(ofAClone.filter((sentence) => !/\bclone\b/i.test(sentence))).to.deep.equal([]);
  });

  it('ships the licence of each package whose code it contains, and installs none of them', async () => {
    const licences = await readFile(join(installed, 'dist/THIRD-PARTY-LICENSES'), 'utf8');
    for (const name of ['got', 'jose', 'mimic-response']) {
      const text = new RegExp(`^${name} [\\d.]+ \\(MIT\\)\n[\\s\\S]*?Permission is hereby granted, free of charge`, 'm');
      expect(licences).to.match(text);
      expect(manifest.dependencies).not.to.have.property(name);
    }
  });

  it('has source maps that lead from either build to the lines of lib/', async () => {
    const folder = await consumer();
    const contents = `import { Product } from 'bigrecord/v3';
      try { Product.where({ nonsense: 1 }); } catch (error) { console.log(error.stack); }`;
    await writeFile(join(folder, 'node.mjs'), contents);
    const stdin = { contents, resolveDir: folder };
    const outfile = join(folder, 'bundled.mjs');
    await build({
      stdin,
      bundle: true,
      platform: 'node',
      format: 'esm',
      sourcemap: 'linked',
      sourcesContent: false,
      outfile,
      logLevel: 'error',
    });
    const source = await readFile(join(ROOT, 'lib/query/filters.ts'), 'utf8');
    const line = source.split('\n').findIndex((text) => text.includes('{ suggestion: meantParameter(name) }')) + 1;
    for (const file of ['node.mjs', 'bundled.mjs']) {
      const { stdout } = await run(process.execPath, ['--enable-source-maps', file], { cwd: folder });
      expect(stdout, file).to.contain(`lib/query/filters.ts:${line}:`);
    }
  });

  it('weighs less than 1.4 MB', async () => {
    expect((await stat(tarball)).size).to.be.below(1_400_000);
  });
});
