/** Builds, and runs an example by its name: `npm run example filters`. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const names = readdirSync(join(root, 'examples'))
  .filter((file) => file.endsWith('.ts') || file === 'app')
  .map((file) => file.replace(/\.ts$/, ''));
const name = process.argv[2]?.replace(/^.*\/|\.ts$/g, '');
if (!names.includes(name)) {
  console.error(`Which example? npm run example ${names.join('|')}`);
  process.exit(1);
}
const run = (command, args) => spawnSync(command, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
const program = name === 'app' ? 'app/sandbox/main' : name;
process.exitCode = run('npm', ['run', '-s', 'build']) || run(process.execPath, ['--enable-source-maps', join('dist/examples', `${program}.js`)]);
