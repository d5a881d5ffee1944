import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { build, type Format } from 'esbuild';
import { consumer, emptyFolder, link } from '../support/packed.js';
import { run } from '../support/run.js';

/** Of which got is 11 kB, class-transformer 14, reflect-metadata 1. The promise is 275 kB. */
const MOST = 275_000;

/** An app of one model, as for AWS Lambda. */
const ONE_MODEL = `
  import { NetworkError, Session } from 'bigrecord';
  import { Product } from 'bigrecord/v3';
  Session.configure({ storeHash: 'abc', accessToken: 'x', baseUrl: 'http://127.0.0.1:9', retry: false });
  const product = Product.load({ id: 1, name: 'A', price: 3 });
  product.price = 4;
  product.save().catch((error) => console.log(JSON.stringify(product), Product.name, error.name, error instanceof NetworkError));`;
const ONE_MODEL_PRINTS = '{"id":1,"name":"A","price":4} Product NetworkError true';

describe('an app that a bundler made, minified, where nothing is installed', function () {
  this.timeout(60_000);
  let folder: string;

  before(async () => {
    folder = await consumer();
  });

  async function bundle(source: string, format: Format, mainFields = ['main', 'module']): Promise<string> {
    const outfile = join(await emptyFolder(), `app.${format === 'esm' ? 'mjs' : 'cjs'}`);
    const stdin = { contents: source, resolveDir: folder };
    const { warnings } = await build({
      stdin,
      bundle: true,
      minify: true,
      platform: 'node',
      mainFields,
      format,
      outfile,
      logLevel: 'silent',
    });
    expect(warnings).to.deep.equal([]);
    return outfile;
  }

  const print = async (file: string): Promise<string> => (await run(process.execPath, [file], { cwd: join(file, '..') })).stdout.trim();

  for (const format of ['esm', 'cjs'] as const) {
    it(`runs with one model, in 275 kB at the most: ${format}`, async () => {
      const file = await bundle(ONE_MODEL, format);
      expect(await print(file)).to.equal(ONE_MODEL_PRINTS);
      expect((await stat(file)).size).to.be.at.most(MOST);
    });

    it(`holds the models that it uses, and no others: ${format}`, async () => {
      const text = await readFile(await bundle(ONE_MODEL, format), 'utf8');
      expect(text).to.contain('/catalog/products').and.not.contain('/abandoned-carts').and.not.contain('/gift_certificates');
      // What writes children without operations of their own, as the lines of V2 orders are.
      expect(text).to.not.contain('it was deleted since it was read. Nothing was changed');
    });

    it(`runs with a value object and a model of its own: ${format}`, async () => {
      const file = await bundle(
        `import { Attribute, Model, Resource } from 'bigrecord';
         class Size { area() { return this.width * this.height; } }
         class Box extends Model {}
         Attribute(() => Size)(Box.prototype, 'size');
         const Boxes = Resource('/boxes', { version: 'v3' })(Box);
         console.log(new Boxes({ size: { width: 2, height: 3 } }).size.area());`,
        format,
      );
      expect(await print(file)).to.equal('6');
    });
  }

  for (const field of ['main', 'module'])
    it(`reads class-transformer's decorators, of the build that \`${field}\` names`, async () => {
      const source = `
        import { Attribute, Model, Resource } from 'bigrecord';
        import { Exclude, Expose, Transform, Type } from 'class-transformer';
        class Side {}
        Expose({ name: 'in_mm' })(Side.prototype, 'length');
        class Size { area() { return this.width.length * this.height.length; } }
        for (const name of ['width', 'height']) Type(() => Side)(Size.prototype, name);
        Exclude({ toPlainOnly: true })(Size.prototype, 'note');
        class Box extends Model {}
        Attribute(() => Size)(Box.prototype, 'size');
        Attribute()(Box.prototype, 'label');
        Transform(({ value }) => value.toUpperCase(), { toPlainOnly: true })(Box.prototype, 'label');
        const Boxes = Resource('/boxes', { version: 'v3' })(Box);
        const box = Boxes.load({ id: 1, label: 'b', size: { width: { in_mm: 2 }, height: { in_mm: 3 }, note: 'x' } });
        console.log(box.size.area(), JSON.stringify(box));`;
      for (const format of ['cjs', 'esm'] as const)
        expect(await print(await bundle(source, format, [field, 'main'])), format).to.equal(
          '6 {"id":1,"label":"B","size":{"width":{"in_mm":2},"height":{"in_mm":3}}}',
        );
    });

  it('runs with the sandbox, Redis and class-validator in it', async () => {
    for (const name of ['hono', '@hono/node-server', 'ioredis', 'class-validator']) await link(folder, name);
    const source = `
      import { Attribute, Model, Resource, Session } from 'bigrecord';
      import { Product } from 'bigrecord/v3';
      import { Sandbox } from 'bigrecord/sandbox';
      import { redisBudget } from 'bigrecord/redis';
      import { IsEmail } from 'class-validator';
      class Contact extends Model {}
      Attribute()(Contact.prototype, 'email');
      IsEmail()(Contact.prototype, 'email');
      const Contacts = Resource('/contacts', { version: 'v3' })(Contact);
      (async () => {
        const store = await Sandbox.start();
        Session.configure({ ...store.credentials, rateLimit: redisBudget('redis://127.0.0.1:1') });
        console.log((await Product.find(1)).id, (await new Contacts({ email: 'x' }).save().catch((error) => error)).name);
        await Session.default.close();
        await store.stop();
      })();`;
    for (const format of ['cjs', 'esm'] as const) expect(await print(await bundle(source, format)), format).to.equal('1 ValidationError');
  });
});
