import { StringDecoder } from 'node:string_decoder';

/**
 * Collects the body of one response. Chunks become text as they arrive: a page that was read ahead then waits as text, which
 * the garbage collector sees, and the buffers of the network are free at once.
 */
export class Body {
  #first: Buffer | undefined;
  #decoder: StringDecoder | undefined;
  #text = '';
  #length = 0;

  /** Adds a chunk, unless the body would become longer than `maxBytes`; returns whether it was added. */
  add(chunk: Buffer, maxBytes: number): boolean {
    this.#length += chunk.length;
    if (this.#length > maxBytes) return false;
    if (this.#length === chunk.length) {
      this.#first = chunk; // most responses are one chunk, and need no decoder
      return true;
    }
    this.#decoder ??= new StringDecoder('utf8');
    if (this.#first !== undefined) this.#text = this.#decoder.write(this.#first);
    this.#first = undefined;
    this.#text += this.#decoder.write(chunk);
    return true;
  }

  /** Returns the text, once: whoever still holds the exchange must not hold the text. */
  take(): string {
    const text = this.#first?.toString('utf8') ?? this.#text + (this.#decoder?.end() ?? '');
    this.#first = undefined;
    this.#decoder = undefined;
    this.#text = '';
    return text;
  }

  /** Forgets everything. */
  drop(): void {
    this.take();
  }
}
