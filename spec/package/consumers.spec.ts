import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { consumer } from '../support/packed.js';
import { run } from '../support/run.js';

describe('an installed package', function () {
  this.timeout(60_000);
  let folder: string;

  before(async () => {
    folder = await consumer('hono', '@hono/node-server');
  });

  async function node(file: string, source: string, cwd = folder): Promise<string> {
    await writeFile(join(cwd, file), source);
    return (await run(process.execPath, [file], { cwd })).stdout.trim();
  }

  const program = `
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
    const imports = `import { Session } from 'bigrecord'; import { Product } from 'bigrecord/v2'; import { Sandbox } from 'bigrecord/sandbox';`;
    expect(await node('esm.mjs', imports + program)).to.equal(PRINTED);
  });

  it('works for a require() consumer, also where Node cannot require ES modules', async () => {
    const imports = `const { Session } = require('bigrecord'); const { Product } = require('bigrecord/v2'); const { Sandbox } = require('bigrecord/sandbox');`;
    await writeFile(join(folder, 'cjs.cjs'), imports + program);
    for (const flags of [[], ['--no-experimental-require-module']]) {
      const { stdout, stderr } = await run(process.execPath, [...flags, 'cjs.cjs'], { cwd: folder });
      expect(stdout.trim()).to.equal(PRINTED);
      expect(stderr).to.equal('');
    }
  });

  it('is one copy in a process that mixes import, require and import() over all entry points', async () => {
    const source = `
      import { createRequire } from 'node:module';
      import * as core from 'bigrecord';
      import { Product } from 'bigrecord/v3';
      import { Sandbox } from 'bigrecord/sandbox';
      const require = createRequire(import.meta.url);
      const same = [];
      for (const name of ['', '/v2', '/v3', '/sandbox', '/oauth', '/webhooks', '/redis', '/testing', '/jobs']) {
        const imported = await import('bigrecord' + name);
        const required = require('bigrecord' + name);
        same.push(Object.keys(required).every((key) => imported[key] === required[key]) && Object.keys(imported).length === Object.keys(required).length);
      }
      console.log(same.join());
      const store = await Sandbox.start();
      require('bigrecord').Session.configure(store.credentials);
      const product = await Product.find(1);
      const error = await require('bigrecord/v3').Product.find(999999).catch((error) => error);
      console.log(core.Session.default === require('bigrecord').Session.default, product instanceof require('bigrecord/v3').Product,
        product instanceof require('bigrecord').Model, error instanceof core.RecordNotFoundError);
      await store.stop();`;
    expect(await node('mixed.mjs', source)).to.equal(`${Array(9).fill('true').join()}\ntrue true true true`);
  });

  it('runs without the optional peers, and says what to install where one is needed', async () => {
    const bare = await consumer();
    for (const [file, imports] of [
      ['bare.mjs', ['', '/v2', '/v3', '/oauth', '/webhooks', '/jobs'].map((name) => `import 'bigrecord${name}';`).join('\n')],
      ['bare.cjs', ''],
    ] as const) {
      const take = (names: string, from: string): string =>
        file.endsWith('.mjs') ? `import { ${names} } from '${from}';` : `const { ${names} } = require('${from}');`;
      const printed = await node(
        file,
        `${imports}${take('Sandbox', 'bigrecord/sandbox')}${take('redisBudget', 'bigrecord/redis')}
         (async () => {
           await Sandbox.start().catch((error) => console.log(error.name, error.message));
           try { redisBudget('redis://127.0.0.1'); } catch (error) { console.log(error.name, error.message); }
         })();`,
        bare,
      );
      expect(printed).to.match(/^ConfigurationError .*npm install .*hono.*\nConfigurationError .*npm install ioredis$/m);
    }
  });
});
