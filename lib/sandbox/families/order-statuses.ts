import type { JsonObject } from '../../json-object.js';
import type { Tables } from '../tables.js';
import { isBlank } from '../values.js';

/** A status that an order may have. */
export interface SystemStatus {
  readonly id: number;
  readonly name: string;
  /** Its place in lists. */
  readonly order: number;
  readonly meaning: string;
}

const status = (id: number, name: string, order: number, meaning: string): SystemStatus => ({ id, name, order, meaning });

/** The statuses of the platform (orders.v2.oas2.yml, GET /order_statuses). */
export const SYSTEM_STATUSES: readonly SystemStatus[] = [
  status(0, 'Incomplete', 0, 'The shopper reached the payment page and did not pay.'),
  status(1, 'Pending', 1, 'The checkout was started and is not complete.'),
  status(2, 'Shipped', 8, 'All items have been shipped.'),
  status(3, 'Partially Shipped', 6, 'Some items have been shipped.'),
  status(4, 'Refunded', 11, 'All has been refunded.'),
  status(5, 'Cancelled', 9, 'The seller has cancelled the order.'),
  status(6, 'Declined', 10, 'The seller has declined the order.'),
  status(7, 'Awaiting Payment', 2, 'The payment is not confirmed yet.'),
  status(8, 'Awaiting Pickup', 5, 'The order waits for the customer at a location.'),
  status(9, 'Awaiting Shipment', 4, 'The order is packed and waits for the carrier.'),
  status(10, 'Completed', 7, 'The order is paid for and its files can be downloaded.'),
  status(11, 'Awaiting Fulfillment', 3, 'The payment is confirmed.'),
  status(12, 'Manual Verification Required', 13, 'Something has to be confirmed by hand.'),
  status(13, 'Disputed', 12, 'The customer disputes the payment.'),
  status(14, 'Partially Refunded', 14, 'Part of the order has been refunded.'),
];

/** The statuses that rules know by name. */
export const STATUS = {
  incomplete: 0,
  pending: 1,
  shipped: 2,
  partiallyShipped: 3,
  refunded: 4,
  cancelled: 5,
  declined: 6,
  awaitingPayment: 7,
  awaitingPickup: 8,
  completed: 10,
  awaitingFulfillment: 11,
  partiallyRefunded: 14,
} as const;

const DONE: ReadonlySet<number> = new Set([STATUS.shipped, STATUS.completed]);

export const isStatus = (id: unknown): boolean => SYSTEM_STATUSES.some((each) => each.id === Number(id));

/** Returns what an order has besides the number of its status: the names of it, and when it was shipped. */
export function statusValues(id: number, { date_shipped }: JsonObject, tables: Tables): JsonObject {
  const named = tables.of('/order_statuses').get(String(id), {})?.values ?? {};
  const name = named['system_label'] ?? SYSTEM_STATUSES.find((each) => each.id === id)?.name ?? '';
  const isShipped = !isBlank(date_shipped);
  return {
    status_id: id,
    status: name,
    custom_status: named['custom_label'] ?? name,
    ...(DONE.has(id) && !isShipped ? { date_shipped: tables.clock.iso() } : {}),
  };
}
