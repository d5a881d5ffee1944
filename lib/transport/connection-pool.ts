import { type Agent, type AgentOptions, Agent as HttpAgent } from 'node:http';
import type { Agent as HttpsAgent } from 'node:https';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Network } from './network.js';
import { TunnelAgent } from './tunnel.js';

/** However many sessions share them, so many idle connections stay open, of either kind. */
const MOST_IDLE = 32;
/** Longer than any pause between two requests of a job, shorter than the platform's own idle time-out. */
const LONGEST_IDLE_MS = 30_000;
/** A server closes an idle connection at the time that it announced (`Keep-Alive: timeout=5`), or a little sooner. */
const MARGIN_MS = 1000;
/** A connection that was idle for less than this is still open, whatever the server's limit is. */
const SURELY_OPEN_MS = 5;

/** Share of the longest idle time seen so far for which a connection is trusted with a request that cannot be repeated. */
const SAFE_PART = 0.25;
/** Shorter idle times prove nothing: the timers of a busy machine are late. */
const TELLING_IDLE_MS = 1000;

/** Taken early: fake timers of a user's tests must not stop what waits for the network. */
const { setImmediate } = globalThis;

/** Agents by protocol, as got takes them. */
export interface Agents {
  readonly http: Agent;
  readonly https: HttpsAgent;
}

/** Since when a connection is idle, and how long its server promised to keep it. */
interface Idle {
  readonly since: number;
  readonly promisedMs: number | undefined;
}

const idle = new WeakMap<Duplex, Idle>();
const promises = new WeakMap<Duplex, number>();

/** Remembers how long the server keeps this connection once it is idle. */
export function notePromise(socket: Socket, keepAlive: string | undefined): void {
  const seconds = /\btimeout\s*=\s*(\d{1,9})/i.exec(keepAlive ?? '')?.[1];
  if (seconds === undefined) promises.delete(socket);
  else promises.set(socket, Math.max(0, Number(seconds) * 1000 - MARGIN_MS));
}

/** Makes an agent note since when a connection is idle, and drop one that its server does not promise to keep. */
function keeping<A extends Agent>(agent: A): A {
  const keepAlive: (socket: Duplex) => unknown = agent.keepSocketAlive.bind(agent);
  // What it returns is documented, though the types of Node leave it out: whether the connection is kept.
  agent.keepSocketAlive = (socket): boolean => {
    const promisedMs = promises.get(socket);
    if (keepAlive(socket) === false || promisedMs === 0) return false;
    idle.set(socket, { since: performance.now(), promisedMs });
    if (promisedMs !== undefined && socket instanceof Socket) socket.setTimeout(Math.min(promisedMs, LONGEST_IDLE_MS));
    return true;
  };
  return agent;
}

/**
 * Keeps the connections to an origin open between requests, for all sessions that make them alike.
 *
 * A server that closes an idle connection just as a request goes out on it leaves the outcome of that request unknown. A request
 * that may be repeated is repeated. One that may not (a POST) goes out on a connection that is certainly open: one that was used a
 * moment ago, or that is well within the time for which its server keeps idle ones, as announced (`Keep-Alive`) or observed;
 * otherwise on a new one. New ones have a pool of their own, so that the idle ones stay for requests that may be repeated.
 */
export class ConnectionPool {
  /** The user's own agent, which is left as it is. */
  readonly #given: Agents | undefined;
  readonly #shared: Agents;
  readonly #fresh: Agents;
  readonly #size: number;
  #sessions = 0;
  /** The longest idle time after which a connection was seen to be still open. */
  #seenIdleMs = 0;

  /**
   * @param size the most connections for each session
   * @param connectMs how long a proxy may take to connect
   */
  constructor(size: number, { agent, proxy, secureContext }: Network, connectMs: number) {
    this.#size = size;
    this.#given = agent === undefined ? undefined : { http: agent, https: agent as HttpsAgent };
    const options: AgentOptions = {
      keepAlive: true,
      keepAliveMsecs: 1000,
      maxFreeSockets: Math.max(size, MOST_IDLE),
      timeout: LONGEST_IDLE_MS,
    };
    const secure = { ...options, ...(secureContext === undefined ? {} : { secureContext }) };
    const pool = (): Agents => ({ http: keeping(new HttpAgent(options)), https: keeping(new TunnelAgent(secure, proxy, connectMs)) });
    this.#shared = pool();
    this.#fresh = pool();
  }

