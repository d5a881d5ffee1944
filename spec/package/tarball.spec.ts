import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { run } from '../support/run.js';

const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');
/** What a user has besides the package: its dependencies, the optional peers, and tools. */
const INSTALLED = ['got', 'class-transformer', 'reflect-metadata', 'hono', '@hono/node-server', 'class-validator', '@types/node'];

const TYPED = `
import { Session, Model, Attribute, Resource, type HasMany, UnknownFilterError } from 'bigrecord';
import { Product, type ProductOption } from 'bigrecord/v2';
import { Product as NewProduct } from 'bigrecord/v3';
import { Sandbox } from 'bigrecord/sandbox';

@Resource('/widgets', { version: 'v3' })
class Widget extends Model<Widget> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute() name!: string;
}

export async function main(): Promise<string> {
  const store = await Sandbox.start({ models: [Widget] });
  Session.configure(store.credentials);
  const product = await Product.find(1);
  const options: ProductOption[] = await product.options;
  const relation: HasMany<ProductOption> = product.options;
  const names: string[] = await NewProduct.where({ id: { in: [1, 2] } }).pluck('name');
  await Widget.create({ name: 'x' });
  // @ts-expect-error
  product.pirce = '1';
  await store.stop();
  return [options.length, names.length, relation.isLoaded, UnknownFilterError.name].join();
}
`;

