import { GUIDES, REFERENCE } from './sources.js';

const V2 = `${REFERENCE}/customers.v2.yml`;
const V3 = `${REFERENCE}/customers.v3.yml`;

/** Customers, their addresses and attributes, groups, subscribers, segments. */
export const CUSTOMERS = [
  {
    operation: 'POST /v3/customers/{}/metafields',
    kind: 'response-shape',
    reason: 'The description shows a list where one metafield is created.',
    link: V3,
  },
  {
    operation: 'DELETE /v2/customer_groups',
    kind: 'undescribed-operation',
    reason: 'The clients that the platform published for V2 delete all groups this way.',
    link: 'https://github.com/bigcommerce/bigcommerce-api-python/blob/master/bigcommerce/resources/customer_groups.py',
  },
  {
    operation: 'POST /v*/customer*',
    kind: 'required',
    reason: 'The text of the operation lists what is required, and its schema does not.',
    link: V2,
  },
  {
    operation: 'POST /v2/customers',
    field: 'body.date_modified',
    kind: 'read-only',
    reason: 'The text of the operation lists it as read-only.',
    link: V2,
  },
  {
    operation: '* /v2/customers/{}/addresses*',
    field: 'body.customer_id',
    kind: 'read-only',
    reason: 'It is part of the path; the body repeats it.',
    link: V2,
  },
  {
    operation: 'POST /v2/customers/{}/validate',
    kind: 'type',
    reason: 'The method returns the one field of the response.',
    link: V2,
  },
  {
    operation: 'PUT /v2/customers/{}',
    field: 'body.addresses',
    kind: 'read-only',
    reason: 'The text of the operation lists addresses as read-only; what is described is the link of a response.',
    link: V2,
  },
  {
    operation: '* /v3/customers',
    field: '*registration_ip_address*',
    reason: 'An address is text, not a number; the text of the update lists the attribute as read-only.',
    link: V3,
  },
  {
    operation: 'GET /v3/customers',
    kind: 'undescribed-field',
    reason: 'The parameter `include` adds them, as its description and the example of the response say.',
    link: V3,
  },
  {
    operation: 'GET /v3/customers*',
    kind: 'nullability',
    reason: 'Null stands for all channels that allow global logins, and in settings of a channel for the global ones, by the texts of the operations.',
    link: V3,
  },
  {
    operation: 'GET /v3/customers/settings*',
    field: '*.ask_shopper_for_tracking_consent_on_checkout',
    kind: 'undescribed-field',
    reason: 'The examples of the responses and a guide have it, and the schema does not.',
    link: `${GUIDES}/store-operations/customers/channel-specific-customers.mdx`,
  },
  {
    operation: '* /v3/customers',
    kind: 'max-items',
    reason: 'Ten attributes are an excerpt: `attribute_values` reads all of them, and the documentation of the attribute says so.',
    link: V3,
  },
];