  /** The agents for requests that may be repeated. */
  get agents(): Agents {
    return this.#given ?? this.#shared;
  }

  /** Returns the agents for a request that may not: used at once, they give it an open connection or a new one. */
  async agentsForOnce(): Promise<Agents> {
    if (this.#given !== undefined) return this.#given;
    // The event loop has to look at the network before it is known what the server has closed meanwhile.
    if (this.#idle.length > 0) await new Promise((resolve) => setImmediate(resolve));
    for (const socket of this.#idle) {
      if (socket.destroyed || !socket.writable || socket.readableEnded) drop(socket);
      else this.#seenIdleMs = Math.max(this.#seenIdleMs, idleMs(socket));
    }
    const shared = idleOf(this.#shared);
    // Another request may take one of them first, so all have to be safe.
    if (shared.length > 0 && shared.every((socket) => this.#isSurelyOpen(socket))) return this.#shared;
    for (const socket of idleOf(this.#fresh)) if (!this.#isSurelyOpen(socket)) drop(socket);
    const open = openOf(this.#shared) + openOf(this.#fresh);
    if (idleOf(this.#fresh).length === 0)
      for (const socket of shared.slice(0, Math.max(0, open + 1 - this.#size * this.#sessions))) drop(socket);
    return this.#fresh;
  }

  /** Makes room for the connections of one more session (1) or one less (-1). Closes the connections after the last one. */
  count(by: 1 | -1): void {
    this.#sessions += by;
    for (const agent of [this.#shared.http, this.#shared.https, this.#fresh.http, this.#fresh.https]) {
      agent.maxSockets = this.#size * this.#sessions;
      if (this.#sessions === 0) agent.destroy();
    }
  }

  get #idle(): Socket[] {
    return [...idleOf(this.#shared), ...idleOf(this.#fresh)];
  }

  #isSurelyOpen(socket: Socket): boolean {
    const promisedMs = idle.get(socket)?.promisedMs;
    const seenMs = this.#seenIdleMs < TELLING_IDLE_MS ? 0 : this.#seenIdleMs * SAFE_PART;
    return idleMs(socket) <= (promisedMs ?? Math.max(SURELY_OPEN_MS, seenMs));
  }
}

const pools = new Map<string, ConnectionPool>();

/** Returns the connections to the origin of an address; count sessions that use them. */
export function connectionsTo(root: string, size: number, network: Network, connectMs: number): ConnectionPool {
  const { agent, trusted, proxy } = network;
  if (agent !== undefined) return new ConnectionPool(size, network, connectMs);
  const key = JSON.stringify([new URL(root).origin, size, connectMs, trusted, proxy]);
  const pool = pools.get(key) ?? new ConnectionPool(size, network, connectMs);
  pools.set(key, pool);
  return pool;
}

const idleOf = ({ http, https }: Agents): Socket[] =>
  [http, https].flatMap(({ freeSockets }) => Object.values(freeSockets).flatMap((sockets = []) => sockets));

/** Closes an idle connection. An agent forgets it only when it is closed for good, unless it is told (`http.Agent`, "agentRemove"). */
function drop(socket: Socket): void {
  socket.emit('agentRemove');
  socket.destroy();
}

const idleMs = (socket: Socket): number => performance.now() - (idle.get(socket)?.since ?? 0);

const openOf = ({ http, https }: Agents): number =>
  [http, https].reduce((sum, { sockets, freeSockets }) => sum + count(sockets) + count(freeSockets), 0);

const count = (lists: NodeJS.ReadOnlyDict<unknown[]>): number => Object.values(lists).reduce((sum, list = []) => sum + list.length, 0);
