import { Order } from '../../resources/v2/orders.js';
import { Endpoint } from '../endpoint.js';
import { SYSTEM_STATUSES } from '../families/order-statuses.js';
import { select } from '../verbs/list.js';
import { bare, type Handler } from './action.js';

/** Counts the orders that match, in all and by status. */
export const countOrders: Handler = ({ incoming, tables }) => {
  const matching = select(new Endpoint(Order.resource, tables), { ...incoming, params: {} });
  const statuses = [...SYSTEM_STATUSES]
    .sort((a, b) => a.order - b.order)
    .map(({ id, name, order, meaning }) => {
      const custom_label = tables.of('/order_statuses').get(String(id), {})?.values['custom_label'] ?? name;
      const count = matching.filter(({ values }) => Number(values['status_id']) === id).length;
      return { id, name, system_label: name, custom_label, system_description: meaning, count, sort_order: order };
    });
  return bare({ count: matching.length, statuses });
};
