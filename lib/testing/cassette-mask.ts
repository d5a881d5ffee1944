import { isJsonObject } from '../json-object.js';
import { FIELDS_BY_PATH, isPersonal, isSecret, PERSONAL_PATHS } from './cassette-fields.js';
import type { Pseudonyms } from './cassette-pseudonyms.js';

/** Where a value is that may have to be masked. */
export interface MaskPlace {
  /** Its name, or the name of its array: `email`. */
  readonly name: string;
  /** The names that lead to it, from the outermost one, without indexes: `data.addresses.city`. */
  readonly path: string;
  /** Path of the request, below the store: `/v3/customers`. */
  readonly address: string;
  readonly part: 'query' | 'request' | 'response';
}

/** Returns what stands for a value in the cassette; `undefined` to leave the value to the other rules. */
export type MaskFunction = (value: string | number, place: MaskPlace) => string | number | undefined;

/**
 * A rule for what is masked besides the usual personal fields.
 *
 * - A name, or the last names of a path: `'loyalty_number'`, `'form_fields.value'`. `*` stands for any one name: `'extra.*'`.
 * - With `!`, what stays as it is: `'!company'`.
 * - A RegExp, which is tested against the path: `/^data\.notes/`.
 * - A function, which returns what stands for the value.
 */
export type MaskRule = string | RegExp | MaskFunction;

/** Stands for secrets. */
const MASKED = '[masked]';
/** Tokens wherever they are: JSON Web Tokens, and secrets in the query or the fragment of a link. */
const JWT = /\beyJ[\w-]{8,}\.[\w-]{8,}(\.[\w-]*)?/g;
const TOKEN_IN_LINK = /([?&#](?:\w*(?:token|secret|password)|sig(?:nature)?|auth|code|(?:\w+_|api)?key)=)[^&#\s"']+/gi;

const withoutTokens = (text: string): string =>
  text.includes('eyJ') || text.includes('=') ? text.replace(JWT, MASKED).replace(TOKEN_IN_LINK, `$1${MASKED}`) : text;

type Decision = 'secret' | 'personal' | 'plain' | 'kept' | { readonly as: string | number };

/** Masks what must not be on a cassette: secrets always, and personal fields as the rules say. */
export class Mask {
  readonly #isPersonal: boolean;
  readonly #functions: readonly MaskFunction[];
  readonly #masked: readonly Matcher[];
  readonly #kept: readonly Matcher[];
  readonly #pseudonyms: Pick<Pseudonyms, 'of' | 'inText'>;

  constructor(isPersonal: boolean, rules: readonly MaskRule[], pseudonyms: Pick<Pseudonyms, 'of' | 'inText'>) {
    this.#isPersonal = isPersonal;
    this.#functions = rules.filter((rule) => typeof rule === 'function');
    const others = rules.filter((rule) => typeof rule !== 'function');
    this.#masked = others.filter((rule) => !isException(rule)).map(matcherOf);
    this.#kept = others.filter(isException).map((rule) => matcherOf(String(rule).slice(1)));
    this.#pseudonyms = pseudonyms;
  }

  /** Masks a body. */
  body(value: unknown, address: string, part: 'request' | 'response'): unknown {
    return this.#value(value, [], address, part);
  }

  /** Masks query parameters. Operators do not count: `email:in` is an email. Of an array, each value is masked. */
  query(query: Readonly<Record<string, string>>, address: string): Record<string, string> {
    return Object.fromEntries(
      Object.entries(query).map(([parameter, value]) => {
        const name = parameter.replace(/:\w+$/, '').replace(/^(min|max)_/, '');
        const values = parameter.endsWith(':in') || parameter.endsWith(':not_in') ? value.split(',') : [value];
        return [parameter, values.map((each) => String(this.#leaf(each, [name], address, 'query'))).join(',')];
      }),
    );
  }

  /** Masks the emails and the tokens in a text. */
  text(text: string): string {
    const safe = withoutTokens(text);
    return this.#isPersonal ? this.#pseudonyms.inText(safe) : safe;
  }

  #value(value: unknown, names: readonly string[], address: string, part: MaskPlace['part']): unknown {
    if (Array.isArray(value)) return value.map((entry) => this.#value(entry, names, address, part));
    if (isJsonObject(value))
      return Object.fromEntries(
        Object.entries(value).map(([name, each]) => [this.text(name), this.#value(each, [...names, name], address, part)]),
      );
    return typeof value === 'string' || typeof value === 'number' ? this.#leaf(value, names, address, part) : value;
  }

  #leaf(value: string | number, names: readonly string[], address: string, part: MaskPlace['part']): string | number {
    const decision = this.#decide(value, names, address, part);
    if (typeof decision === 'object') return decision.as;
    if (value === '') return value;
    if (decision === 'secret') return MASKED;
    if (decision !== 'personal') return typeof value === 'number' ? value : decision === 'kept' ? withoutTokens(value) : this.text(value);
    const pseudonym = this.#pseudonyms.of(String(value));
    return typeof value === 'number' ? Number(pseudonym) : pseudonym;
  }

  #decide(value: string | number, names: readonly string[], address: string, part: MaskPlace['part']): Decision {
    const path = names.join('.');
    if (isSecret(names)) return 'secret';
    for (const call of this.#functions) {
      const as = call(value, { name: names.at(-1) ?? '', path, address, part });
      if (as !== undefined) return { as };
    }
    if (this.#kept.some((matches) => matches(path))) return 'kept';
    if (this.#masked.some((matches) => matches(path))) return 'personal';
    return this.#isPersonal && isUsual(names, path, address) ? 'personal' : 'plain';
  }
}

const isException = (rule: string | RegExp): boolean => typeof rule === 'string' && rule.startsWith('!');

type Matcher = (path: string) => boolean;

/** A rule for an object or an array counts for all that is in it. */
function matcherOf(rule: string | RegExp): Matcher {
  if (typeof rule !== 'string') {
    const stateless = new RegExp(rule.source, rule.flags.replace(/[gy]/g, ''));
    return (path) => stateless.test(path);
  }
  const names = rule.split('.').map((name) => (name === '*' ? '[^.]+' : name.replace(/[^\w]/g, '\\$&')));
  const pattern = new RegExp(`(^|\\.)${names.join('\\.')}(\\.|$)`);
  return (path) => pattern.test(path);
}

const PATHS = PERSONAL_PATHS.map(matcherOf);

function isUsual(names: readonly string[], path: string, address: string): boolean {
  const name = names.at(-1) ?? '';
  if (isPersonal(name)) return true;
  return PATHS.some((matches) => matches(path)) || FIELDS_BY_PATH.some(([below, fields]) => below.test(address) && fields.includes(name));
}
