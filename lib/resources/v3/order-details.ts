import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';

const orderTransactionFilters = {} as const;

/** A transaction of an order, such as a payment or a refund. */
@Resource('/orders/:order_id/transactions', { version: 'v3', filters: orderTransactionFilters, operations: ['list', 'count'] })
export class OrderTransaction extends Model<OrderTransaction, typeof orderTransactionFilters> {
  @Attribute(() => String, { readOnly: true }) readonly event!:
    | 'purchase'
    | 'authorization'
    | 'capture'
    | 'refund'
    | 'void'
    | 'pending'
    | 'settled';
  @Attribute(() => String, { readOnly: true }) readonly method!:
    | 'credit_card'
    | 'electronic_wallet'
    | 'gift_certificate'
    | 'store_credit'
    | 'apple_pay_card'
    | 'bigpay_token'
    | 'apple_pay_token'
    | 'token'
    | 'custom'
    | 'offsite'
    | 'offline'
    | 'nonce';
  @Attribute(() => Number, { readOnly: true }) readonly amount!: number;
  @Attribute(() => String, { readOnly: true }) readonly currency!: string;
  @Attribute(() => String, { readOnly: true }) readonly gateway!:
    | '2checkout'
    | 'adyen'
    | 'amazon'
    | 'authorizenet'
    | 'bankdeposit'
    | 'braintree'
    | 'cheque'
    | 'cod'
    | 'custom'
    | 'firstdatagge4'
    | 'giftcertificate'
    | 'hps'
    | 'instore'
    | 'klarna'
    | 'migs'
    | 'moneyorder'
    | 'nmi'
    | 'paypalexpress'
    | 'paypalpaymentsprous'
    | 'paypalpaymentsprouk'
    | 'plugnpay'
    | 'qbmsv2'
    | 'securenet'
    | 'square'
    | 'storecredit'
    | 'stripe'
    | 'testgateway'
    | 'usaepay';
  @Attribute(() => String, { readOnly: true }) readonly gateway_transaction_id!: string;
  @Attribute(() => Boolean, { readOnly: true }) readonly test!: boolean;
  @Attribute(() => String, { readOnly: true }) readonly status!: 'ok' | 'error';
  @Attribute(() => Boolean, { readOnly: true }) readonly fraud_review!: boolean;
  @Attribute(() => Number, { readOnly: true }) readonly reference_transaction_id!: number;
  @Attribute(() => Object, { readOnly: true }) readonly offline!: Record<string, unknown>;
  @Attribute(() => Object, { readOnly: true }) readonly custom!: Record<string, unknown>;
  @Attribute(() => String, { readOnly: true }) readonly payment_method_id!: string;
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => String, { readOnly: true }) readonly order_id!: string;
  @Attribute(() => Date, { readOnly: true }) readonly date_created!: Date | null;
  @Attribute(() => String, { readOnly: true }) readonly payment_instrument_token!: string;
  @Attribute(() => String, { readOnly: true }) readonly provider_instrument_token!: string;
  @Attribute(() => String, { readOnly: true }) readonly provider_customer_id!: string;
  @Attribute(() => Object, { readOnly: true }) readonly avs_result!: Record<string, unknown>;
  @Attribute(() => Object, { readOnly: true }) readonly cvv_result!: Record<string, unknown>;
  @Attribute(() => Object, { readOnly: true }) readonly credit_card!: Record<string, unknown>;
  @Attribute(() => Object, { readOnly: true }) readonly gift_certificate!: Record<string, unknown>;
  @Attribute(() => Object, { readOnly: true }) readonly store_credit!: Record<string, unknown>;
  @Attribute(() => Object, { readOnly: true }) readonly custom_provider_field_result!: Record<string, unknown>;
}

const orderRefundFilters = { transaction_id: String } as const;

const orderRefundParams = { create: { transaction_id: String } } as const;

/** A refund of an order. */
@Resource('/orders/:order_id/payment_actions/refunds', {
  version: 'v3',
  filters: orderRefundFilters,
  params: orderRefundParams,
  operations: ['list', 'create', 'count'],
  statuses: { create: 201 },
})
export class OrderRefund extends Model<OrderRefund, typeof orderRefundFilters, unknown, unknown, typeof orderRefundParams> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly order_id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly user_id!: number;
  @Attribute(() => Date, { readOnly: true }) readonly created!: Date | null;
  @Attribute(() => String, { readOnly: true }) readonly reason!: string;
  @Attribute(() => Number, { readOnly: true }) readonly total_amount!: number;
  @Attribute(() => Number, { readOnly: true }) readonly total_tax!: number;
  @Attribute(() => Boolean, { readOnly: true }) readonly uses_merchant_override_values!: boolean;
  @Attribute(() => Array) items!: Record<string, unknown>[];
  @Attribute(() => Array) payments!: Record<string, unknown>[];
  @Attribute(() => Object) merchant_calculated_override!: Record<string, unknown>;
  @Attribute(() => Number, { decimals: 4 }) tax_adjustment_amount!: number;
}

const refundFilters = {
  'order_id:in': Number,
  'id:in': Number,
  'created:min': String,
  'created:max': String,
  transaction_id: String,
} as const;

/** Refunds of all orders. */
@Resource('/orders/payment_actions/refunds', { version: 'v3', filters: refundFilters, operations: ['list', 'get', 'count'] })
export class Refund extends Model<Refund, typeof refundFilters> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly order_id!: number;
  @Attribute(() => Number, { readOnly: true }) readonly user_id!: number;
  @Attribute(() => Date, { readOnly: true }) readonly created!: Date | null;
  @Attribute(() => String, { readOnly: true }) readonly reason!: string;
  @Attribute(() => Number, { readOnly: true }) readonly total_amount!: number;
  @Attribute(() => Number, { readOnly: true }) readonly total_tax!: number;
  @Attribute(() => Boolean, { readOnly: true }) readonly uses_merchant_override_values!: boolean;
  @Attribute(() => Array, { readOnly: true }) readonly items!: Record<string, unknown>[];
  @Attribute(() => Array, { readOnly: true }) readonly payments!: Record<string, unknown>[];
}

const orderPickupFilters = { 'order_id:in': Number, 'pickup_id:in': Number } as const;

const orderPickupRequired = ['ready_at', 'pickup_items'] as const;

/** A pickup of an order. */
@Resource('/orders/pickups', {
  version: 'v3',
  filters: orderPickupFilters,
  addressing: 'filter',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  // 422 also means "partial error" (pickup.v3, POST /orders/pickups).
  batch: { create: 10, update: 10, partialCreate: true },
  deleteFilters: ['id:in'],
  required: orderPickupRequired,
})
export class OrderPickup extends Model<OrderPickup, typeof orderPickupFilters, unknown, typeof orderPickupRequired> {
  @Attribute(() => Number, { readOnly: true }) readonly id!: number;
  @Attribute(() => Number) pickup_method_id!: number;
  @Attribute(() => Number) order_id!: number;
  @Attribute(() => Date) ready_at!: Date | null;
  @Attribute(() => Date, { readOnly: true }) readonly created_at!: Date | null;
  @Attribute(() => Date, { readOnly: true }) readonly updated_at!: Date | null;
  @Attribute(() => Array) pickup_items!: Record<string, unknown>[];
  @Attribute(() => String) collected_at!: string;
  @Attribute(() => Number) pickup_id!: number;
}
