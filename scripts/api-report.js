/**
 * Writes the public surface of each entry point to docs/api, so that a change to it is seen in review.
 * With `--check` nothing is written: a report that is out of date ends the program with status 1.
 */
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { Extractor, ExtractorConfig } from '@microsoft/api-extractor';
import { dist, ENTRIES } from './build/project.js';

const root = resolve(import.meta.dirname, '..');
const check = process.argv.includes('--check');
const silent = { logLevel: 'none' };
let outdated = 0;

for (const [entry, source] of ENTRIES) {
  const name = entry === 'index' ? 'bigrecord' : entry;
  const folder = join(root, 'dist/api');
  mkdirSync(folder, { recursive: true });
  const config = ExtractorConfig.prepare({
    packageJsonFullPath: join(root, 'package.json'),
    configObjectFullPath: undefined,
    configObject: {
      projectFolder: root,
      mainEntryPointFilePath: dist('lib', `${source}.d.ts`),
      compiler: { tsconfigFilePath: join(root, 'tsconfig.json') },
      apiReport: { enabled: true, reportFileName: `${name}.api.md`, reportFolder: folder, reportTempFolder: join(folder, 'temp') },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: { compilerMessageReporting: { default: silent }, extractorMessageReporting: { default: silent }, tsdocMessageReporting: { default: silent } },
    },
  });
  Extractor.invoke(config, { localBuild: true, messageCallback: (message) => void (message.handled = true) });
  const made = readFileSync(join(folder, `${name}.api.md`), 'utf8');
  const kept = join(root, `docs/api/${name}.api.md`);
  if (!check) {
    mkdirSync(join(root, 'docs/api'), { recursive: true });
    writeFileSync(kept, made);
  } else if (readOrEmpty(kept) !== made) {
    console.error(`docs/api/${name}.api.md is out of date: run npm run api, and look at the difference.`);
    outdated++;
  }
}
rmSync(join(root, 'dist/api'), { recursive: true, force: true });
process.exitCode = outdated > 0 ? 1 : 0;

function readOrEmpty(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}
