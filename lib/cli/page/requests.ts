import type { WireResponse } from '../../sandbox/http.js';
import type { LoggedExchange } from '../sandbox/log.js';
import { type Html, html } from './html.js';
import { layout, table } from './layout.js';
import type { PageParts } from './parts.js';

/** How many requests are shown at once. */
const SHOWN = 100;

/** Shows the last requests, newest first. */
export function requestsPage({ base, log, credentials }: PageParts): WireResponse {
  const { baseUrl, storeHash } = credentials();
  const rows = log.exchanges
    .slice(-SHOWN)
    .reverse()
    .map((exchange) => row(base, exchange));
  const head = [
    html`<th scope="col">Time</th>`,
    html`<th scope="col">Request</th>`,
    html`<th scope="col">Status</th>`,
    html`<th scope="col" class="number">Took</th>`,
  ];
  const content = html`
<p>The store is at <code>${baseUrl}/stores/${storeHash}</code>.</p>
<label class="check" hidden><input type="checkbox" id="live" checked> Renew every two seconds</label>
<div id="renewed">${rows.length === 0 ? html`<p class="quiet">Nothing has been asked yet.</p>` : table('Requests', head, rows)}</div>
<form method="post" action="${base}/reset">
<button>Reset the store</button> <span class="quiet">Rows, requests, quota, faults and time become what they were at the start.</span>
</form>`;
  return layout(base, '', 'Requests', content);
}

function row(base: string, { number, at, method, path, status, ms }: LoggedExchange): Html {
  return html`<tr><td class="whole">${timeOf(at)}</td>
<td class="mono"><a href="${base}/requests/${number}">${method} ${path}</a></td>
<td class="whole">${statusText(status)}</td><td class="number">${Math.round(ms)} ms</td></tr>
`;
}

/** Shows one request with its bodies. */
export function requestPage({ base, log }: PageParts, number: string): WireResponse | undefined {
  const exchange = log.exchanges.find((each) => String(each.number) === number);
  if (exchange === undefined) return undefined;
  const { at, method, path, status, ms, body, responseBody } = exchange;
  const content = html`
<p><code>${method} ${path}</code></p>
<p>${statusText(status)}, ${Math.round(ms)} ms, at ${timeOf(at)}. <a href="${base}">All requests</a></p>
<h2>Sent</h2>
${bodyText(body)}
<h2>Received</h2>
${bodyText(responseBody)}`;
  return layout(base, '', `Request ${number}`, content);
}

const timeOf = (at: number): string => new Date(at).toISOString().slice(11, 19);

function statusText(status: number): Html {
  if (status === 0) return html`<span class="bad">closed</span>`;
  return html`<span class="${status >= 500 ? 'bad' : status >= 400 ? 'warn' : 'good'}">${status}</span>`;
}

function bodyText(text: string): Html {
  return text === '' ? html`<p class="quiet">No body.</p>` : html`<pre tabindex="0">${indented(text)}</pre>`;
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
