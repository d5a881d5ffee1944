import { act, sessionFor } from '../../model/action.js';
import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { Open } from '../../schema/types.js';
import type { CallOptions } from '../../transport/request.js';
import { noFilters } from '../no-filters.js';
import { channelFilters, channelParams, channelSettings } from './channel-scope.js';

/** An abandoned cart, by the token of the email that recovers it. */
@Resource('/abandoned-carts', { version: 'v3', filters: noFilters, key: 'token', operations: ['get'] })
export class AbandonedCart extends Model<AbandonedCart, typeof noFilters> {
  /** UUID of the cart, which `Cart.find` takes. Read-only. */
  @Attribute(() => String, { readOnly: true }) readonly cart_id!: string;
}

/** When an email is sent, in minutes after the cart was abandoned: full hours up to a day, then full days up to ten. */
export type AbandonedCartDelay =
  | 60
  | 120
  | 180
  | 240
  | 300
  | 360
  | 420
  | 480
  | 540
  | 600
  | 660
  | 720
  | 780
  | 840
  | 900
  | 960
  | 1020
  | 1080
  | 1140
  | 1200
  | 1260
  | 1320
  | 1380
  | 1440
  | 2880
  | 4320
  | 5760
  | 7200
  | 8640
  | 10080
  | 11520
  | 12960
  | 14400
  | (number & {});

/** Words of an email template in one language, by the names that the template uses. */
// The names are those of the template's own expressions (abandoned_cart_emails.v3.yaml, Template).
export type TemplateWords = Record<string, string>;

/** The words of an email template in one language. */
export interface TemplateTranslation {
  /** Code of the language, such as `en`, `en-us` or `fr-ca`. */
  locale: string;
  /** The words, by the names that the template uses in `lang`. */
  keys: TemplateWords;
}

/** Subject and text of an email about an abandoned cart. */
export interface AbandonedCartTemplate {
  /** Subject, up to 255 characters; it may contain Handlebars expressions. */
  subject: string;
  /** HTML with Handlebars expressions. */
  body: string;
  /** Its words in each language. */
  translations: TemplateTranslation[];
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
  /** Assigned by the store. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** How long after the cart was abandoned it is sent, in minutes. */
  @Attribute(() => Number) notify_at_minutes!: AbandonedCartDelay;
  /** Code of a coupon that the email offers. */
  @Attribute(() => String) coupon_code!: string;
  /** Subject and text. */
  @Attribute(() => Object) template!: AbandonedCartTemplate;
  /** Whether it is sent. */
  @Attribute(() => Boolean) is_active!: boolean;
  /** How often it was sent. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly sent_num!: number;

  /** Gets the platform's default email. */
  static async default(options?: CallOptions): Promise<AbandonedCartTemplate> {
    return act(sessionFor(this), 'GET', '/marketing/abandoned-cart-emails/default', options);
  }
}

/** Abandoned cart settings. */
@Resource('/abandoned-carts/settings', { version: 'v3', filters: noFilters, addressing: 'single', operations: ['get', 'update'] })
export class AbandonedCartSettings extends Model<AbandonedCartSettings, typeof noFilters> {
  /** Whether shoppers are reminded of abandoned carts. */
  @Attribute(() => Boolean) enable_notification!: boolean;
  /** Whether reminders go on until the cart is recovered. */
  @Attribute(() => Boolean) email_customer_until_cart_is_recovered!: boolean;
  /** Whether only customers who agreed to marketing receive reminders. */
  @Attribute(() => Boolean) marketing_emails_require_customer_consent!: boolean;
  /** Whether the merchant is told when a reminded shopper orders. */
  @Attribute(() => Boolean) email_merchant_when_cart_is_converted!: boolean;
  /** Whether the merchant is told of abandoned carts. */
  @Attribute(() => Boolean) email_merchant_when_cart_is_abandoned!: boolean;
  /** Address for the emails to the merchant. */
  @Attribute(() => String) merchant_email_address!: string;
  /** Whether the merchant receives an email for each cart, or one for several. */
  @Attribute(() => String) merchant_abandoned_cart_email_frequency_type!: Open<'digest' | 'individual'>;
  /** How many carts an email for several has, 2 to 1,000. */
  @Attribute(() => Number) merchant_abandoned_cart_digest_email_frequency!: number;
}

/** Abandoned cart settings of one channel. */
@Resource('/abandoned-carts/settings/channels/:channel_id', {
  version: 'v3',
  filters: noFilters,
  addressing: 'single',
  operations: ['get', 'update'],
})
export class AbandonedCartChannelSettings extends Model<AbandonedCartChannelSettings, typeof noFilters> {
  /** Whether shoppers are reminded of abandoned carts; null for the global setting. */
  @Attribute(() => Boolean) enable_notification!: boolean | null;
  /** Whether reminders go on until the cart is recovered; null for the global setting. */
  @Attribute(() => Boolean) email_customer_until_cart_is_recovered!: boolean | null;
  /** Whether only customers who agreed to marketing receive reminders; null for the global setting. */
  @Attribute(() => Boolean) marketing_emails_require_customer_consent!: boolean | null;
  /** Whether the merchant is told when a reminded shopper orders; null for the global setting. */
  @Attribute(() => Boolean) email_merchant_when_cart_is_converted!: boolean | null;
  /** Whether the merchant is told of abandoned carts; null for the global setting. */
  @Attribute(() => Boolean) email_merchant_when_cart_is_abandoned!: boolean | null;
  /** Address for the emails to the merchant, up to 500 characters; null for the global setting. */
  @Attribute(() => String) merchant_email_address!: string | null;
  /** Whether the merchant receives an email for each cart, or one for several; null for the global setting. */
  @Attribute(() => String) merchant_abandoned_cart_email_frequency_type!: Open<'digest' | 'individual'> | null;
  /** How many carts an email for several has, 2 to 1,000; null for the global setting. */
  @Attribute(() => Number) merchant_abandoned_cart_digest_email_frequency!: number | null;
}

/** Whether emails about abandoned carts are sent. */
@Resource('/marketing/abandoned-cart-emails/settings', { ...channelSettings, alwaysSend: ['use_global'], noEnvelope: true })
export class AbandonedCartEmailSettings extends Model<
  AbandonedCartEmailSettings,
  typeof channelFilters,
  unknown,
  unknown,
  typeof channelParams
> {
  /** Whether the channel sends the emails of the whole store. */
  @Attribute(() => Boolean) use_global!: boolean;
}
