import type { Call } from './calls.js';
import { isRow } from './samples.js';

const field = (body: unknown, name: string): unknown => (isRow(body) ? body[name] : undefined);

/** The arguments of actions that take a part of the documented body. Others take the values of the path, then the body. */
const ARGUMENTS: Record<string, (call: Call) => unknown[]> = {
  'Cart.redirectUrls': ({ sample: { body } }) =>
    field(body, 'query_params') === undefined ? [] : [{ query_params: field(body, 'query_params') }],
  'Store.connectCarrier': ({ sample }) => [field(sample.body, 'carrier_id'), field(sample.body, 'connection')],
  'Store.disconnectCarrier': ({ sample }) => [field(sample.body, 'carrier_id')],
  'Store.updateCarrier': ({ sample }) => [field(sample.body, 'carrier_id'), field(sample.body, 'connection')],
  'Checkout.addCoupon': ({ sample }) => [field(sample.body, 'coupon_code')],
  'Checkout.removeFees': ({ sample }) => [field(sample.body, 'ids')],
  'LocationItem.configure': ({ values, sample }) => [values[0], field(sample.body, 'settings')],
  'WidgetTemplate.preview': ({ sample }) => [field(sample.body, 'widget_configuration')],
  'Wishlist.addItems': ({ sample }) => [field(sample.body, 'items')],
};

/** What a user gives to the action of a sample. */
export function argumentsOf(call: Call, isStatic: boolean): unknown[] {
  const { route, sample, values, key } = call;
  const own = ARGUMENTS[route.model];
  const options = sample.query === undefined ? [] : [{ params: sample.query }];
  if (own !== undefined) return [...own(call), ...options];
  const inPath = isStatic ? values : values.slice(values.indexOf(key) + 1);
  return [...inPath, ...(sample.body === undefined ? [] : [sample.body]), ...options];
}
