import type { RefusedName, ServerDialect } from './dialect.js';

const DECIMALS = 4;

/**
 * What V2 says of a name. Sources: orders.v2.oas2.yml, PUT /orders/{order_id}/shipping_addresses/{id}; issue 82 of the official Python
 * client; issues 18 and 194 of the official PHP client.
 */
const REFUSALS: Readonly<Record<RefusedName['because'], (name: string) => string>> = {
  unknown: (name) => `The field '${name}' is not supported by this resource.`,
  readOnly: (name) => `The field '${name}' cannot be written to. Please remove it from your request before trying again.`,
  invalid: (name) => `The field '${name}' is invalid.`,
};

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
  refuseNames: (refused) => ({
    status: 400,
    body: refused.map(({ name, because }) => ({ status: 400, message: REFUSALS[because](name) })),
  }),
  statuses: { create: 201, update: 200, delete: 204 },
  invalid: 400,
  deleted: {},
  linksRelated: true,
  numberAsString: (value) => value.toFixed(DECIMALS),
  noDate: '',
};
