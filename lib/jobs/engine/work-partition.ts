import { BigRecordError } from '../../errors/bigrecord-error.js';
import { isTransient, TransientError } from './errors.js';
import { LeaseLostError, type PartitionJournal } from './journal.js';
import { PartitionTurn } from './partition-turn.js';
import { type Claimed, FIRST_PAUSE_MS, type PartitionOptions, type Turn } from './turn.js';

const LONGEST_PAUSE_MS = 60_000;
/** How often an error that nobody knows is tried again, such as one of a file or a database that rows are read from. */
const CLAIMS = 4;

const isBug = (error: unknown): boolean => [TypeError, ReferenceError, SyntaxError, RangeError].some((bug) => error instanceof bug);

/** Whether an error may pass that is neither known nor a bug. @param tries how often it was tried, this time included */
export const mayPass = (error: unknown, tries: number): boolean => !isBug(error) && !(error instanceof BigRecordError) && tries <= CLAIMS;

/** Works a partition until it ends, or until others should have a turn. */
export async function workPartition(options: PartitionOptions): Promise<Turn> {
  const { journal } = options;
  const claim = await journal.claim();
  if (claim.waitMs !== undefined) return { outcome: 'later', waitMs: claim.waitMs };
  if (claim.checkpoint.isEnded === true || claim.state !== 'running') return leave(journal, claim);
  const turn = new PartitionTurn(options, claim);
  try {
    return await turn.run();
  } catch (error) {
    if (error instanceof LeaseLostError || journal.signal.aborted) return { outcome: 'lost' };
    if (error instanceof TransientError || isTransient(error)) {
      await journal.free(false);
      const reason = error instanceof Error ? error : new TransientError(error);
      // Processes that were killed, or lost Redis, say nothing of the store.
      const failures = Math.min(Math.max(1, claim.claims - claim.deaths), 10);
      return { outcome: 'later', waitMs: Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures), reason };
    }
    if (!mayPass(error, claim.claims)) return await turn.giveUp(error);
    await journal.free(false);
    return {
      outcome: 'later',
      waitMs: FIRST_PAUSE_MS * 2 ** claim.claims,
      reason: error instanceof Error ? error : new Error(String(error)),
    };
  } finally {
    await turn.close();
  }
}

/** Leaves a partition that has ended, or of which the run does not go on. */
async function leave(journal: PartitionJournal, { checkpoint, intent, state, isTakenOver }: Claimed): Promise<Turn> {
  if (state === 'cancelled' && checkpoint.isEnded !== true)
    await journal.commit({ checkpoint: { ...checkpoint, isEnded: true }, intent: undefined, dead: [] });
  await journal.free(!isTakenOver || intent === undefined);
  return { outcome: state === 'paused' && checkpoint.isEnded !== true ? 'paused' : 'ended' };
}
