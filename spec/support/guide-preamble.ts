/** What the program of a page has in reach: a store of its own, to which all sessions of the page are connected. */
import { inspect } from 'node:util';
import { Session } from 'bigrecord';
import { type LoggedRequest, Sandbox } from 'bigrecord/sandbox';
import type { Ran } from './guide-pages.js';

export let store: Sandbox;

let ran: { printed: string; requests: string[] }[] = [];
let seen = 0;
let watched: Sandbox | undefined;

const { log } = console;
const shown = (value: unknown): string => inspect(value, { depth: 6, breakLength: 120 });

/** Opens the store of a page, and listens to what the page prints. */
export async function openPage(): Promise<void> {
  store = await Sandbox.start({ graphql: () => ({ data: { store: { name: 'Sandbox store' } } }) });
  Session.configure(store.credentials);
  ran = [];
  seen = 0;
  console.log = (...values: unknown[]): void => {
    const last = ran.at(-1);
    if (last !== undefined) last.printed += `${values.map((value) => (typeof value === 'string' ? value : shown(value))).join(' ')}\n`;
  };
}

/** Begins a block. */
export async function begin(): Promise<void> {
  noteRequests();
  ran.push({ printed: '', requests: [] });
}

/** Watches the requests to a store that a block has started itself, until the block ends. */
export function watch(own: Sandbox): void {
  watched = own;
}

/** Fails unless a call does. */
export async function fails(call: () => unknown): Promise<void> {
  try {
    await call();
  } catch {
    return;
  }
  throw new Error('The page says that this fails.');
}

/** Ends a page, and gives what its blocks have done. */
export async function closePage(): Promise<readonly Ran[]> {
  noteRequests();
  console.log = log;
  await Session.default.close({ abort: true });
  await store.stop();
  return ran;
}

/** Adds the requests since the last look to the block that sent them. */
function noteRequests(): void {
  const requests = store.requests.slice(seen);
  seen = store.requests.length;
  ran.at(-1)?.requests.push(...requests.map(lineOf));
  if (watched === undefined) return;
  ran.at(-1)?.requests.push(...watched.requests.map(lineOf));
  watched = undefined;
  // Blocks after it find the store of the page again.
  Session.configure(store.credentials);
}

function lineOf({ method, url, body }: LoggedRequest): string {
  const path = decodeURIComponent(url.replace(/^\/stores\/[^/]+/, ''));
  return body === undefined ? `${method} ${path}` : `${method} ${path} ${JSON.stringify(body)}`;
}
