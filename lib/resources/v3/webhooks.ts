import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';

const webhookFilters = { is_active: Boolean, scope: String, destination: String } as const;

/** An address that is told of what happens in the store. */
@Resource('/hooks', {
  version: 'v3',
  filters: webhookFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  statuses: { delete: 200 },
})
export class Webhook extends Model<Webhook, typeof webhookFilters> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ readOnly: true }) client_id!: string;
  @Attribute({ readOnly: true }) store_hash!: string;
  @Attribute({ required: true }) scope!: string;
  @Attribute({ required: true }) destination!: string;
  @Attribute() headers!: Record<string, unknown>;
  @Attribute() is_active!: boolean;
  @Attribute({ readOnly: true }) created_at!: number;
  @Attribute({ readOnly: true }) updated_at!: number;
}

/** Who is told when webhooks fail, and which are blocked. */
@Resource('/hooks/admin', { version: 'v3', addressing: 'single', operations: ['get', 'update'], statuses: { update: 204 } })
export class WebhookAdmin extends Model<WebhookAdmin> {
  @Attribute() emails!: string[];
  @Attribute({ readOnly: true }) hooks_list!: Record<string, unknown>[];
  @Attribute({ readOnly: true }) blocked_domains!: Record<string, unknown>[];
}
