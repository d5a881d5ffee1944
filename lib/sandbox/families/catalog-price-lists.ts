import type { JsonObject } from '../../json-object.js';
import { amountOf } from '../amounts.js';
import { includedIn } from '../selection.js';
import type { Entry, Tables } from '../tables.js';
import { PRICE_ASSIGNMENTS, PRICE_LISTS, PRICE_RECORDS, VARIANTS } from './catalog-paths.js';
import { roundedAmounts } from './catalog-prices.js';
import type { Families, Family } from './family.js';
import { defaultsFor, inEach, isSet, missing, notAmong, refusing, unknownKey } from './rules.js';

const AMOUNTS = ['price', 'sale_price', 'retail_price', 'map_price'];

const LIST: Family = {
  stored: ({ body, entry }) => (entry === undefined ? defaultsFor(body, { active: true }) : {}),
  removed({ entry, tables }) {
    const assignments = tables.of(PRICE_ASSIGNMENTS);
    for (const assignment of assignments.list())
      if (String(assignment.values['price_list_id']) === entry.key) assignments.delete(assignment);
  },
};

/** Returns the variant of a record, which is given by its key or by its SKU. */
function variantOf({ variant_id, sku }: JsonObject, tables: Tables): Entry | undefined {
  const variants = tables.of(VARIANTS);
  return isSet(variant_id) ? variants.get(String(variant_id), {}) : isSet(sku) ? variants.having('sku', sku) : undefined;
}

const currencyOf = ({ currency }: JsonObject): string => String(currency ?? '').toLowerCase();

const RECORD: Family = {
  identity: (row, tables) => ({ variant_id: variantOf(row, tables)?.values['id'] ?? row['variant_id'], currency: currencyOf(row) }),
  refusalOf({ body, entry, parents, tables }) {
    const variant = variantOf({ ...entry?.values, ...body }, tables);
    const isKnown = variant !== undefined || isSet(body['variant_id']) || !isSet(body['sku']);
    const key = variant?.values['id'] ?? body['variant_id'];
    const isThere = ({ values }: Entry): boolean => values['variant_id'] === key && values['currency'] === currencyOf(body);
    const isTwin = entry === undefined && tables.of(PRICE_RECORDS).list(parents).some(isThere);
    return refusing({
      ...(isKnown ? {} : { sku: 'there is no such variant' }),
      ...(isTwin ? { variant_id: 'the variant has a price in this currency on the list already' } : {}),
      ...(isSet(body['currency']) && !/^[a-z]{3}$/i.test(String(body['currency']))
        ? { currency: 'currency must be a code of three letters' }
        : {}),
      ...inEach(body, 'bulk_pricing_tiers', (tier) => ({
        ...missing(tier, 'quantity_min', 'type', 'amount'),
        ...notAmong(tier, { type: ['fixed', 'price', 'percent'] }),
      })),
    });
  },
  stored({ body, entry, tables }) {
    const variant = variantOf({ ...entry?.values, ...body }, tables);
    const of =
      variant === undefined
        ? {}
        : { variant_id: variant.values['id'], product_id: Number(variant.parents['product_id']), sku: variant.values['sku'] };
    return {
      ...(entry === undefined ? { ...defaultsFor(body, { bulk_pricing_tiers: [] }), ...of, currency: currencyOf(body) } : {}),
      ...roundedAmounts(body, AMOUNTS),
    };
  },
  complete({ entry: { values } }) {
    values['calculated_price'] = isSet(values['sale_price']) ? amountOf(values['sale_price']) : amountOf(values['price']);
  },
  show({ row, query }) {
    const included = includedIn(query);
    for (const name of ['sku', 'bulk_pricing_tiers']) if (!included.has(name)) delete row[name];
  },
};

/** Whether an assignment is for the same shoppers as another one. */
export const isForSame = (one: JsonObject, other: JsonObject): boolean =>
  ['customer_group_id', 'channel_id'].every((name) => String(one[name] ?? '') === String(other[name] ?? ''));

const ASSIGNMENT: Family = {
  refusalOf({ body: { price_list_id, customer_group_id, channel_id }, tables }) {
    return refusing({
      ...(isSet(price_list_id) ? unknownKey(tables, PRICE_LISTS, 'price_list_id', price_list_id) : {}),
      ...(isSet(customer_group_id) ? unknownKey(tables, '/customer_groups', 'customer_group_id', customer_group_id) : {}),
      ...(isSet(channel_id) ? unknownKey(tables, '/channels', 'channel_id', channel_id) : {}),
    });
  },
};

/** The rules of price lists (price_lists.v3.yml). */
export const PRICE_LIST_FAMILIES: Families = {
  'v3 /pricelists': LIST,
  'v3 /pricelists/:price_list_id/records': RECORD,
  'v3 /pricelists/assignments': ASSIGNMENT,
};
