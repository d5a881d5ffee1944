import { count, money, time } from '../pages/format.js';
import { type Html, html } from '../pages/html.js';
import { storePage } from '../pages/layout.js';
import type { Visit } from '../security/visit.js';
import type { RecordedEvent } from '../webhooks/activity.js';
import type { OrderSummary } from './newest-orders.js';

/** Shows the newest orders, and what webhooks have told of lately. */
export function ordersPage(visit: Visit, orders: readonly OrderSummary[], requests: number, events: readonly RecordedEvent[]): Html {
  const content = html`
<p class="quiet">${count(orders.length, 'order')} with customers and lines, in ${count(requests, 'request')} to the store.</p>
${orders.length === 0 ? html`<p>There are no orders yet.</p>` : html`<ul class="orders">${orders.map((order) => orderItem(visit, order))}</ul>`}
<h2>Lately</h2>
${events.length === 0 ? html`<p class="quiet">Nothing has happened since the app was installed.</p>` : html`<ul>${events.map(eventItem)}</ul>`}`;
  return storePage(visit, 'orders', 'Newest orders', content);
}

const eventItem = ({ text, received_at }: RecordedEvent): Html => html`<li>${text} <span class="quiet">${time(received_at)}</span></li>
`;

function orderItem({ store }: Visit, { id, date, status, total, currency, customer, lines }: OrderSummary): Html {
  return html`<li class="card">
<h2>Order ${id} <span class="badge">${status}</span></h2>
<p class="total">${money(total, { ...store, currency })}</p>
<p>${customer.name} <span class="quiet">${customer.isGuest ? 'guest' : customer.email}</span></p>
<p class="quiet">${time(date)}</p>
<ul class="lines">${lines.map(({ name, quantity }) => html`<li>${quantity} × ${name}</li>\n`)}</ul>
</li>
`;
}
