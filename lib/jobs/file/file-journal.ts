import { decode, encode, type Intent } from '../engine/intent.js';
import { type Claim, LeaseLostError, type PartitionJournal, type RunState, type Step } from '../engine/journal.js';
import type { CheckpointFile } from './checkpoint-file.js';

/** Keeps the progress of a partition in a checkpoint file, which one process has. */
export class FileJournal implements PartitionJournal {
  readonly #file: CheckpointFile;
  readonly #part: string;
  readonly #control: { readonly state: RunState };
  readonly signal: AbortSignal;

  constructor(file: CheckpointFile, part: string, control: { readonly state: RunState }, signal: AbortSignal) {
    this.#file = file;
    this.#part = part;
    this.#control = control;
    this.signal = signal;
  }

  async claim(): Promise<Claim> {
    await this.#file.whenReady();
    const part = this.#file.part(this.#part);
    const { checkpoint, intent, claims, isInOrder } = part;
    if (checkpoint.isEnded !== true) this.#file.put({ p: this.#part, claim: true });
    return {
      state: this.#control.state,
      checkpoint,
      intent: intent === undefined ? undefined : decode<Intent>(intent),
      claims: claims + 1,
      deaths: part.deaths,
      isTakenOver: !isInOrder,
    };
  }

  async commit({ checkpoint, intent, log, applied, dead }: Step): Promise<RunState> {
    await this.#file.whenReady();
    this.assertOurs();
    this.#file.put({
      p: this.#part,
      cp: checkpoint,
      intent: intent === undefined ? null : encode(intent),
      ...(log !== undefined && { log: log === 'intent' ? 1 : log, applied }),
      ...(dead.length > 0 && { dead }),
    });
    return this.#control.state;
  }

  async free(inOrder: boolean): Promise<void> {
    await this.#file.whenReady();
    if (!this.signal.aborted) this.#file.put({ p: this.#part, free: inOrder });
  }

  assertOurs(): void {
    if (this.signal.aborted) throw new LeaseLostError('The run was stopped.');
  }
}
