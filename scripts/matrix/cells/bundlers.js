import { cpSync, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { initialise, install, versionOf } from '../project.js';
import { run } from '../run.js';

/** As for AWS Lambda: one model, minified, nothing installed where it runs, neither a banner nor class-validator. */
const APP = `import { NetworkError, Session } from 'bigrecord';
import { Product } from 'bigrecord/v3';
Session.configure({ storeHash: 'abc', accessToken: 'x', baseUrl: 'http://127.0.0.1:9', retry: false });
const product = Product.load({ id: 1, name: 'A', price: 3 });
product.price = 4;
product.save().catch((error) => {
  const printed = [JSON.stringify(product), Product.name, error.name, error instanceof NetworkError].join(' ');
  if (printed !== '{"id":1,"name":"A","price":4} Product NetworkError true') throw new Error(printed);
});`;

/** The promise is about esbuild; other minifiers differ by one percent. */
const mostOf = (file) => (/esbuild/.test(file) ? 275_000 : 280_000);

/** Runs the bundle in a folder in which there is nothing else. */
async function runAlone({ folder, node }, file) {
  const { size } = statSync(join(folder, file));
  if (size > mostOf(file)) throw new Error(`${file} has ${size} bytes, more than ${mostOf(file)}.`);
  const alone = join(folder, '..', 'alone', file);
  mkdirSync(join(alone, '..'), { recursive: true });
  cpSync(join(folder, file), alone);
  await run(node, [alone], { cwd: join(alone, '..') });
}

const cell = (name, { tools, files = {}, build, outputs }) => ({
  name,
  async prepare({ folder, tarball }) {
    initialise(folder, { 'app.mjs': APP, ...files });
    await install(folder, [...tools, tarball]);
    for (const args of build) await run('npx', args, { cwd: folder });
    const sizes = outputs.map((file) => `${Math.round(statSync(join(folder, file)).size / 1000)} kB`).join(' and ');
    return `${tools.map((tool) => tool.replace(/(?<=.)@.*$/, '')).map((tool) => `${tool} ${versionOf(folder, tool)}`)[0]}; ${sizes}`;
  },
  rows: outputs.map((file) => ({ name: file.endsWith('.cjs') ? 'CommonJS' : 'ESM', run: (at) => runAlone(at, file) })),
});

const ESBUILD = ['esbuild', 'app.mjs', '--bundle', '--minify', '--platform=node'];

export const bundlers = [
  cell('esbuild', {
    tools: ['esbuild'],
    build: [
      [...ESBUILD, '--format=esm', '--outfile=out/esbuild.mjs'],
      [...ESBUILD, '--format=cjs', '--outfile=out/esbuild.cjs'],
    ],
    outputs: ['out/esbuild.mjs', 'out/esbuild.cjs'],
  }),
  cell('Rollup', {
    tools: ['rollup@4', '@rollup/plugin-node-resolve', '@rollup/plugin-commonjs', '@rollup/plugin-terser'],
    files: {
      'rollup.config.mjs': `import commonjs from '@rollup/plugin-commonjs';
import resolve from '@rollup/plugin-node-resolve';
import terser from '@rollup/plugin-terser';
const output = (format, file) => ({ format, file, inlineDynamicImports: true });
export default { input: 'app.mjs', output: [output('es', 'out/rollup.mjs'), output('cjs', 'out/rollup.cjs')],
  plugins: [resolve({ preferBuiltins: true }), commonjs(), terser()] };`,
    },
    build: [['rollup', '-c']],
    outputs: ['out/rollup.mjs', 'out/rollup.cjs'],
  }),
  cell('webpack', {
    tools: ['webpack@5', 'webpack-cli'],
    files: {
      'webpack.config.js': `module.exports = { mode: 'production', target: 'node20', entry: './app.mjs',
  output: { path: __dirname + '/out', filename: 'webpack.cjs' } };`,
    },
    build: [['webpack']],
    outputs: ['out/webpack.cjs'],
  }),
];
