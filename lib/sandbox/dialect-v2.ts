import type { ServerDialect } from './dialect.js';

const DECIMALS = 4;

/** Responses of V2: no envelope, 204 for an empty list, an array of errors, links to related rows. */
export const v2: ServerDialect = {
  one: (row) => ({ status: 200, body: row }),
  list: ({ rows }) => (rows.length === 0 ? { status: 204 } : { status: 200, body: rows }),
  error: (status, message, fields) => {
    const each = Object.entries(fields ?? {}).map(([field, reason]) => ({
      status,
      message: `The field '${field}' is invalid: ${reason}.`,
      details: { invalid_reason: reason },
    }));
    return { status, body: each.length > 0 ? each : [{ status, message }] };
  },
  statuses: { create: 201, update: 200, delete: 204 },
  invalid: 400,
  deleted: {},
  linksRelated: true,
  numberAsString: (value) => value.toFixed(DECIMALS),
  noDate: '',
};
