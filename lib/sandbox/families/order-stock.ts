import { type JsonObject, jsonObjectsIn } from '../../json-object.js';
import { amountOf } from '../amounts.js';
import { settingsIn } from '../scoped-settings.js';
import type { Entry, Tables } from '../tables.js';
import { below, CONSIGNMENTS, LINES } from './order-paths.js';
import { STATUS } from './order-statuses.js';
import { DEFAULT_LOCATION, isTracked, isTrackedByVariant, levelAt, PRODUCTS, type StockItem, setOnhand, VARIANTS } from './stock.js';

/** Orders from other platforms, which are not counted as sold here (orders.v2.oas2.yml, `external_source`). */
const MIGRATED = 'M-MIG';

const CANCELLED: ReadonlySet<unknown> = new Set([STATUS.cancelled, STATUS.declined]);
const DONE: ReadonlySet<unknown> = new Set([STATUS.shipped, STATUS.completed]);

/** What an order has taken from the stock. It is kept with the order, out of sight of clients. */
const TAKEN = '$taken';

/**
 * Takes what an order sells from the stock, or puts it back. The settings of the store say when (settings.v3.yml, InventorySettings):
 * by default when the order is placed, back when it is cancelled, and the difference when its lines are edited. A channel may have its own.
 *
 * @param was the status before; `undefined` for a new order
 */
export function followStock(order: Entry, was: unknown, areLinesChanged: boolean, tables: Tables): void {
  const settings = settingsIn(order.values['channel_id'] ?? 1, '/settings/inventory', tables);
  const isTaken = order.values[TAKEN] !== undefined;
  const isCancelled = CANCELLED.has(order.values['status_id']);
  if (isTaken && isCancelled && settings['refund_order_stock_adjustment'] !== false) putBack(order, tables);
  else if (!isTaken && isDue(order, was, settings)) take(order, tables);
  else if (isTaken && areLinesChanged && settings['edit_order_stock_adjustment'] !== false) {
    putBack(order, tables);
    take(order, tables);
  }
}

/** Whether an order takes its items from the stock now. */
function isDue({ values: { status_id } }: Entry, was: unknown, settings: JsonObject): boolean {
  if (settings['update_stock_behavior'] === 'order_completed_or_shipped') return DONE.has(status_id);
  const isPlaced = !CANCELLED.has(status_id) && status_id !== STATUS.incomplete;
  return isPlaced && (was === undefined || was === STATUS.incomplete || CANCELLED.has(was));
}

function take(order: Entry, tables: Tables): void {
  const location = pickupLocation(order, tables);
  const taken = below(LINES, order, tables).flatMap(({ values }) => {
    const item = itemOf(values, tables);
    const quantity = amountOf(values['quantity']);
    if (item === undefined) return [];
    if (order.values['external_source'] !== MIGRATED) addSold(item.product, quantity);
    if (!isTracked(item.product)) return [];
    const { onhand, available } = levelAt(location, item, tables);
    const most = Math.min(quantity, available);
    setOnhand(location, item, onhand - most, tables);
    return [{ product_id: values['product_id'], variant_id: values['variant_id'], quantity: most, location }];
  });
  order.values[TAKEN] = taken;
}

function putBack(order: Entry, tables: Tables): void {
  for (const row of jsonObjectsIn(order.values[TAKEN])) {
    const item = itemOf(row, tables);
    if (item === undefined) continue;
    const location = String(row['location']);
    setOnhand(location, item, levelAt(location, item, tables).onhand + amountOf(row['quantity']), tables);
    addSold(item.product, -amountOf(row['quantity']));
  }
  order.values[TAKEN] = undefined;
}

function addSold({ values }: Entry, quantity: number): void {
  values['total_sold'] = Math.max(0, amountOf(values['total_sold']) + quantity);
}

/** Returns what the stock of a line is kept of; `undefined` for custom products, and for variants that are not named. */
function itemOf({ product_id, variant_id }: JsonObject, tables: Tables): StockItem | undefined {
  const product = tables.of(PRODUCTS).get(String(product_id), {});
  if (product === undefined || !isTrackedByVariant(product)) return product === undefined ? undefined : { product };
  const variant = tables.of(VARIANTS).get(String(variant_id), { product_id: product.key });
  return variant === undefined ? undefined : { product, variant };
}

/** Returns where an order is picked up; otherwise the default location. */
function pickupLocation(order: Entry, tables: Tables): string {
  const [pickup] = below(CONSIGNMENTS, order, tables).flatMap(({ values }) => jsonObjectsIn(values['pickups']));
  const method = tables.of('/pickup/methods').get(String(pickup?.['pickup_method_id']), {});
  return String(method?.values['location_id'] ?? DEFAULT_LOCATION);
}
