import type { WireResponse } from '../../sandbox/http.js';
import { reasonOf } from '../../session/safe-call.js';
import { type ListedApp, STAFF, type StaffMember } from '../sandbox/apps.js';
import { type Html, html } from './html.js';
import { layout, redirect, table } from './layout.js';
import type { PageParts } from './parts.js';

/** Lists the apps of the control panel. @param mistake what was wrong with what was entered */
export function appsPage({ base, apps, store, credentials }: PageParts, entered = '', mistake?: string): WireResponse {
  const content = html`
<p>A stand-in for the control panel of a store: it calls an app as the platform does. The app uses <code>${credentials().clientId}</code> as its
client ID, <code>${store.clientSecret}</code> as its client secret, and <code>${credentials().baseUrl}</code> in place of
<code>https://login.bigcommerce.com</code> and <code>https://api.bigcommerce.com</code>.</p>
${apps.all.map((app) => appSection(base, app))}
<h2>Another app</h2>
<form method="post" action="${base}/apps/add">
<label>Address of the app <input name="address" type="url" value="${entered}" placeholder="http://127.0.0.1:3000" size="32"${mistake === undefined ? '' : html` aria-invalid="true" aria-describedby="mistake"`} required></label>
<button>Add the app</button>
</form>
${mistake === undefined ? '' : html`<p class="bad" id="mistake" role="alert">${mistake}</p>`}`;
  return layout(base, '/apps', 'Apps', content, mistake === undefined ? 200 : 422);
}

function appSection(base: string, app: ListedApp): Html {
  const { number, callbacks, isInstalled, lastCallback } = app;
  const state = isInstalled ? html`<span class="good">Installed.</span>` : html`<span class="quiet">Not installed.</span>`;
  return html`<section>
<h2>${new URL(callbacks.load).host}</h2>
<p>${state}${lastCallback === undefined ? '' : html` ${lastCallback}`}</p>
${isInstalled ? openForm(base, app) : ''}
<div class="row">${postForm(base, 'install', number, isInstalled ? 'Install again' : 'Install')}${isInstalled ? postForm(base, 'uninstall', number, 'Uninstall') : ''}</div>
${isInstalled ? staffTable(base, app) : ''}
<details><summary>Callback addresses</summary>
<form method="post" action="${base}/apps/callbacks">
<input type="hidden" name="app" value="${number}">
${Object.entries(callbacks).map(([name, address]) => html`<label>${LABELS.get(name)} <input name="${name}" type="url" value="${address}" size="40" required></label>\n`)}
<button>Save the addresses</button>
</form>
</details>
</section>
`;
}

const LABELS: ReadonlyMap<string, string> = new Map([
  ['auth', 'Auth callback'],
  ['load', 'Load callback'],
  ['uninstall', 'Uninstall callback'],
  ['removeUser', 'Remove user callback'],
]);

const postForm = (
  base: string,
  action: string,
  number: number,
  label: string,
): Html => html`<form method="post" action="${base}/apps/${action}">
<input type="hidden" name="app" value="${number}"><button>${label}</button></form>
`;

const mayOpen = ({ removed }: ListedApp): StaffMember[] => STAFF.filter(({ id }) => !removed.has(id));

const openForm = (base: string, app: ListedApp): Html => html`<form method="get" action="${base}/apps/${app.number}">
<label>Open as <select name="user">${mayOpen(app).map(({ id, name }) => html`<option value="${id}">${name}</option>`)}</select></label>
<button>Open</button></form>
`;

function staffTable(base: string, app: ListedApp): Html {
  const rows = STAFF.filter(({ isOwner }) => !isOwner).map(({ id, name, email }) => {
    const [action, label] = app.removed.has(id) ? ['add-user', `Let ${name} in again`] : ['remove-user', `Remove ${name}`];
    return html`<tr><td>${name}<br><span class="quiet">${email}</span></td><td><form method="post" action="${base}/apps/${action}">
<input type="hidden" name="app" value="${app.number}"><input type="hidden" name="user" value="${id}"><button>${label}</button></form></td></tr>
`;
  });
  return table('Users', [html`<th scope="col">User</th>`, html`<th scope="col">Access</th>`], rows);
}

/** Shows an app in its frame: its installation, if that has begun, else what its user sees. */
export function appPage({ base, apps }: PageParts, number: string, query: URLSearchParams): WireResponse | undefined {
  const app = apps.find(number);
  if (app === undefined) return undefined;
  const isInstall = query.has('install') && !app.isInstalled;
  if (!isInstall && !app.isInstalled) return redirect(`${base}/apps`);
  const member = query.has('user') ? mayOpen(app).find(({ id }) => String(id) === query.get('user')) : STAFF[0];
  if (member === undefined) return redirect(`${base}/apps`);
  const address = isInstall ? apps.install(app) : apps.load(app, member);
  const { host, origin } = new URL(address);
  const content = html`<p class="quiet">Opened by ${member.name}. <a href="${base}/apps">All apps</a></p>
<iframe title="The app at ${host}" src="${address}"></iframe>`;
  return layout(base, '/apps', host, content, 200, origin);
}

type AppAction = (parts: PageParts, form: URLSearchParams) => WireResponse | Promise<WireResponse>;

/** Runs an action on the app that a form names, and shows the apps again. */
const onApp =
  (act: (parts: PageParts, app: ListedApp, form: URLSearchParams) => unknown): AppAction =>
  async (parts, form) => {
    const app = parts.apps.find(form.get('app'));
    if (app !== undefined) await act(parts, app, form);
    return redirect(`${parts.base}/apps`);
  };

const memberIn = (form: URLSearchParams): StaffMember | undefined => STAFF.find(({ id }) => String(id) === form.get('user'));

/** The forms of the apps. */
export const APP_ACTIONS: Readonly<Record<string, AppAction>> = {
  '/apps/add'(parts, form) {
    return tried(parts, form.get('address') ?? '', (address) => parts.apps.add(address));
  },
  '/apps/install'({ apps, base }, form) {
    const app = apps.find(form.get('app'));
    if (app === undefined) return redirect(`${base}/apps`);
    app.isInstalled = false;
    return redirect(`${base}/apps/${app.number}?install`);
  },
  '/apps/uninstall': onApp(({ apps }, app) => apps.uninstall(app)),
  '/apps/remove-user': onApp(({ apps }, app, form) => {
    const member = memberIn(form);
    return member === undefined ? undefined : apps.removeUser(app, member);
  }),
  '/apps/add-user': onApp((_, app, form) => app.removed.delete(Number(form.get('user')))),
  '/apps/callbacks'(parts, form) {
    const app = parts.apps.find(form.get('app'));
    const [auth = '', load = '', uninstall = '', removeUser = ''] = [...LABELS.keys()].map((name) => form.get(name) ?? '');
    return tried(parts, '', () => app && parts.apps.change(app, { auth, load, uninstall, removeUser }));
  },
};

function tried(parts: PageParts, entered: string, act: (entered: string) => unknown): WireResponse {
  try {
    act(entered);
  } catch (error) {
    return appsPage(parts, entered, reasonOf(error));
  }
  return redirect(`${parts.base}/apps`);
}
