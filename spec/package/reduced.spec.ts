import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { expect } from 'chai';
import { build, type Plugin } from 'esbuild';
import { array, assert, constantFrom, integer, option, property, record } from 'fast-check';
import { emptyFolder, link } from '../support/packed.js';
import { ROOT, run } from '../support/run.js';

const MOCHA = join(ROOT, 'node_modules/mocha/bin/mocha.js');

const urlOf = (...path: string[]): string => pathToFileURL(join(...path)).href;

/** Loads a file in place of a module, and fails the run if nobody asks for that module. */
const preload = (module: string, file: string): string => `
  import { register } from 'node:module';
  const hook = \`export async function resolve(name, context, next) {
    const found = await next(name, context);
    return name === ${JSON.stringify(module)} || found.url === ${JSON.stringify(module)}
      ? { url: ${JSON.stringify(urlOf(file))}, shortCircuit: true }
      : found;
  }\`;
  register('data:text/javascript,' + encodeURIComponent(hook));
  process.once('exit', () => { if (!globalThis.isReduced) process.exitCode = 1; });`;

/** Runs specs with a module as the build puts it into the package, minified. What is external is shared with the specs. */
async function runSpecs(names: readonly string[], module: string, source: string, plugin: Plugin, external: string[]): Promise<void> {
  const folder = await emptyFolder();
  const outfile = join(folder, 'reduced.mjs');
  const output = { bundle: true, minify: true, format: 'esm', platform: 'node', target: 'node20', outfile } as const;
  const stdin = { contents: source, resolveDir: ROOT };
  await build({ ...output, stdin, external, plugins: [plugin], banner: { js: 'globalThis.isReduced = true;' } });
  for (const name of external) await link(folder, name.split('/')[0] ?? name);
  await writeFile(join(folder, 'preload.mjs'), preload(module, outfile));
  const options = ['--no-config', '--timeout', '60000', '--reporter', 'dot'];
  const files = names.map((name) => `dist/spec/${name}.spec.js`);
  const args = ['--import', join(folder, 'preload.mjs'), MOCHA, ...options, ...files];
  const failures = await run(process.execPath, args, { cwd: ROOT }).then(
    () => '',
    ({ stdout, stderr }) => `${stdout}${stderr}`,
  );
  expect(failures).to.equal('');
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

describe('a package of which the build keeps what lib/ uses', function () {
  this.timeout(300_000);

  it('is got: proxies, agents, certificates, time-outs, compression, uploads, lost connections are as with all of it', async () => {
    const { leaveOut }: { leaveOut: Plugin } = await import(urlOf(ROOT, 'scripts/build/leave-out.js'));
    const specs = ['transport/*', 'session/access-token', 'session/retry', 'session/secrets'];
    await runSpecs(specs, 'got', "export { default } from 'got'", leaveOut, []);
  });

  it('is class-transformer: decorators of a program mean what they mean with all of it', async () => {
    const { classTransformer }: { classTransformer: Plugin } = await import(urlOf(ROOT, 'scripts/build/class-transformer/plugin.js'));
    const specs = ['model/class-transformer', 'model/casts', 'model/records', 'model/values'];
    const source = "export { transformer } from './dist/lib/schema/transformer-static.js'";
    await runSpecs(specs, urlOf(ROOT, 'dist/lib/schema/transformer.js'), source, classTransformer, ['class-transformer/cjs/*']);
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
