import { ClientError } from '../errors/client-error.js';
import { type FieldErrors, fieldErrors } from '../errors/field-errors.js';
import { RateLimitError } from '../errors/rate-limit-error.js';
import { UncertainOutcomeError } from '../errors/uncertain-outcome-error.js';
import { ValidationError } from '../errors/validation-error.js';
import type { Key } from '../transport/path.js';
import type { Answer } from '../transport/request.js';

/** What became of one entry of a list. */
export interface Outcome<E> {
  readonly entry: E;
  readonly error?: Error | undefined;
  /** What the store answered for it. */
  readonly row?: Record<string, unknown> | undefined;
}

/** How a list is sent, and its answer read. */
export interface Sending<E> {
  send(entries: readonly E[]): Promise<Answer>;
  read(entries: readonly E[], answer: Answer): readonly Outcome<E>[];
  /** What the store calls an entry, where it knows it. */
  key(entry: E): Key | undefined;
  /** Whether a part of a refused list may be stored, and sending it again would store it twice. Left out: never. */
  mayBeStored?: ((refusal: ClientError) => boolean) | undefined;
}

/** The store looked at the list and refused it: nothing of it is stored, and another list may be accepted. */
const REFUSALS: ReadonlySet<number> = new Set([400, 404, 409, 413, 422]);

const TOO_LARGE = 413;

const isRefusal = (error: unknown): error is ClientError =>
  error instanceof ClientError && !(error instanceof RateLimitError) && REFUSALS.has(error.status);

/**
 * Sends a list. One that is refused because of some of its entries is sent again without them: those that the answer names
 * by their place, else those that are found by halving. For one bad entry of n that takes 1 + log2(n) further requests.
 * Nothing is sent again that the store may have stored.
 */
export async function sendNarrowing<E>(entries: readonly E[], sending: Sending<E>): Promise<readonly Outcome<E>[]> {
  const attempt = await sendOnce(entries, sending);
  if ('outcomes' in attempt) return attempt.outcomes;
  const { refusal } = attempt;
  if (entries.length === 1) return failed(entries, refusal);
  if (refusal.status === TOO_LARGE) return parted(entries, sending);
  if (sending.mayBeStored?.(refusal)) return partial(entries, refusal, sending);
  const named = namedBy(refusal, entries, sending);
  if (named.size > 0) {
    const bad = entries
      .filter((_, place) => named.has(place))
      .map((entry) => ({ entry, error: ownError(refusal, named.get(entries.indexOf(entry)) ?? {}) }));
    const good = entries.filter((_, place) => !named.has(place));
    return good.length === 0 ? bad : [...bad, ...(await sendNarrowing(good, sending))];
  }
  return halve(entries, refusal, sending);
}

/** A list that is too large says nothing against any of its entries. */
async function parted<E>(entries: readonly E[], sending: Sending<E>): Promise<readonly Outcome<E>[]> {
  const middle = Math.ceil(entries.length / 2);
  const first = await sendNarrowing(entries.slice(0, middle), sending);
  return [...first, ...(await sendNarrowing(entries.slice(middle), sending))];
}

/** Halves the suspects until one is left. Those that are cleared without being sent go out together at the end. */
async function halve<E>(entries: readonly E[], first: ClientError, sending: Sending<E>): Promise<Outcome<E>[]> {
  const outcomes: Outcome<E>[] = [];
  const later: E[] = [];
  let suspects = entries;
  let refusal = first;
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
      later.push(...rest);
      suspects = half;
    }
  }
  outcomes.push(...failed(suspects, refusal));
  return later.length === 0 ? outcomes : [...outcomes, ...(await sendNarrowing(later, sending))];
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
 * What became of the entries of a refused list of which a part may be stored: rows of the answer are what was, the entries that it
 * names were refused, and of all others nobody knows.
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

const MULTI_STATUS = 207;

const rowsIn = (body: unknown): number => {
  const data = (body as { data?: unknown } | null | undefined)?.data;
  return Array.isArray(data) ? data.length : 0;
};

/** What an answer tells of itself, besides its rows. */
export const metaOf = (body: unknown): Record<string, unknown> => Object((body as { meta?: unknown } | null | undefined)?.meta);

/** Whether an answer that refuses a list says that a part of it is stored: by its rows, or by a count of its `meta`. */
export function showsStored(body: unknown): boolean {
  const { success, saved_records: saved } = metaOf(body);
  return rowsIn(body) > 0 || Number(success) > 0 || Number(saved) > 0;
}

const unknown = ({ status, method, path }: ClientError): UncertainOutcomeError =>
  new UncertainOutcomeError(
    `${method} ${path} answered ${status} to a list of which it stores the valid entries all the same: this record may have been created;` +
      ' look before you repeat it.',
    { method, path, sent: 'yes', phase: 'body' },
  );

const failed = <E>(entries: readonly E[], error: Error): Outcome<E>[] => entries.map((entry) => ({ entry, error }));

/** The messages of a refusal by the places of the entries that they are about; empty where not all can be placed for certain. */
function namedBy<E>(refusal: ClientError, entries: readonly E[], sending: Sending<E>): Map<number, FieldErrors> {
  return placed(fieldErrors(refusal.body), entries.length, entries.map(sending.key)) ?? new Map();
}

/**
 * Messages by place: from names such as `0.price`, `[3].name` or `products.2`, or from the key of a record. A number that
 * could be a place as well as another record's key tells nothing, unless only one of the two is a suspect: `undefined`.
 */
export function placed(
  errors: FieldErrors,
  count: number,
  keys: readonly (Key | undefined)[],
  isSuspect: (place: number) => boolean = () => true,
): Map<number, FieldErrors> | undefined {
  const found = new Map<number, FieldErrors>();
  for (const [name, messages] of Object.entries(errors)) {
    const match = /^(?:[a-z_]{1,40}\.)?\[?(\d{1,16})\]?(?:\.(.+))?$/i.exec(name);
    if (match === null) return undefined;
    const number = Number(match[1]);
    const byKey = keys.findIndex((key) => key !== undefined && String(key) === match[1]);
    const candidates = [...new Set([number < count ? number : -1, byKey])].filter((place) => place >= 0);
    const [place, other] = candidates.length > 1 ? candidates.filter(isSuspect) : candidates;
    if (place === undefined || other !== undefined) return undefined;
    const own = found.get(place) ?? {};
    own[match[2] ?? 'base'] = messages;
    found.set(place, own);
  }
  return found;
}

/** The messages of errors in one line. */
export const messagesOf = (errors: FieldErrors): string =>
  Object.entries(errors)
    .map(([field, messages]) => (field === 'base' ? messages.join(', ') : `${field}: ${messages.join(', ')}`))
    .join('; ');

/** The refusal as it concerns one record. */
export function ownError(
  { status, method, path, body, headers }: Pick<ClientError, 'status' | 'method' | 'path' | 'body' | 'headers'>,
  errors: FieldErrors,
): ValidationError {
  return new ValidationError(
    `${method} ${path} refused this record (${status}): ${messagesOf(errors) || 'no reason was given'}.`,
    { status, method, path, body, headers },
    errors,
  );
}
