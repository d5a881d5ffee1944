import { ArgumentError } from '../errors/argument-error.js';
import { HttpError } from '../errors/http-error.js';
import { UncertainOutcomeError } from '../errors/uncertain-outcome-error.js';
import { isDuplicateError } from '../query/duplicate-error.js';
import { compileFilters } from '../query/filters.js';
import { pageRequest } from '../query/page-requests.js';
import { rowsOf } from '../query/parse-rows.js';
import { initialState, type QueryState } from '../query/query-state.js';
import { type Row, type Scope, sessionOf } from '../query/scope.js';
import { agreesWith } from '../record/agreement.js';
import { scopeOfRecord } from '../record/record-address.js';
import type { RecordContext } from '../record/record-context.js';
import { MAX_TIMER_MS, sleep } from '../transport/abort.js';
import { describe } from '../transport/path.js';
import { checkCall, freshCallOf, type SaveOptions } from '../transport/request.js';
import type { SavePlan } from './save-plan.js';

/** How long the record is looked for before the second attempt: the store may still be processing the first one. */
const WAIT_MS = 5_000;
const FIRST_WAIT_MS = 500;
/** How many rows are read: the record has a unique value, so it is among the first. */
const LOOKED_AT = 50;

type Create = () => Promise<Row | undefined>;

/**
 * Creates a record. If the outcome is uncertain, looks for the record by a unique attribute for some seconds, since the store may
 * still be processing the request. If there is none, tries to create it once more.
 */
export async function createReconciled(
  context: RecordContext,
  plan: SavePlan,
  options: SaveOptions,
  create: Create,
): Promise<Row | undefined> {
  const waitMs = waitMsOf(options);
  try {
    return await create();
  } catch (error) {
    if (!isUncertain(error)) throw error;
    const lookUp = lookUpFor(scopeOfRecord(context), plan.body);
    if (lookUp === undefined) throw error;
    return (await waitFor(lookUp, plan.body, options, waitMs, error)) ?? (await createAgain(lookUp, plan.body, options, create));
  }
}

/** Creates the record again. If the store refuses it as a duplicate, the first attempt has succeeded after all: returns its row. */
async function createAgain(lookUp: LookUp, body: Row, options: SaveOptions, create: Create): Promise<Row | undefined> {
  try {
    return await create();
  } catch (error) {
    if (!isDuplicateError(error)) throw error;
    return (await look(lookUp, body, options, error)) ?? Promise.reject(error);
  }
}

/** @throws ArgumentError */
function waitMsOf({ reconcile }: SaveOptions): number {
  if (typeof reconcile === 'object') checkCall('reconcile', reconcile, { waitMs: 1 });
  const waitMs = typeof reconcile === 'object' ? (reconcile.waitMs ?? WAIT_MS) : WAIT_MS;
  if (Number.isFinite(waitMs) && waitMs >= 0 && waitMs <= MAX_TIMER_MS) return waitMs;
  throw new ArgumentError(`reconcile.waitMs takes milliseconds from 0 to ${MAX_TIMER_MS}, got ${describe(waitMs)}. Nothing was sent.`);
}

export const isUncertain = (error: unknown): boolean =>
  error instanceof UncertainOutcomeError || (error instanceof HttpError && (error as { isUncertain?: boolean }).isUncertain === true);

/** A search by a unique attribute. */
interface LookUp {
  readonly attribute: string;
  readonly scope: Scope;
  readonly state: QueryState;
}

/** Returns a search that is documented for the resource; `undefined` if there is none. */
function lookUpFor(scope: Scope, body: Row): LookUp | undefined {
  const { attributes, filters } = scope.resource;
  // Without a list of filters it is unknown whether the store applies this one.
  if (filters === undefined) return undefined;
  for (const { name, unique } of Object.values(attributes)) {
    if (!unique || typeof body[name] !== 'string' || body[name] === '') continue;
    try {
      const { params } = compileFilters(scope.resource, { [name]: body[name] });
      return { attribute: name, scope, state: { ...initialState(scope), filters: params } };
    } catch {
      // There is no such filter; another attribute may have one.
    }
  }
  return undefined;
}

async function waitFor(lookUp: LookUp, body: Row, options: SaveOptions, waitMs: number, error: unknown): Promise<Row | undefined> {
  let waited = 0;
  for (let wait = FIRST_WAIT_MS; ; wait *= 2) {
    const found = await look(lookUp, body, options, error);
    if (found !== undefined || waited >= waitMs) return found;
    const ms = Math.min(wait, waitMs - waited);
    await sleep(ms, options.signal);
    waited += ms;
  }
}

/**
 * Returns the one row with the values that were sent; `undefined` if the search finds nothing.
 *
 * @throws the given error if the search is not conclusive: another record has the value, or the store ignores the filter
 */
async function look({ attribute, scope, state }: LookUp, body: Row, options: SaveOptions, error: unknown): Promise<Row | undefined> {
  const request = { ...pageRequest(scope, state, 1, LOOKED_AT), ...freshCallOf(options) };
  const rows = rowsOf(request, await sessionOf(scope).send(request), scope.resource);
  if (rows.length === 0) return undefined;
  const sharing = rows.filter((row) => row[attribute] !== undefined && isSameText(row[attribute], body[attribute]));
  const [only, other] = sharing.filter((row) => agreesWith({ ...body, [attribute]: row[attribute] }, row));
  if (only !== undefined && other === undefined) return only;
  throw error;
}

/** Compares without case: the store ignores case in unique values. */
const isSameText = (a: unknown, b: unknown): boolean => String(a).trim().toLowerCase() === String(b).trim().toLowerCase();
