import { amountOf } from '../amounts.js';
import type { Entry, Tables } from '../tables.js';

/** A code that a shopper may enter: a coupon of V2, or a code of a promotion. */
export type Coupon =
  | { readonly kind: 'coupon'; readonly entry: Entry }
  | { readonly kind: 'promotion'; readonly entry: Entry; readonly code: Entry };

/** Who used which code. Only the sandbox itself reads it. */
const USES = '/coupons/$uses';

const isReached = (limit: unknown, uses: number): boolean => amountOf(limit) > 0 && uses >= amountOf(limit);

/** The row that counts the uses of a coupon: that of the code, for those of promotions. */
const counted = (coupon: Coupon): Entry => (coupon.kind === 'promotion' ? coupon.code : coupon.entry);

const counterOf = ({ kind }: Coupon): string => (kind === 'promotion' ? 'current_uses' : 'num_uses');

/** Whether a coupon has reached its limit of uses, in all or by a customer. */
export function isSpentBy(coupon: Coupon, customer: unknown, tables: Tables): boolean {
  const { values, key } = counted(coupon);
  const uses = tables
    .of(USES)
    .list({ kind: coupon.kind, key })
    .filter((each) => each.values['customer_id'] === customer);
  const isGuest = customer === undefined || customer === 0;
  return (
    isReached(values['max_uses'], amountOf(values[counterOf(coupon)])) ||
    (!isGuest && isReached(values['max_uses_per_customer'], uses.length))
  );
}

/** Counts a use of a coupon by an order. */
export function countUse(coupon: Coupon, customer: unknown, tables: Tables): void {
  const { values, key } = counted(coupon);
  values[counterOf(coupon)] = amountOf(values[counterOf(coupon)]) + 1;
  tables.of(USES).insert('id', { customer_id: customer }, { kind: coupon.kind, key });
}
