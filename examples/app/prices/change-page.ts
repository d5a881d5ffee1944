import { count, money, time } from '../pages/format.js';
import { type Html, html } from '../pages/html.js';
import { storePage } from '../pages/layout.js';
import type { Visit } from '../security/visit.js';
import { type ChangeState, canRevert, type FailedPrice, isRunning, type Progress, unsettled } from './price-changes.js';

/** How states are called, and how they look. */
const STATES: Readonly<Record<ChangeState, readonly [label: string, look: string]>> = {
  running: ['running', ''],
  done: ['done', 'good'],
  cancelled: ['cancelled', 'warn'],
  interrupted: ['interrupted', 'bad'],
  reverting: ['reverting', ''],
  reverted: ['reverted', 'good'],
};

export function stateBadge({ state }: Pick<Progress, 'state'>): Html {
  const [label, look] = STATES[state];
  return html`<span class="badge ${look}" data-live="state">${label}</span>`;
}

/** Shows one bulk change: how far it is, what has failed, and what can be done about it. */
export function changePage(visit: Visit, change: Progress, failures: readonly FailedPrice[]): Html {
  const here = `/stores/${visit.store.hash}/changes/${change.id}`;
  const content = html`
<p>${stateBadge(change)} <span class="quiet">started ${time(change.startedAt)} by ${change.startedBy}</span></p>
${progressBar(change, here)}
<p>${summaryOf(change)}</p>
${change.error !== null && html`<p class="bad" role="alert">${change.error}</p>`}
${isRunning(change) && postForm(visit, `${here}/cancel`, 'Cancel')}
${canRevert(change) && postForm(visit, `${here}/revert`, 'Put the old prices back')}
${failures.length > 0 && failureTable(visit, change, failures)}
<p><a href="/stores/${visit.store.hash}/prices">Back to prices</a></p>`;
  return storePage(visit, 'prices', change.description, content, isRunning(change) ? { reloadS: 2 } : {});
}

/** The bar, which the script moves while the change runs. */
function progressBar(change: Progress, here: string): Html {
  const settled = doneOf(change);
  return html`<progress max="${totalOf(change)}" value="${settled}" aria-label="Progress"${isRunning(change) && html` data-progress="${here}/progress"`}></progress>`;
}

/** How many prices are done, in the direction in which the change runs. */
export function doneOf({ state, total, written, failed, reverted, kept }: Progress): number {
  return state === 'reverting' || state === 'reverted' ? reverted + kept : state === 'done' ? total : written + failed;
}

export function totalOf({ state, total, written, reverted, kept }: Progress): number {
  return state === 'reverting' || state === 'reverted' ? written + reverted + kept : total;
}

function summaryOf(change: Progress): Html {
  const { total, written, failed, reverted, kept } = change;
  const left = unsettled(change);
  const part = (number: number, text: string, name: string) =>
    html`<span data-part="${name}"${number === 0 && html` hidden`}>, <span data-live="${name}">${number.toLocaleString('en')}</span> ${text}</span>`;
  return html`${count(total, 'price')}: <span data-live="written">${written.toLocaleString('en')}</span> changed${part(failed, 'failed', 'failed')}${part(reverted, 'put back', 'reverted')}${part(kept, 'kept', 'kept')}${part(left, isRunning(change) ? 'to go' : 'never written', 'left')}.`;
}

const postForm = ({ formToken }: Visit, action: string, label: string): Html => html`<form method="post" action="${action}">
<input type="hidden" name="token" value="${formToken}"><button>${label}</button></form>
`;

function failureTable({ store }: Visit, { failed, kept }: Progress, failures: readonly FailedPrice[]): Html {
  const rows = failures.map(
    ({ name, sku, before, after, reason, state }) => html`<tr><th scope="row">${name} <span class="quiet">${sku}</span>${reason}</th>
<td class="number">${money(state === 'kept' ? before : after, store)}</td></tr>
`,
  );
  const rest = failed + kept - failures.length;
  return html`<table>
<caption>${kept > 0 ? 'Not changed, or not put back' : 'Not changed'}</caption>
<thead><tr><th scope="col">Product, and why</th><th scope="col" class="number">Wanted</th></tr></thead>
<tbody>${rows}</tbody>
</table>
${rest > 0 && html`<p class="quiet">And ${rest.toLocaleString('en')} more.</p>`}`;
}
