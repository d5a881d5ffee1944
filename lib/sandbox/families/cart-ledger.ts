import type { JsonObject } from '../../json-object.js';
import { amountOf, roundedAmount } from '../amounts.js';
import type { PricedLine } from './promotion-items.js';
import type { Discounts } from './promotion-rules.js';

/** An amount taken off a line, or off the cart as a whole. */
export interface Discount {
  /** Id of the promotion; `coupon` or `manual-discount`. */
  readonly id: unknown;
  readonly amount: number;
}

const sumOf = (discounts: readonly Discount[]): number => discounts.reduce((sum, { amount }) => sum + amount, 0);

/** The discounts of a cart while they are found. */
export class CartLedger implements Discounts {
  readonly #ofLines = new Map<PricedLine, Discount[]>();
  readonly cart: Discount[] = [];
  /** The shipping zones with free shipping: `*` for all. */
  readonly freeZones: unknown[] = [];
  readonly gifts: { readonly promotion: unknown; readonly gift: JsonObject }[] = [];

  constructor(readonly lines: readonly PricedLine[]) {}

  ofLine(priced: PricedLine, id: unknown, amount: number): number {
    const taken = roundedAmount(Math.min(amount, this.costOf(priced)));
    if (taken > 0) this.#ofLines.set(priced, [...this.discountsOf(priced), { id, amount: taken }]);
    return taken;
  }

  ofCart(id: unknown, amount: number): number {
    const taken = roundedAmount(Math.min(amount, this.subtotal()));
    if (taken > 0) this.cart.push({ id, amount: taken });
    return taken;
  }

  subtotal(): number {
    return roundedAmount(this.lines.reduce((sum, priced) => sum + this.costOf(priced), 0) - sumOf(this.cart));
  }

  freeShipping(zones: unknown): void {
    this.freeZones.push(...(Array.isArray(zones) ? zones : [zones ?? '*']));
  }

  gift(promotion: unknown, gift: JsonObject): void {
    this.gifts.push({ promotion, gift });
  }

  get isEmpty(): boolean {
    return this.#ofLines.size === 0 && this.cart.length === 0 && this.freeZones.length === 0 && this.gifts.length === 0;
  }

  /** The discounts on a line itself, without its share of those on the cart. */
  discountsOf(priced: PricedLine): readonly Discount[] {
    return this.#ofLines.get(priced) ?? [];
  }

  /** What a line costs with its discounts, without its share of those on the cart. */
  costOf(priced: PricedLine): number {
    return roundedAmount(priced.price * priced.quantity - sumOf(this.discountsOf(priced)));
  }

  /** What the discounts on the cart as a whole take off a line: the lines share them by what they cost. */
  shareOf(priced: PricedLine, discounts: readonly Discount[] = this.cart): number {
    const costs = this.lines.map((each) => this.costOf(each));
    const total = costs.reduce((sum, cost) => sum + cost, 0);
    const amount = sumOf(discounts);
    if (total === 0) return 0;
    // Shares are rounded in their order, so that they add up to the amount.
    const at = this.lines.indexOf(priced);
    const upTo = (count: number): number => roundedAmount((amount * costs.slice(0, count).reduce((sum, cost) => sum + cost, 0)) / total);
    return roundedAmount(upTo(at + 1) - upTo(at));
  }

  /** The sum of the discounts on the cart as a whole with such an id. */
  ofCartBy(matches: (id: unknown) => boolean): number {
    return roundedAmount(sumOf(this.cart.filter(({ id }) => matches(id))));
  }

  /** The discounts of the whole cart, by id. */
  get all(): Discount[] {
    const sums = new Map<unknown, number>();
    for (const { id, amount } of [...[...this.#ofLines.values()].flat(), ...this.cart]) sums.set(id, amountOf(sums.get(id)) + amount);
    return [...sums].map(([id, amount]) => ({ id, amount: roundedAmount(amount) }));
  }
}
