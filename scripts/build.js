/**
 * Compiles into dist/ and builds the published files there. Deletes nothing first and writes only what has changed, so a test run or a
 * program that uses dist/ meanwhile is not disturbed. Concurrent builds run one after another.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { State } from './build/state.js';

const root = resolve(import.meta.dirname, '..');
const dist = join(root, 'dist');
const lock = join(dist, '.building');
const info = join(dist, 'tsconfig.tsbuildinfo');
const { include, exclude } = JSON.parse(readFileSync(join(root, 'tsconfig.json'), 'utf8'));

/** Files of the example app that are served as they are. */
const ASSETS = 'examples/app/public';

const filesOf = (folder, fits) =>
  existsSync(join(root, folder))
    ? readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile() && fits.test(entry.name))
        .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    : [];

const isRunning = (pid) => {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** Waits for a running build; ignores the lock of a process that has died. */
async function takeLock() {
  for (;;) {
    try {
      writeFileSync(lock, String(process.pid), { flag: 'wx' });
      return;
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
    const owner = Number(existsSync(lock) && readFileSync(lock, 'utf8'));
    if (owner > 0 && !isRunning(owner)) rmSync(lock, { force: true });
    await sleep(50);
  }
}

const node = (...args) => spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;

function copyChanged(from, to) {
  if (existsSync(to) && readFileSync(to).equals(readFileSync(from))) return;
  mkdirSync(dirname(to), { recursive: true });
  copyFileSync(from, to);
}

/** Runs a step whose output is not up to date. */
function unlessDone(state, step) {
  if (state.isUpToDate) return 0;
  const status = step();
  if (status === 0) state.save();
  return status;
}

function compile() {
  const sources = include
    .flatMap((folder) => filesOf(folder, /\.ts$/))
    .filter((file) => !exclude.some((folder) => file.startsWith(`${folder}/`)) && !file.endsWith('.d.ts'));
  const outputs = new Set(sources.flatMap((file) => ['.js', '.js.map', '.d.ts'].map((ending) => join('dist', file.replace(/\.ts$/, ending)))));
  // The compiler trusts its build info, which is wrong if an output file is missing.
  if ([...outputs].some((file) => !existsSync(join(root, file)))) rmSync(info, { force: true });
  const status = node('node_modules/typescript/bin/tsc', '-p', 'tsconfig.json', '--incremental', '--tsBuildInfoFile', info);
  for (const file of include.flatMap((folder) => filesOf(join('dist', folder), /\.(js|js\.map|d\.ts)$/)))
    if (!outputs.has(file) && !file.startsWith(`dist/${ASSETS}/`)) rmSync(join(root, file));
  for (const file of filesOf(ASSETS, /./)) copyChanged(join(root, file), join(dist, file));
  return status;
}

const publish = () => node('scripts/build/index.js');

/** What everything is made with. */
const TOOLS = ['scripts/build.js', 'scripts/build', 'package.json', 'package-lock.json'];
const compiled = new State(root, 'dist/.compiled', ['tsconfig.json', ...include, ...TOOLS], include.map((folder) => join('dist', folder)));
const published = new State(root, 'dist/.published', ['dist/lib', ...TOOLS], ['dist/esm', 'dist/cjs', 'dist/types', 'dist/THIRD-PARTY-LICENSES']);

mkdirSync(dist, { recursive: true });
await takeLock();
try {
  process.exitCode = unlessDone(compiled, compile) || unlessDone(published, publish);
} finally {
  rmSync(lock, { force: true });
}
