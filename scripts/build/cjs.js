import { build, transform } from 'esbuild';
import { linesOnly } from './lines-only.js';
import { common } from './options.js';
import { write } from './project.js';
import { lateNames, loadedLate } from './variants.js';

/**
 * The CommonJS, for Node. esbuild shares chunks between ES modules only, so it splits them as such, and then each file is
 * made CommonJS. `import()` becomes `require`: Jest cannot do with it.
 */
export async function buildCommonJs() {
  const options = common({ folder: 'cjs', extension: '.cjs' });
  const { outputFiles, metafile } = await build({
    ...options,
    plugins: [loadedLate, ...options.plugins],
    outExtension: { '.js': '.cjs' },
    sourcemap: 'inline',
  });
  await Promise.all(
    outputFiles.map(async ({ path, text }) => {
      const { code, map } = await transform(text, {
        format: 'cjs',
        platform: 'node',
        target: 'node20',
        minifyWhitespace: true,
        define: lateNames,
        supported: { 'dynamic-import': false },
        sourcemap: 'external',
        sourcefile: path,
        sourcesContent: false,
      });
      if (/\bimport\(["']|\bimport\.meta\b/.test(code)) throw new Error(`${path} holds what CommonJS cannot have.`);
      write(path, `${code.trimEnd()}\n//# sourceMappingURL=${path.split(/[\\/]/).at(-1)}.map\n`);
      write(`${path}.map`, linesOnly(map));
    }),
  );
  return { metafile };
}
