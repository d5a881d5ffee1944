import { type Actions, bare, data, type Handler, on } from './action.js';

/** The password of every customer of the sandbox. */
const PASSWORD = 'password';

const validateCredentials: Handler = ({ body, tables }) => {
  const email = String(body['email'] ?? '').toLowerCase();
  const found = tables.of('/customers').having('email', email);
  const customer_id = found === undefined ? null : Number(found.key);
  return bare({ is_valid: found !== undefined && body['password'] === PASSWORD, customer_id });
};

const addToSegment: Handler = ({ incoming, tables }) => {
  const { segment_id = '' } = incoming.params;
  const keys = Array.isArray(incoming.body) ? incoming.body.map(String) : [];
  const profiles = keys.map((key) => tables.of('/shopper-profiles').get(key, {})).filter((profile) => profile !== undefined);
  for (const { values } of profiles) tables.of('/segments/:segment_id/shopper-profiles').insert('id', values, { segment_id });
  return data(
    profiles.map(({ values }) => values),
    201,
  );
};

export const CUSTOMER_ACTIONS: Actions = {
  'POST /v2/customers/:$key/validate': on('/customers', (_, { body }) => bare({ success: body['password'] === PASSWORD })),
  'POST /v3/customers/validate-credentials': validateCredentials,
  'POST /v3/segments/:segment_id/shopper-profiles': addToSegment,
};
