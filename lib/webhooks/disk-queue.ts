import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import { ArgumentError } from '../errors/argument-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import type { WebhookEvent } from './event.js';
import { Folder } from './folder.js';
import { formatOwner, isAlive, newOwner, type Owner, parseOwner } from './owner.js';
import { type DeadLetter, type EventQueue, type QueuedEvent, reasonOf } from './queue.js';
import { revive } from './revive-event.js';
import { WebhookError } from './webhook-error.js';

/** Options of {@link DiskQueue}. */
export interface DiskQueueOptions {
  /**
   * How long a claim lasts whose process cannot be asked for: one on another machine or in another container. The queue renews its
   * own. Default 60,000.
   */
  leaseMs?: number | undefined;
}

/** What the name of an event's file says: `id.attempts@owner.json`, the middle parts only where there is something to say. */
interface FileName {
  readonly id: string;
  readonly attempts: number;
  readonly owner?: Owner | undefined;
}

const NAME = /^([\w-]{1,100})(?:\.(\d{1,9}))?(?:@([\w-]{1,100}))?\.json$/;
/** Ids that this class makes: a file of such a name is ours, whatever is in it. */
const OUR_ID = /^[0-9a-z]{9}-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const PART = '.part';
const REASON = '.reason';
const LONGEST_LEASE_MS = 2 ** 31 - 1;

/**
 * Keeps each event in a file of a folder, written through to the disk before it counts as accepted. Several processes may share
 * the folder: an event belongs to the one that accepted it, and to another only once that one has died.
 *
 * Events that failed too often are in the folder `dead-letter` within: see {@link deadLetters} and {@link retry}. A file that is
 * damaged is moved to the folder `bad`; one that is not the queue's is left alone, with a warning.
 *
 * @throws ArgumentError without a folder
 * @example
 * const handler = webhookHandler({ secretHeaders, onEvent, queue: new DiskQueue('/var/lib/shop/hooks') });
 * await handler.resume();
 */
export class DiskQueue implements EventQueue {
  readonly #folder: Folder;
  readonly #dead: Folder;
  readonly #bad: Folder;
  readonly #leaseMs: number;
  readonly #owner = newOwner();
  /** Files of events that this queue has claimed. */
  readonly #claimed = new Map<string, string>();
  /** Files of pending events as they were last listed. */
  #listed: ReadonlyMap<string, string> = new Map();
  readonly #warned = new Set<string>();
  #renewal: NodeJS.Timeout | undefined;

  constructor(folder: string, options: DiskQueueOptions = {}) {
    if (typeof folder !== 'string' || folder.trim() === '' || folder.includes('\0'))
      throw new ArgumentError("DiskQueue needs the path of a folder: new DiskQueue('/var/lib/shop/hooks').");
    assertKnownOptions(options, { leaseMs: 1 } satisfies Record<keyof DiskQueueOptions, 1>, 'DiskQueue', ArgumentError);
    const { leaseMs = 60_000 } = options;
    if (typeof leaseMs !== 'number' || !(leaseMs >= 1 && leaseMs <= LONGEST_LEASE_MS))
      throw new ArgumentError(`leaseMs is a number of milliseconds from 1 to ${LONGEST_LEASE_MS}.`);
    this.#leaseMs = leaseMs;
    const path = resolve(folder);
    this.#folder = new Folder(path);
    this.#dead = new Folder(join(path, 'dead-letter'));
    this.#bad = new Folder(join(path, 'bad'));
  }

  /** @throws WebhookError with status 503 and the system's `code` where the disk does not take it, full or gone; then nothing is kept */
  async push(event: WebhookEvent): Promise<QueuedEvent> {
    const id = `${Date.now().toString(36).padStart(9, '0')}-${randomUUID()}`;
    const name = this.#nameOf({ id, attempts: 0, owner: this.#owner });
    this.#hold(id, name);
    try {
      await this.#folder.write(name, JSON.stringify(event));
    } catch (error) {
      this.#drop(id);
      const { message } = error as Error;
      throw new WebhookError(
        `The event could not be written to ${this.#folder.path} (${message}). It is not accepted: send it again.`,
        503,
        {
          cause: error,
        },
      );
    }
    return { id, event, attempts: 0 };
  }

