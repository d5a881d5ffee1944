import { inspect } from 'node:util';
import { ConfigurationError } from '../../errors/configuration-error.js';
import { assertKnownOptions } from '../../errors/known-options.js';
import type { Session } from '../../model/session.js';
import { SESSION_OPTIONS } from '../../session/options.js';
import { duration } from '../../transport/option-values.js';
import type { StoreSessions } from '../store-sessions.js';
import { registeredSession, type SharedOptions } from './registered-session.js';
import { StoreHashes } from './store-hashes.js';
import { checkedCredentials, checkedHash } from './stored-tokens.js';
import type { StoreCredentials, TokenStore } from './token-store.js';

/** Options of {@link SessionRegistry}: those of its sessions, and where their credentials are kept. */
export interface SessionRegistryOptions extends SharedOptions {
  /** Where credentials are kept. */
  tokens: TokenStore;
  /** Milliseconds without a call after which what a session holds is freed. Default 60,000. */
  idleMs?: number | undefined;
}

const { storeHash: _, accessToken: __, clientId: ___, host: ____, basicAuth: _____, ...SHARED_OPTIONS } = SESSION_OPTIONS;
const OPTIONS = { ...SHARED_OPTIONS, tokens: 1, idleMs: 1 } as const satisfies Record<keyof SessionRegistryOptions, 1>;

const DEFAULT_IDLE_MS = 60_000;
/** A store that refused its token is not asked again for this long, unless there is another token. */
const REFUSED_MS = 60_000;
/** Idle sessions are looked for so often in the time after which they are. */
const LOOKS = 4;

/** A session that is being made; its store may be removed meanwhile. */
interface Opening {
  readonly session: Promise<Session>;
  isRemoved: boolean;
}

/**
 * Gives the sessions of thousands of stores, each made when it is first asked for. Their connections are shared; what a session holds is
 * freed when it has been idle for a while. A session that a program or a record still holds then works as before, and is the one that
 * the registry returns.
 *
 * Credentials are in private fields: no registry, session or error shows them when it is printed or serialised.
 *
 * @example
 * const stores = new SessionRegistry({ tokens: kyselyTokenStore(db), rateLimit: redisBudget(redis) });
 * await stores.put({ storeHash: 'abc123', accessToken: '…' });            // installed, or a new token
 * const session = await stores.session('abc123');
 * for await (const storeHash of stores.all()) await nightly(await stores.session(storeHash));
 * await stores.remove('abc123');                                          // uninstalled: what is under way is aborted
 */
