import { STATUS, SYSTEM_STATUSES } from '../families/order-statuses.js';
import { type NonEmpty, pick } from './values.js';

export const BUYERS = 30;
export const FIRST_ID = 100;
export const SHIPPING = 10;
export const FEE = 4;
export const COUPON = 5;

/** The statuses of orders, again and again. */
const STATUSES: NonEmpty<number> = [STATUS.pending, STATUS.shipped, STATUS.completed, STATUS.awaitingFulfillment, STATUS.cancelled];

/** The places of the orders of which something was refunded or part was shipped, and of those that are picked up. */
export const REFUNDED = 22;
export const PARTIALLY_REFUNDED = 17;
const PARTIALLY_SHIPPED = 1;
export const PICKED_UP: readonly number[] = [27, 32];

export const statusOf = (index: number): number => {
  if (index === REFUNDED) return STATUS.refunded;
  if (index === PARTIALLY_SHIPPED) return STATUS.partiallyShipped;
  if (index === PARTIALLY_REFUNDED) return STATUS.partiallyRefunded;
  return index === PICKED_UP[0] ? STATUS.awaitingPickup : pick(STATUSES, index);
};

export const nameOf = (status: number): string => SYSTEM_STATUSES.find(({ id }) => id === status)?.name ?? '';

/** How many of each line of an order have left the store: of one order, the second line only. */
export const shippedOf = (index: number): readonly [first: number, second: number] =>
  index === PARTIALLY_SHIPPED ? [0, 2] : isShipped(index) ? [1, 2] : [0, 0];

/** Whether all items of an order have left the store. */
export const isShipped = (index: number): boolean =>
  !PICKED_UP.includes(index) && [STATUS.shipped, STATUS.completed].some((status) => status === statusOf(index));

/** What was paid by card: all that was shipped or refunded, and what is authorized. */
export const paymentOf = (index: number): string => {
  const status = statusOf(index);
  if (status === STATUS.refunded) return 'refunded';
  if (status === STATUS.partiallyRefunded) return 'partially refunded';
  if (status === STATUS.awaitingFulfillment) return 'authorized';
  const isPaid = PICKED_UP.includes(index) || [STATUS.partiallyShipped, STATUS.shipped, STATUS.completed].some((each) => each === status);
  return isPaid ? 'captured' : '';
};

/** How many items of an order have left the store. */
export const shippedCount = (index: number): number => shippedOf(index).reduce((sum, each) => sum + each, 0);
