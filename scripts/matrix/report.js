import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './project.js';

/** Prints the table, and writes it to docs/ if every cell ran. */
export function report(rows, { nodes, isWhole }) {
  const versions = [...nodes.keys()];
  const table = [
    `| Where | Tried with | ${versions.map((version) => `Node ${version}`).join(' | ')} |`,
    `|---|---|${'---|'.repeat(versions.length)}`,
    ...rows.map(({ name, tools, results }) => `| ${name} | ${tools} | ${versions.map((version) => results[version]?.said ?? '').join(' | ')} |`),
  ].join('\n');
  console.log(table);
  if (!isWhole) return;
  const file = join(ROOT, 'docs/compatibility.md');
  const page = readFileSync(file, 'utf8');
  writeFileSync(file, page.replace(/(?<=<!-- table -->\n)[\s\S]*(?=\n<!-- end -->)/, table));
}
