import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import { keysOf } from '../keys-of.js';
import { MAX_TIMER_MS } from '../transport/abort.js';
import { assertSecrets, DEFAULT_MAX_BYTES, type DeliveryOptions } from './delivery.js';
import { type DuplicateStore, MemoryDuplicates } from './duplicates.js';
import type { AnyWebhookEvent, WebhookEvent } from './event.js';
import { MemoryQueue } from './memory-queue.js';
import type { EventQueue } from './queue.js';
import { isSecret } from './secret-headers.js';
import type { EventFailure } from './worker.js';

/** Options of `webhookHandler`. */
export interface HandlerOptions extends DeliveryOptions {
  /** Processes an event, after the platform has its response. If it throws, it is called again, after a longer wait each time. */
  onEvent(event: AnyWebhookEvent): unknown;
  /** The queue of accepted events. Default: in memory; `new DiskQueue(folder)` survives a crash. */
  queue?: EventQueue | undefined;
  /** Remembers past deliveries. Default: the last 100,000, in memory. */
  duplicates?: DuplicateStore | undefined;
  /** Events processed at once. Default 4. */
  concurrency?: number | undefined;
  /** Milliseconds before the first retry of an event; the wait doubles each time, up to a minute. Default 1,000. */
  retryMs?: number | undefined;
  /** Attempts, over all processes, before an event goes to the dead letters of the queue. Default 25: with the other defaults, 18 minutes. */
  maxAttempts?: number | undefined;
  /** Milliseconds that the body of a delivery may take to arrive. Default 10,000. */
  bodyTimeoutMs?: number | undefined;
  /** Milliseconds between checks of a resumed handler for events whose process has died. Default 30,000. */
  takeoverMs?: number | undefined;
  /**
   * Called each time an event could not be stored or processed. If it throws itself, a process warning is emitted. Without it, a process
   * warning reports the first failure of each scope and each event that is given up.
   */
  onError?: ((error: unknown, event: WebhookEvent, failure: EventFailure) => unknown) | undefined;
}

/** Options with their defaults. */
export type CheckedOptions = HandlerOptions &
  Required<Pick<HandlerOptions, 'concurrency' | 'retryMs' | 'maxAttempts' | 'maxBytes' | 'bodyTimeoutMs' | 'takeoverMs'>> & {
    readonly queue: EventQueue;
    readonly duplicates: DuplicateStore;
  };

type Rule = readonly [expected: string, isRight: (value: unknown) => boolean];

const isNumber = (least: number, most: number) => (value: unknown) => typeof value === 'number' && value >= least && value <= most;
const count: Rule = ['a whole number from 1', (value) => Number.isSafeInteger(value) && Number(value) >= 1];
const milliseconds = (least: number): Rule => [`a number of milliseconds from ${least} to ${MAX_TIMER_MS}`, isNumber(least, MAX_TIMER_MS)];
const method: Rule = ['a function', (value) => typeof value === 'function'];
const withMethods = (...names: string[]): Rule => [
  `an object with ${names.join(', ')}`,
  (value) => names.every((name) => typeof Object(value)[name] === 'function'),
];

const RULES: Readonly<Record<keyof HandlerOptions, Rule>> = {
  secretHeaders: ['headers by their names', (value) => typeof value === 'object'],
  signingSecret: ['a string, or an array of strings', isSecret],
  signatureToleranceMs: milliseconds(0),
  storeHash: ['the hash of a store', (value) => typeof value === 'string' && value !== ''],
  onEvent: method,
  onError: method,
  queue: withMethods('push', 'done', 'pending'),
  duplicates: withMethods('add'),
  concurrency: count,
  maxAttempts: count,
  maxBytes: count,
  retryMs: milliseconds(0),
  bodyTimeoutMs: milliseconds(1),
  takeoverMs: milliseconds(1),
};

/** @throws ConfigurationError for an unknown option, or a value that cannot be used */
export function checkOptions(options: HandlerOptions): CheckedOptions {
  assertKnownOptions(options, RULES, 'webhookHandler()', ConfigurationError);
  assertSecrets(options ?? {});
  for (const name of keysOf(RULES)) {
    const [expected, isRight] = RULES[name];
    const value = options[name];
    if ((value !== undefined || name === 'onEvent') && !isRight(value))
      throw new ConfigurationError(`The option ${name} of webhookHandler must be ${expected}.`);
  }
  return {
    ...options,
    queue: options.queue ?? new MemoryQueue(),
    duplicates: options.duplicates ?? new MemoryDuplicates(),
    concurrency: options.concurrency ?? 4,
    retryMs: options.retryMs ?? 1000,
    maxAttempts: options.maxAttempts ?? 25,
    maxBytes: options.maxBytes ?? DEFAULT_MAX_BYTES,
    bodyTimeoutMs: options.bodyTimeoutMs ?? 10_000,
    takeoverMs: options.takeoverMs ?? 30_000,
  };
}
