import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build, type Plugin } from 'esbuild';
import { emptyFolder } from '../support/packed.js';
import { ROOT, run } from '../support/run.js';

const MOCHA = join(ROOT, 'node_modules/mocha/bin/mocha.js');

/** What a session does over a network: proxies, agents, certificates, time-outs, compression, uploads, lost connections. */
const SPECS = ['transport/*', 'session/access-token', 'session/retry', 'session/secrets'].map((name) => `dist/spec/${name}.spec.js`);

/** The preload of a run in which `got` is another file; such a run fails if it never loads that file. */
const preload = (file: string): string => `
  import { register } from 'node:module';
  const hook = \`export const resolve = (name, context, next) =>
    name === 'got' ? { url: ${JSON.stringify(pathToFileURL(file).href)}, shortCircuit: true } : next(name, context);\`;
  register('data:text/javascript,' + encodeURIComponent(hook));
  process.once('exit', () => { if (!globalThis.isPackagedGot) process.exitCode = 1; });`;

describe('got as it is in the package, reduced to what the transport uses', function () {
  this.timeout(300_000);

  it('passes the specs that the whole of got passes', async () => {
    const folder = await emptyFolder();
    const { leaveOut }: { leaveOut: Plugin } = await import(pathToFileURL(join(ROOT, 'scripts/build/leave-out.js')).href);
    const outfile = join(folder, 'got.mjs');
    const banner = { js: 'globalThis.isPackagedGot = true;' };
    const stdin = { contents: "export { default } from 'got'", resolveDir: ROOT };
    await build({
      stdin,
      plugins: [leaveOut],
      bundle: true,
      minify: true,
      format: 'esm',
      platform: 'node',
      target: 'node20',
      outfile,
      banner,
    });
    await writeFile(join(folder, 'preload.mjs'), preload(outfile));
    const args = ['--import', join(folder, 'preload.mjs'), MOCHA, '--no-config', '--timeout', '60000', '--reporter', 'dot', ...SPECS];
    await run(process.execPath, args, { cwd: ROOT });
  });
});
