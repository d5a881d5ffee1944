import { Quota } from '../session/quota.js';

/** Returns the part of a quota that one process may use by itself, of so many that share it. */
export function partOf(whole: Quota, processes: number, now: number): Quota {
  whole.renew(now);
  const { quota, left, own, foreign } = whole;
  if (quota === undefined || processes === 1) return whole;
  const part = Math.floor(quota / processes);
  return Object.assign(new Quota(), whole, { quota: part, left: Math.min(left, Math.max(0, part - own)), foreign: foreign / processes });
}
