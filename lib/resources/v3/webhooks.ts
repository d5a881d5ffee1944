import { ArgumentError } from '../../errors/argument-error.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import { type CallOptions, freshCallOf } from '../../transport/request.js';
import type { UnlistedScope, WebhookScope } from '../webhook-scopes.js';

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
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => String, { readOnly: true }) readonly client_id!: string;
  @Attribute(() => String, { readOnly: true }) readonly store_hash!: string;
  /** The events that it is notified of: a documented scope, a wildcard, or `Webhook.scope('store/new/thing')`. */
  @Attribute(() => String) scope!: WebhookScope;
  /** An HTTPS URL on port 443. */
  @Attribute(() => String) destination!: string;
  /** Sent with each delivery; `null` for none. */
  @Attribute(() => Object) headers!: Readonly<Record<string, string>> | null;
  @Attribute(() => Boolean) is_active!: boolean;
  /** Unix seconds. */
  @Attribute(() => Number, { readOnly: true }) readonly created_at!: number;
  /** Unix seconds. */
  @Attribute(() => Number, { readOnly: true }) readonly updated_at!: number;

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
   * deactivated, and deletes others of the same destination. Running it again changes nothing.
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
    for (const hook of done.removed) await hook.destroy(call);
    for (const scope of wanted)
      if (!kept.has(scope))
        done.created.push(await this.create({ scope, destination, is_active: true, ...(headers === undefined ? {} : { headers }) }, call));
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
  @Attribute(() => Array) emails!: string[];
  @Attribute(() => Array, { readOnly: true }) readonly hooks_list!: Record<string, unknown>[];
  @Attribute(() => Array, { readOnly: true }) readonly blocked_domains!: Record<string, unknown>[];
}
