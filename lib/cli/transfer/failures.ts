import { rm } from 'node:fs/promises';
import { ValidationError } from '../../errors/validation-error.js';
import { reasonOf } from '../../session/safe-call.js';
import type { Problems } from './import-columns.js';
import { JsonLines } from './json-lines.js';
import type { FileRow } from './row-reader.js';

/** Returns what is wrong, by attribute; what belongs to none is under `base`. */
export const problemsOf = (error: unknown): Problems =>
  error instanceof ValidationError && Object.keys(error.errors).length > 0 ? { ...error.errors } : { base: [reasonOf(error)] };

/** Where an import of a file writes the rows that failed. */
export const failuresFileOf = (input: string): string => `${input}.failed.ndjson`;

/** The rows of an import that failed, in a file of their own: each with its number, its errors and what it had. */
export class Failures {
  readonly file: string;
  /** The first few, to be shown. */
  readonly first: string[] = [];
  readonly #lines: JsonLines;

  /** @param isWritten false for a dry run, which only counts */
  constructor(input: string, isWritten: boolean) {
    this.file = failuresFileOf(input);
    this.#lines = new JsonLines(isWritten ? this.file : undefined);
  }

  /** Removes what another import has left. */
  begin(): Promise<void> {
    return rm(this.file, { force: true });
  }

  add({ number, row }: FileRow, errors: Problems): void {
    this.#lines.add({ row: number, errors, data: row });
    if (this.first.length < SHOWN) this.first.push(`row ${number}: ${textOf(errors)}`);
  }

  flush(): Promise<void> {
    return this.#lines.flush();
  }
}

const SHOWN = 3;

const textOf = (errors: Problems): string =>
  Object.entries(errors)
    .map(([name, messages]) => `${name === 'base' ? '' : `${name}: `}${messages.join(' ')}`)
    .join('; ');
