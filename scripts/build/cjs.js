import { basename } from 'node:path';
import { build, transform } from 'esbuild';
import { linesOnly } from './lines-only.js';
import { common, entryPoints } from './options.js';
import { COMMANDS, ENTRIES, write } from './project.js';
import { lateNames, loadedLate } from './variants.js';

/** Returns the names of the files that entry points lead to: all others are parts of commands. */
function libraryFiles({ outputs }) {
  const reached = new Set();
  const add = (path) => {
    if (outputs[path] === undefined || reached.has(path)) return;
    reached.add(path);
    for (const each of outputs[path].imports) add(each.path);
  };
  for (const path of Object.keys(outputs)) if (ENTRIES.has(basename(path, '.cjs'))) add(path);
  return new Set([...reached].map((path) => basename(path)));
}

/**
 * Builds CommonJS, for Node. esbuild can share chunks only between ES modules, so it splits those first; then each file is converted
 * to CommonJS. `import()` becomes `require`, because Jest does not support it.
 */
export async function buildCommonJs() {
  const options = common({ folder: 'cjs', extension: '.cjs' });
  const { outputFiles, metafile } = await build({
    ...options,
    entryPoints: entryPoints([...ENTRIES, ...COMMANDS]),
    plugins: [loadedLate, ...options.plugins],
    outExtension: { '.js': '.cjs' },
    sourcemap: 'inline',
  });
  const ofLibrary = libraryFiles(metafile);
  await Promise.all(
    outputFiles.map(async ({ path, text }) => {
      const isCommand = !ofLibrary.has(basename(path)); // nobody imports it, and packages like commander are most of it
      const { code, map } = await transform(text, {
        format: 'cjs',
        platform: 'node',
        target: 'node20',
        minifyWhitespace: true,
        minifySyntax: isCommand,
        minifyIdentifiers: isCommand,
        define: lateNames,
        // A template of code in a command has lines that begin with `export`, by which tools take the file for an ES module.
        supported: { 'dynamic-import': false, ...(isCommand ? { 'template-literal': false } : {}) },
        sourcemap: isCommand ? false : 'external',
        sourcefile: path,
        sourcesContent: false,
      });
      if (/\bimport\(["']|\bimport\.meta\b/.test(code)) throw new Error(`${path} contains import() or import.meta, which CommonJS does not support.`);
      if (isCommand) return write(path, code);
      write(path, `${code.trimEnd()}\n//# sourceMappingURL=${basename(path)}.map\n`);
      write(`${path}.map`, linesOnly(map));
    }),
  );
  return { metafile };
}
