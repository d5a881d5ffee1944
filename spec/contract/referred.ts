import type { Model, ModelClass } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';

/** A record that has to be in the store. */
interface Referred {
  readonly model: ModelClass<Model>;
  readonly row: Readonly<Record<string, unknown>>;
  readonly parents?: Readonly<Record<string, number>>;
}

const ORDER = { order_id: 1 };

/** What the examples of the descriptions refer to, by the resource that they are of. */
export const REFERRED: Readonly<Record<string, readonly Referred[]>> = {
  'v2 Order': [
    { model: v2.Customer, row: { id: 1 } },
    { model: v2.Customer, row: { id: 11 } },
    { model: v3.ProductVariant, row: { id: 93 }, parents: { product_id: 118 } },
  ],
  'v2 OrderShipment': [
    { model: v2.OrderShippingAddress, row: { id: 1 }, parents: ORDER },
    { model: v2.OrderShippingAddress, row: { id: 20 }, parents: ORDER },
    { model: v2.OrderProduct, row: { id: 5, quantity: 2 }, parents: ORDER },
  ],
  'v3 OrderPickup': [
    { model: v2.Order, row: { id: 103 } },
    { model: v3.PickupMethod, row: { id: 2 } },
  ],
  'v3 OrderRefund': [
    { model: v2.Order, row: { id: 1, total_inc_tax: '90.0000' } },
    { model: v2.OrderProduct, row: { id: 1, quantity: 3, price_inc_tax: '30.0000' }, parents: ORDER },
  ],
  'v3 PickupMethod': [{ model: v3.Location, row: { id: 2 } }],
};
