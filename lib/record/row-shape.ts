import type { Row } from '../query/scope.js';
import type { ModelAttribute } from './model-attribute.js';

/** How rows with the same names in the same order become records. Computed once, since the rows of a page are alike. */
export interface RowShape {
  /** The names of the row. */
  readonly names: readonly string[];
  /** The attributes that become properties of the record, in order, with their names in the row and on the record. */
  readonly attributes: readonly ModelAttribute[];
  readonly sources: readonly string[];
  readonly properties: readonly string[];
  /** Their positions in the row; `undefined` if they are the same. */
  readonly from: readonly number[] | undefined;
  readonly places: ReadonlyMap<string, number>;
  /** The positions of attributes with a cast. */
  readonly castAt: readonly number[];
  /** Relations that the row embeds. */
  readonly relations: readonly string[];
  /** Names of attributes that cannot be properties of the record. */
  readonly hidden: readonly string[];
  /** Whether class-transformer affects how such a record is written. */
  readonly isTransformed: boolean;
  /** Whether JSON.stringify can write a record of this shape directly: nothing is renamed, converted or omitted. */
  readonly isOwnJson: boolean;
}

/** The maximum number of cached shapes. A store sends a few; only hostile responses, or objects with data as keys, have more. */
const MAX_SHAPES = 200;

/** Caches the shapes of one class. */
export class RowShapes {
  #last: RowShape | undefined;
  readonly #known = new Map<string, RowShape>();
  readonly #describe: (names: readonly string[]) => RowShape;

  constructor(describe: (names: readonly string[]) => RowShape) {
    this.#describe = describe;
  }

  of(row: Readonly<Row>): RowShape {
    return this.#last !== undefined && hasNames(row, this.#last.names) ? this.#last : (this.#last = this.named(Object.keys(row)));
  }

  named(names: readonly string[]): RowShape {
    const key = JSON.stringify(names);
    let shape = this.#known.get(key);
    if (shape === undefined) {
      shape = this.#describe(names);
      if (this.#known.size < MAX_SHAPES) this.#known.set(key, shape);
    }
    return shape;
  }

  forget(): void {
    this.#last = undefined;
    this.#known.clear();
  }
}

/** Whether an object has exactly these names, in this order. */
export function hasNames(object: object, names: readonly string[]): boolean {
  let at = 0;
  for (const name in object) if (name !== names[at++]) return false;
  return at === names.length;
}