  async done(id: string): Promise<void> {
    const name = this.#claimed.get(id) ?? (await this.#find(id));
    if (name !== undefined) await this.#folder.remove(name);
    this.#drop(id);
  }

  async pending(): Promise<readonly QueuedEvent[]> {
    const names = await this.#folder.names();
    await Promise.all(names.filter((name) => name.endsWith(PART)).map((name) => this.#removeLeftover(name)));
    const listed = new Map<string, string>();
    const found = await Promise.all(
      names
        .filter((name) => name.endsWith('.json'))
        .map(async (name) => {
          const parsed = parseName(name);
          const event = await this.#read(name, parsed);
          if (event === undefined || parsed === undefined) return [];
          listed.set(parsed.id, name);
          return [{ id: parsed.id, event, attempts: parsed.attempts }];
        }),
    );
    this.#listed = listed;
    const byId = new Map(found.flat().map((queued) => [queued.id, queued]));
    return [...byId.values()];
  }

  async claim(id: string): Promise<boolean> {
    if (this.#claimed.has(id)) return false;
    const listed = this.#listed.get(id);
    const name = listed !== undefined && (await this.#folder.touchedAt(listed)) !== undefined ? listed : await this.#find(id);
    const parsed = name === undefined ? undefined : parseName(name);
    if (name === undefined || parsed === undefined || this.#claimed.has(id)) return false;
    const mine = this.#nameOf({ ...parsed, owner: this.#owner });
    this.#hold(id, mine);
    let isMine = false;
    try {
      if (await this.#isFree(name, parsed.owner)) {
        await this.#folder.touch(name); // first: under its new name it must not look abandoned for a moment
        isMine = await this.#folder.rename(name, mine);
      }
    } finally {
      if (!isMine) this.#drop(id);
    }
    return isMine;
  }

  async release(id: string): Promise<void> {
    const name = this.#claimed.get(id);
    if (name === undefined) return;
    await this.#folder.rename(name, this.#nameOf({ ...(parseName(name) as FileName), owner: undefined }));
    this.#drop(id);
  }

  async begin(id: string): Promise<number | undefined> {
    const name = this.#claimed.get(id);
    if (name === undefined) return undefined;
    const parsed = parseName(name) as FileName;
    const attempts = parsed.attempts + 1;
    const next = this.#nameOf({ ...parsed, attempts });
    const isMine = await this.#folder.rename(name, next);
    if (isMine) this.#hold(id, next);
    else this.#drop(id);
    return isMine ? attempts : undefined;
  }

  async bury(id: string, error: unknown): Promise<void> {
    const name = this.#claimed.get(id);
    if (name === undefined) return;
    const { attempts } = parseName(name) as FileName;
    if (await this.#folder.move(name, this.#dead, `${id}.json`))
      await this.#dead.note(`${id}${REASON}`, JSON.stringify({ attempts, reason: reasonOf(error) }));
    this.#drop(id);
  }

  /** Lists the events that failed too often, oldest first. */
  async deadLetters(): Promise<readonly DeadLetter[]> {
    const names = (await this.#dead.names()).filter((name) => name.endsWith('.json'));
    const found = await Promise.all(
      names.map(async (name) => {
        const id = name.slice(0, -'.json'.length);
        try {
          const event = revive(await this.#dead.read(name));
          const { attempts = 0, reason = 'unknown' } = await this.#noteOf(id);
          return [{ id, event, attempts, reason }];
        } catch (error) {
          this.#warn(name, `a dead letter cannot be read (${reasonOf(error)})`);
          return [];
        }
      }),
    );
    return found.flat();
  }

  /** Puts a dead letter back among the pending events, with no attempts made; `false` for an unknown id. `handler.resume()` takes it up. */
  async retry(id: string): Promise<boolean> {
    if (!NAME.test(`${id}.json`)) return false;
    if (!(await this.#dead.move(`${id}.json`, this.#folder, `${id}.json`))) return false;
    await this.#dead.remove(`${id}${REASON}`);
    await this.#dead.removeIfEmpty();
    return true;
  }

  /** The note of a dead letter: nice to have, so whatever is wrong with it is no error. */
  async #noteOf(id: string): Promise<Partial<DeadLetter>> {
    try {
      return Object(JSON.parse(await this.#dead.read(`${id}${REASON}`)));
    } catch {
      return {};
    }
  }

  /** One file that cannot be read costs no other. */
  async #read(name: string, parsed: FileName | undefined): Promise<WebhookEvent | undefined> {
    let text: string;
    try {
      text = await this.#folder.read(name);
    } catch (error) {
      // Renamed or done meanwhile: whoever did that has it.
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') this.#warn(name, `it cannot be read (${(error as Error).message})`);
      return undefined;
    }
    try {
      if (parsed === undefined) throw new TypeError('its name is none of an event');
      return revive(text);
    } catch (error) {
      const reason = text === '' ? 'it is empty' : reasonOf(error);
      const isOurs = parsed !== undefined && OUR_ID.test(parsed.id) && (await this.#isFree(name, parsed.owner));
      const isMoved = isOurs && (await this.#setAside(name, reason));
      this.#warn(name, isMoved ? `${reason}; moved to ${this.#bad.path}` : `${reason}; left alone`);
      return undefined;
    }
  }

  /** Whether the file could be moved; one that could not is in nobody's way. */
  async #setAside(name: string, reason: string): Promise<boolean> {
    try {
      if (!(await this.#folder.move(name, this.#bad, name))) return false;
      await this.#bad.note(`${name}${REASON}`, reason);
      return true;
    } catch {
      return false;
    }
  }

  /** What a process left that died while it wrote. */
  async #removeLeftover(name: string): Promise<void> {
    const parsed = parseName(name.slice(0, -PART.length));
    if (parsed === undefined || !OUR_ID.test(parsed.id) || !(await this.#isFree(name, parsed.owner ?? 'unknown').catch(() => false)))
      return;
    await this.#folder.remove(name).catch(() => {});
  }

  /** Whether nobody works on the event of a file: it has no owner, or one that has died. */
  async #isFree(name: string, owner: Owner | 'unknown' | undefined): Promise<boolean> {
    if (owner === undefined) return true;
    const lives = owner === 'unknown' ? undefined : isAlive(owner);
    if (lives !== undefined) return !lives;
    const touchedAt = await this.#folder.touchedAt(name);
    return touchedAt !== undefined && Date.now() - touchedAt > this.#leaseMs;
  }

  async #find(id: string): Promise<string | undefined> {
    return (await this.#folder.names()).find((name) => parseName(name)?.id === id);
  }

  #nameOf({ id, attempts, owner }: FileName): string {
    return `${id}${attempts > 0 ? `.${attempts}` : ''}${owner === undefined ? '' : `@${formatOwner(owner)}`}.json`;
  }

  #hold(id: string, name: string): void {
    this.#claimed.set(id, name);
    this.#renewal ??= setInterval(() => void this.#renew(), this.#leaseMs / 3).unref();
  }

  #drop(id: string): void {
    this.#claimed.delete(id);
    if (this.#claimed.size > 0) return;
    clearInterval(this.#renewal);
    this.#renewal = undefined;
  }

  /** A claim that cannot be renewed is as good as lost, which `begin` finds out. */
  async #renew(): Promise<void> {
    await Promise.all([...this.#claimed.values()].map((name) => this.#folder.touch(name).catch(() => {})));
  }

  #warn(name: string, what: string): void {
    if (this.#warned.has(name)) return;
    this.#warned.add(name);
    process.emitWarning(`bigrecord: the queue ${this.#folder.path} skips the file ${name}: ${what}.`);
  }
}

function parseName(name: string): FileName | undefined {
  const match = NAME.exec(name);
  if (match === null) return undefined;
  const [, id, attempts = '0', ownerText] = match as unknown as [string, string, string?, string?];
  const owner = ownerText === undefined ? undefined : parseOwner(ownerText);
  return ownerText !== undefined && owner === undefined ? undefined : { id, attempts: Number(attempts), owner };
}
