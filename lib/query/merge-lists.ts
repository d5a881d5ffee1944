import { KeySet } from './key-set.js';
import type { PageSource, RowPage } from './paginator.js';
import type { Row } from './scope.js';

/** Rows in their order, some at a time. */
export type Rows = AsyncGenerator<readonly Row[], void, undefined>;

type Pages = AsyncGenerator<RowPage, void, undefined>;

/** The rows of one walk after another; a walk begins when the one before has ended. */
export async function* oneAfterAnother(walks: Iterable<() => Pages>): Rows {
  for (const walk of walks) for await (const { rows } of walk()) yield rows;
}

/** Several lists, each in the same order, as one list in that order. All of them are read at once, each no further than needed. */
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
  /** Goes to the next row; whether there is one. */
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

/** How many rows are still wanted. */
export interface Budget {
  left: number;
}

/** Rows as pages of one size, the last one perhaps shorter. A row that comes twice is taken once. */
export async function* inFullPages(rows: Rows, keyOf: PageSource['keyOf'], size: number, budget: Budget): Pages {
  const seen = new KeySet();
  let page: Row[] = [];
  let number = 0;
  for await (const some of rows) {
    for (const row of some) {
      if (!seen.add(keyOf(row))) continue;
      page.push(row);
      budget.left--;
      if (page.length < size && budget.left > 0) continue;
      yield { number: ++number, rows: page };
      if (budget.left <= 0) return;
      page = [];
    }
  }
  if (page.length > 0 || number === 0) yield { number: ++number, rows: page };
}

/** Rows that are there already. */
export async function* rowsAtHand(rows: readonly Row[]): Rows {
  yield rows;
}
