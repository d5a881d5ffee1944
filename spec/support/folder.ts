import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A folder for the specs of the surrounding block, which is removed after them, and new names of files in it. */
export function useFolder(): { readonly path: string; readonly file: () => string } {
  let files = 0;
  const context = { path: '', file: (): string => join(context.path, `${++files}.ndjson`) };
  before(() => {
    context.path = mkdtempSync(join(tmpdir(), 'bigrecord-spec-'));
  });
  after(() => {
    rmSync(context.path, { recursive: true });
  });
  return context;
}
