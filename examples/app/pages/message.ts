import { type Html, html } from './html.js';
import { page } from './layout.js';

/** A page with nothing but a message: what has happened, and what to do. */
export const messagePage = (title: string, text: string): Html => page(title, html`<p>${text}</p>`);
