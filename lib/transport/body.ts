import { StringDecoder } from 'node:string_decoder';

/**
 * What one answer says. It is made text as it comes: a page that was read ahead then waits as text, which the collector sees,
 * and the buffers of the network are free at once.
 */
export class Body {
  #first: Buffer | undefined;
  #decoder: StringDecoder | undefined;
  #text = '';
  #length = 0;

  /** Bytes so far. */
  get length(): number {
    return this.#length;
  }

  add(chunk: Buffer): void {
    this.#length += chunk.length;
    if (this.#length === chunk.length) {
      this.#first = chunk; // most answers are one piece, and need no decoder
      return;
    }
    this.#decoder ??= new StringDecoder('utf8');
    if (this.#first !== undefined) this.#text = this.#decoder.write(this.#first);
    this.#first = undefined;
    this.#text += this.#decoder.write(chunk);
  }

  /** The text of it, once: nothing is kept, so that whoever still holds the exchange does not hold the text. */
  take(): string {
    const text = this.#first?.toString('utf8') ?? this.#text + (this.#decoder?.end() ?? '');
    this.drop();
    return text;
  }

  drop(): void {
    this.#first = undefined;
    this.#decoder = undefined;
    this.#text = '';
    this.#length = 0;
  }
}
