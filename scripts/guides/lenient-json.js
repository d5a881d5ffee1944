/** Stands for a value that a sample leaves out: `{...}`, `[…]`, `{ // … }`. */
const ELIDED = Symbol('elided');

/**
 * Reads JSON as guides print it: with comments, ellipses, trailing or missing commas, bare placeholders and line breaks in strings.
 * Values that the sample leaves out are left out of the result.
 *
 * @returns the value, and whether an ellipsis says that there is more of it
 * @throws SyntaxError if the text is not such JSON
 */
export function parseLenient(text) {
  const reader = new Reader(text);
  const value = reader.value();
  reader.skipSurplus();
  if (!reader.isAtEnd()) throw reader.error();
  if (value === ELIDED) throw new SyntaxError('The sample has only an ellipsis.');
  return { value, isPartial: reader.isPartial };
}

class Reader {
  isPartial = false;
  #text;
  #at = 0;

  constructor(text) {
    this.#text = text;
  }

  isAtEnd = () => this.#at >= this.#text.length;

  error() {
    const line = this.#text.slice(0, this.#at).split('\n').length;
    return new SyntaxError(`Unexpected ${JSON.stringify(this.#text.slice(this.#at, this.#at + 20))} in line ${line} of the sample.`);
  }

  value() {
    this.skip();
    const char = this.#text[this.#at];
    if (this.#take(/\{\{?\s*(\w[\w.-]*(?: +\w[\w.-]*)*)\s*\}\}?/y)) return this.#found[1];
    // "name": ,
    if (char === ',') return ELIDED;
    if (char === '{') return this.#object();
    if (char === '[') return this.#array();
    if (this.#take(/"((?:[^"\\]|\\[^])*)"|'((?:[^'\\]|\\[^])*)'/y)) return stringOf(this.#found[1] ?? this.#found[2]);
    if (this.#take(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.-])/y)) return Number(this.#found[0]);
    if (this.#take(/(?:true|false|null)\b/y)) return JSON.parse(this.#found[0]);
    // A bare word is a placeholder: store_hash, <token>.
    if (this.#take(/<?[A-Za-z_][\w.-]*>?/y)) return this.#found[0];
    throw this.error();
  }

  #object() {
    const seen = this.#enter();
    const object = {};
    while (!this.#closes('}')) {
      const name = this.#take(/"((?:[^"\\]|\\.)*)"|([A-Za-z_$][\w$-]*)/y) ? (this.#found[1] ?? this.#found[2]) : undefined;
      if (name === undefined) throw this.error();
      this.skip();
      if (!this.#take(/:/y)) throw this.error();
      const value = this.#elidedOr(() => this.value());
      if (value !== ELIDED) object[name] = value;
    }
    return Object.keys(object).length === 0 && this.#elisions > seen ? ELIDED : object;
  }

  #array() {
    const seen = this.#enter();
    const items = [];
    while (!this.#closes(']')) {
      const value = this.value();
      if (value !== ELIDED) items.push(value);
    }
    return items.length === 0 && this.#elisions > seen ? ELIDED : items;
  }

  /** `"name": ...,` */
  #elidedOr(read) {
    const seen = this.#elisions;
    this.skip();
    return this.#elisions > seen && /[,}\n]/.test(this.#text[this.#at] ?? '\n') ? ELIDED : read();
  }

  #enter() {
    this.#at += 1;
    this.#depth += 1;
    return this.#elisions;
  }

  #leave() {
    this.#depth -= 1;
    return true;
  }

  #closes(bracket) {
    this.skip(true);
    if (this.isAtEnd()) throw this.error();
    // The other bracket closes what is around this: a closing bracket is missing, which happens after ellipses.
    if (this.#depth > 1 && this.isPartial && this.#text[this.#at] === (bracket === '}' ? ']' : '}')) return this.#leave();
    return this.#take(bracket === '}' ? /\}/y : /\]/y) && this.#leave();
  }

  /** Skips what follows the value: where an ellipsis hides a bracket that is missing above, one is left over here. */
  skipSurplus() {
    do this.skip();
    while (this.isPartial && this.#take(/[\]}]/y));
  }

  /** Skips white space, comments and ellipses; inside objects and arrays commas too. */
  skip(commas = false) {
    for (;;) {
      if (this.#take(/\s+|\uFEFF|\u200B/y)) continue;
      if (this.#take(/\/\*[^]*?\*\/|\/\/[^\n]*|#[^\n]*|\.{2,}|…/y)) {
        // A comment may stand for what it describes: { /* address * / }.
        this.#elisions += 1;
        if (/\.\.|…/.test(this.#found[0])) this.isPartial = true;
        continue;
      }
      if (commas && this.#take(/,/y)) continue;
      return;
    }
  }

  #depth = 0;
  #elisions = 0;
  #found = [];

  #take(pattern) {
    pattern.lastIndex = this.#at;
    const found = pattern.exec(this.#text);
    if (found === null) return false;
    this.#found = found;
    this.#at = pattern.lastIndex;
    return true;
  }
}

/** Line breaks and tabs inside a string are meant as they stand; an escape that JSON does not know is the character. */
function stringOf(raw) {
  const escaped = raw
    .replace(/\\([^"\\/bfnrtu])/g, '$1')
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r')
    .replace(/\t/g, '\\t')
    .replace(/(?<!\\)((?:\\\\)*)"/g, '$1\\"');
  return JSON.parse(`"${escaped}"`);
}
