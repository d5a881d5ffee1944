import { builtins, builtinsFile } from './builtins.js';
import { classes } from './classes.js';
import { entriesApart } from './entries-apart.js';
import { leaveOut } from './leave-out.js';
import { dist, ENTRIES, manifest, ROOT } from './project.js';

/** Packages that npm installs as dependencies; got and jose, which are ES modules only, are bundled instead. */
export const EXTERNAL = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.peerDependencies)].flatMap((name) => [name, `${name}/*`]);

export const entryPoints = (entries) => [...entries].map(([name, source]) => ({ in: dist('lib', `${source}.js`), out: name }));

/**
 * Returns the options that both builds share. All files of a build are in one folder, so that `./v3.js` is valid in each of them.
 * Source maps do not contain sources: they refer to files and lines of lib/ at a tenth of the size.
 */
export const common = ({ folder, extension, isForBundlers = false }) => ({
  absWorkingDir: ROOT,
  entryPoints: entryPoints(ENTRIES),
  outdir: dist(folder),
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20',
  external: EXTERNAL,
  ...builtins(isForBundlers),
  plugins: [builtinsFile, leaveOut, entriesApart(extension), classes(isForBundlers)],
  sourcesContent: false,
  legalComments: 'none',
  metafile: true,
  write: false,
  logLevel: 'warning',
});
