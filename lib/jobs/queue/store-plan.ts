import { isJsonObject, jsonObjectsIn } from '../../json-object.js';
import { numberIn } from '../values.js';

/** A partition of a store, as it is kept. */
export interface StorePart {
  readonly n: string;
  readonly mode: 'work' | 'retry' | 'revert';
  readonly from?: number | undefined;
  readonly to?: number | undefined;
  readonly rows?: number | undefined;
  /** Of a revert: how many batches were in the log when it was planned. */
  readonly log?: number | undefined;
}

/** The plan of a store. */
export interface StorePlan {
  readonly parts: readonly StorePart[];
  /** Why the store could not be planned. */
  readonly error?: string | undefined;
}

/** Returns a plan as it is kept; `undefined` before there is one. */
export function planIn(text: string): StorePlan | undefined {
  if (text === '') return undefined;
  const plan: unknown = JSON.parse(text);
  if (!isJsonObject(plan)) return undefined;
  const parts = jsonObjectsIn(plan['parts']).map(
    ({ n, mode, from, to, rows, log }): StorePart => ({
      n: String(n),
      mode: mode === 'retry' || mode === 'revert' ? mode : 'work',
      from: numberIn(from),
      to: numberIn(to),
      rows: numberIn(rows),
      log: numberIn(log),
    }),
  );
  return { parts, ...(typeof plan['error'] === 'string' && { error: plan['error'] }) };
}
