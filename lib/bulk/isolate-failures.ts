import { ClientError } from '../errors/client-error.js';
import { type FieldErrors, fieldErrors } from '../errors/field-errors.js';
import { RateLimitError } from '../errors/rate-limit-error.js';
import { UncertainOutcomeError } from '../errors/uncertain-outcome-error.js';
import { ValidationError } from '../errors/validation-error.js';
import { isJsonObject } from '../json-object.js';
import { ownError, placeErrors } from '../persistence/refused-entry.js';
import type { Row } from '../query/scope.js';
import type { Key } from '../transport/path.js';
import type { ApiResponse } from '../transport/request.js';

/** The outcome of one entry of a batch. */
export interface Outcome<E> {
  readonly entry: E;
  readonly error?: Error | undefined;
  /** The row that the store returned for it. */
  readonly row?: Record<string, unknown> | undefined;
}

/** Sends batches and reads their responses. */
export interface Sending<E> {
  send(entries: readonly E[]): Promise<ApiResponse>;
  read(entries: readonly E[], response: ApiResponse): readonly Outcome<E>[];
  /** Returns the key of an entry, if the store knows it. */
  key(entry: E): Key | undefined;
  /** Whether part of a refused batch may be stored, so that sending it again would store it twice. Default: never. */
  mayBeStored?: ((refusal: ClientError) => boolean) | undefined;
}

/** Statuses with which the store refuses a batch because of its content: nothing is stored, and a different batch may be accepted. */
const REFUSALS: ReadonlySet<number> = new Set([400, 404, 409, 413, 422]);

const TOO_LARGE = 413;

const isRefusal = (error: unknown): error is ClientError =>
  error instanceof ClientError && !(error instanceof RateLimitError) && REFUSALS.has(error.status);

/**
 * Sends a batch. If the store refuses it because of some entries, sends it again without them: those that the response names, or
 * those found by halving the batch, which takes 1 + log2(n) more requests for one bad entry of n. An entry that the store may have
 * stored is never sent again.
 */
export async function isolateFailures<E>(entries: readonly E[], sending: Sending<E>): Promise<readonly Outcome<E>[]> {
  const attempt = await sendOnce(entries, sending);
  if ('outcomes' in attempt) return attempt.outcomes;
  const { refusal } = attempt;
  if (entries.length === 1) return entries.map((entry) => refused(entry, refusal, entries, sending));
  if (refusal.status === TOO_LARGE) return sendInParts(entries, sending);
  if (sending.mayBeStored?.(refusal)) return partial(entries, refusal, sending);
  const named = namedBy(refusal, entries, sending);
  if (named.size > 0) {
    const bad = entries
      .filter((_, place) => named.has(place))
      .map((entry) => ({ entry, error: ownError(refusal, named.get(entries.indexOf(entry)) ?? {}) }));
    const good = entries.filter((_, place) => !named.has(place));
    return good.length === 0 ? bad : [...bad, ...(await isolateFailures(good, sending))];
  }
  return halve(entries, refusal, sending);
}

/** Sends a batch that was too large in two halves. No entry has failed yet. */
async function sendInParts<E>(entries: readonly E[], sending: Sending<E>): Promise<readonly Outcome<E>[]> {
  const middle = Math.ceil(entries.length / 2);
  const first = await isolateFailures(entries.slice(0, middle), sending);
  return [...first, ...(await isolateFailures(entries.slice(middle), sending))];
}

