import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import type { Open } from '../../schema/types.js';

const subscriberFilters = {
  email: String,
  first_name: String,
  last_name: String,
  source: String,
  order_id: Number,
  date_created: Date,
  'date_created:min': Date,
  'date_created:max': Date,
  date_modified: Date,
  'date_modified:min': Date,
  'date_modified:max': Date,
  id: Number,
  'id:in': Number,
} as const;

const subscriberRequired = ['email'] as const;

/** Someone who receives emails of the store: a newsletter, or reminders of an abandoned cart. */
@Resource('/customers/subscribers', {
  version: 'v3',
  filters: subscriberFilters,
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  deleteFilters: ['email', 'first_name', 'last_name', 'source', 'order_id', 'date_created', 'date_modified'],
  required: subscriberRequired,
})
export class Subscriber extends Model<Subscriber, typeof subscriberFilters, unknown, typeof subscriberRequired> {
  /** Unique. Required. */
  @Attribute(() => String, { unique: true }) email!: string;
  /** Up to 255 characters. */
  @Attribute(() => String) first_name!: string;
  /** Up to 255 characters. */
  @Attribute(() => String) last_name!: string;
  /** Where the subscription comes from; up to 255 characters. */
  @Attribute(() => String) source!: Open<'storefront' | 'order' | 'custom'>;
  /** Order that it comes from; null if `source` is another. */
  @Attribute(() => Number) order_id!: number | null;
  /** Channel that it was made on. */
  @Attribute(() => Number) channel_id!: number;
  /** What the subscriber agreed to; empty after unsubscribing, or without the newsletter box ticked. */
  @Attribute(() => Array) consents!: Open<'marketing_newsletter' | 'abandoned_cart'>[];
  /** Assigned by the store, in ascending order. Read-only. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** When it was last changed. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly date_modified!: Date | null;
  /** When it was created. Read-only. */
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
}
