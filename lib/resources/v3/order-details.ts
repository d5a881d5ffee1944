import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';
import { BeforeUpdate } from '../../schema/hooks.js';
import type { Open } from '../../schema/types.js';
import { noFilters } from '../no-filters.js';
import type { OrderRefundItem, RefundedItem, RefundOverride, RefundPayment } from '../refund-values.js';
import type {
  PickupItem,
  TransactionAddressCheck,
  TransactionCard,
  TransactionCodeCheck,
  TransactionCustom,
  TransactionGateway,
  TransactionGiftCertificate,
  TransactionMethod,
  TransactionOffline,
  TransactionProviderResult,
  TransactionStoreCredit,
} from './order-values.js';

/** A transaction of an order, such as a payment or a refund. */
@Resource('/orders/:order_id/transactions', { version: 'v3', filters: noFilters, operations: ['list', 'count'] })
export class OrderTransaction extends Model<OrderTransaction, typeof noFilters> {
  /** What happened. */
  @Attribute(() => String, { readOnly: true }) readonly event!: Open<
    'purchase' | 'authorization' | 'capture' | 'refund' | 'void' | 'pending' | 'settled'
  >;
  /** How it was paid. `nonce` and `token` are payment tokens, `offsite` is a page of the provider, `custom` is entered by hand. */
  @Attribute(() => String, { readOnly: true }) readonly method!: Open<TransactionMethod>;
  /** In `currency`. */
  @Attribute(() => Number, { readOnly: true }) readonly amount!: number;
  /** Code of the currency, ISO 4217. */
  @Attribute(() => String, { readOnly: true }) readonly currency!: string;
  /** The provider. */
  @Attribute(() => String, { readOnly: true }) readonly gateway!: Open<TransactionGateway>;
  /** The transaction in the system of the provider. */
  @Attribute(() => String, { readOnly: true }) readonly gateway_transaction_id!: string;
  /** Whether it was a test, or the provider is in test mode. */
  @Attribute(() => Boolean, { readOnly: true }) readonly test!: boolean;
  /** Whether the gateway carried it out. */
  @Attribute(() => String, { readOnly: true }) readonly status!: Open<'ok' | 'error'>;
  /** Whether the provider wants it to be reviewed for fraud. */
  @Attribute(() => Boolean, { readOnly: true }) readonly fraud_review!: boolean;
  /** The transaction that this one acts on. */
  @Attribute(() => Number, { readOnly: true }) readonly reference_transaction_id!: number;
  /** Only for payments outside of the store, such as cheques. */
  @Attribute(() => Object, { readOnly: true }) readonly offline!: TransactionOffline | null;
  /** Only for payments entered by hand. */
  @Attribute(() => Object, { readOnly: true }) readonly custom!: TransactionCustom | null;
  /** The payment method: `stripe.card`. */
  @Attribute(() => String, { readOnly: true }) readonly payment_method_id!: string;
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The order, as a string. */
  @Attribute(() => String, { readOnly: true }) readonly order_id!: string;
  /** When it was created. */
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  /** The stored card, by a token of the platform. */
  @Attribute(() => String, { readOnly: true }) readonly payment_instrument_token!: string | null;
  /** The stored card, by the provider's token. Only in stores that the platform has enabled it for. */
  @Attribute(() => String, { readOnly: true }) readonly provider_instrument_token!: string | null;
  /** The customer, by the provider's identifier. Only in stores that the platform has enabled it for. */
  @Attribute(() => String, { readOnly: true }) readonly provider_customer_id!: string | null;
  /** The provider's check of the address. */
  @Attribute(() => Object, { readOnly: true }) readonly avs_result!: TransactionAddressCheck;
  /** The provider's check of the security code. */
  @Attribute(() => Object, { readOnly: true }) readonly cvv_result!: TransactionCodeCheck;
  /** Only for cards. */
  @Attribute(() => Object, { readOnly: true }) readonly credit_card!: TransactionCard;
  /** Only for gift certificates. */
  @Attribute(() => Object, { readOnly: true }) readonly gift_certificate!: TransactionGiftCertificate | null;
  /** Only for store credit. */
  @Attribute(() => Object, { readOnly: true }) readonly store_credit!: TransactionStoreCredit | null;
  /** Further facts from the provider. */
  @Attribute(() => Object, { readOnly: true }) readonly custom_provider_field_result!: TransactionProviderResult | null;
}

/** What a refund has, whether it is read by its order or among all refunds. */
abstract class RefundRecord<Self = unknown, Filters = unknown, Required = unknown, Params = unknown> extends Model<
  Self,
  Filters,
  unknown,
  Required,
  Params
> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** The order that it belongs to. */
  @Attribute(() => Number, { readOnly: true }) readonly order_id!: number;
  /** The user who created it. */
  @Attribute(() => Number, { readOnly: true }) readonly user_id!: number;
  /** When it was made. */
  @Attribute(() => Date, { readOnly: true }) readonly created!: Date | null;
  /** Why. */
  @Attribute(() => String, { readOnly: true }) readonly reason!: string;
  /** What was returned, tax included. */
  @Attribute(() => Number, { readOnly: true }) readonly total_amount!: number;
  /** Tax in it. Negative if less was returned than the tax would have been. */
  @Attribute(() => Number, { readOnly: true }) readonly total_tax!: number;
  /** Whether the amounts were given: `merchant_calculated_override`. */
  @Attribute(() => Boolean, { readOnly: true }) readonly uses_merchant_override_values!: boolean;
}

// orders.v3.yml, RefundRequest_Post: items and payments, or tax alone.
const orderRefundRequired = [
  ['items', 'tax_adjustment_amount'],
  ['payments', 'tax_adjustment_amount'],
] as const;

const orderRefundFilters = { transaction_id: String } as const;

const orderRefundParams = { create: { transaction_id: String } } as const;

/** A refund of an order. */
@Resource('/orders/:order_id/payment_actions/refunds', {
  version: 'v3',
  filters: orderRefundFilters,
  params: orderRefundParams,
  operations: ['list', 'create', 'count'],
  statuses: { create: 201 },
  required: orderRefundRequired,
})
export class OrderRefund extends RefundRecord<
  OrderRefund,
  typeof orderRefundFilters,
  typeof orderRefundRequired,
  typeof orderRefundParams
> {
  /** What is refunded; left out for a refund of tax alone. */
  @Attribute(() => Array) items!: OrderRefundItem[];
  /** The payments that the money goes back by, as the quote lists them. They follow asynchronously. */
  @Attribute(() => Array) payments!: RefundPayment[];
  /** Amounts of your own, in place of those that the store computes. Only written. */
  @Attribute(() => Object) merchant_calculated_override!: RefundOverride;
  /** Tax that was charged in excess. Only written. */
  @Attribute(() => Number, { decimals: 4 }) tax_adjustment_amount!: number;
}

const refundFilters = {
  'order_id:in': Number,
  'id:in': Number,
  'created:min': Date,
  'created:max': Date,
  transaction_id: String,
} as const;

/** Refunds of all orders. */
@Resource('/orders/payment_actions/refunds', { version: 'v3', filters: refundFilters, operations: ['list', 'get', 'count'] })
export class Refund extends RefundRecord<Refund, typeof refundFilters> {
  /** Empty for a refund of tax alone. */
  @Attribute(() => Array, { readOnly: true }) readonly items!: RefundedItem[];
  /** The payments that the money goes back by. They follow asynchronously. */
  @Attribute(() => Array, { readOnly: true }) readonly payments!: RefundPayment[];
}

const orderPickupFilters = { 'order_id:in': Number, 'pickup_id:in': Number } as const;

const orderPickupRequired = ['pickup_method_id', 'order_id', 'ready_at', 'pickup_items'] as const;

/** A pickup of an order. */
@Resource('/orders/pickups', {
  version: 'v3',
  filters: orderPickupFilters,
  addressing: 'filter',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  // With the status 422, some records of a batch may have been created (pickup.v3.yml, POST /orders/pickups).
  // 100 are created at once by the same description; for updates none is stated.
  batch: { create: 100, update: 10, partialCreate: true },
  deleteFilters: ['id:in'],
  keyFilter: 'pickup_id',
  required: orderPickupRequired,
})
export class OrderPickup extends Model<OrderPickup, typeof orderPickupFilters, unknown, typeof orderPickupRequired> {
  /** Assigned by the store. */
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  /** Required in a new one; not changed later. */
  @Attribute(() => Number) pickup_method_id!: number;
  /** Required in a new one; not changed later. */
  @Attribute(() => Number) order_id!: number;
  /** When the items were ready. Required in a new one. */
  @Attribute(() => Date) ready_at!: Date | null;
  /** When it was created. */
  @Attribute(() => Date, { readOnly: true }) readonly created_at!: Date | null;
  /** When it was last changed. */
  @Attribute(() => Date, { readOnly: true }) readonly updated_at!: Date | null;
  /** What is picked up. Required in a new one; not changed later. */
  @Attribute(() => Array) pickup_items!: PickupItem[];
  /** When the items were collected. Only written: the items show it. */
  @Attribute(() => Date) collected_at!: Date | null;
  /** Its number once more, which an update has to repeat: `save()` sends it. */
  @Attribute(() => Number) pickup_id!: number;

  /** The update of a pickup needs its number under both names (pickup.v3.yml, PUT /orders/pickups). @internal */
  @BeforeUpdate() repeatNumber(): void {
    if (this.changed.length > 0) this.pickup_id = this.id;
  }
}
