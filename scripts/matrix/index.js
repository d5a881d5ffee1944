/**
 * Tests the packed package with its users' tools: each cell creates a project in a temporary folder with the tool's default
 * configuration, and runs it on several versions of Node. Prints a table, and writes docs/compatibility.md when all cells ran.
 *
 *   npm run test:matrix                  every cell, about fifteen minutes
 *   npm run test:matrix -- jest next     the cells whose names start with these words
 *   npm run test:matrix -- --keep jest   keeps the folders
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundlers } from './cells/bundlers.js';
import { compilers } from './cells/compilers.js';
import { jest } from './cells/jest.js';
import { nest } from './cells/nest.js';
import { next } from './cells/next.js';
import { plain } from './cells/plain.js';
import { vitest } from './cells/vitest.js';
import { nodes } from './nodes.js';
import { pack } from './project.js';
import { report } from './report.js';
import { tryCell } from './try-cell.js';

const words = process.argv.slice(2);
const isKept = words.includes('--keep');
const wanted = words.filter((word) => !word.startsWith('--'));
const cells = [...plain, ...jest, ...vitest, ...bundlers, ...compilers, ...nest, ...next].filter(
  ({ name }) => wanted.length === 0 || wanted.some((word) => name.toLowerCase().startsWith(word.toLowerCase())),
);

const folder = mkdtempSync(join(tmpdir(), 'bigrecord-matrix-'));
try {
  const tarball = await pack(folder);
  const binaries = await nodes(folder);
  const rows = [];
  for (const cell of cells) rows.push(...(await tryCell(cell, { folder, tarball, nodes: binaries })));
  report(rows, { nodes: binaries, isWhole: wanted.length === 0 });
  process.exitCode = rows.some(({ results }) => Object.values(results).some(({ isRight }) => isRight === false)) ? 1 : 0;
} finally {
  if (isKept) console.log(`The projects are in ${folder}`);
  else rmSync(folder, { recursive: true, force: true });
}
