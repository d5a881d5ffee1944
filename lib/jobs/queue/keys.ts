import { createHash } from 'node:crypto';
import { ArgumentError } from '../../errors/argument-error.js';
import { describe } from '../../transport/path.js';

/** The queue of a definition. */
export const queueName = (name: string, version: number): string => `bigrecord-${name}-${version}`;

/** The list of all runs, by the time of their start. */
export const RUNS = 'br:runs';

/** @throws ArgumentError for an id that cannot be part of a BullMQ job id */
export function checkRunId(id: unknown): string {
  if (typeof id === 'string' && /^[\w.-]{1,100}$/.test(id)) return id;
  throw new ArgumentError(
    `The id of a run is letters, digits, \`-\`, \`_\` and \`.\`, at most 100 (no \`:\`, which BullMQ refuses), got ${describe(id)}.`,
  );
}

/** The keys of a run. They share a hash tag, so that scripts work on a cluster. */
export class RunKeys {
  readonly tag: string;
  readonly meta: string;
  /** A hash: the plan of each store as JSON; empty before it is planned. */
  readonly stores: string;
  /** A set: stores that have ended. */
  readonly ended: string;
  /** A stream: rows that failed. */
  readonly dead: string;
  /** A set: the ids of failures that were retried. */
  readonly retried: string;

  constructor(tag: string) {
    this.tag = tag;
    const prefix = `br:{${tag}}`;
    this.meta = `${prefix}:meta`;
    this.stores = `${prefix}:stores`;
    this.ended = `${prefix}:ended`;
    this.dead = `${prefix}:dead`;
    this.retried = `${prefix}:retried`;
  }

  static of(name: string, version: number, id: string): RunKeys {
    return new RunKeys(`${name}-${version}-${id}`);
  }

  part(store: string, part: string): string {
    return `br:{${this.tag}}:p:${store}:${part}`;
  }

  log(store: string, part: string): string {
    return `br:{${this.tag}}:log:${store}:${part}`;
  }

  /** The failures that a partition tries again. */
  retry(store: string, part: string): string {
    return `br:{${this.tag}}:retry:${store}:${part}`;
  }

  /** The id of a BullMQ job: no `:`, and never digits alone. */
  jobId(store: string, part: string): string {
    const plain = /^[\w.-]+$/.test(store) ? store : createHash('sha1').update(store).digest('hex').slice(0, 12);
    return `${this.tag}-${plain}-${part}`;
  }
}
