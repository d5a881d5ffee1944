/** One row of a table: a name, and figures by column. */
interface Line {
  readonly name: string;
  readonly figures: Readonly<Record<string, string | number>>;
}

export interface Section {
  /** The name of its plot, such as `find`. */
  readonly id: string;
  readonly title: string;
  readonly lines: readonly Line[];
  /** The column to plot. */
  readonly drawn: string;
  readonly notes?: readonly string[];
}

/** Returns a section as a Markdown table. */
export function markdown({ title, lines, notes = [], id, drawn }: Section): string {
  const columns = Object.keys(lines[0]?.figures ?? {});
  const row = (cells: readonly unknown[]): string => `| ${cells.join(' | ')} |`;
  return [
    `## ${title}`,
    '',
    row(['', ...columns]),
    row(['---', ...columns.map(() => '---:')]),
    ...lines.map(({ name, figures }) => row([name, ...columns.map((column) => figures[column] ?? '')])),
    '',
    ...notes.flatMap((note) => [note, '']),
    `![${title}: ${drawn}](benchmarks/${id}.svg)`,
    '',
  ].join('\n');
}

const WIDTH = 720;
const LABEL = 260;
const LINE = 26;

const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** Returns the plotted column of a section as a bar chart. */
export function plot({ title, lines, drawn }: Section): string {
  const values = lines.map(({ figures }) => Number.parseFloat(String(figures[drawn])));
  const longest = Math.max(...values);
  const bars = lines.map(({ name, figures }, at) => {
    const y = 40 + at * LINE;
    const width = Math.max(1, ((values[at] as number) / longest) * (WIDTH - LABEL - 90));
    const colour = name.startsWith('bigrecord') ? '#2563eb' : '#9ca3af';
    return [
      `<text x="${LABEL - 8}" y="${y + 14}" text-anchor="end">${escaped(name)}</text>`,
      `<rect x="${LABEL}" y="${y}" width="${width.toFixed(1)}" height="18" fill="${colour}"/>`,
      `<text x="${(LABEL + width + 6).toFixed(1)}" y="${y + 14}">${escaped(String(figures[drawn]))}</text>`,
    ].join('');
  });
  const height = 48 + lines.length * LINE;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="13">`,
    `<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>`,
    `<text x="8" y="20" font-weight="bold">${escaped(`${title}: ${drawn}`)}</text>`,
    ...bars,
    '</svg>',
    '',
  ].join('\n');
}
