import { Order } from '../../resources/v2/orders.js';
import { project } from '../projection.js';
import { filterOf } from '../selection.js';
import { bare, type Handler } from './action.js';

/** Counts the orders that match, in all and by status. */
export const countOrders: Handler = ({ incoming, tables }) => {
  const { attributes, test } = filterOf(Order.resource, incoming.query);
  const matching = tables
    .of(Order.resource.path)
    .list()
    .filter((entry) => test(project(Order.resource, entry, attributes)));
  const statuses = tables
    .of('/order_statuses')
    .list()
    .map(({ values: { order: sort_order, ...status } }) => {
      const count = matching.filter(({ values }) => Number(values['status_id']) === status['id']).length;
      return { ...status, count, sort_order };
    });
  return bare({ count: matching.length, statuses });
};
