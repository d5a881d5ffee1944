import { cp, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { VERSION } from '../../lib/copies.js';
import { consumer, ROOT } from '../support/packed.js';
import { run } from '../support/run.js';

describe('several copies of the package in one process', function () {
  this.timeout(60_000);
  let folder: string;

  before(async () => {
    folder = await consumer('hono', '@hono/node-server');
    const installed = join(folder, 'node_modules/bigrecord');
    await cp(installed, join(folder, 'node_modules/same'), { recursive: true });
    await cp(installed, join(folder, 'node_modules/other'), { recursive: true });
    const { stdout } = await run('grep', ['-rl', `"${VERSION}"`, join(folder, 'node_modules/other/dist/cjs')]);
    for (const file of stdout.trim().split('\n'))
      await writeFile(file, (await readFile(file, 'utf8')).replaceAll(`"${VERSION}"`, '"9.9.9"'));
  });

  async function print(source: string): Promise<string> {
    await writeFile(join(folder, 'main.cjs'), `(async () => {${source}})();`);
    return (await run(process.execPath, ['main.cjs'], { cwd: folder })).stdout.trim();
  }

  it('knows its own version', async () => {
    const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string };
    expect(VERSION).to.equal(version);
  });

  it('share the session, and know errors and sessions of each other, where they are of one version', async () => {
    const printed = await print(`
      const a = require('bigrecord'), b = require('same'), { Product } = require('same/v3');
      const { Sandbox } = require('bigrecord/sandbox');
      const store = await Sandbox.start();
      a.Session.configure(store.credentials);
      const error = await Product.find(999999).catch((error) => error);
      console.log(a.Session !== b.Session, a.Session.default === b.Session.default, b.Session.default instanceof b.Session,
        error instanceof a.RecordNotFoundError, error instanceof b.RecordNotFoundError, error instanceof b.ServerError,
        (await Product.using(new a.Session(store.credentials)).find(1)).id);
      await store.stop();`);
    expect(printed).to.equal('true true true true true false 1');
  });

  it('say so where a model of one is used in the other', async () => {
    const printed = await print(`
      const { Model, Resource } = require('bigrecord'), same = require('same'), { Product } = require('same/v3');
      const tries = [() => Resource('/boxes')(class Box extends same.Model {}), () => Reflect.construct(Model, [], Product)];
      for (const attempt of tries) try { attempt(); console.log('passed'); } catch (error) { console.log(error.name, error.message); }`);
    for (const line of printed.split('\n')) expect(line).to.match(/^ConfigurationError .*another copy of bigrecord .*npm ls bigrecord/);
  });

  it('say so where only a copy of another version has a session', async () => {
    const printed = await print(`
      const a = require('bigrecord'), other = require('other'), { Product } = require('bigrecord/v3');
      other.Session.configure({ storeHash: 'abc', accessToken: 'x' });
      await Product.find(1).catch((error) => console.log(error.name, error.message));
      try { Product.using(other.Session.default); } catch (error) { console.log(error.name, error.message); }`);
    const lines = printed.split('\n');
    expect(lines).to.have.length(2);
    for (const line of lines)
      expect(line).to.match(/^ConfigurationError .*another copy of bigrecord \(9\.9\.9, this one is .*npm ls bigrecord/);
  });
});
