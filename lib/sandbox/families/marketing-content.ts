import { randomUUID } from 'node:crypto';
import { asJsonObject } from '../../json-object.js';
import { has, missingRow, reason, refuse } from './checks.js';
import type { Families, Family } from './family.js';
import { tokenWith } from './tokens.js';

const DAY_S = 86_400;

/** What rows call the levels that filters number (store_logs.v3.yml, and the guide of logs). */
const SEVERITIES = ['success', 'notices', 'warnings', 'errors'];

/** Logs show the name of a severity, and are filtered by its number. */
const SYSTEM_LOG: Family = {
  filterValues({ values: { severity } }) {
    const level = SEVERITIES.indexOf(String(severity)) + 1;
    return { severity: level > 0 ? level : severity };
  },
};

const ALWAYS = (): boolean => true;

/** A token that pays one order (access-tokens_payments.v3.yml). */
const PAYMENT_TOKEN: Family = {
  refusalOf({ body, tables }) {
    const order = asJsonObject(body['order']);
    const missing = missingRow(order, 'id', '/orders', tables);
    return refuse(
      reason(!has(order, 'id'), 'order.id', 'is required'),
      reason(missing['id'] !== undefined, 'order.id', missing['id'] ?? ''),
    );
  },
  stored({ body, tables }) {
    const now = tables.clock.seconds();
    const { id: order_id } = asJsonObject(body['order']);
    return { id: tokenWith({ iat: now, exp: now + DAY_S, jti: randomUUID(), aud: 'payments', order_id }) };
  },
  show({ row }) {
    delete row['order'];
  },
};

/** The rules of payments and of logs, and filters that select nothing. */
export const MARKETING_CONTENT_FAMILIES: Families = {
  'v3 /payments/access_tokens': PAYMENT_TOKEN,
  'v3 /store/systemlogs': SYSTEM_LOG,
  'v3 /settings/search/filters/available': { filters: { channel_id: ALWAYS, category_id: ALWAYS } },
  // What can pay is the same for all orders.
  'v3 /payments/methods': { filters: { order_id: ALWAYS, checkout_id: ALWAYS } },
};
