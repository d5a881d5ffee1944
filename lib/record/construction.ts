import type { PathParams } from '../transport/path.js';

/** The circumstances of a record that this package makes: the argument of the constructor that `@Resource` puts last. */
export class Construction {
  constructor(
    readonly attributes: object,
    readonly params: PathParams,
  ) {}
}

/** What constructors are given for a record of the store, whose attributes are set once all of them have run. */
export const NO_ATTRIBUTES: object = Object.freeze({});

/** A record that the store has sent. */
export const LOADING: Construction = new Construction(NO_ATTRIBUTES, {});
