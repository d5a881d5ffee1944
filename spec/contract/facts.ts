import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where the published API description lies beside the project; absent on most machines. */
export const FACTS = resolve(dirname(fileURLToPath(import.meta.url)), '../../../../shared/bigcommerce');

export const hasFacts = existsSync(join(FACTS, 'operations.json'));

/** A row of the table of V2 resources of the reference client: its path and its letters. */
export interface ReferenceRow {
  readonly path: string;
  /** L list+get, C create, U update, D delete, A delete all, N count. */
  readonly letters: string;
  readonly isSingle: boolean;
}

/** The table at the end of FACTS.md. */
export function referenceTable(): ReferenceRow[] {
  const text = readFileSync(join(FACTS, 'FACTS.md'), 'utf8');
  const table = /## The V2 resources[\s\S]*?```\n([\s\S]*?)```/.exec(text)?.[1] ?? '';
  return [...table.matchAll(/([a-z_][a-z_/:]*(?:\/[a-z_:]+)*)\s+([LCUDAN]+)(\s+\(singleton\))?/g)].map(([, path, letters, single]) => ({
    path: `/${path}`,
    letters: letters as string,
    isSingle: single !== undefined,
  }));
}
