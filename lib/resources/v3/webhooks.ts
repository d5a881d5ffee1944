import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import { type CallOptions, freshCallOf } from '../../transport/request.js';

const webhookFilters = { is_active: Boolean, scope: String, destination: String } as const;

/** A webhook: a URL that is notified of events in the store. */
@Resource('/hooks', {
  version: 'v3',
  filters: webhookFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  statuses: { delete: 200 },
})
export class Webhook extends Model<Webhook, typeof webhookFilters> {
  @Attribute(() => Number, { readOnly: true }) id!: number;
  @Attribute(() => String, { readOnly: true }) client_id!: string;
  @Attribute(() => String, { readOnly: true }) store_hash!: string;
  @Attribute(() => String, { required: true }) scope!: string;
  @Attribute(() => String, { required: true }) destination!: string;
  @Attribute(() => Object) headers!: Record<string, unknown>;
  @Attribute(() => Boolean) is_active!: boolean;
  @Attribute(() => Number, { readOnly: true }) created_at!: number;
  @Attribute(() => Number, { readOnly: true }) updated_at!: number;

  /**
   * Synchronises the hooks of a destination: creates missing ones, reactivates those that the platform has deactivated, and
   * deletes others of the same destination. Running it again changes nothing.
   */
  static async sync(
    scopes: readonly string[],
    destination: string,
    options: CallOptions & { headers?: Readonly<Record<string, string>> } = {},
  ): Promise<{ created: Webhook[]; activated: Webhook[]; removed: Webhook[] }> {
    const { headers, ...call } = options;
    const all = (await this.all(freshCallOf(call))).filter((hook) => hook.destination === destination);
    const wanted = new Set(scopes);
    const kept = new Map<string, Webhook>();
    const removed: Webhook[] = [];
    for (const hook of all) {
      if (wanted.has(hook.scope) && !kept.has(hook.scope)) kept.set(hook.scope, hook);
      else removed.push(hook);
    }
    const activated = [...kept.values()].filter((hook) => !hook.is_active);
    for (const hook of activated) await hook.update({ is_active: true }, call);
    for (const hook of removed) await hook.destroy(call);
    const created: Webhook[] = [];
    for (const scope of wanted)
      if (!kept.has(scope))
        created.push(
          await this.create({ scope, destination, is_active: true, ...(headers === undefined ? {} : { headers: { ...headers } }) }, call),
        );
    return { created, activated, removed };
  }
}

/** Webhook administration: who is notified of failures, and which domains are blocked. */
@Resource('/hooks/admin', { version: 'v3', addressing: 'single', operations: ['get', 'update'], statuses: { update: 204 } })
export class WebhookAdmin extends Model<WebhookAdmin> {
  @Attribute(() => Array) emails!: string[];
  @Attribute(() => Array, { readOnly: true }) hooks_list!: Record<string, unknown>[];
  @Attribute(() => Array, { readOnly: true }) blocked_domains!: Record<string, unknown>[];
}
