/** Where a literal is in a text. */
export interface Literal {
  readonly start: number;
  readonly end: number;
}

/** The largest safe integer has sixteen digits. */
const DIGITS = 16;
const HALF = DIGITS / 2;

const MINUS = 45;
const ZERO = 48;
const NINE = 57;
const BACKSLASH = 92;

const NONE: readonly Literal[] = [];

/**
 * Finds the integer literals of a JSON text, outside strings, that a double cannot hold.
 *
 * Only every sixteenth character is looked at: a run of sixteen digits covers one of them, and a digit half a run away from
 * it. A run that is found is examined on both sides; only for one that can be an integer literal does it matter whether it is
 * inside a string.
 */
export function longIntegers(text: string): readonly Literal[] {
  let found: Literal[] | undefined;
  let strings: Strings | undefined;
  const { length } = text;
  for (let at = DIGITS - 1; at < length; at += DIGITS) {
    const code = text.charCodeAt(at);
    if (code < ZERO || code > NINE) continue;
    const before = text.charCodeAt(at - HALF);
    if (before < ZERO || before > NINE) {
      const after = text.charCodeAt(at + HALF);
      if (!(after >= ZERO && after <= NINE)) continue;
    }
    const run = digitsAround(text, at);
    at = run.end - 1;
    const literal = longLiteral(text, run);
    if (literal === undefined) continue;
    strings ??= new Strings(text);
    if (!strings.covers(literal.start)) (found ??= []).push(literal);
  }
  return found ?? NONE;
}

/** The whole run of digits of which one is at this place. */
function digitsAround(text: string, at: number): Literal {
  let start = at;
  while (isDigit(text.charCodeAt(start - 1))) start--;
  let end = at + 1;
  while (isDigit(text.charCodeAt(end))) end++;
  return { start, end };
}

/** The literal that a run of digits is part of, if it is an integer that a double cannot hold. */
function longLiteral(text: string, { start: first, end }: Literal): Literal | undefined {
  if (end - first < DIGITS || text.charCodeAt(first) === ZERO) return undefined;
  const start = text.charCodeAt(first - 1) === MINUS ? first - 1 : first;
  return isValue(text, start, end) && !isSafe(text, start, end) ? { start, end } : undefined;
}

const isDigit = (code: number): boolean => code >= ZERO && code <= NINE;

const isSpace = (code: number): boolean => code === 32 || code === 10 || code === 13 || code === 9;

const isSafe = (text: string, start: number, end: number): boolean =>
  end - start <= DIGITS + 1 && Number.isSafeInteger(Number(text.slice(start, end)));

/** Whether what is around a literal lets it be a whole value: no fraction, no exponent, no key. */
function isValue(text: string, start: number, end: number): boolean {
  let before = start - 1;
  while (isSpace(text.charCodeAt(before))) before--;
  if (before >= 0 && !':,['.includes(text.charAt(before))) return false;
  let after = end;
  while (isSpace(text.charCodeAt(after))) after++;
  return after === text.length || ',]}'.includes(text.charAt(after));
}

/** Tells which places of a JSON text are inside strings. Asked for places in rising order, it reads the text once. */
class Strings {
  readonly #text: string;
  /** Just behind the last quote that was read. */
  #at = 0;
  #isInside = false;
  /** The next quote that counts; the length of the text if there is none. */
  #next: number;

  constructor(text: string) {
    this.#text = text;
    this.#next = -1;
  }

  covers(place: number): boolean {
    if (this.#next < 0) this.#next = this.#quote();
    while (this.#next < place) {
      this.#isInside = !this.#isInside;
      this.#at = this.#next + 1;
      this.#next = this.#quote();
    }
    return this.#isInside;
  }

  #quote(): number {
    const text = this.#text;
    for (let quote = text.indexOf('"', this.#at); quote >= 0; quote = text.indexOf('"', quote + 1)) {
      if (!this.#isInside) return quote;
      let before = quote - 1;
      while (before >= this.#at && text.charCodeAt(before) === BACKSLASH) before--;
      if ((quote - before) % 2 === 1) return quote;
    }
    return text.length;
  }
}
