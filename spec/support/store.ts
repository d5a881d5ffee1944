import { type Model, type ModelClass, Session, type SessionOptions } from 'bigrecord';
import { type LoggedRequest, Sandbox, type SandboxOptions } from 'bigrecord/sandbox';

export interface StoreContext {
  store: Sandbox;
  session: Session;
}

/** A fresh sandbox, and the shared session configured for it, for every spec of the surrounding block. */
export function useStore(options: SandboxOptions = {}, session: SessionOptions = {}): StoreContext {
  const context = {} as StoreContext;
  beforeEach(async () => {
    context.store = await Sandbox.start(options);
    context.session = Session.configure({ ...context.store.credentials, retry: { baseMs: 5 }, ...session });
  });
  afterEach(async () => {
    context.session.close();
    await context.store.stop();
  });
  return context;
}

/** The requests that arrived, a line each: `PUT /v2/products/1 {"price":"199.90"}`. */
export function sent(store: Sandbox): string[] {
  return store.requests.map(lineOf);
}

/** The same, of what arrives while `work` runs. */
export async function sentBy(store: Sandbox, work: () => unknown): Promise<string[]> {
  const before = store.requests.length;
  await work();
  return store.requests.slice(before).map(lineOf);
}

function lineOf({ method, url, body }: LoggedRequest): string {
  const address = decodeURIComponent(url.replace(/^\/stores\/[^/]+/, ''));
  return `${method} ${address}${body === undefined ? '' : ` ${JSON.stringify(body)}`}`;
}

/** Models of a spec as the sandbox takes them. */
export const models = (...all: (abstract new (...args: never[]) => Model)[]): ModelClass[] => all as unknown as ModelClass[];
