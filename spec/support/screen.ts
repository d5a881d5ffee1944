/** One control sequence, or one character. */
const PART = /\u001b\[(?<params>[?\d;]*)(?<command>[A-Za-z])|\u001b[=>78]|[\s\S]/gu;

/** Shows what is written to a terminal as a person would see it there: the control sequences that readline and progress bars use. */
export class Screen {
  readonly #columns: number;
  readonly #lines: string[][] = [[]];
  #row = 0;
  #column = 0;
  /** A sequence whose end has not arrived. */
  #rest = '';

  constructor(columns: number) {
    this.#columns = columns;
  }

  /** Writes what a program writes. */
  write(text: string): void {
    const all = this.#rest + text;
    this.#rest = /\u001b(\[[?\d;]*)?$/.exec(all)?.[0] ?? '';
    for (const { 0: part, groups } of all.slice(0, all.length - this.#rest.length).matchAll(PART)) {
      const { command, params = '' } = groups ?? {};
      if (command !== undefined) this.#control(command, params === '' ? undefined : Number(params.split(';')[0]));
      else if (!part.startsWith('\u001b')) this.#put(part);
    }
  }

  /** Returns all lines, without blanks at their ends. */
  text(): string {
    return this.#lines
      .map((line) =>
        Array.from(line, (each) => each ?? ' ')
          .join('')
          .trimEnd(),
      )
      .join('\n');
  }

  #put(character: string): void {
    if (character === '\r') this.#column = 0;
    else if (character === '\n') this.#row++;
    else if (character === '\b') this.#column = Math.max(0, this.#column - 1);
    else if (character >= ' ') {
      if (this.#column >= this.#columns) {
        this.#row++;
        this.#column = 0;
      }
      this.#line[this.#column++] = character;
    }
  }

  #control(command: string, count: number | undefined): void {
    const by = count ?? 1;
    if (command === 'A') this.#row = Math.max(0, this.#row - by);
    else if (command === 'B') this.#row += by;
    else if (command === 'C') this.#column += by;
    else if (command === 'D') this.#column = Math.max(0, this.#column - by);
    else if (command === 'G') this.#column = by - 1;
    else if (command === 'K') this.#erase(count ?? 0);
    else if (command === 'J') {
      this.#erase(count ?? 0);
      this.#lines.length = Math.min(this.#lines.length, this.#row + 1);
    }
  }

  /** 0: from the cursor on; 1: up to it; 2: the whole line. */
  #erase(part: number): void {
    if (part === 0) this.#line.length = Math.min(this.#line.length, this.#column);
    else if (part === 2) this.#line.length = 0;
    else this.#line.fill(' ', 0, this.#column);
  }

  get #line(): string[] {
    while (this.#lines.length <= this.#row) this.#lines.push([]);
    return this.#lines[this.#row] ?? [];
  }
}
