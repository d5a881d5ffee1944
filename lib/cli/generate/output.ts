import { existsSync, writeFileSync } from 'node:fs';
import { propertyOf } from '../../json-object.js';
import { reasonOf } from '../../session/safe-call.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';

/** Where generated code goes. */
export interface OutputOptions {
  readonly out?: string;
  readonly force?: boolean;
  readonly json?: boolean;
}

/** @throws UsageError if the file exists, unless it may be replaced */
export function assertFree({ out, force = false }: OutputOptions): void {
  if (out !== undefined && !force && existsSync(out)) throw exists(out);
}

const exists = (file: string): UsageError => new UsageError(`${file} exists already. Pass --force to replace it.`);

/** Writes generated code to a file, or prints it. @throws UsageError if the file exists, or cannot be written */
export function writeCode(code: string, { out, force = false, json }: OutputOptions, more: object, terminal: Terminal): void {
  if (out !== undefined) {
    try {
      writeFileSync(out, code, { flag: force ? 'w' : 'wx' });
    } catch (error) {
      throw propertyOf(error, 'code') === 'EEXIST' ? exists(out) : new UsageError(`${out} cannot be written: ${reasonOf(error)}.`);
    }
  }
  if (json === true)
    terminal.print(JSON.stringify({ event: 'generated', file: out ?? null, ...more, ...(out === undefined ? { code } : {}) }));
  else if (out === undefined) terminal.print(code.trimEnd());
  else terminal.warn(`Wrote ${out}.`);
}
