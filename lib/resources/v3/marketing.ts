import { act, sessionFor } from '../../model/action.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { CallOptions } from '../../transport/request.js';
import { channelFilters, channelParams } from './channel-scope.js';

const emailTemplateParams = { ...channelParams, delete: channelFilters } as const;

/** The template of an email that the store sends. */
@Resource('/marketing/email-templates', {
  version: 'v3',
  filters: channelFilters,
  scope: ['channel_id'],
  params: emailTemplateParams,
  key: 'type_id',
  operations: ['list', 'get', 'update', 'delete', 'count'],
  statuses: { delete: 200 },
})
export class EmailTemplate extends Model<EmailTemplate, typeof channelFilters, unknown, unknown, typeof emailTemplateParams> {
  @Attribute(() => String) type_id!:
    | 'abandoned_cart_email'
    | 'account_details_changed_email'
    | 'combined_order_status_email'
    | 'createaccount_email'
    | 'createguestaccount_email'
    | 'giftcertificate_email'
    | 'invoice_email'
    | 'ordermessage_notification'
    | 'return_confirmation_email'
    | 'return_statuschange_email'
    | 'product_review_email'
    | 'account_reset_password_email';
  @Attribute(() => String) body!: string;
  @Attribute(() => Array) translations!: Record<string, unknown>[];
  @Attribute(() => String) subject!: string;
}

/** The channel is that of a new email; one that is there is reached by its id alone (abandoned_cart_emails.v3.yaml). */
const abandonedCartEmailParams = { create: channelFilters } as const;

/** An abandoned cart email. */
@Resource('/marketing/abandoned-cart-emails', {
  version: 'v3',
  filters: channelFilters,
  params: abandonedCartEmailParams,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
})
export class AbandonedCartEmail extends Model<
  AbandonedCartEmail,
  typeof channelFilters,
  unknown,
  unknown,
  typeof abandonedCartEmailParams
> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number) notify_at_minutes!: number;
  @Attribute(() => String) coupon_code!: string;
  @Attribute(() => Object) template!: Record<string, unknown>;
  @Attribute(() => Boolean) is_active!: boolean;
  @Attribute(() => Number, { readOnly: true }) readonly sent_num!: number;

  /** Gets the platform's default email. */
  static async default(options?: CallOptions): Promise<Record<string, unknown>> {
    return act(sessionFor(this), 'GET', '/marketing/abandoned-cart-emails/default', options);
  }
}

const systemLogFilters = {
  type: String,
  'type:not': String,
  module: String,
  'module:not': String,
  severity: Number,
  'severity:min': Number,
  'severity:max': Number,
  'id:in': Number,
} as const;

/** An entry of the store's system log. */
@Resource('/store/systemlogs', { version: 'v3', filters: systemLogFilters, operations: ['list', 'count'] })
export class SystemLog extends Model<SystemLog, typeof systemLogFilters> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => String, { readOnly: true }) readonly type!: string;
  @Attribute(() => String, { readOnly: true }) readonly module!: string;
  @Attribute(() => String, { readOnly: true }) readonly severity!: string;
  @Attribute(() => String, { readOnly: true }) readonly summary!: string;
  @Attribute(() => String, { readOnly: true }) readonly message!: string | null;
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
}
