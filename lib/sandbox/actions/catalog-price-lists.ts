import { type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { PriceListRecord } from '../../resources/v3/price-lists.js';
import type { Reply } from '../dialect.js';
import { v3 } from '../dialect-v3.js';
import { PRICE_ASSIGNMENTS, PRICE_LISTS } from '../families/catalog-paths.js';
import { isForSame } from '../families/catalog-price-lists.js';
import { atPlace, refusalOf } from '../refusals.js';
import { ResourceRows } from '../resource-rows.js';
import { showRow } from '../row-view.js';
import type { Entry, Tables } from '../tables.js';
import { type Action, type Actions, data, type Handler, invalid, notFound, on } from './action.js';

const MOST_RECORDS = 100;

const recordsOf = (tables: Tables): ResourceRows => new ResourceRows(PriceListRecord.resource, tables);

/** A record to be written: the list that it is on, and the stored record that it changes, if there is one. */
interface Write {
  readonly row: JsonObject;
  readonly parents: Readonly<Record<string, string>>;
  readonly entry: Entry | undefined;
}

const store = (records: ResourceRows, { row, parents, entry }: Write): Entry =>
  entry === undefined ? records.insert(row, parents) : records.change(entry, row);

/** Returns why a record cannot be written. */
function refusalOfWrite(records: ResourceRows, { row, parents, entry }: Write): Reply | undefined {
  if (records.tables.of(PRICE_LISTS).get(parents['price_list_id'] ?? '', {}) === undefined)
    return invalid('A price list is unknown.', { price_list_id: `the price list ${parents['price_list_id']} does not exist` });
  return refusalOf(records, v3, { body: row, parents, entry });
}

/** Writes records of several lists: all of them, or none if one is refused. A POST only creates. */
const writeAcross =
  (isUpsert: boolean): Handler =>
  ({ incoming, tables }) => {
    const records = recordsOf(tables);
    const rows = jsonObjectsIn(incoming.body);
    if (rows.length > MOST_RECORDS) return invalid(`At most ${MOST_RECORDS} records may be sent at once.`, {});
    const writes = rows.map((row): Write => {
      const parents = { price_list_id: String(row['price_list_id']) };
      return { row, parents, entry: isUpsert ? records.identified(row, parents) : undefined };
    });
    for (const [place, write] of writes.entries()) {
      const refused = refusalOfWrite(records, write);
      if (refused !== undefined) return atPlace(refused, place);
    }
    for (const write of writes) store(records, write);
    return data({});
  };

/** Returns the records of a variant on the list of a path; those in one currency if the path names one. */
function recordsIn({ incoming, tables }: Action): Entry[] {
  const { price_list_id = '', variant_id, currency } = incoming.params;
  return recordsOf(tables)
    .list({ price_list_id })
    .filter(({ values }) => String(values['variant_id']) === variant_id)
    .filter(({ values }) => currency === undefined || values['currency'] === currency.toLowerCase());
}

const show = ({ incoming: { query, root }, tables }: Action, record: Entry): JsonObject => showRow(recordsOf(tables), record, query, root);

const listOfVariant: Handler = (action) => data(recordsIn(action).map((record) => show(action, record)));

const getInCurrency: Handler = (action) => {
  const [record] = recordsIn(action);
  return record === undefined ? notFound() : data(show(action, record));
};

const putInCurrency: Handler = (action) => {
  const { price_list_id = '', variant_id, currency } = action.incoming.params;
  const records = recordsOf(action.tables);
  const [entry] = recordsIn(action);
  const write = { row: { ...action.body, variant_id: Number(variant_id), currency }, parents: { price_list_id }, entry };
  return refusalOfWrite(records, write) ?? data(show(action, store(records, write)));
};

const deleteInCurrency: Handler = (action) => {
  for (const record of recordsIn(action)) recordsOf(action.tables).remove(record);
  return { status: 204 };
};

/** Assigns a list to a group or channel, in place of the one that they have (price_lists.v3.yml, PUT /pricelists/{id}/assignments). */
const assign = on(PRICE_LISTS, (list, { body, tables }) => {
  const { customer_group_id, channel_id } = body;
  const isThere = (path: string, key: unknown): boolean => key === undefined || tables.of(path).get(String(key), {}) !== undefined;
  if (!isThere('/customer_groups', customer_group_id) || !isThere('/channels', channel_id)) return notFound();
  const row = { price_list_id: Number(list.key), ...body };
  const assignments = tables.of(PRICE_ASSIGNMENTS);
  const existing = assignments.list().find(({ values }) => isForSame(values, row));
  if (existing === undefined) return data(assignments.insert('id', row, {}).values);
  Object.assign(existing.values, row);
  return data(existing.values);
});

const RECORD = '/v3/pricelists/:price_list_id/records/:variant_id';

export const PRICE_LIST_ACTIONS: Actions = {
  'POST /v3/pricelists/records': writeAcross(false),
  'PUT /v3/pricelists/records': writeAcross(true),
  'PUT /v3/pricelists/:$key/assignments': assign,
  [`GET ${RECORD}`]: listOfVariant,
  [`GET ${RECORD}/:currency`]: getInCurrency,
  [`PUT ${RECORD}/:currency`]: putInCurrency,
  [`DELETE ${RECORD}/:currency`]: deleteInCurrency,
};
