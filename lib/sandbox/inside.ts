import type { Faults } from './faults.js';
import type { Respond } from './server.js';
import type { Tables } from './tables.js';

/** Leads to the parts of a sandbox that tools show, and programs do not need. */
export const INSIDE = Symbol('inside');

/** Parts of a sandbox. */
export interface Inside {
  /** Responds to a request, as if it had arrived at a socket. */
  readonly respond: Respond;
  readonly faults: Faults;
  readonly tables: Tables;
}
