import { REFERENCE } from './sources.js';

/** Customers, their addresses and attributes, groups, subscribers, segments. */
export const CUSTOMERS = [
  {
    operation: 'POST /v3/customers/{}/metafields',
    kind: 'response-shape',
    reason: 'The description shows a list where one metafield is created.',
    link: `${REFERENCE}/customers.v3.yml`,
  },
];
