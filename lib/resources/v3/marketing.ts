import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { Open } from '../../schema/types.js';
import type { TemplateTranslation } from './abandoned-carts.js';
import { channelFilters, channelParams } from './channel-scope.js';

const emailTemplateParams = { ...channelParams, delete: channelFilters } as const;

/** The emails that a store sends. */
export type EmailTemplateType = Open<
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
  | 'account_reset_password_email'
>;

/** The template of an email that the store sends. A channel may have one of its own; only that can be deleted. */
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
  /** Which email it is. */
  @Attribute(() => String) type_id!: EmailTemplateType;
  /** HTML with Handlebars: `{{store.name}}`. */
  @Attribute(() => String) body!: string;
  /** Texts by language, for `{{lang 'key'}}` in the body. */
  @Attribute(() => Array) translations!: TemplateTranslation[];
  /** May have Handlebars too. */
  @Attribute(() => String) subject!: string;
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
  /** Assigned by the store. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** Part of the store: `general`, `payment`, `shipping`, `tax`, `notification`, `emailintegration`, `ordersettings` or `design`. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly type!: string;
  /** Such as `order status`. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly module!: string;
  /** The filter of this name takes 1 (success), 2 (notice), 3 (warning) or 4 (error). Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly severity!: string;
  /** One line. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly summary!: string;
  /** Details; `null` if there are none. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly message!: string | null;
  /** When it was written. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
}
