import { createHash } from 'node:crypto';
import type { WireResponse } from '../../sandbox/http.js';
import { Html, html } from './html.js';
import { SCRIPT, STYLE } from './style.js';

const hashOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

/** Only the style sheet and the script of the page count, and it asks no other host for anything but the app that it shows. */
const headersFor = (frame: string): Record<string, string> => ({
  'content-type': 'text/html; charset=utf-8',
  'content-security-policy': `default-src 'none'; img-src data:; style-src ${hashOf(STYLE)}; script-src ${hashOf(SCRIPT)}; connect-src 'self'; frame-src ${frame}; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'cache-control': 'no-store',
});

/** The parts of the page. */
const TABS = { '': 'Requests', '/rows': 'Rows', '/webhooks': 'Webhooks', '/apps': 'Apps', '/faults': 'Quota and faults' } as const;

type Tab = keyof typeof TABS;

/** Writes a page. @param tab the part that is shown @param frame the origin of the app in its frame */
export function layout(base: string, tab: Tab, title: string, content: Html, status = 200, frame = "'none'"): WireResponse {
  const links = Object.entries(TABS).map(([path, name]) =>
    path === tab ? html`<a href="${base}${path}" aria-current="page">${name}</a>` : html`<a href="${base}${path}">${name}</a>`,
  );
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · bigrecord sandbox</title>
<link rel="icon" href="data:,">
<style>${new Html(STYLE)}</style>
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header><strong>bigrecord sandbox</strong> ${links.map((link) => html`${link} `)}</header>
<main id="content">
<h1>${title}</h1>
${content}
</main>
<script>${new Html(SCRIPT)}</script>
</body>
</html>
`;
  return { status, headers: headersFor(frame), text: page.text };
}

/** Writes a table, with a caption for those who cannot see what is around it. */
export function table(caption: string, head: readonly Html[], rows: readonly Html[]): Html {
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}"><table>
<thead><tr>${head}</tr></thead>
<tbody>${rows}</tbody>
</table></div>`;
}

/** Sends the browser to another page, after a form. */
export const redirect = (location: string): WireResponse => ({ status: 303, headers: { location, 'cache-control': 'no-store' }, text: '' });
