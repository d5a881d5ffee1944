/** The bytes of one answer. */
export class Body {
  #chunks: Buffer[] = [];
  #length = 0;

  get length(): number {
    return this.#length;
  }

  add(chunk: Buffer): void {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
  }

  /** The text of it, once: nothing is kept, so that whoever still holds the exchange does not hold the bytes. */
  take(): string {
    const [first] = this.#chunks;
    const bytes = first !== undefined && this.#chunks.length === 1 ? first : Buffer.concat(this.#chunks, this.#length);
    this.drop();
    return bytes.toString('utf8');
  }

  drop(): void {
    this.#chunks = [];
    this.#length = 0;
  }
}
