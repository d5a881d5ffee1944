import { stripVTControlCharacters } from 'node:util';

/**
 * Aligns rows in columns, two spaces apart; the last column is not padded. Colours take no width.
 *
 * @param width of the terminal, at which the last column is broken between words. Default: it is not broken
 */
export function tableOf(rows: readonly (readonly string[])[], width = Number.POSITIVE_INFINITY): string[] {
  const widths: number[] = [];
  for (const row of rows) for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, widthOf(cell));
  return rows.flatMap((row) => {
    const before = row.slice(0, -1).map((cell, at) => `${cell}${' '.repeat((widths[at] ?? 0) - widthOf(cell))}  `);
    const indent = widthOf(before.join(''));
    const [first = '', ...rest] = brokenAt(row.at(-1) ?? '', Math.max(width - indent, NARROWEST));
    return [`${before.join('')}${first}`.trimEnd(), ...rest.map((line) => ' '.repeat(indent) + line)];
  });
}

/** A column is not broken into narrower lines. */
const NARROWEST = 30;

function brokenAt(text: string, width: number): string[] {
  if (widthOf(text) <= width) return [text];
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && widthOf(line) + 1 + widthOf(word) <= width) lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}

const widthOf = (text: string): number => [...stripVTControlCharacters(text)].length;
