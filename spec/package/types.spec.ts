import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { consumer, ROOT } from '../support/packed.js';
import { run } from '../support/run.js';

/** A program that names something of every entry point, and one thing that must not compile. */
const TYPED = `
import { Session, Model, Attribute, Resource, type HasMany, UnknownFilterError } from 'bigrecord';
import { Product, type ProductOption } from 'bigrecord/v2';
import { Product as NewProduct } from 'bigrecord/v3';
import { Sandbox } from 'bigrecord/sandbox';
import { verifySignedPayloadJwt } from 'bigrecord/oauth';
import { webhookHandler } from 'bigrecord/webhooks';
import { redisBudget } from 'bigrecord/redis';
import { factory, jestMatchers } from 'bigrecord/testing';

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
  return [options.length, names.length, relation.isLoaded, UnknownFilterError.name, verifySignedPayloadJwt, webhookHandler, redisBudget, factory(NewProduct), jestMatchers].join();
}
`;

/** An ES module gives its session to a CommonJS one: two sets of types would be two types of session. */
const GIVER = `import { Session } from 'bigrecord'; import { take } from './taker.cjs'; take(Session.default);`;
const TAKER = `import { Session } from 'bigrecord'; export const take = (session: Session): string | undefined => session.storeHash;`;

/** A module of a library: the compiler must be able to name what its functions return without a word about it. */
const LIBRARY = `
import { Attribute, type AttributeName, type GivenAttributes, HasMany, Model, type ModelClass, type CreateAttributes, Resource, type Where, type Whole } from 'bigrecord';
import { Product } from 'bigrecord/v3';

@Resource('/widgets', { version: 'v3' })
export class Widget extends Model<Widget> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute() name!: string;
  @HasMany(() => Widget) parts!: HasMany<Widget>;
}

export const plain = (product: Product) => ({ ...product });
export const ownPlain = (widget: Widget) => ({ ...widget, extra: 1 });
export const selected = async () => Product.select('name', 'price').all();
export const plainSelected = async () => (await Widget.select('name').all()).map((widget) => ({ ...widget }));
export const changes = (product: Product) => product.changes;
export const queries = () => ({ all: Product.where({}), some: Widget.select('name'), of: Product.of() });
export const related = (product: Product) => [product.images, product.images.where({}), product.brand] as const;
export const saved = (products: Product[]) => Product.saveMany(products);
export const json = (product: Product) => product.toJSON();

export const select = <M extends Model, Name extends AttributeName<Whole<M>>>(model: ModelClass<M>, name: Name) => model.select(name);
export class Repository<M extends Model> {
  constructor(readonly model: ModelClass<M>) {}
  list(filters: Where<M>) {
    return this.model.where(filters).all();
  }
  add(attributes: CreateAttributes<M>) {
    return this.model.create(attributes);
  }
  change(key: number, attributes: GivenAttributes<M>) {
    return this.model.update(key, attributes);
  }
}
export const names = async () => (await select(Product, 'name').all()).map(({ name }) => name);
`;

const OPTIONS = {
  target: 'ES2022',
  lib: ['ES2022', 'ESNext.Disposable'],
  strict: true,
  noEmit: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  esModuleInterop: true,
  skipLibCheck: false,
  types: ['node'],
};

interface Resolution {
  readonly name: string;
  readonly files: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  /** TypeScript 7 knows it no more. */
  readonly isOld?: true;
}

const NODE_NEXT = { module: 'NodeNext', moduleResolution: 'NodeNext' };

const RESOLUTIONS: readonly Resolution[] = [
  {
    name: 'commonjs, node10',
    files: ['main.ts'],
    options: { module: 'CommonJS', moduleResolution: 'Node10', ignoreDeprecations: '5.0' },
    isOld: true,
  },
  { name: 'node16, CommonJS and ESM', files: ['main.cts', 'main.mts'], options: { module: 'Node16', moduleResolution: 'Node16' } },
  { name: 'nodenext, CommonJS and ESM', files: ['main.cts', 'main.mts'], options: NODE_NEXT },
  { name: 'bundler', files: ['main.ts'], options: { module: 'ESNext', moduleResolution: 'Bundler' } },
  { name: 'bundler, CommonJS out', files: ['main.ts'], options: { module: 'Preserve', moduleResolution: 'Bundler' } },
];