describe('the packed package', function () {
  this.timeout(300_000);
  let folder: string;
  let installed: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bigrecord-'));
    const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], { cwd: ROOT });
    const parsed = JSON.parse(stdout) as { filename: string }[] | Record<string, { filename: string }>;
    const [{ filename }] = Object.values(parsed) as [{ filename: string }];
    const modules = join(folder, 'node_modules');
    await mkdir(modules);
    await run('tar', ['-xzf', join(folder, filename), '-C', modules]);
    await run('mv', [join(modules, 'package'), join(modules, 'bigrecord')]);
    installed = join(modules, 'bigrecord');
    for (const name of INSTALLED) {
      await mkdir(dirname(join(modules, name)), { recursive: true });
      await symlink(join(ROOT, 'node_modules', name), join(modules, name));
    }
    await writeFile(join(folder, 'tarball'), filename);
  });
  after(async () => rm(folder, { recursive: true, force: true }));

  it('holds what is published, and nothing else', async () => {
    const files = (await readdir(installed, { recursive: true, withFileTypes: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(installed.length + 1));
    const stray = files.filter(
      (file) => !/^(package\.json|README\.md|LICENSE|CHANGELOG\.md|dist\/bundle\/.*\.js|dist\/lib\/.*\.d\.ts)$/.test(file),
    );
    expect(stray).to.deep.equal([]);
    expect(files).to.include.members(['README.md', 'LICENSE', 'CHANGELOG.md', 'dist/bundle/index.js', 'dist/lib/index.d.ts']);
  });

  it('has every file that its exports name, and right types under every module resolution', async () => {
    const { publint } = await import('publint');
    const { messages } = await publint({ pkgDir: installed, strict: true });
    expect(messages).to.deep.equal([]);
    const tarball = join(folder, await readFile(join(folder, 'tarball'), 'utf8'));
    // ESM only: node10 resolution knows no `exports`, and `require()` of a module is Node's own affair.
    await run(process.execPath, [
      join(ROOT, 'node_modules/@arethetypeswrong/cli/dist/index.js'),
      tarball,
      '--profile',
      'esm-only',
      '--no-color',
    ]).catch((error: { stdout: string }) => expect.fail(error.stdout));
  });

  const program = (imports: string): string => `${imports}
    (async () => {
      const store = await Sandbox.start();
      Session.configure(store.credentials);
      const product = await Product.find(1);
      product.price = '199.90';
      await product.save();
      console.log(JSON.stringify(store.requests.map(({ method, body }) => [method, body ?? null])));
      await store.stop();
    })();`;
  const PRINTED = '[["GET",null],["PUT",{"price":"199.90"}]]';

  it('works for an ESM consumer', async () => {
    const imports = ['Session|bigrecord', 'Product|bigrecord/v2', 'Sandbox|bigrecord/sandbox'].map((pair) => {
      const [name, from] = pair.split('|');
      return `import { ${name} } from '${from}';`;
    });
    await writeFile(join(folder, 'esm.mjs'), program(imports.join('\n')));
    expect((await run(process.execPath, ['esm.mjs'], { cwd: folder })).stdout.trim()).to.equal(PRINTED);
  });

  it('works for a require() consumer', async () => {
    const imports =
      "const { Session } = require('bigrecord'); const { Product } = require('bigrecord/v2'); const { Sandbox } = require('bigrecord/sandbox');";
    await writeFile(join(folder, 'cjs.cjs'), program(imports));
    expect((await run(process.execPath, ['--no-warnings', 'cjs.cjs'], { cwd: folder })).stdout.trim()).to.equal(PRINTED);
  });

  it('comes whole into the bundle of an app, and runs where there are no modules', async () => {
    const { build } = await import('esbuild');
    const source = `import { Attribute, Model, Resource, Session } from 'bigrecord';
      import { Product } from 'bigrecord/v3';
      class Size { area() { return this.width * this.height; } }
      class Box extends Model {}
      Attribute(() => Size)(Box.prototype, 'size');
      const Boxes = Resource('/boxes')(Box);
      Session.configure({ storeHash: 'abc', accessToken: 'x' });
      console.log(Product.load({ id: 1, name: 'A' }).name, new Boxes({ size: { width: 2, height: 3 } }).size.area());`;
    const outside = await mkdtemp(join(tmpdir(), 'bigrecord-bundled-'));
    const outfile = join(outside, 'app.mjs');
    const banner = { js: "import { createRequire as make } from 'node:module'; const require = make(import.meta.url);" };
    await build({
      stdin: { contents: source, resolveDir: folder },
      bundle: true,
      platform: 'node',
      format: 'esm',
      outfile,
      banner,
      logLevel: 'error',
    });
    const { stdout } = await run(process.execPath, [outfile], { cwd: outside });
    await rm(outside, { recursive: true });
    expect(stdout.trim()).to.equal('A 6');
  });

  it('runs without the optional peers, and says what to install where one is needed', async () => {
    const bare = await mkdtemp(join(tmpdir(), 'bigrecord-bare-'));
    await mkdir(join(bare, 'node_modules'), { recursive: true });
    await run('cp', ['-r', installed, join(bare, 'node_modules/bigrecord')]);
    for (const name of ['got', 'class-transformer', 'reflect-metadata'])
      await symlink(join(ROOT, 'node_modules', name), join(bare, 'node_modules', name));
    await writeFile(
      join(bare, 'main.mjs'),
      `import 'bigrecord'; import 'bigrecord/v2'; import 'bigrecord/v3'; import { Sandbox } from 'bigrecord/sandbox';
       import { redisBudget } from 'bigrecord/redis';
       await Sandbox.start().catch((error) => console.log(error.name, error.message));
       try { redisBudget('redis://127.0.0.1'); } catch (error) { console.log(error.name, error.message); }`,
    );
    const { stdout } = await run(process.execPath, ['main.mjs'], { cwd: bare });
    await rm(bare, { recursive: true, force: true });
    expect(stdout).to.match(/^ConfigurationError .*npm install .*hono.*\nConfigurationError .*npm install ioredis$/m);
  });

  for (const [compiler, version] of [
    ['typescript5', '5.9'],
    ['typescript', '7'],
  ] as const) {
    for (const [module, moduleResolution] of [
      ['Node16', 'Node16'],
      ['NodeNext', 'NodeNext'],
      ['ESNext', 'Bundler'],
    ] as const) {
      for (const experimentalDecorators of [true, false]) {
        it(`compiles for a strict consumer: tsc ${version}, ${moduleResolution}, ${experimentalDecorators ? 'legacy' : 'standard'} decorators`, async () => {
          await writeFile(join(folder, 'main.mts'), TYPED);
          const compilerOptions = {
            target: 'ES2022',
            lib: ['ES2022', 'ESNext.Disposable'],
            module,
            moduleResolution,
            strict: true,
            noEmit: true,
            exactOptionalPropertyTypes: true,
            noUncheckedIndexedAccess: true,
            noImplicitOverride: true,
            skipLibCheck: false,
            types: ['node'],
            experimentalDecorators,
          };
          await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: ['main.mts'] }));
          await run(process.execPath, [join(ROOT, `node_modules/${compiler}/bin/tsc`), '-p', folder], { cwd: folder }).catch(
            (error: { stdout: string }) => expect.fail(error.stdout),
          );
        });
      }
    }
  }
});
