import { ONE_FOR_MANY, REFERENCE } from './sources.js';

/** Orders, shipments, refunds, transactions, payments. */
export const ORDERS = [
  {
    operation: 'GET /v2/orders/{}/fees',
    kind: 'response-shape',
    reason: `${ONE_FOR_MANY} The order itself embeds a list of fees.`,
    link: `${REFERENCE}/orders.v2.oas2.yml`,
  },
];