export class SessionRegistry implements StoreSessions {
  readonly #tokens: TokenStore;
  readonly #options: SharedOptions;
  readonly #idleMs: number;
  readonly #live = new Map<string, Session>();
  readonly #opening = new Map<string, Opening>();
  /** Sessions that were idle, as long as a program holds them. */
  readonly #resting = new Map<string, WeakRef<Session>>();
  readonly #collected = new FinalizationRegistry<string>((hash) => {
    if (this.#resting.get(hash)?.deref() === undefined) this.#resting.delete(hash);
  });
  /** Tokens that their stores refuse, and until when they are not tried again. */
  readonly #refused = new Map<string, { readonly accessToken: string; readonly until: number }>();
  #timer: NodeJS.Timeout | undefined;
  #isClosed = false;

  /** @throws ConfigurationError if an option is missing or wrong; the message names the option, never its value */
  constructor(options: SessionRegistryOptions) {
    if (typeof options !== 'object' || options === null)
      throw new ConfigurationError('A SessionRegistry needs options: { tokens }, such as { tokens: memoryTokenStore() }.');
    assertKnownOptions(options, OPTIONS, 'A SessionRegistry', ConfigurationError);
    const { tokens, idleMs = DEFAULT_IDLE_MS, ...shared } = options;
    if (!isTokenStore(tokens))
      throw new ConfigurationError(
        'tokens must be a token store, such as memoryTokenStore() or kyselyTokenStore(db): { get, put, remove, all }.',
      );
    this.#tokens = tokens;
    this.#options = shared;
    this.#idleMs = duration('idleMs', idleMs);
  }

  /** How many sessions hold connections or limits of their stores just now. */
  get size(): number {
    return this.#live.size;
  }

  /**
   * Returns the session of a store. Calls at the same time share one.
   *
   * @throws ConfigurationError if the token store does not know the store, or the store has refused its token; what the token store throws
   */
  async session(storeHash: string): Promise<Session> {
    if (this.#isClosed) throw new ConfigurationError('The SessionRegistry is closed: make a new one.');
    const live = this.#live.get(checkedHash(storeHash)) ?? this.#woken(storeHash);
    if (live !== undefined) {
      live.lifetime.usedAt = performance.now();
      return live;
    }
    let opening = this.#opening.get(storeHash);
    if (opening === undefined) {
      opening = { session: this.#open(storeHash, () => this.#opening.get(storeHash) !== opening), isRemoved: false };
      this.#opening.set(storeHash, opening);
      const forget = (): void => {
        if (this.#opening.get(storeHash) === opening) this.#opening.delete(storeHash);
      };
      opening.session.then(forget, forget);
    }
    return opening.session;
  }

  /**
   * Keeps the credentials of a store: of a new one, or a new token. A session that is in use sends the new token from its next request on.
   *
   * @throws ConfigurationError for credentials that are missing or wrong; what the token store throws
   */
  async put(credentials: StoreCredentials): Promise<void> {
    const checked = checkedCredentials(credentials);
    await this.#tokens.put(checked);
    const { storeHash, accessToken } = checked;
    this.#refused.delete(storeHash);
    this.#opening.delete(storeHash); // it may have read the old token
    (this.#live.get(storeHash) ?? this.#resting.get(storeHash)?.deref())?.rotate(accessToken);
  }

  /**
   * Forgets a store that was uninstalled. Requests to it that are under way are aborted, and later calls on its session throw a
   * ConfigurationError that says why. Returns whether the store was known.
   */
  async remove(storeHash: string): Promise<boolean> {
    this.#opening.delete(checkedHash(storeHash));
    const wasKnown = await this.#tokens.remove(storeHash);
    this.#opening.delete(storeHash);
    this.#refused.delete(storeHash);
    this.#end(storeHash, `The store ${storeHash} was removed: its session is closed.`);
    return wasKnown;
  }

  /** The hashes of all stores: `for await (const storeHash of stores.all())`, or `await stores.all()` as a sorted array. */
  all(): StoreHashes {
    return new StoreHashes(() => this.#tokens.all());
  }

  /** Closes all sessions once what they have under way has ended; with `{ abort: true }` it is aborted. */
  async close(options: { abort?: boolean } = {}): Promise<void> {
    this.#isClosed = true;
    this.#opening.clear();
    clearInterval(this.#timer);
    const resting = [...this.#resting.values()].map((reference) => reference.deref()).filter((session) => session !== undefined);
    const sessions = [...this.#live.values(), ...resting];
    this.#live.clear();
    this.#resting.clear();
    await Promise.all(sessions.map((session) => session.close(options)));
  }

  /** Closes the sessions at the end of a block: `await using stores = new SessionRegistry(…)`. */
  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  toJSON(): { sessions: number } {
    return { sessions: this.size };
  }

  [inspect.custom](): string {
    return `SessionRegistry { sessions: ${this.size} }`;
  }

  async #open(storeHash: string, isOutdated: () => boolean): Promise<Session> {
    await null; // until it is known as the one that opens
    const credentials = await this.#tokens.get(storeHash);
    if (isOutdated()) return this.session(storeHash); // removed, or put again meanwhile
    if (credentials === undefined)
      throw new ConfigurationError(`The store ${storeHash} is not known: it was never put, or it was removed. Nothing was sent.`);
    this.#assertAccepted(credentials);
    const session = registeredSession(credentials, {
      tokens: this.#tokens,
      options: this.#options,
      onRefused: (accessToken) => this.#refuse(storeHash, accessToken),
    });
    this.#live.set(storeHash, session);
    this.#look();
    return session;
  }

  #assertAccepted({ storeHash, accessToken }: StoreCredentials): void {
    const refused = this.#refused.get(storeHash);
    if (refused === undefined) return;
    if (refused.accessToken === accessToken && performance.now() < refused.until)
      throw new ConfigurationError(`${refusalOf(storeHash)} Nothing was sent.`);
    this.#refused.delete(storeHash);
  }

  /** Ends the session of a store that keeps refusing its token. */
  #refuse(storeHash: string, accessToken: string): void {
    this.#refused.set(storeHash, { accessToken, until: performance.now() + REFUSED_MS });
    this.#end(storeHash, refusalOf(storeHash));
  }

  #end(storeHash: string, reason: string): void {
    const session = this.#live.get(storeHash) ?? this.#resting.get(storeHash)?.deref();
    this.#live.delete(storeHash);
    this.#resting.delete(storeHash);
    session?.lifetime.close(reason);
    void session?.close({ abort: true });
  }

  /** Returns the session of a store that was idle, if a program still holds it. */
  #woken(storeHash: string): Session | undefined {
    const session = this.#resting.get(storeHash)?.deref();
    if (session === undefined) return undefined;
    this.#resting.delete(storeHash);
    this.#live.set(storeHash, session);
    this.#look();
    return session;
  }

  /** Looks for idle sessions from time to time, while there are any sessions. */
  #look(): void {
    if (this.#timer !== undefined) return;
    this.#timer = setInterval(() => this.#evict(), Math.max(1, this.#idleMs / LOOKS));
    this.#timer.unref();
  }

  #evict(): void {
    const since = performance.now() - this.#idleMs;
    for (const [hash, session] of this.#live) {
      if (session.lifetime.usedAt > since || !session.lifetime.rest()) continue;
      this.#live.delete(hash);
      this.#resting.set(hash, new WeakRef(session));
      this.#collected.register(session, hash);
    }
    for (const [hash, { until }] of this.#refused) if (until < performance.now()) this.#refused.delete(hash);
    if (this.#live.size > 0) return;
    clearInterval(this.#timer);
    this.#timer = undefined;
  }
}

const refusalOf = (storeHash: string): string =>
  `The store ${storeHash} refuses its token (401): the app was uninstalled, or the token was revoked. Put a new one, or remove the store.`;

/** A program without types may give anything. */
const isTokenStore = (value: Partial<TokenStore> | null | undefined): boolean =>
  typeof value === 'object' &&
  value !== null &&
  [value.get, value.put, value.remove, value.all].every((method) => typeof method === 'function');
