/** What the program of a page has in reach: a store of its own, to which all sessions of the page are connected. */
import { writeFile } from 'node:fs/promises';
import { Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';

export const store = await Sandbox.start();
Session.configure(store.credentials);

const ran: { printed: string; requests: string[] }[] = [];
let seen = 0;

console.log = (...values: unknown[]): void => {
  const last = ran.at(-1);
  if (last !== undefined) last.printed += `${values.map((value) => (typeof value === 'string' ? value : shown(value))).join(' ')}\n`;
};

const { inspect } = await import('node:util');

const shown = (value: unknown): string => inspect(value, { depth: 6, breakLength: 120 });

/** Begins a block. */
export async function begin(): Promise<void> {
  noteRequests();
  ran.push({ printed: '', requests: [] });
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

/** Ends the page, and leaves what its blocks have done for whoever started it. */
export async function finish(): Promise<void> {
  noteRequests();
  await writeFile(process.env['GUIDE_RESULT'] ?? 'guide.json', JSON.stringify(ran));
  await Session.default.close();
  await store.stop();
}

/** Adds the requests since the last look to the block that sent them. */
function noteRequests(): void {
  const requests = store.requests.slice(seen);
  seen = store.requests.length;
  const lines = requests.map(({ method, url, body }) => {
    const path = decodeURIComponent(url.replace(/^\/stores\/[^/]+/, ''));
    return body === undefined ? `${method} ${path}` : `${method} ${path} ${JSON.stringify(body)}`;
  });
  ran.at(-1)?.requests.push(...lines);
}
