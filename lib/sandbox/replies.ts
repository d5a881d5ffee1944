import type { Version } from '../transport/request.js';

/** What the sandbox answers, before it becomes HTTP. */
export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

interface PageOfRows {
  readonly rows: readonly unknown[];
  readonly total: number;
  readonly page: number;
  readonly limit: number;
}

interface Replies {
  one(row: unknown): Reply;
  list(page: PageOfRows): Reply;
  error(status: number, message: string, fields?: Readonly<Record<string, string>>): Reply;
  /** Status for values that cannot be stored. */
  readonly invalid: number;
}

/** How each API generation dresses its answers. */
export const REPLIES: Readonly<Record<Version, Replies>> = {
  v2: {
    one: (row) => ({ status: 200, body: row }),
    list: ({ rows }) => (rows.length === 0 ? { status: 204 } : { status: 200, body: rows }),
    error: (status, message, fields) => {
      const each = Object.entries(fields ?? {}).map(([field, wrong]) => ({
        status,
        message: `The field '${field}' is invalid: ${wrong}.`,
        details: { invalid_reason: wrong },
      }));
      return { status, body: each.length > 0 ? each : [{ status, message }] };
    },
    invalid: 400,
  },
  v3: {
    one: (row) => ({ status: 200, body: { data: row, meta: {} } }),
    list: ({ rows, total, page, limit }) => {
      const totalPages = Math.ceil(total / limit);
      const link = (number: number): string => `?page=${number}&limit=${limit}`;
      const links = {
        ...(page > 1 ? { previous: link(page - 1) } : {}),
        current: link(page),
        ...(page < totalPages ? { next: link(page + 1) } : {}),
      };
      const pagination = { total, count: rows.length, per_page: limit, current_page: page, total_pages: totalPages, links };
      return { status: 200, body: { data: rows, meta: { pagination } } };
    },
    error: (status, title, errors = {}) => ({
      status,
      body: { status, title, type: 'https://developer.bigcommerce.com/docs/start/about/status-codes', errors },
    }),
    invalid: 422,
  },
};

/** Some resources of V3 answer without the envelope; their errors are those of V3. */
export const BARE: Replies = {
  ...REPLIES.v3,
  one: (row) => ({ status: 200, body: row }),
  list: ({ rows }) => ({ status: 200, body: rows }),
};
