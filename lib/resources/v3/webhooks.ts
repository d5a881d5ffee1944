import { ArgumentError } from '../../errors/argument-error.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import { type CallOptions, freshCallOf } from '../../transport/request.js';
import type { OpenObject } from '../open-object.js';
import { unixSeconds } from '../unix-seconds.js';
import type { UnlistedScope, WebhookScope } from '../webhook-scopes.js';
import type { AdministeredHook, BlockedDomain } from './webhook-values.js';

const webhookFilters = { is_active: Boolean, scope: String, destination: String } as const;

/** Options of `Webhook.sync()`. */
export interface SyncOptions extends CallOptions {
  /** The custom headers of each hook's deliveries. Left out: those of existing hooks stay as they are. */
  headers?: Readonly<Record<string, string>> | undefined;
}

/** What `Webhook.sync()` has changed. */
export interface SyncedHooks {
  readonly created: Webhook[];
  /** Hooks that the platform had deactivated. */
  readonly activated: Webhook[];
  /** Hooks with new headers. */
  readonly updated: Webhook[];
  readonly removed: Webhook[];
}

const webhookRequired = ['scope', 'destination'] as const;

/**
 * A webhook: a URL that is notified of events in the store. There may be ten for a scope and an app, and one for a scope, an app and a
 * destination; a hook that gets no event for 90 days is deactivated (integrations/webhooks/overview).
 */
@Resource('/hooks', {
  version: 'v3',
  filters: webhookFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  statuses: { delete: 200 },
  responses: { delete: 'row' },
  required: webhookRequired,
})
export class Webhook extends Model<Webhook, typeof webhookFilters, unknown, typeof webhookRequired> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The API account that it belongs to; no other one sees it. */
  @Attribute(() => String, { readOnly: true }) readonly client_id!: string;
  /** The store. */
  @Attribute(() => String, { readOnly: true }) readonly store_hash!: string;
  /** The events that it is notified of: a documented scope, a wildcard, or `Webhook.scope('store/new/thing')`. */
  @Attribute(() => String) scope!: WebhookScope;
  /** An HTTPS URL on port 443. */
  @Attribute(() => String) destination!: string;
  /** Sent with each delivery; `null` for none. */
  @Attribute(() => Object) headers!: Readonly<Record<string, string>> | null;
  /** Whether events are delivered. `false` after 90 days without an event, or when a delivery has failed for 48 hours. */
  @Attribute(() => Boolean) is_active!: boolean;
  /** Set by the store; a new hook may take a minute to work. */
  @Attribute(() => Number, { readOnly: true, cast: unixSeconds }) readonly created_at!: Date | null;
  /** Set by the store. */
  @Attribute(() => Number, { readOnly: true, cast: unixSeconds }) readonly updated_at!: Date | null;

  /**
   * Names the scope of a hook. The documented ones are completed; another is let through, for those that the platform adds.
   *
   * @throws ArgumentError for what is not a scope at all
   * @example await Webhook.create({ scope: Webhook.scope('store/new/thing'), destination });
   */
  static scope<Scope extends WebhookScope>(name: Scope): Scope;
  static scope(name: string): UnlistedScope;
  static scope(name: string): string {
    if (!/^store\/[\w/*-]{1,200}$/.test(name)) throw new ArgumentError(`${name} is not a scope: one looks like store/order/created.`);
    return name;
  }

  /**
   * Synchronises the hooks of a destination: creates missing ones, gives all the same headers, reactivates those that the platform has
   * deactivated, and deletes others of the same destination, last. Running it again changes nothing.
   */
  static async sync(scopes: readonly WebhookScope[], destination: string, options: SyncOptions = {}): Promise<SyncedHooks> {
    const { headers, ...call } = options;
    const wanted = new Set(scopes);
    const kept = new Map<WebhookScope, Webhook>();
    const done: SyncedHooks = { created: [], activated: [], updated: [], removed: [] };
    for (const hook of await this.all(freshCallOf(call))) {
      if (hook.destination !== destination) continue;
      if (wanted.has(hook.scope) && !kept.has(hook.scope)) kept.set(hook.scope, hook);
      else done.removed.push(hook);
    }
    for (const hook of kept.values()) {
      const change = changeOf(hook, headers);
      if (change.is_active) done.activated.push(hook);
      if (change.headers) done.updated.push(hook);
      // One request: a hook must not become active with the old secret.
      if (change.is_active || change.headers) await hook.update(change, call);
    }
    for (const scope of wanted)
      if (!kept.has(scope))
        done.created.push(await this.create({ scope, destination, is_active: true, ...(headers === undefined ? {} : { headers }) }, call));
    // Last: if one of the others is refused, no hook is lost.
    for (const hook of done.removed) await hook.destroy(call);
    return done;
  }
}

/** What is to be changed of a hook, so that it is active and sends these headers. */
function changeOf(hook: Webhook, headers: SyncOptions['headers']): { is_active?: true; headers?: Readonly<Record<string, string>> } {
  const sent = Object.entries(hook.headers ?? {});
  const isSame =
    headers === undefined || (sent.length === Object.keys(headers).length && sent.every(([name, value]) => headers[name] === value));
  return { ...(hook.is_active ? {} : { is_active: true }), ...(isSame ? {} : { headers }) };
}

const adminParams = { get: { is_active: Boolean } } as const;

/** Webhook administration: who is notified of failures, and which domains are blocked. */
@Resource('/hooks/admin', {
  version: 'v3',
  addressing: 'single',
  operations: ['get', 'update'],
  statuses: { update: 204 },
  responses: { update: 'none' },
  params: adminParams,
})
export class WebhookAdmin extends Model<WebhookAdmin, unknown, unknown, unknown, typeof adminParams> {
  /** Get a message when a domain is blocked or a hook is deactivated. */
  @Attribute(() => Array) emails!: string[];
  /** All hooks of the API account. */
  @Attribute(() => Array, { readOnly: true }) readonly hooks_list!: readonly AdministeredHook[];
  /** Domains that get no deliveries for now, since too many failed. */
  @Attribute(() => Array, { readOnly: true }) readonly blocked_domains!: readonly BlockedDomain[];
}

const missedEventFilters = { 'created_at:min': Date, 'created_at:max': Date } as const;

/**
 * An event that was sent and not received. The platform keeps them for a week at least: read them after a failure. Its documentation has
 * this list (developer.bigcommerce.com/docs/webhooks/webhooks/webhook-events), though its description of 2026 has not.
 */
@Resource('/hooks/events', { version: 'v3', filters: missedEventFilters, key: 'hash', operations: ['list', 'count'] })
export class MissedWebhookEvent extends Model<MissedWebhookEvent, typeof missedEventFilters> {
  /** Identifies the event; its delivery has the same. */
  @Attribute(() => String, { readOnly: true }) readonly hash!: string;
  /** What happened: `store/order/created`. */
  @Attribute(() => String, { readOnly: true }) readonly scope!: string;
  /** The number of the store. */
  @Attribute(() => String, { readOnly: true }) readonly store_id!: string;
  /** The store: `stores/{store_hash}`. */
  @Attribute(() => String, { readOnly: true }) readonly producer!: string;
  /** What it happened to; the fields depend on the scope. */
  @Attribute(() => Object, { readOnly: true }) readonly data!: Readonly<OpenObject>;
  /** When it happened. */
  @Attribute(() => Number, { readOnly: true, cast: unixSeconds }) readonly created_at!: Date | null;
}
