import { rmSync } from 'node:fs';
import { cp, mkdir, mkdtemp, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { run } from './run.js';

export const ROOT = resolve(dirname(fileURLToPath(import.meta.url)), '../../..');

/** The dependencies that are installed with the package. */
const DEPENDENCIES = ['class-transformer', 'reflect-metadata'];

/** The package as npm would publish it, unpacked. */
interface Packed {
  readonly tarball: string;
  readonly installed: string;
}

let packed: Promise<Packed> | undefined;
const folders: string[] = [];
process.once('exit', () => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

/** Packs the build, once for all specs. */
export function pack(): Promise<Packed> {
  return (packed ??= (async () => {
    const folder = await emptyFolder();
    const { stdout } = await run('npm', ['pack', '--ignore-scripts', '--json', '--pack-destination', folder], { cwd: ROOT });
    const [{ filename }] = Object.values(JSON.parse(stdout) as Record<string, { filename: string }>) as [{ filename: string }];
    await run('tar', ['-xzf', join(folder, filename), '-C', folder]);
    return { tarball: join(folder, filename), installed: join(folder, 'package') };
  })());
}

/** A folder in which the packed package is installed, with its dependencies and those of our own packages that are named. */
export async function consumer(...others: string[]): Promise<string> {
  const { installed } = await pack();
  const folder = await emptyFolder();
  await cp(installed, join(folder, 'node_modules/bigrecord'), { recursive: true });
  for (const name of [...DEPENDENCIES, ...others]) await link(folder, name);
  return folder;
}

export async function link(folder: string, name: string): Promise<void> {
  const target = join(folder, 'node_modules', name);
  await mkdir(dirname(target), { recursive: true });
  await symlink(join(ROOT, 'node_modules', name), target);
}

/** A folder that is removed when the process ends. */
export async function emptyFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'bigrecord-'));
  folders.push(folder);
  return folder;
}
