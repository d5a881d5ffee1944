import type { Session } from 'bigrecord';
import { Order, type OrderConsignments } from 'bigrecord/v2';
import { Customer } from 'bigrecord/v3';

/** An order with what its page shows. */
export interface OrderSummary {
  readonly id: number;
  readonly date: Date | null;
  readonly status: string;
  /** A decimal string, as the store has it. */
  readonly total: string;
  readonly currency: string;
  readonly customer: { readonly name: string; readonly email: string; readonly isGuest: boolean };
  readonly lines: readonly { readonly name: string; readonly quantity: number }[];
}

/**
 * Reads the newest orders with their customers and lines in two requests, however many there are: the lines come inside of their orders
 * (`include`), and V3 lists customers by their ids. `preload('customer', 'products')` would send one request for each: V2 cannot list either.
 */
export async function newestOrders(session: Session, limit: number): Promise<OrderSummary[]> {
  const orders = await Order.using(session).include('consignments.line_items').order('id', 'desc').limit(limit);
  const customers = await customersById(
    session,
    orders.map(({ customer_id }) => customer_id),
  );
  return Promise.all(
    orders.map(async (order) => {
      const customer = customers.get(order.customer_id);
      const { first_name, last_name, email } = customer ?? order.billing_address;
      return {
        id: order.id,
        date: order.date_created,
        status: order.status,
        total: order.total_inc_tax,
        currency: order.currency_code,
        customer: { name: `${first_name} ${last_name}`.trim(), email, isGuest: customer === undefined },
        lines: linesOf(await order.consignments),
      };
    }),
  );
}

/** Reads customers by their ids. Orders of guests have the id 0. */
async function customersById(session: Session, ids: readonly number[]): Promise<ReadonlyMap<number, Customer>> {
  const known = [...new Set(ids)].filter((id) => id > 0);
  const customers = known.length === 0 ? [] : await Customer.using(session).where({ id: { in: known } });
  return new Map(customers.map((customer) => [customer.id, customer]));
}

/** The lines of an order, whether they are shipped, picked up, downloaded or emailed. */
function linesOf(consignments: OrderConsignments | null): OrderSummary['lines'] {
  if (consignments === null) return [];
  const { shipping, pickups, downloads, email } = consignments;
  return [...shipping, ...pickups, ...downloads, ...email.gift_certificates].flatMap((consignment) =>
    (consignment?.line_items ?? []).flatMap((line) => ('quantity' in line ? [{ name: line.name, quantity: line.quantity }] : [])),
  );
}
