import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import { noFilters } from '../no-filters.js';

/** How shoppers are asked for consent. */
export interface CustomerPrivacySettings {
  /** Whether shoppers are asked before cookies track them. */
  ask_shopper_for_tracking_consent?: boolean;
  /** Address of the privacy policy. */
  policy_url?: string;
  /** Whether shoppers are asked in the checkout. */
  ask_shopper_for_tracking_consent_on_checkout?: boolean;
}

/** How the shoppers of a channel are asked for consent; null for the global setting. */
export interface ChannelPrivacySettings {
  /** Whether shoppers are asked before cookies track them. */
  ask_shopper_for_tracking_consent?: boolean | null;
  /** Whether they are asked in the checkout. */
  ask_shopper_for_tracking_consent_on_checkout?: boolean | null;
  /** Address of the privacy policy. */
  policy_url?: string | null;
}

/** Groups that the customers and guests of a channel belong to; null for the global setting. */
export interface ChannelGroupSettings {
  /** Group of guests; 0 for none. */
  guest_customer_group_id?: number | null;
  /** Group of new customers; 0 for none. */
  default_customer_group_id?: number | null;
}

/** Groups that customers and guests belong to. */
export interface CustomerGroupSettings {
  /** Group of guests; 0 for none. */
  guest_customer_group_id?: number;
  /** Group of new customers; 0 for none. */
  default_customer_group_id?: number;
}

/** Privacy and customer group settings. A channel may override them. */
@Resource('/customers/settings', { version: 'v3', filters: noFilters, addressing: 'single', operations: ['get', 'update'] })
export class CustomerSettings extends Model<CustomerSettings, typeof noFilters> {
  /** How shoppers are asked for consent. */
  @Attribute(() => Object) privacy_settings!: CustomerPrivacySettings;
  /** Groups of guests and of new customers. */
  @Attribute(() => Object) customer_group_settings!: CustomerGroupSettings;
}

/** Privacy and customer group settings of one channel. */
@Resource('/customers/settings/channels/:channel_id', {
  version: 'v3',
  filters: noFilters,
  addressing: 'single',
  operations: ['get', 'update'],
})
export class CustomerChannelSettings extends Model<CustomerChannelSettings, typeof noFilters> {
  /** How shoppers are asked for consent; each setting may be null for the global one. */
  @Attribute(() => Object) privacy_settings!: ChannelPrivacySettings;
  /** Groups of guests and of new customers; each may be null for the global one. */
  @Attribute(() => Object) customer_group_settings!: ChannelGroupSettings;
  /** Whether customers without `channel_ids` can log in; by default true on the default storefront alone. */
  @Attribute(() => Boolean) allow_global_logins!: boolean;
}
