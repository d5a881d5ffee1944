import { Model } from '../../model/model.js';
import { Resource } from '../../model/resource.js';
import { Attribute } from '../../schema/attribute.js';

const orderTransactionFilters = {} as const;

/** A payment, refund or other movement of money for an order. */
@Resource('/orders/:order_id/transactions', { version: 'v3', filters: orderTransactionFilters, operations: ['list', 'count'] })
export class OrderTransaction extends Model<OrderTransaction, typeof orderTransactionFilters> {
  @Attribute({ readOnly: true }) event!: 'purchase' | 'authorization' | 'capture' | 'refund' | 'void' | 'pending' | 'settled';
  @Attribute({ readOnly: true }) method!:
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
  @Attribute({ readOnly: true }) amount!: number;
  @Attribute({ readOnly: true }) currency!: string;
  @Attribute({ readOnly: true }) gateway!:
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
  @Attribute({ readOnly: true }) gateway_transaction_id!: string;
  @Attribute({ readOnly: true }) test!: boolean;
  @Attribute({ readOnly: true }) status!: 'ok' | 'error';
  @Attribute({ readOnly: true }) fraud_review!: boolean;
  @Attribute({ readOnly: true }) reference_transaction_id!: number;
  @Attribute({ readOnly: true }) offline!: Record<string, unknown>;
  @Attribute({ readOnly: true }) custom!: Record<string, unknown>;
  @Attribute({ readOnly: true }) payment_method_id!: string;
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ readOnly: true }) order_id!: string;
  @Attribute(() => Date, { readOnly: true }) date_created!: Date | null;
  @Attribute({ readOnly: true }) payment_instrument_token!: string;
  @Attribute({ readOnly: true }) provider_instrument_token!: string;
  @Attribute({ readOnly: true }) provider_customer_id!: string;
  @Attribute({ readOnly: true }) avs_result!: Record<string, unknown>;
  @Attribute({ readOnly: true }) cvv_result!: Record<string, unknown>;
  @Attribute({ readOnly: true }) credit_card!: Record<string, unknown>;
  @Attribute({ readOnly: true }) gift_certificate!: Record<string, unknown>;
  @Attribute({ readOnly: true }) store_credit!: Record<string, unknown>;
  @Attribute({ readOnly: true }) custom_provider_field_result!: Record<string, unknown>;
}

const orderRefundFilters = { transaction_id: String } as const;

/** Money given back for an order. */
@Resource('/orders/:order_id/payment_actions/refunds', {
  version: 'v3',
  filters: orderRefundFilters,
  operations: ['list', 'create', 'count'],
  statuses: { create: 201 },
})
export class OrderRefund extends Model<OrderRefund, typeof orderRefundFilters> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ readOnly: true }) order_id!: number;
  @Attribute({ readOnly: true }) user_id!: number;
  @Attribute(() => Date, { readOnly: true }) created!: Date | null;
  @Attribute({ readOnly: true }) reason!: string;
  @Attribute({ readOnly: true }) total_amount!: number;
  @Attribute({ readOnly: true }) total_tax!: number;
  @Attribute({ readOnly: true }) uses_merchant_override_values!: boolean;
  @Attribute() items!: Record<string, unknown>[];
  @Attribute() payments!: Record<string, unknown>[];
  @Attribute() merchant_calculated_override!: Record<string, unknown>;
  @Attribute({ decimals: 4 }) tax_adjustment_amount!: number;
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
  @Attribute({ readOnly: true }) id!: number;
  @Attribute({ readOnly: true }) order_id!: number;
  @Attribute({ readOnly: true }) user_id!: number;
  @Attribute(() => Date, { readOnly: true }) created!: Date | null;
  @Attribute({ readOnly: true }) reason!: string;
  @Attribute({ readOnly: true }) total_amount!: number;
  @Attribute({ readOnly: true }) total_tax!: number;
  @Attribute({ readOnly: true }) uses_merchant_override_values!: boolean;
  @Attribute({ readOnly: true }) items!: Record<string, unknown>[];
  @Attribute({ readOnly: true }) payments!: Record<string, unknown>[];
}

const orderPickupFilters = { 'order_id:in': Number, 'pickup_id:in': Number } as const;

/** Goods of an order that are picked up. */
@Resource('/orders/pickups', {
  version: 'v3',
  filters: orderPickupFilters,
  addressing: 'filter',
  operations: ['list', 'get', 'create', 'update', 'delete', 'count'],
  batch: { create: 10, update: 10 },
  deleteFilters: ['id:in'],
})
export class OrderPickup extends Model<OrderPickup, typeof orderPickupFilters> {
  @Attribute({ readOnly: true }) id!: number;
  @Attribute() pickup_method_id!: number;
  @Attribute() order_id!: number;
  @Attribute(() => Date, { required: true }) ready_at!: Date | null;
  @Attribute(() => Date, { readOnly: true }) created_at!: Date | null;
  @Attribute(() => Date, { readOnly: true }) updated_at!: Date | null;
  @Attribute({ required: true }) pickup_items!: Record<string, unknown>[];
  @Attribute() collected_at!: string;
  @Attribute() pickup_id!: number;
}
