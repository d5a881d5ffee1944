import type { PathParams } from '../transport/path.js';

/** What the library passes to the constructor that `@Resource` adds, when it creates a record itself. */
export class Construction {
  constructor(
    readonly attributes: object,
    readonly params: PathParams,
  ) {}
}

/** Passed to the constructors of a loaded record, whose attributes are set after all of them have run. */
export const NO_ATTRIBUTES: object = Object.freeze({});

/** Constructs a record that is loaded from the store. */
export const LOADING: Construction = new Construction(NO_ATTRIBUTES, {});
