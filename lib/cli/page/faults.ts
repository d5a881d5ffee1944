import type { WireResponse } from '../../sandbox/http.js';
import { reasonOf } from '../../session/safe-call.js';
import { faultText, parseFault } from '../sandbox/fault-option.js';
import { html } from './html.js';
import { layout, redirect, table } from './layout.js';
import type { PageParts } from './parts.js';

/** Shows the quota, and the faults that are left. @param mistake what was wrong with the fault that was entered */
export function faultsPage({ base, store, inside: { faults }, quota }: PageParts, entered = '', mistake?: string): WireResponse {
  const rows = faults.left.map(
    ({ fault, left }) => html`<tr><td class="mono">${faultText({ ...fault, times: left })}</td><td class="number">${left}</td></tr>
`,
  );
  const { quota: most, windowMs } = store.rateLimit;
  const content = html`
<h2>Quota</h2>
<p>${number(most)} requests in ${windowMs / 1000} seconds${quota() === undefined ? '' : `; ${number(Number(quota()))} were left after the last request`}. Each response takes ${store.latency} ms longer than it needs.</p>
<h2>Faults</h2>
${rows.length === 0 ? html`<p class="quiet">No request is going to fail.</p>` : table('Faults', [html`<th scope="col">Fault</th>`, html`<th scope="col" class="number">Left</th>`], rows)}
<form method="post" action="${base}/faults">
<label>Status, how many times, method, path <input name="fault" value="${entered}" placeholder="503 2 /v3/catalog/products" size="32"${mistake === undefined ? '' : html` aria-invalid="true" aria-describedby="mistake"`} required></label>
<button>Add the fault</button>
</form>
${mistake === undefined ? '' : html`<p class="bad" id="mistake" role="alert">${mistake}</p>`}
<form method="post" action="${base}/heal"><button>Remove all faults</button></form>`;
  return layout(base, '/faults', 'Quota and faults', content, mistake === undefined ? 200 : 422);
}

/** Adds the fault that was entered. */
export function addFault(parts: PageParts, form: URLSearchParams): WireResponse {
  const entered = form.get('fault') ?? '';
  try {
    parts.store.fail(parseFault(entered));
  } catch (error) {
    return faultsPage(parts, entered, reasonOf(error));
  }
  return redirect(`${parts.base}/faults`);
}

const number = (value: number): string => value.toLocaleString('en');
