import { count, money, time } from '../pages/format.js';
import { type Html, html } from '../pages/html.js';
import { storePage } from '../pages/layout.js';
import type { Visit } from '../security/visit.js';
import { stateBadge } from './change-page.js';
import type { BrandName, Preview } from './preview.js';
import type { PlannedPrice, Progress } from './price-changes.js';
import { ENDINGS } from './price-rule.js';

/** Prices of a preview that are shown. */
const SHOWN = 50;

/** What somebody has entered. */
export interface Entered {
  readonly brand: string;
  readonly percent: string;
  readonly ending: string;
}

/** What the page of prices shows. */
export interface PricesPage {
  readonly brands: readonly BrandName[];
  readonly changes: readonly Progress[];
  readonly entered: Entered;
  /** What is wrong with it. */
  readonly mistake?: string | undefined;
  readonly preview?: Preview | undefined;
}

/** Shows the form of a bulk change, the preview of what was entered, and the last changes. */
export function pricesPage(visit: Visit, { brands, changes, entered, mistake, preview }: PricesPage): Html {
  const content = html`
${form(visit, brands, entered, mistake)}
${preview !== undefined && previewSection(visit, preview, entered)}
<h2>Last changes</h2>
${changes.length === 0 ? html`<p class="quiet">There were none yet.</p>` : html`<ul class="changes">${changes.map((change) => changeItem(visit, change))}</ul>`}`;
  return storePage(visit, 'prices', 'Change prices', content);
}

function form({ store }: Visit, brands: readonly BrandName[], { brand, percent, ending }: Entered, mistake: string | undefined): Html {
  const option = (value: string, label: string, chosen: string) =>
    html`<option value="${value}"${value === chosen && html` selected`}>${label}</option>`;
  return html`<form method="get" action="/stores/${store.hash}/prices" class="fields">
<label>Products <select name="brand">${option('', 'All products', brand)}${brands.map(({ id, name }) => option(String(id), name, brand))}</select></label>
<label>Change in percent <input name="percent" value="${percent}" inputmode="text" size="6" required placeholder="5 or -12.5"${mistake !== undefined && html` aria-invalid="true" aria-describedby="mistake"`}></label>
<label>New prices end in <select name="ending">${Object.entries(ENDINGS).map(([value, label]) => option(value, label, ending))}</select></label>
<button>Preview</button>
</form>
${mistake !== undefined && html`<p class="bad" id="mistake" role="alert">${mistake}</p>`}
<p class="quiet">Sale prices, and variants with a price of their own, stay as they are.</p>`;
}

function previewSection(visit: Visit, { prices, looked, writes, fingerprint }: Preview, { brand, percent, ending }: Entered): Html {
  if (prices.length === 0) return html`<h2>Preview</h2><p>None of ${count(looked, 'product')} would change. Nothing was sent.</p>`;
  const rest = prices.length - SHOWN;
  return html`<h2>Preview</h2>
<p>${prices.length.toLocaleString('en')} of ${count(looked, 'product')} would change, in ${count(writes, 'request')} that write. Nothing was sent yet.</p>
<form method="post" action="/stores/${visit.store.hash}/changes">
<input type="hidden" name="token" value="${visit.formToken}">
<input type="hidden" name="brand" value="${brand}"><input type="hidden" name="percent" value="${percent}">
<input type="hidden" name="ending" value="${ending}"><input type="hidden" name="fingerprint" value="${fingerprint}">
<button class="main">Change ${count(prices.length, 'price')}</button>
</form>
${priceTable(visit, 'Prices that would change', prices.slice(0, SHOWN))}
${rest > 0 && html`<p class="quiet">And ${rest.toLocaleString('en')} more.</p>`}`;
}

function priceTable({ store }: Visit, caption: string, prices: readonly PlannedPrice[]): Html {
  const rows = prices.map(
    ({ name, sku, before, after }) => html`<tr><th scope="row">${name} <span class="quiet">${sku}</span></th>
<td class="number">${money(before, store)}</td><td class="number">${money(after, store)}</td></tr>
`,
  );
  return html`<table>
<caption>${caption}</caption>
<thead><tr><th scope="col">Product</th><th scope="col" class="number">Now</th><th scope="col" class="number">Then</th></tr></thead>
<tbody>${rows}</tbody>
</table>`;
}

const changeItem = ({ store }: Visit, change: Progress): Html => html`<li>
<a href="/stores/${store.hash}/changes/${change.id}">${change.description}</a> ${stateBadge(change)}
<span class="quiet">${time(change.startedAt)}, ${change.startedBy}</span></li>
`;
