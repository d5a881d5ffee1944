import type { WireResponse } from '../../sandbox/http.js';
import { html } from './html.js';
import { layout, table } from './layout.js';
import type { PageParts } from './parts.js';

/** Shows the hooks of the store, and what was delivered to them, newest first. */
export function webhooksPage({ base, log, inside: { tables } }: PageParts): WireResponse {
  const hooks = tables
    .of('/hooks')
    .list()
    .map(
      ({
        key,
        values,
      }) => html`<tr><td>${key}</td><td class="mono">${String(values['scope'])}</td><td class="mono">${String(values['destination'])}</td>
<td>${values['is_active'] === false ? html`<span class="bad">off</span>` : html`<span class="good">active</span>`}</td></tr>
`,
    );
  const deliveries = log.deliveries.toReversed().map(
    ({ scope, data, destination, statuses }) => html`<tr><td class="mono">${scope}</td><td class="mono">${JSON.stringify(data)}</td>
<td class="mono">${destination}</td><td>${statuses.map((status) => (status === 0 ? 'no response' : String(status))).join(', ')}</td></tr>
`,
  );
  const column = (name: string) => html`<th scope="col">${name}</th>`;
  const content = html`
<label class="check" hidden><input type="checkbox" id="live" checked> Renew every two seconds</label>
<div id="renewed">
<h2>Hooks</h2>
${hooks.length === 0 ? html`<p class="quiet">There are none. Create one with <code>POST /v3/hooks</code>.</p>` : table('Hooks', ['Id', 'Scope', 'Destination', 'State'].map(column), hooks)}
<h2>Deliveries</h2>
${deliveries.length === 0 ? html`<p class="quiet">Nothing has been delivered yet.</p>` : table('Deliveries', ['Scope', 'Data', 'Destination', 'Responses'].map(column), deliveries)}
</div>`;
  return layout(base, '/webhooks', 'Webhooks', content);
}
