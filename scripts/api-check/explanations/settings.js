import { ONE_FOR_MANY, REFERENCE } from './sources.js';

const NUMBER = 'The description shows a number and does not say of what; nothing is read from it.';

/** Settings, channels, sites, content, themes, scripts, webhooks. */
export const SETTINGS = [
  { operation: 'GET /v3/channels/{}/metafields', kind: 'response-shape', reason: ONE_FOR_MANY, link: `${REFERENCE}/channels.v3.yml` },
  { operation: 'DELETE /v3/channels/{}/channel-menus', kind: 'response-shape', reason: NUMBER, link: `${REFERENCE}/channels.v3.yml` },
  {
    operation: 'DELETE /v3/channels/{}/currency-assignments',
    kind: 'response-shape',
    reason: NUMBER,
    link: `${REFERENCE}/channels.v3.yml`,
  },
  {
    operation: 'POST /v3/content/pages',
    kind: 'response-shape',
    reason: 'The response to an array is an array, and to an object an object, by the description of the 201; its schema shows the latter.',
    link: `${REFERENCE}/pages.v3.yml`,
  },
];
