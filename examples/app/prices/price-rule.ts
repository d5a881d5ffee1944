/** How prices change. */
export interface PriceRule {
  /** By how many percent; negative for lower prices. */
  readonly percent: number;
  /** What new prices end in. */
  readonly ending: Ending;
}

export const ENDINGS = { exact: 'as computed', ninetynine: '.99', whole: 'whole amounts' } as const;
type Ending = keyof typeof ENDINGS;

const LEAST = -90;
const MOST = 900;

/** Reads a rule from the fields of a form. A string says what is wrong. */
export function readRule({ percent: text, ending }: Readonly<Record<'percent' | 'ending', string>>): PriceRule | string {
  const percent = Number(text.trim().replace(',', '.'));
  if (text.trim() === '' || !/^[+-]?\d+([.,]\d{1,2})?$/.test(text.trim()))
    return 'The change must be a number of percent, such as 5 or -12.5.';
  if (percent < LEAST || percent > MOST) return `The change must be from ${LEAST} to ${MOST} percent.`;
  if (!isEnding(ending)) return `The ending must be one of these: ${Object.keys(ENDINGS).join(', ')}.`;
  return { percent, ending };
}

const isEnding = (text: string): text is Ending => Object.hasOwn(ENDINGS, text);

/** Prices have up to four digits behind the point. Whole numbers of these parts are exact, unlike fractions. */
const PARTS = 10_000;

/** Computes a new price. @param decimals digits behind the point in the currency of the store */
export function newPrice(price: number, { percent, ending }: PriceRule, decimals: number): number {
  const factor = 10 ** decimals;
  const parts = Math.round(price * PARTS) * (100 * 100 + Math.round(percent * 100));
  const units = Math.round((parts * factor) / (PARTS * 100 * 100));
  if (ending === 'exact') return units / factor;
  const whole = Math.round(units / factor);
  if (ending === 'whole' || decimals < 2) return whole;
  const hundredth = factor / 100;
  return Math.max(Math.round((units + hundredth) / factor) * factor - hundredth, factor - hundredth) / factor;
}

/** Describes a rule: `+5 %, ending in .99`. */
export function describeRule({ percent, ending }: PriceRule): string {
  const change = `${percent > 0 ? '+' : percent < 0 ? '−' : '±'}${Math.abs(percent)} %`;
  if (ending === 'exact') return change;
  return `${change}, ${ending === 'whole' ? 'whole amounts' : 'ending in .99'}`;
}
