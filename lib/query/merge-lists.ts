import type { Totals } from '../schema/dialect.js';
import { KeySet } from './key-set.js';
import type { PageSource, RowPage } from './page-source.js';
import type { Row } from './scope.js';

/** Rows in order, several at a time. */
export type Rows = AsyncGenerator<readonly Row[], void, undefined>;

type Pages = AsyncGenerator<RowPage, void, undefined>;

/** Yields the rows of several sources; each starts when the previous one has ended. */
export async function* concatenated(sources: Iterable<() => Pages>): Rows {
  for (const open of sources) for await (const { rows } of open()) yield rows;
}

/** Merges sorted lists into one sorted list. Reads all of them concurrently, each no further than needed. */
export async function* merged(lists: readonly Rows[], compare: (a: Row, b: Row) => number): Rows {
  try {
    const heads = (await Promise.all(lists.map(headOf))).filter((head) => head !== undefined);
    while (heads.length > 0) {
      const least = heads.reduce((a, b) => (compare(b.row, a.row) < 0 ? b : a));
      yield [least.row];
      if (!(await least.advance())) heads.splice(heads.indexOf(least), 1);
    }
  } finally {
    await Promise.all(lists.map((list) => list.return()));
  }
}

interface Head {
  readonly row: Row;
  /** Moves to the next row. Returns whether there is one. */
  advance(): Promise<boolean>;
}

async function headOf(list: Rows): Promise<Head | undefined> {
  let rows: readonly Row[] = [];
  let at = -1;
  const advance = async (): Promise<boolean> => {
    at++;
    while (at >= rows.length) {
      const next = await list.next();
      if (next.done) return false;
      rows = next.value;
      at = 0;
    }
    return true;
  };
  const head: Head = {
    get row() {
      return rows[at] as Row;
    },
    advance,
  };
  return (await advance()) ? head : undefined;
}

/** Counts down the rows that are still wanted. */
export interface Budget {
  left: number;
}

/** Splits rows into pages of equal size; the last may be shorter. Skips duplicate rows, and the first `skip` ones. */
export async function* inFullPages(rows: Rows, keyOf: PageSource['keyOf'], size: number, budget: Budget, skip: number): Pages {
  const seen = new KeySet();
  let page: Row[] = [];
  let number = 0;
  let toSkip = skip;
  for await (const some of rows) {
    for (const row of some) {
      if (!seen.add(keyOf(row))) continue;
      budget.left--;
      if (toSkip-- > 0) continue;
      page.push(row);
      if (page.length < size && budget.left > 0) continue;
      yield { number: ++number, rows: page };
      if (budget.left <= 0) return;
      page = [];
    }
  }
  if (page.length > 0 || number === 0) yield { number: ++number, rows: page };
}

/** Splits the rows of pages into pages of equal size; the last may be shorter. The totals are those of the first page. */
export async function* refilled(pages: Pages, size: number): Pages {
  let rows: Row[] = [];
  let totals: Totals | undefined;
  let number = 0;
  for await (const { rows: more, number: _, received: __, ...found } of pages) {
    totals ??= found;
    rows = [...rows, ...more];
    for (; rows.length >= size; rows = rows.slice(size)) yield { ...totals, number: ++number, rows: rows.slice(0, size) };
  }
  if (rows.length > 0 || number === 0) yield { ...totals, number: ++number, rows };
}

/** Yields rows that are already in memory. */
export async function* inMemoryRows(rows: readonly Row[]): Rows {
  yield rows;
}
