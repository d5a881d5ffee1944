import { type Applied, decode, type Intent, type IntentRow, type RecordBefore } from './intent.js';

/** What was written of one batch, as text. */
export interface LogEntryRows {
  readonly intent: string;
  readonly applied: string;
}

/** What was written to one row: its intent, and the key of a record that was created. */
export interface WrittenRow {
  readonly row: IntentRow;
  readonly id: IntentRow['k'] | null;
  /** A record that was there before it was to be created: as it was. */
  readonly was?: RecordBefore | undefined;
  readonly isUnsure?: true | undefined;
}

/** Yields the rows that were written. */
export async function* writtenRows(log: AsyncIterable<LogEntryRows>): AsyncGenerator<WrittenRow, void, undefined> {
  for await (const { intent, applied } of log) {
    const { rows } = decode<Intent>(intent);
    const { not = [], ids = [], was = {}, unsure = [] }: Applied = applied === '' ? {} : JSON.parse(applied);
    const isLeftOut = new Set(not);
    for (const [place, row] of rows.entries())
      if (!isLeftOut.has(place)) yield { row, id: ids[place] ?? null, was: was[place], ...(unsure.includes(place) && { isUnsure: true }) };
  }
}
