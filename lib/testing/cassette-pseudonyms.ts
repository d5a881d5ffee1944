import { createHmac } from 'node:crypto';

const EMAIL = /[\p{L}\p{N}._%+'-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
const IP_V4 = /^\d{1,3}(\.\d{1,3}){3}$/;
const IP_V6 = /^(?=.*:.*:)[\da-f:]+(%\w+)?$/i;
const DATE = /^\d{4}-\d{2}-\d{2}/;
const TOKEN = /[\p{L}\p{N}\p{M}]+/gu;
const LETTERS = /^[\p{L}\p{M}]{2,}$/u;

const CONSONANTS = 'bdfgklmnprstvz';
const VOWELS = 'aeiou';

/**
 * Replaces values by pseudonyms: the same value always by the same one, in the same form. An email becomes an email, a phone number keeps
 * its punctuation, a name its capitals. Words are replaced one by one, so that `Jane` in `Jane Smith` is the `Jane` of a first name.
 *
 * A pseudonym is derived from its value: whoever guesses a value can check the guess, unless a key is mixed in.
 */
export class Pseudonyms {
  readonly #key: string;
  /** Values that are pseudonyms, and words of them: they stay as they are. */
  readonly #known = new Set<string>();
  readonly #made = new Map<string, string>();

  constructor(key = '') {
    this.#key = key;
  }

  /** Notes that a value is a pseudonym already, and so are its words. */
  recognise(value: string): void {
    this.#known.add(value);
    for (const [word] of value.matchAll(TOKEN)) if (LETTERS.test(word)) this.#known.add(word);
    this.recogniseEmails(value);
  }

  /** Notes that the emails in a text are pseudonyms already. */
  recogniseEmails(text: string): void {
    if (text.includes('@')) for (const [email] of text.matchAll(EMAIL)) this.#known.add(email);
  }

  /** Returns the pseudonym of a value. */
  of(value: string): string {
    if (this.#known.has(value)) return value;
    let made = this.#made.get(value);
    if (made === undefined) this.#made.set(value, (made = this.#make(value)));
    return made;
  }

  /** Replaces the emails inside a text. */
  inText(text: string): string {
    return text.includes('@') ? text.replace(EMAIL, (email) => this.#email(email)) : text;
  }

  #make(value: string): string {
    if (IP_V4.test(value)) return this.#ipV4(value);
    if (IP_V6.test(value)) return `2001:db8::${this.#hex(value, 4)}:${this.#hex(value, 8).slice(4)}`;
    if (DATE.test(value)) return this.#date(value);
    return value
      .split(/(\S+@\S+)/)
      .map((part) => (part.includes('@') ? this.inText(part) : part.replace(TOKEN, (token) => this.#token(token, value))))
      .join('');
  }

  /** In 198.18.0.0/15, which no machine of the internet has (RFC 2544). */
  #ipV4(ip: string): string {
    const [a = 0, b = 0, c = 0] = this.#bytes(ip);
    return `198.${18 + (a % 2)}.${b}.${c}`;
  }

  #date(date: string): string {
    const [year = 0, month = 0, day = 0] = this.#bytes(date);
    const two = (number: number): string => String(number).padStart(2, '0');
    return `${1940 + (year % 65)}-${two(1 + (month % 12))}-${two(1 + (day % 28))}${date.slice(10)}`;
  }

  /** At example.com, which nobody has (RFC 2606). */
  #email(email: string): string {
    if (this.#known.has(email)) return email;
    const lower = email.toLowerCase();
    return `${this.#syllables(lower, 2)}.${this.#hex(lower, 8)}@example.com`;
  }

  /** A word becomes a word; a number, or what mixes letters and digits, keeps its form. */
  #token(token: string, value: string): string {
    if (this.#known.has(token)) return token;
    if (LETTERS.test(token)) return inCaseOf(token, this.#syllables(token.toLowerCase(), Math.min(4, Math.max(2, token.length >> 1))));
    const bytes = this.#bytes(`${value} ${token}`);
    const isNumber = /^\d+$/.test(token);
    return [...token].map((character, at) => inPlaceOf(character, bytes[at % bytes.length] ?? 0, isNumber && at === 0)).join('');
  }

  #syllables(text: string, count: number): string {
    const bytes = this.#bytes(text);
    let word = '';
    for (let at = 0; at < count; at++) word += pick(CONSONANTS, bytes[2 * at]) + pick(VOWELS, bytes[2 * at + 1]);
    return word;
  }

  #hex(text: string, length: number): string {
    return this.#bytes(text).toString('hex').slice(-length);
  }

  #bytes(text: string): Buffer {
    return createHmac('sha256', `bigrecord ${this.#key}`).update(text).digest();
  }
}

const pick = (from: string, byte = 0): string => from.charAt(byte % from.length);

function inCaseOf(model: string, word: string): string {
  if (model === model.toLowerCase()) return word;
  if (model === model.toUpperCase()) return word.toUpperCase();
  return word.charAt(0).toUpperCase() + word.slice(1);
}

/** @param isFirst whether it is the first digit of a number, which stays 0 or does not become it */
function inPlaceOf(character: string, byte: number, isFirst: boolean): string {
  if (/\d/.test(character)) return isFirst && character === '0' ? '0' : String(isFirst ? 1 + (byte % 9) : byte % 10);
  const letter = pick(CONSONANTS, byte);
  return character === character.toUpperCase() ? letter.toUpperCase() : letter;
}
