import { cp, mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';
import { expect } from 'chai';
import { build } from 'esbuild';
import { array, assert, constantFrom, integer, option, property, record } from 'fast-check';
import { emptyFolder, link } from '../support/packed.js';
import { MOCHA, ROOT, run } from '../support/run.js';

const ENTRIES = ['index', 'v2', 'v3', 'sandbox', 'oauth', 'webhooks', 'redis', 'testing', 'jobs'];
const PEERS = ['@hono/node-server', 'bullmq', 'class-validator', 'hono', 'ioredis'];

/** Runs specs with the ES modules of the package, as an app bundles them. What the specs share with them is left outside. */
async function runSpecs(names: readonly string[]): Promise<string> {
  const folder = await emptyFolder();
  await mkdir(join(folder, 'node_modules'));
  for (const name of await readdir(join(ROOT, 'node_modules'))) await link(folder, name);
  for (const name of ['package.json', 'dist/lib', 'dist/spec']) await cp(join(ROOT, name), join(folder, name), { recursive: true });
  const outdir = join(folder, 'dist/esm');
  const entryPoints = ENTRIES.map((name) => join(ROOT, 'dist/esm', `${name}.js`));
  const output = { bundle: true, splitting: true, minify: true, format: 'esm', platform: 'node', target: 'node20', outdir } as const;
  await build({ ...output, entryPoints, external: ['class-transformer/cjs/*', ...PEERS] });
  const files = names.map((name) => `dist/spec/${name}.spec.js`);
  const args = [MOCHA, '--no-config', '--timeout', '60000', '--reporter', 'dot', ...files];
  // There is no other build in the folder, so this condition is what makes the specs run at all.
  const env = { ...process.env, NODE_OPTIONS: '--conditions=module' };
  return run(process.execPath, args, { cwd: folder, env }).then(
    () => '',
    ({ stdout, stderr }) => `${stdout}${stderr}`,
  );
}

/** A call of a function of Reflect. */
interface Call {
  readonly name: string;
  readonly target: number;
  readonly property: string | undefined;
  readonly key: string;
  readonly value: number;
}

const CALLS = array(
  record<Call>({
    name: constantFrom(
      ...['defineMetadata', 'metadata', 'deleteMetadata', 'hasMetadata', 'hasOwnMetadata', 'getMetadata', 'getOwnMetadata'],
      ...['getMetadataKeys', 'getOwnMetadataKeys'],
    ),
    target: integer({ min: 0, max: 5 }),
    property: option(constantFrom('x', 'y'), { nil: undefined }),
    key: constantFrom('a', 'b'),
    value: integer({ min: 0, max: 9 }),
  }),
  { maxLength: 30 },
);

function codeOf({ name, target, property, key, value }: Call): string {
  const at = `targets[${target}], ${JSON.stringify(property)}`;
  if (name === 'metadata') return `Reflect.metadata('${key}', ${value})(${at})`;
  const first = name.endsWith('Keys') ? '' : `'${key}', `;
  return `Reflect.${name}(${first}${name === 'defineMetadata' ? `${value}, ` : ''}${at})`;
}

describe('a package of which bundles have what lib/ uses', function () {
  this.timeout(300_000);

  it('is class-transformer: decorators of a program mean what they mean with all of it', async () => {
    expect(await runSpecs(['model/class-transformer', 'model/casts', 'model/records', 'model/values'])).to.equal('');
  });

  it('is got: requests are sent and end as with all of it', async () => {
    expect(await runSpecs(['transport/transport', 'transport/network', 'transport/uncertain', 'session/secrets'])).to.equal('');
  });

  describe('is reflect-metadata', () => {
    let whole: string;
    let reduced: string;

    before(async () => {
      whole = await readFile(join(ROOT, 'node_modules/reflect-metadata/Reflect.js'), 'utf8');
      reduced = await readFile(join(ROOT, 'scripts/build/reflect-metadata.js'), 'utf8');
    });

    /** Runs scripts and calls in a realm of their own, and gives what the calls return there, as JSON. */
    function results(...steps: readonly (string | readonly Call[])[]): unknown[] {
      const realm = createContext();
      runInContext(
        'class A {} class B extends A {} const targets = [A, B, A.prototype, B.prototype, Object.create(B.prototype), 1];',
        realm,
      );
      const give = (code: string): unknown =>
        runInContext(`(() => { try { return JSON.stringify(${code}); } catch (error) { return error.name; } })()`, realm);
      return steps.flatMap((step) => {
        if (typeof step !== 'string') return step.map(codeOf).map(give);
        runInContext(`{${step}}`, realm);
        return [];
      });
    }

    it('in what each function returns', () => {
      assert(property(CALLS, (calls) => void expect(results(reduced, calls)).to.deep.equal(results(whole, calls))));
    });

    it('where a program loads all of it too, before it or after it', () => {
      assert(
        property(CALLS, CALLS, (calls, others) => {
          const expected = results(whole, calls, others);
          expect(results(reduced, calls, whole, others)).to.deep.equal(expected);
          expect(results(whole, calls, reduced, others)).to.deep.equal(expected);
        }),
      );
    });

    it('in the order in which decorators are applied, and in what replaces a class or a descriptor', () => {
      const script = `
        const log = [];
        const by = (name, made) => (...args) => (log.push([name, ...args.slice(1)]), made);
        class A {} class B {}
        const replaced = Reflect.decorate([by('first', B), by('second')], A) === B;
        const descriptor = Reflect.decorate([by('third', { value: 2 }), by('fourth')], A.prototype, 'x', { value: 1 });
        globalThis.seen = JSON.stringify([log, replaced, descriptor]);`;
      const [ofWhole, ofReduced] = [whole, reduced].map((text) => {
        const realm = createContext();
        for (const each of [text, script]) runInContext(`{${each}}`, realm);
        return realm['seen'];
      });
      expect(ofReduced).to.equal(ofWhole).and.contain('fourth');
    });
  });
});
