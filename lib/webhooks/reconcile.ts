import { createHash } from 'node:crypto';
import { ArgumentError } from '../errors/argument-error.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import { Session } from '../model/session.js';
import type { WebhookScope, WebhookTopic } from '../resources/webhook-scopes.js';
import { CALL_OPTIONS, type CallOptions, freshCallOf } from '../transport/request.js';
import { WebhookEvent } from './event.js';
import type { Intake } from './intake.js';
import { SOURCES, type Source } from './reconciled.js';
import { covers } from './scope-pattern.js';

/** Options of `handler.reconcile()`. */
export interface ReconcileOptions extends CallOptions {
  /** The scopes that the hooks subscribe to, as in `Webhook.sync()`: products, orders, customers, channels, price lists. */
  readonly scopes: readonly WebhookScope[];
  /** The beginning of the gap: `until` of the last run. */
  readonly since: Date;
  /** Milliseconds before `since` that are looked at once more, for clocks that differ and changes that show late. Default 300,000. */
  readonly overlapMs?: number | undefined;
  /** The store. Default: the current session. */
  readonly session?: Session | undefined;
}

/** What a reconciliation found. */
export interface Reconciliation {
  /** `since` of the next run. */
  readonly until: Date;
  /** Changes whose deliveries were missed: they are in the queue now. */
  readonly forwarded: number;
  /** Changes that were delivered, or found by an earlier run. */
  readonly known: number;
}

const OPTIONS = { ...CALL_OPTIONS, scopes: 1, since: 1, overlapMs: 1, session: 1 } as const satisfies Record<keyof ReconcileOptions, 1>;
const OVERLAP_MS = 300_000;

/** Finds the changes that no delivery told of, and forwards them as events. */
export async function reconcile(intake: Intake, options: ReconcileOptions): Promise<Reconciliation> {
  const { since, session, store, sources } = check(options);
  intake.assertOpen();
  const until = new Date();
  const counts = { forwarded: 0, known: 0 };
  for (const source of sources) {
    for await (const page of source.changedSince(session, since).pages(freshCallOf(options)))
      for (const record of page.items)
        for (const event of eventsOf(source, record, store, since)) {
          if (!options.scopes.some((scope) => covers(scope, event.scope))) continue;
          const isForwarded = !intake.changes.has(event) && (await intake.forward(event));
          counts[isForwarded ? 'forwarded' : 'known']++;
        }
  }
  return { until, ...counts };
}

function check(options: ReconcileOptions): { since: Date; session: Session; store: string; sources: Source[] } {
  assertKnownOptions(options, OPTIONS, 'reconcile()', ArgumentError);
  const { scopes, since, overlapMs = OVERLAP_MS, session = Session.default } = options;
  if (!(since instanceof Date) || Number.isNaN(since.getTime())) throw new ArgumentError('reconcile() needs `since`, a Date.');
  if (!(overlapMs >= 0 && overlapMs < Number.POSITIVE_INFINITY)) throw new ArgumentError('overlapMs is a number of milliseconds from 0.');
  if (session.storeHash === undefined)
    throw new ConfigurationError('reconcile() needs a session with a storeHash: events name their store.');
  const lost = scopes.filter((scope) => !SOURCES.some((source) => isCovered(scope, source)));
  if (lost.length > 0 || scopes.length === 0)
    throw new ArgumentError(
      `Changes of ${lost.join(', ') || 'no scope'} cannot be reconciled, since the API does not list those records by the date of their ` +
        `last change. It lists those of ${SOURCES.map(({ updated }) => updated).join(', ')} and the created ones.`,
    );
  const sources = SOURCES.filter((source) => scopes.some((scope) => isCovered(scope, source)));
  return { since: new Date(since.getTime() - overlapMs), session, store: session.storeHash, sources };
}

const isCovered = (scope: string, { created, updated }: Source): boolean => covers(scope, created) || covers(scope, updated);

/** The events that the platform has sent for a record that was changed, and perhaps created, since then. */
function eventsOf(
  source: Source,
  { id, date_created, date_modified }: { id: number; date_created: Date | null; date_modified: Date | null },
  storeHash: string,
  since: Date,
): WebhookEvent[] {
  const event = (scope: WebhookTopic, createdAt: Date): WebhookEvent => {
    const data = source.dataOf(id);
    const hash = createHash('sha1')
      .update(JSON.stringify([storeHash, scope, data, createdAt.getTime()]))
      .digest('hex');
    return new WebhookEvent({ scope, storeHash, storeId: undefined, hash, createdAt, data });
  };
  const created = date_created !== null && date_created >= since ? [event(source.created, date_created)] : [];
  const isNewer = date_modified !== null && (created.length === 0 || date_modified.getTime() - (date_created?.getTime() ?? 0) >= 1000);
  return isNewer ? [...created, event(source.updated, date_modified)] : created;
}
