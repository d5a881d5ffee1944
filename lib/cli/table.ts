import { stripVTControlCharacters } from 'node:util';

/** Aligns rows in columns, two spaces apart; the last column is not padded. Colours take no width. */
export function tableOf(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, widthOf(cell));
  return rows.map((row) =>
    row
      .map((cell, at) => (at === row.length - 1 ? cell : cell + ' '.repeat((widths[at] ?? 0) - widthOf(cell))))
      .join('  ')
      .trimEnd(),
  );
}

const widthOf = (cell: string): number => [...stripVTControlCharacters(cell)].length;
