import { Currency } from '../../resources/v2/store.js';
import { v2 } from '../dialect-v2.js';
import { ResourceRows } from '../resource-rows.js';
import { type Actions, bare, type Handler } from './action.js';

const CONNECTIONS = '/shipping/carrier/connection';

/** Stores the connection to a carrier: a second one replaces it. Connections cannot be read (shipping.v2.yml). */
const connectCarrier: Handler = ({ tables, body }) => {
  const { carrier_id, connection } = body;
  if (typeof carrier_id !== 'string' || carrier_id === '') return v2.error(400, 'The carrier is missing.', { carrier_id: 'is required' });
  if (connection === undefined) return v2.error(400, 'The connection is missing.', { connection: 'is required' });
  tables.of(CONNECTIONS).insert('carrier_id', { carrier_id, connection }, {});
  return bare({});
};

const disconnectCarrier: Handler = ({ tables, body }) => {
  const entry = tables.of(CONNECTIONS).get(String(body['carrier_id']), {});
  if (entry !== undefined) tables.of(CONNECTIONS).delete(entry);
  return { status: 204 };
};

/** Deletes all currencies except the default one (currencies.v2.yml). */
const deleteCurrencies: Handler = ({ tables }) => {
  const rows = new ResourceRows(Currency.resource, tables);
  for (const entry of rows.list({})) if (entry.values['is_default'] !== true) rows.remove(entry);
  return { status: 204 };
};

/** Carriers and currencies. */
export const STORE_ACTIONS: Actions = {
  'POST /v2/shipping/carrier/connection': connectCarrier,
  'PUT /v2/shipping/carrier/connection': connectCarrier,
  'DELETE /v2/shipping/carrier/connection': disconnectCarrier,
  'DELETE /v2/currencies': deleteCurrencies,
};
