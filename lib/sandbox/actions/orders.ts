import { jsonObjectsIn } from '../../json-object.js';
import { type Actions, bare, data, done, type Handler, on } from './action.js';

const ORDERS = '/orders';

const quoteRefund = on(ORDERS, (_, { body }) => {
  const total = jsonObjectsIn(body['items']).reduce((sum, item) => sum + Number(item['amount'] ?? 0), 0);
  return data(
    {
      order_id: 0,
      total_refund_amount: total,
      total_refund_tax_amount: 0,
      rounding: 0,
      adjustment: 0,
      tax_inclusive: false,
      refund_methods: [],
    },
    201,
  );
});

const setStatus = (id: number, name: string): Handler =>
  on(ORDERS, (entry) => {
    Object.assign(entry.values, { status_id: id, status: name });
    return bare({}, 201);
  });

export const ORDER_ACTIONS: Actions = {
  'POST /v3/orders/:$key/payment_actions/capture': setStatus(11, 'Awaiting Fulfillment'),
  'POST /v3/orders/:$key/payment_actions/void': setStatus(5, 'Cancelled'),
  'POST /v3/orders/:$key/payment_actions/refund_quotes': quoteRefund,
  'POST /v3/pickup/options': () => bare({ results: [] }),
  'POST /v2/shipping/carrier/connection': () => bare({}),
  'PUT /v2/shipping/carrier/connection': () => bare({}),
  'DELETE /v2/shipping/carrier/connection': done,
};
