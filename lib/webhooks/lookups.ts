import { propertyOf } from '../json-object.js';
import type { Model, ModelClass } from '../model/model.js';
import * as v3 from '../resources/v3/index.js';
import type { Key } from '../transport/path.js';
import { find, idAt, type KeyReader, type Place, unlessGone } from './subject.js';

export const channelOf = ({ channel }: Place): number => channel ?? 0;

/** The metafields of a variant lie below its product, which the event does not name. */
export async function findVariantMetafield(key: KeyReader, { session, call }: Place): Promise<v3.VariantMetafield | null> {
  const id = key('resource_id');
  const variants = await v3.ProductVariant.using(session)
    .where({ id: Number(id) })
    .all(call);
  const variant = variants.find((each) => String(each.id) === String(id));
  if (variant === undefined) return null;
  return find(v3.VariantMetafield, key('metafield_id'), [variant.product_id, variant.id], session, call);
}

/** The model of each `resource_type` whose metafields lie below their owner. */
const METAFIELDS: Readonly<Record<string, ModelClass>> = {
  brand: v3.BrandMetafield,
  cart: v3.CartMetafield,
  category: v3.CategoryMetafield,
  channel: v3.ChannelMetafield,
  customer: v3.CustomerMetafield,
  location: v3.LocationMetafield,
  order: v3.OrderMetafield,
  product: v3.ProductMetafield,
};

export function findMetafield(key: KeyReader, place: Place): Promise<Model | null> {
  const type = String(key('resource_type'));
  if (type === 'variant') return findVariantMetafield(key, place);
  const { session, call } = place;
  const model = Object.hasOwn(METAFIELDS, type) ? METAFIELDS[type] : undefined;
  const parents = model === undefined ? [] : [key('resource_id')];
  return find(model ?? v3.StoreMetafield, key('metafield_id'), parents, session, call);
}

export function unknownOwner(data: unknown): string | undefined {
  const type = String(propertyOf(data, 'resource_type'));
  const isKnown = type === 'variant' || type === 'store' || Object.hasOwn(METAFIELDS, type);
  return isKnown ? undefined : `the owner of the metafield is of an unknown kind, ${type}`;
}

/** The product that a local option belongs to. */
export const firstProduct = ({ data }: Place): Key => idAt(data, 'affected_product_ids.0') ?? 0;

/** A local option belongs to one product; shared ones have no resource. */
export const sharedOption = (data: unknown): string | undefined =>
  String(propertyOf(data, 'type')).startsWith('shared_') ? 'the API has no resource for shared options and modifiers' : undefined;

export async function findTransaction(key: KeyReader, { session, call }: Place): Promise<v3.OrderTransaction | null> {
  const all = await v3.OrderTransaction.using(session).of(key('order_id')).all(call);
  const id = String(key('transaction_id'));
  return all.find((each) => each.gateway_transaction_id === id) ?? all.find((each) => String(each.id) === id) ?? null;
}

const currencyIn = (data: unknown): string => String(idAt(data, 'currency') ?? idAt(data, 'currency_code'));

/** The prices that rows of an event name, read with one query for each price list. */
export async function findPrices(rows: readonly unknown[], { session, call }: Place): Promise<v3.PriceListRecord[]> {
  const lists = new Set(rows.map((row) => idAt(row, 'price_list_id')).filter((list) => list !== undefined));
  const found: v3.PriceListRecord[] = [];
  for (const list of lists) {
    const wanted = rows.filter((row) => idAt(row, 'price_list_id') === list);
    const names = new Set(wanted.map((row) => `${idAt(row, 'variant_id')} ${currencyIn(row)}`));
    const variants = [...new Set(wanted.map((row) => Number(idAt(row, 'variant_id'))))];
    const records = await unlessGone(v3.PriceListRecord.using(session).of(list).where({ 'variant_id:in': variants }).all(call));
    found.push(...(records ?? []).filter(({ variant_id, currency }) => names.has(`${variant_id} ${currency}`)));
  }
  return found;
}

export async function findAssignment(key: KeyReader, { session, call, data }: Place): Promise<v3.PriceListAssignment | null> {
  const all = await v3.PriceListAssignment.using(session)
    .where({ price_list_id: Number(key('price_list_id')) })
    .all(call);
  const isSame = (value: number | null, path: string): boolean => (idAt(data, path) ?? 0) === (value ?? 0);
  return all.find((each) => isSame(each.channel_id, 'channel_id') && isSame(each.customer_group_id, 'customer_group_id')) ?? null;
}

export const findPriceLists = ({ session, call, data }: Place): Promise<v3.PriceList[]> => {
  const ids = propertyOf(data, 'price_list_ids');
  return v3.PriceList.using(session)
    .where({ 'id:in': Array.isArray(ids) ? ids.map(Number) : [] })
    .all(call);
};
