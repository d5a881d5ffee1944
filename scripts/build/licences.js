import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dist, ROOT, write } from './project.js';

/**
 * Writes the licences of the packages that are bundled.
 *
 * @throws Error for a package without a licence file: it must not be shipped
 */
export function writeLicences(metafiles) {
  const folders = new Set(metafiles.flatMap(({ inputs }) => Object.keys(inputs)).flatMap((path) => path.match(PACKAGE)?.[0] ?? []));
  const sections = [...folders].sort().map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8'));
    return `${name} ${version} (${license})\n\n${licenceText(folder)}\n`;
  });
  write(dist('THIRD-PARTY-LICENSES'), `bigrecord contains code of these packages.\n\n${sections.join(`\n${'-'.repeat(80)}\n\n`)}`);
}

const PACKAGE = /^(.*\/)?node_modules\/(@[^/]+\/)?[^/]+/;

function licenceText(folder) {
  const file = readdirSync(join(ROOT, folder)).find((name) => /^licen[cs]e(-mit)?(\.(md|txt))?$/i.test(name));
  if (file === undefined || !existsSync(join(ROOT, folder, file))) throw new Error(`${folder} is bundled and has no licence text.`);
  return readFileSync(join(ROOT, folder, file), 'utf8').trim();
}
