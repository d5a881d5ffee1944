import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';

const paymentMethodFilters = { order_id: Number, checkout_id: String } as const;

/** A way to pay an order that exists already. */
@Resource('/payments/methods', { version: 'v3', filters: paymentMethodFilters, operations: ['list', 'count'] })
export class PaymentMethod extends Model<PaymentMethod, typeof paymentMethodFilters> {
  @Attribute({ readOnly: true }) id!: string;
  @Attribute({ readOnly: true }) name!: string;
  @Attribute({ readOnly: true }) stored_instruments!: Record<string, unknown>[];
  @Attribute({ readOnly: true }) supported_instruments!: Record<string, unknown>[];
  @Attribute({ readOnly: true }) test_mode!: boolean;
  @Attribute({ readOnly: true }) type!: string;
}

const paymentAccessTokenFilters = {} as const;

/** A token with which one order can be paid. */
@Resource('/payments/access_tokens', {
  version: 'v3',
  filters: paymentAccessTokenFilters,
  operations: ['create'],
  statuses: { create: 201 },
})
export class PaymentAccessToken extends Model<PaymentAccessToken, typeof paymentAccessTokenFilters> {
  @Attribute({ required: true }) order!: Record<string, unknown>;
  @Attribute({ readOnly: true }) id!: string;
}
