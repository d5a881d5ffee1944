import type { Socket } from 'node:net';
import { Session, type SessionOptions } from 'bigrecord';
import { Sandbox, type SandboxOptions } from 'bigrecord/sandbox';
import { type Listening, serveRaw, sessionAt } from '../../support/http-server.js';
import { assertClean, CANARY } from '../../support/secrets.js';

/** One operation that a fault can hit, and the check that what must come of it does. */
export interface Case {
  readonly operation: string;
  run(): Promise<unknown>;
}

/** A row of the matrix: something that goes wrong, and what is promised for it. */
export interface Fault {
  /** Row of the catalogue: `N3`. */
  readonly row: string;
  readonly name: string;
  /** What plays the fault: bytes on a TCP connection, an HTTP server, the sandbox, a Redis server, or the caller itself. */
  readonly by: 'TCP' | 'HTTP' | 'sandbox' | 'Redis' | 'caller';
  readonly expected: string;
  readonly cases: readonly Case[];
}

/** What came of an operation. */
export interface Outcome {
  readonly value: unknown;
  readonly error: Error | undefined;
  readonly ms: number;
}

let stores = 0;

/** Options of a session of its own store: what is known of a store is kept by its address, and ports are used again. */
export const ownStore = (): { storeHash: string } => ({ storeHash: `fault${++stores}` });

/** Runs an operation to its end. No error may show a credential. */
export async function outcomeOf(work: () => unknown): Promise<Outcome> {
  const begun = performance.now();
  try {
    const value = await work();
    return { value, error: undefined, ms: performance.now() - begun };
  } catch (error) {
    assertClean(error, `the error ${(error as Error).name}`);
    return { value: undefined, error: error as Error, ms: performance.now() - begun };
  }
}

/** The error that an operation must end in. */
export async function failureOf<E extends Error>(work: () => unknown, Class: abstract new (...args: never[]) => E): Promise<E> {
  const { error, value } = await outcomeOf(work);
  if (error instanceof Class) return error;
  throw new Error(
    `Expected ${Class.name}, got ${error === undefined ? JSON.stringify(value)?.slice(0, 200) : `${error.name}: ${error.message}`}`,
  );
}

/** Bytes of an HTTP answer. */
export function answerBytes(status: number, headers: Readonly<Record<string, string>>, body: string | Buffer): Buffer {
  const lines = Object.entries({ 'Content-Length': String(Buffer.byteLength(body)), ...headers }).filter(([, value]) => value !== '');
  const head = `HTTP/1.1 ${status} X\r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`;
  return Buffer.concat([Buffer.from(head), Buffer.from(body)]);
}

/** Answers a request with JSON. */
export const answer = (socket: Socket, body: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): void =>
  void socket.write(
    answerBytes(status, { 'Content-Type': 'application/json', ...headers }, body === undefined ? '' : JSON.stringify(body)),
  );

/** Lets work run against a server of bytes. */
export async function withTcp(
  onRequest: (socket: Socket, text: string, number: number) => void,
  work: (session: Session, server: Listening) => Promise<unknown>,
  options: SessionOptions = {},
): Promise<void> {
  const server = await serveRaw(onRequest);
  const session = sessionAt(server.port, { ...ownStore(), ...options });
  try {
    await work(session, server);
  } finally {
    await session.close({ abort: true });
    await server.close();
  }
}

/** Lets work run against a sandbox of its own. */
export async function withStore(
  work: (store: Sandbox, session: Session) => Promise<unknown>,
  sandbox: SandboxOptions = {},
  options: SessionOptions = {},
): Promise<void> {
  const store = await Sandbox.start({ ...ownStore(), accessToken: CANARY, ...sandbox });
  const session = new Session({ ...store.credentials, retry: { baseMs: 5 }, ...options });
  try {
    await work(store, session);
  } finally {
    await session.close({ abort: true });
    await store.stop();
  }
}

/** A row of the matrix whose cases are given by the names of their operations. */
export const row = (
  id: string,
  name: string,
  expected: string,
  by: Fault['by'],
  cases: Readonly<Record<string, () => Promise<unknown>>>,
): Fault => ({
  row: id,
  name,
  by,
  expected,
  cases: Object.entries(cases).map(([operation, run]) => on(operation, run)),
});

/** 1, 2, … */
export const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A case by the name of what it does. */
export const on = (operation: string, run: () => Promise<unknown>): Case => ({ operation, run });
