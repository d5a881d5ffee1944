import type { Visit } from '../security/visit.js';
import { type Html, html } from './html.js';

/** What a page has besides its content. */
export interface PageOptions {
  /** Reloads the page after so many seconds if the browser runs no scripts. */
  readonly reloadS?: number;
}

/** Writes a whole page. */
export function page(title: string, content: Html, header: Html | undefined = undefined, { reloadS }: PageOptions = {}): Html {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · Price desk</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/assets/app.css">
<script src="/assets/app.js" defer></script>
${reloadS !== undefined && html`<noscript><meta http-equiv="refresh" content="${reloadS}"></noscript>`}
</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
${header}
<main id="content">
<h1>${title}</h1>
${content}
</main>
</body>
</html>
`;
}

const SECTIONS = { orders: 'Orders', prices: 'Prices' } as const;

/** Writes a page of a store, with the sections of the app above it. @param section the one that the page belongs to */
export function storePage(
  { store, user }: Visit,
  section: keyof typeof SECTIONS,
  title: string,
  content: Html,
  options: PageOptions = {},
): Html {
  const links = Object.entries(SECTIONS).map(
    ([path, name]) => html`<a href="/stores/${store.hash}/${path}"${path === section && html` aria-current="page"`}>${name}</a> `,
  );
  const header = html`<header>
<nav aria-label="Sections">${links}</nav>
<p>${store.name} <span class="quiet">${user.email}</span></p>
</header>`;
  return page(title, content, header, options);
}
