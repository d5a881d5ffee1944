import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect } from 'chai';
import { build, type Plugin } from 'esbuild';
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
});
