import { reasonOf } from './safe-call.js';

/** Longer than this nobody waits for what only helps. */
export const PATIENCE_MS = 500;
/** After a failure it is not asked again for so long. */
const ALONE_MS = 5000;

/** What work gives. @throws Error when that takes too long */
export async function inTime<T>(work: () => T | Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer within ${PATIENCE_MS} ms`)), PATIENCE_MS);
  });
  try {
    return await Promise.race([(async () => work())(), late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Makes what warns of a failure, the first time that it is called. @param say what is said, given the reason */
export function warningOnce(say: (reason: string) => string): (error: unknown) => void {
  let isGiven = false;
  return (error) => {
    if (isGiven) return;
    isGiven = true;
    process.emitWarning(`bigrecord: ${say(reasonOf(error))}`);
  };
}

/** The failures of what can be done without for a while: each ends the asking for a time. */
export class Outage {
  readonly #warn: (error: unknown) => void;
  #until = 0;

  constructor(warn: (error: unknown) => void) {
    this.#warn = warn;
  }

  get isOn(): boolean {
    return performance.now() < this.#until;
  }

  begin(error: unknown): void {
    this.#until = performance.now() + ALONE_MS;
    this.#warn(error);
  }
}
