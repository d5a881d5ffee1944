import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';

const paymentMethodFilters = { order_id: Number, checkout_id: String } as const;

/** A payment method for an existing order. */
@Resource('/payments/methods', { version: 'v3', filters: paymentMethodFilters, operations: ['list', 'count'] })
export class PaymentMethod extends Model<PaymentMethod, typeof paymentMethodFilters> {
  @Attribute(() => String, { readOnly: true }) readonly id!: string;
  @Attribute(() => String, { readOnly: true }) readonly name!: string;
  @Attribute(() => Array, { readOnly: true }) readonly stored_instruments!: Record<string, unknown>[];
  @Attribute(() => Array, { readOnly: true }) readonly supported_instruments!: Record<string, unknown>[];
  @Attribute(() => Boolean, { readOnly: true }) readonly test_mode!: boolean;
  @Attribute(() => String, { readOnly: true }) readonly type!: string;
}

const paymentAccessTokenFilters = {} as const;

const paymentAccessTokenRequired = ['order'] as const;

/** A token for the payment of one order. */
@Resource('/payments/access_tokens', {
  version: 'v3',
  filters: paymentAccessTokenFilters,
  operations: ['create'],
  statuses: { create: 201 },
  required: paymentAccessTokenRequired,
})
export class PaymentAccessToken extends Model<
  PaymentAccessToken,
  typeof paymentAccessTokenFilters,
  unknown,
  typeof paymentAccessTokenRequired
> {
  @Attribute(() => Object) order!: Record<string, unknown>;
  @Attribute(() => String, { readOnly: true }) readonly id!: string;
}
