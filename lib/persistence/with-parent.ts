import type { Through, UpdateMode } from '../schema/through.js';
import { WithParent } from './parent-writes.js';

/**
 * Declares that requests of the parent take records that have all operations themselves: its create, and its update in one of the modes
 * of `throughParent`. An app of such resources has less in its bundle than with `throughParent`.
 */
export const withParent = ({ create = false, update }: { create?: boolean; update?: Exclude<UpdateMode, 'replace'> }): Through =>
  /* @__PURE__ */ new WithParent(create, update);
