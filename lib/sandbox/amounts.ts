/** V2 writes amounts with four decimals. */
const DECIMALS = 4;

export const money = (amount: number): string => amount.toFixed(DECIMALS);

/** The number in a stored amount, which may be text; 0 if there is none. */
export const amountOf = (value: unknown): number => (Number.isFinite(Number(value)) ? Number(value) : 0);

/** Rounds an amount to cents. */
export const roundedAmount = (amount: number): number => Math.round((amount + Number.EPSILON) * 100) / 100;
