import { createHash } from 'node:crypto';
import { asJsonObject, type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { amountOf, roundedAmount } from '../amounts.js';
import type { Entry, Tables } from '../tables.js';

const ZONES = '/shipping/zones';

/** What is shipped to one address. */
export interface Shipment {
  readonly items: readonly { readonly line: JsonObject; readonly quantity: number }[];
  readonly address: JsonObject;
}

/** A way to ship, and what handling costs besides. */
export interface ShippingOption {
  readonly shown: JsonObject;
  readonly handling: number;
}

/** Whether a zone has an address, by the type of its locations. */
const HAS: Readonly<Record<string, (location: JsonObject, address: JsonObject) => boolean>> = {
  country: ({ country_iso2 }, { country_code }) => country_iso2 === country_code,
  state: ({ country_iso2, state_iso2 }, { country_code, state_or_province_code }) =>
    country_iso2 === country_code && state_iso2 === state_or_province_code,
  zip: ({ country_iso2, zip }, { country_code, postal_code }) =>
    country_iso2 === country_code && String(postal_code ?? '').startsWith(String(zip).replace(/\*$/, '')),
};

/** Returns the shipping zones of an address: those that name it most closely, else the global one. */
function shippingZonesOf(address: JsonObject, tables: Tables): Entry[] {
  const zones = tables
    .of(ZONES)
    .list()
    .filter(({ values }) => values['enabled'] !== false);
  const zonesOf = (type: string): Entry[] =>
    zones.filter(({ values }) => values['type'] === type && jsonObjectsIn(values['locations']).some((each) => HAS[type]?.(each, address)));
  const closest = ['zip', 'state', 'country'].map(zonesOf).find((found) => found.length > 0);
  return closest ?? zones.filter(({ values }) => values['type'] === 'global');
}

const weightOf = ({ line }: { line: JsonObject }, tables: Tables): number =>
  amountOf(tables.of('/products').get(String(line['product_id']), {})?.values['weight']);

/** What the items of a shipment are, for methods that depend on it. */
interface Measures {
  readonly count: number;
  readonly weight: number;
  readonly total: number;
}

function measuresOf({ items }: Shipment, tables: Tables): Measures {
  const sum = (of: (item: Shipment['items'][number]) => number): number =>
    items.reduce((total, item) => total + of(item) * item.quantity, 0);
  return { count: sum(() => 1), weight: sum((item) => weightOf(item, tables)), total: sum(({ line }) => amountOf(line['list_price'])) };
}

function rangedCost({ range, default_cost, default_cost_type }: JsonObject, measure: number, total: number): number | undefined {
  const found = jsonObjectsIn(range).find(
    ({ lower_limit, upper_limit }) => measure >= amountOf(lower_limit) && measure < (amountOf(upper_limit) || Infinity),
  );
  if (found !== undefined) return amountOf(found['shipping_cost']);
  if (default_cost === undefined || default_cost === null) return undefined;
  return default_cost_type === 'percentage_of_total' ? (total * amountOf(default_cost)) / 100 : amountOf(default_cost);
}

/** What a method costs, by its type; carriers would have to be asked (shipping.v2.yml). */
const COSTS: Readonly<Record<string, (settings: JsonObject, measures: Measures) => number | undefined>> = {
  perorder: ({ rate }) => amountOf(rate),
  peritem: ({ rate }, { count }) => amountOf(rate) * count,
  weight: (settings, { weight, total }) => rangedCost(settings, weight, total),
  total: (settings, { total }) => rangedCost(settings, total, total),
  freeshipping: () => 0,
};

function feeOf(fees: unknown, cost: number): number {
  const { fixed_surcharge, percentage_surcharge } = asJsonObject(fees);
  return fixed_surcharge === undefined ? (cost * amountOf(percentage_surcharge)) / 100 : amountOf(fixed_surcharge);
}

/** Ids are the same whenever the options of a consignment are listed. */
const idOf = (...parts: readonly string[]): string => createHash('md5').update(parts.join('/')).digest('hex');

function option(id: string, type: string, description: unknown, cost: number, handling: number): ShippingOption {
  const shown = { id, description, type, image_url: '', cost: roundedAmount(cost), transit_time: '', additional_description: '' };
  return { shown, handling: roundedAmount(handling) };
}

/**
 * Returns the ways to ship a consignment: the methods of the shipping zones of its address. A store without any shipping zone ships for free.
 *
 * @param freeZones the zones with free shipping by a promotion
 */
export function shippingOptionsOf(id: string, shipment: Shipment, freeZones: readonly unknown[], tables: Tables): ShippingOption[] {
  if (tables.of(ZONES).list().length === 0) return [freeOption(id, 'store')];
  const measures = measuresOf(shipment, tables);
  return shippingZonesOf(shipment.address, tables).flatMap((zone) => zoneOptions(id, zone, measures, freeZones, tables));
}

const freeOption = (id: string, of: string): ShippingOption => option(idOf(id, of), 'freeshipping', 'Free Shipping', 0, 0);

function zoneOptions(id: string, zone: Entry, measures: Measures, freeZones: readonly unknown[], tables: Tables): ShippingOption[] {
  const { enabled, minimum_sub_total } = asJsonObject(zone.values['free_shipping']);
  const isFree = enabled === true && measures.total >= amountOf(minimum_sub_total);
  const isPromoted = freeZones.some((each) => each === '*' || String(each) === zone.key);
  const methods = tables.of(`${ZONES}/:zone_id/methods`).list({ zone_id: zone.key });
  const offered = methods.flatMap((method) => methodOption(id, zone, method, measures));
  return [...(isFree || isPromoted ? [freeOption(id, `zone ${zone.key}`)] : []), ...offered];
}

/** The types of options, by those of methods. */
const TYPES: Readonly<Record<string, string>> = {
  perorder: 'shipping_flatrate',
  peritem: 'shipping_peritem',
  weight: 'shipping_byweight',
  total: 'shipping_bytotal',
};

function methodOption(id: string, zone: Entry, { key, values }: Entry, measures: Measures): ShippingOption[] {
  const type = String(values['type']);
  const cost = values['enabled'] === false ? undefined : COSTS[type]?.(asJsonObject(values['settings']), measures);
  if (cost === undefined) return [];
  const ofZone = zone.values['handling_fees'];
  const isSeparate = asJsonObject(ofZone)['display_separately'] === true;
  const own = cost + feeOf(values['handling_fees'], cost);
  const fee = feeOf(ofZone, cost);
  return [option(idOf(id, zone.key, key), TYPES[type] ?? type, values['name'], isSeparate ? own : own + fee, isSeparate ? fee : 0)];
}
