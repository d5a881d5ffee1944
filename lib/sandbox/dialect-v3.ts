import type { PageOfRows, ServerDialect } from './dialect.js';

/** The page that errors lead to. */
const STATUS_CODES = 'https://developer.bigcommerce.com/docs/start/about/status-codes';

/** Responses of V3: an envelope of `data` and `meta`, errors by field, embedded related rows. */
export const v3: ServerDialect = {
  one: (row) => ({ status: 200, body: { data: row, meta: {} } }),
  list: (page) => ({ status: 200, body: { data: page.rows, meta: { pagination: paginationOf(page) } } }),
  error: (status, title, errors = {}) => ({
    status,
    body: { status, title, type: STATUS_CODES, errors },
  }),
  statuses: { create: 200, update: 200, delete: 204 },
  invalid: 422,
  deleted: { data: {}, meta: {} },
  linksRelated: false,
  numberAsString: String,
  noDate: null,
};

/** Some V3 resources respond without the envelope; their errors are those of V3. */
export const v3WithoutEnvelope: ServerDialect = {
  ...v3,
  one: (row) => ({ status: 200, body: row }),
  list: ({ rows }) => ({ status: 200, body: rows }),
};

/** Returns the `meta.pagination` of a page. */
export function paginationOf({ rows, total, page, limit }: PageOfRows): object {
  const totalPages = Math.ceil(total / limit);
  const link = (number: number): string => `?page=${number}&limit=${limit}`;
  const links = {
    ...(page > 1 ? { previous: link(page - 1) } : {}),
    current: link(page),
    ...(page < totalPages ? { next: link(page + 1) } : {}),
  };
  return { total, count: rows.length, per_page: limit, current_page: page, total_pages: totalPages, links };
}