/** Halves the suspects until one is left. The others that were not sent meanwhile are sent together at the end. */
async function halve<E>(entries: readonly E[], first: ClientError, sending: Sending<E>): Promise<Outcome<E>[]> {
  const outcomes: Outcome<E>[] = [];
  const later: E[] = [];
  let suspects = entries;
  let refusal = first;
  let sent = entries;
  while (suspects.length > 1) {
    const half = suspects.slice(0, Math.ceil(suspects.length / 2));
    const rest = suspects.slice(half.length);
    const attempt = await sendOnce(half, sending);
    if ('outcomes' in attempt) {
      outcomes.push(...attempt.outcomes);
      suspects = rest;
    } else if (sending.mayBeStored?.(attempt.refusal)) {
      outcomes.push(...partial(half, attempt.refusal, sending));
      suspects = rest;
    } else {
      refusal = attempt.refusal;
      sent = half;
      later.push(...rest);
      suspects = half;
    }
  }
  outcomes.push(...suspects.map((entry) => refused(entry, refusal, sent, sending)));
  return later.length === 0 ? outcomes : [...outcomes, ...(await isolateFailures(later, sending))];
}

async function sendOnce<E>(
  entries: readonly E[],
  sending: Sending<E>,
): Promise<{ outcomes: readonly Outcome<E>[] } | { refusal: ClientError }> {
  try {
    return { outcomes: sending.read(entries, await sending.send(entries)) };
  } catch (error) {
    return isRefusal(error) ? { refusal: error } : { outcomes: failed(entries, error as Error) };
  }
}

/**
 * Returns the outcomes of a refused batch that may be stored in part: entries with a row in the response are stored, entries that it
 * names are refused, and the outcome of all others is uncertain.
 */
function partial<E>(entries: readonly E[], refusal: ClientError, sending: Sending<E>): readonly Outcome<E>[] {
  const { headers, body } = refusal;
  if (rowsIn(body) > 0) return sending.read(entries, { status: MULTI_STATUS, headers, body });
  const named = namedBy(refusal, entries, sending);
  return entries.map((entry, place) => {
    const errors = named.get(place);
    return { entry, error: errors === undefined ? unknown(refusal) : ownError(refusal, errors) };
  });
}

export const MULTI_STATUS = 207;

const rowsIn = (body: unknown): number => (isJsonObject(body) && Array.isArray(body['data']) ? body['data'].length : 0);

/** Returns the `meta` of a response, such as its counts of successes and failures. */
export const metaOf = (body: unknown): Row => (isJsonObject(body) && isJsonObject(body['meta']) ? body['meta'] : {});

/** Whether the response to a refused batch shows that part of it is stored: it has rows, or a count in its `meta`. */
export function showsStored(body: unknown): boolean {
  const { success, saved_records: saved } = metaOf(body);
  return rowsIn(body) > 0 || Number(success) > 0 || Number(saved) > 0;
}

const unknown = ({ status, method, path }: ClientError): UncertainOutcomeError =>
  new UncertainOutcomeError(
    `${method} ${path} responded with ${status}, but may have stored the valid entries of the batch: this record may have been created;` +
      ' look before you repeat it.',
    { method, path, sent: 'yes', phase: 'body' },
  );

const failed = <E>(entries: readonly E[], error: Error): Outcome<E>[] => entries.map((entry) => ({ entry, error }));

/**
 * Returns the outcome of the one entry of a batch that is to blame. Its messages have the names of its fields, without its position:
 * `0.name` is `name`, but `variants.0.sku` is a field of its first variant.
 */
function refused<E>(entry: E, refusal: ClientError, sent: readonly E[], { key }: Sending<E>): Outcome<E> {
  if (!(refusal instanceof ValidationError) || !Object.keys(refusal.errors).every((name) => /^\[?\d/.test(name)))
    return { entry, error: refusal };
  const own = placeErrors(refusal.errors, sent.length, sent.map(key), (place) => sent[place] === entry)?.get(sent.indexOf(entry));
  return { entry, error: own === undefined ? refusal : ownError(refusal, own) };
}

/** Returns the messages of a refusal by the positions of their entries; empty unless every message can be assigned. */
function namedBy<E>(refusal: ClientError, entries: readonly E[], sending: Sending<E>): Map<number, FieldErrors> {
  return placeErrors(fieldErrors(refusal.body), entries.length, entries.map(sending.key)) ?? new Map();
}