/** The declarations of the package itself are checked above. */
const LIBRARIES_CHECKED = { ...NODE_NEXT, skipLibCheck: true };

describe('the types of the packed package, checked with the libraries', function () {
  this.timeout(120_000);
  let folder: string;

  before(async () => {
    folder = await consumer('hono', '@hono/node-server', '@types/node');
  });

  async function compile(compiler: string, files: Readonly<Record<string, string>>, options: object): Promise<void> {
    for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text);
    const config = { compilerOptions: { ...OPTIONS, ...options }, files: Object.keys(files) };
    await writeFile(join(folder, 'tsconfig.json'), JSON.stringify(config));
    const tsc = join(ROOT, `node_modules/${compiler}/bin/tsc`);
    await run(process.execPath, [tsc, '-p', folder], { cwd: folder }).catch((error: { stdout: string }) => expect.fail(error.stdout));
  }

  for (const [compiler, version] of [
    ['typescript5', '5.9'],
    ['typescript', '7'],
  ] as const) {
    for (const { name, files, options, isOld } of RESOLUTIONS) {
      if (isOld && version === '7') continue;
      // TypeScript 5.9 takes seconds each time: standard decorators are tried once with it.
      for (const experimentalDecorators of version === '7' || options === NODE_NEXT ? [true, false] : [true]) {
        it(`compile: tsc ${version}, ${name}, ${experimentalDecorators ? 'legacy' : 'standard'} decorators`, () =>
          compile(compiler, Object.fromEntries(files.map((file) => [file, TYPED])), { ...options, experimentalDecorators }));
      }
    }

    it(`name our call where one of another library is written: tsc ${version}`, async () => {
      const wrong = `import { Product } from 'bigrecord/v3';
        Product.findAll(); Product.findMany(); Product.where({}).orderBy('name'); Product.where({}).last(); new Product().delete();
        Product.delete(1); Product.where({ id: { gt: 1 } }); Product.where({ id: { not_in: [1] } });`;
      const printed = await compile(compiler, { 'wrong.mts': wrong }, LIBRARIES_CHECKED).catch((error: Error) => error.message);
      const named = [...String(printed).matchAll(/Instead<"([^"]*)">/g)].map(([, ours]) => ours);
      expect(named).to.include.members(['all()', 'find([keys]), or where({ … })', 'order(name, direction)', "order(name, 'desc').first()"]);
      expect(named).to.include.members(['destroy()', 'destroy(key), or deleteAll() on a query', 'greater', 'notIn']);
    });

    it(`can be named in the declarations of a library: tsc ${version}`, async () => {
      const options = { ...LIBRARIES_CHECKED, experimentalDecorators: true };
      await compile(compiler, { 'library.mts': LIBRARY }, { ...options, noEmit: false, declaration: true, outDir: 'declared' });
      const declared = await readFile(join(folder, 'declared/library.d.mts'), 'utf8');
      const [, plain] = /ownPlain: \(widget: Widget\) => \{([^}]*)\}/.exec(declared) ?? [];
      expect(plain?.match(/\w+(?=:)/g)).to.include.members(['id', 'name', 'parts', 'extra']);
      expect(declared).to.contain('names: () => Promise<string[]>');
      const user = `import { plainSelected } from './declared/library.mjs'; export const name: Promise<string[]> = plainSelected().then((rows) => rows.map((row) => row.name));`;
      await compile(compiler, { 'user.mts': user }, options);
    });

    it(`are the same for import and require: tsc ${version}`, () =>
      compile(compiler, { 'giver.mts': GIVER, 'taker.cts': TAKER }, LIBRARIES_CHECKED));
  }
});
