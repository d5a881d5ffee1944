import { randomUUID } from 'node:crypto';
import { join, resolve } from 'node:path';
import { ArgumentError } from '../errors/argument-error.js';
import { assertKnownOptions } from '../errors/known-options.js';
import { propertyOf } from '../json-object.js';
import { reasonOf as messageOf } from '../session/safe-call.js';
import { MAX_TIMER_MS } from '../transport/abort.js';
import { DeadLetters, NOTE } from './dead-letters.js';
import type { WebhookEvent } from './event.js';
import { eventFromJson } from './event-json.js';
import { type FileName, formatName, isOurId, parseName } from './file-name.js';
import { Folder } from './folder.js';
import { isAlive, newOwner, type Owner } from './owner.js';
import { type DeadLetter, type EventQueue, type QueuedEvent, reasonOf } from './queue.js';
import { warn } from './report.js';
import { WebhookError } from './webhook-error.js';

/** Options of {@link DiskQueue}. */
export interface DiskQueueOptions {
  /**
   * Milliseconds that a claim lasts if its process cannot be checked, because it runs on another machine or in another container.
   * The queue renews its own claims. Default 60,000.
   */
  leaseMs?: number | undefined;
}

const PART = '.part';

/** Who has claimed a file: nobody, an owner, or somebody whose name cannot be read. */
type Claimant = Owner | 'unknown' | undefined;

/**
 * Stores each event in a file of a folder, flushed to disk before the event counts as accepted. Several processes may share the
 * folder: an event belongs to the process that accepted it, and to another only once that one has died.
 *
 * Events that failed too often are moved to the subfolder `dead-letter`: see {@link deadLetters} and {@link retry}. A damaged file
 * is moved to the subfolder `bad`; a file that is not the queue's is left alone, with a warning.
 *
 * @throws ArgumentError without a folder
 * @example
 * const handler = webhookHandler({ secretHeaders, onEvent, queue: new DiskQueue('/var/lib/shop/hooks') });
 * await handler.resume();
 */
export class DiskQueue implements EventQueue {
  readonly #folder: Folder;
  readonly #deadLetters: DeadLetters;
  readonly #bad: Folder;
  readonly #leaseMs: number;
  readonly #owner = newOwner();
  /** The files of events that this queue has claimed, by their ids. */
  readonly #claimed = new Map<string, FileName>();
  /** Files of pending events as they were last listed. */
  #listed: ReadonlyMap<string, string> = new Map();
  readonly #warned = new Set<string>();
  #renewal: NodeJS.Timeout | undefined;

  constructor(folder: string, options: DiskQueueOptions = {}) {
    if (typeof folder !== 'string' || folder.trim() === '' || folder.includes('\0'))
      throw new ArgumentError("DiskQueue needs the path of a folder: new DiskQueue('/var/lib/shop/hooks').");
    assertKnownOptions(options, { leaseMs: 1 } satisfies Record<keyof DiskQueueOptions, 1>, 'DiskQueue', ArgumentError);
    const { leaseMs = 60_000 } = options;
    if (typeof leaseMs !== 'number' || !(leaseMs >= 1 && leaseMs <= MAX_TIMER_MS))
      throw new ArgumentError(`leaseMs must be a number of milliseconds from 1 to ${MAX_TIMER_MS}.`);
    this.#leaseMs = leaseMs;
    const path = resolve(folder);
    this.#folder = new Folder(path);
    this.#deadLetters = new DeadLetters(new Folder(join(path, 'dead-letter')), (name, what) => this.#warn(name, what));
    this.#bad = new Folder(join(path, 'bad'));
  }

  /** @throws WebhookError with status 503 and the system's `code` if the disk is full or gone; then nothing is stored */
  async push(event: WebhookEvent): Promise<QueuedEvent> {
    const id = `${Date.now().toString(36).padStart(9, '0')}-${randomUUID()}`;
    const file = { id, attempts: 0, owner: this.#owner };
    this.#hold(file);
    try {
      await this.#folder.write(formatName(file), JSON.stringify(event));
    } catch (error) {
      this.#drop(id);
      const message = `The event could not be written to ${this.#folder.path} (${messageOf(error)}). It is not accepted: send it again.`;
      throw new WebhookError(message, 503, { cause: error });
    }
    return { id, event, attempts: 0 };
  }

  async done(id: string): Promise<void> {
    const claimed = this.#claimed.get(id);
    const name = claimed === undefined ? await this.#find(id) : formatName(claimed);
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
    const mine = { ...parsed, owner: this.#owner };
    this.#hold(mine);
    let isMine = false;
    try {
      if (await this.#isFree(name, parsed.owner)) {
        await this.#folder.touch(name); // first: under its new name it must not look abandoned for a moment
        isMine = await this.#folder.rename(name, formatName(mine));
      }
    } finally {
      if (!isMine) this.#drop(id);
    }
    return isMine;
  }

  async release(id: string): Promise<void> {
    const file = this.#claimed.get(id);
    if (file === undefined) return;
    await this.#folder.rename(formatName(file), formatName({ ...file, owner: undefined }));
    this.#drop(id);
  }

  async begin(id: string): Promise<number | undefined> {
    const file = this.#claimed.get(id);
    if (file === undefined) return undefined;
    const next = { ...file, attempts: file.attempts + 1 };
    const isMine = await this.#folder.rename(formatName(file), formatName(next));
    if (isMine) this.#hold(next);
    else this.#drop(id);
    return isMine ? next.attempts : undefined;
  }

  async bury(id: string, error: unknown): Promise<void> {
    const file = this.#claimed.get(id);
    if (file === undefined) return;
    await this.#deadLetters.add(this.#folder, formatName(file), { id, attempts: file.attempts, error });
    this.#drop(id);
  }

  /** Lists the events that failed too often, oldest first. */
  deadLetters(): Promise<readonly DeadLetter[]> {
    return this.#deadLetters.list();
  }

  /** Puts a dead letter back among the pending events, with no attempts made; `false` for an unknown id. `handler.resume()` takes it up. */
  retry(id: string): Promise<boolean> {
    return this.#deadLetters.retry(id, this.#folder);
  }

  /** Reads the event of a file; one that cannot be read is skipped, with a warning. */
  async #read(name: string, parsed: FileName | undefined): Promise<WebhookEvent | undefined> {
    let text: string;
    try {
      text = await this.#folder.read(name);
    } catch (error) {
      // Renamed or done meanwhile: whoever did that has it.
      if (propertyOf(error, 'code') !== 'ENOENT') this.#warn(name, `it cannot be read (${messageOf(error)})`);
      return undefined;
    }
    try {
      if (parsed === undefined) throw new TypeError('its name is not that of an event');
      return eventFromJson(text);
    } catch (error) {
      const reason = text === '' ? 'it is empty' : reasonOf(error);
      const isOurs = parsed !== undefined && isOurId(parsed.id) && (await this.#isFree(name, parsed.owner));
      const isMoved = isOurs && (await this.#setAside(name, reason));
      this.#warn(name, isMoved ? `${reason}; moved to ${this.#bad.path}` : `${reason}; left alone`);
      return undefined;
    }
  }

  /** Whether the file could be moved; one that could not is in nobody's way. */
  async #setAside(name: string, reason: string): Promise<boolean> {
    try {
      if (!(await this.#folder.move(name, this.#bad, name))) return false;
      await this.#bad.note(`${name}${NOTE}`, reason);
      return true;
    } catch {
      return false;
    }
  }

  /** Removes the unfinished file of a process that died while writing it. */
  async #removeLeftover(name: string): Promise<void> {
    const parsed = parseName(name.slice(0, -PART.length));
    if (parsed === undefined || !isOurId(parsed.id) || !(await this.#isFree(name, parsed.owner ?? 'unknown').catch(() => false))) return;
    await this.#folder.remove(name).catch(() => {});
  }

  /** Whether nobody works on the event of a file: it has no owner, or one that has died. */
  async #isFree(name: string, owner: Claimant): Promise<boolean> {
    if (owner === undefined) return true;
    const lives = owner === 'unknown' ? undefined : isAlive(owner);
    if (lives !== undefined) return !lives;
    const touchedAt = await this.#folder.touchedAt(name);
    return touchedAt !== undefined && Date.now() - touchedAt > this.#leaseMs;
  }

  async #find(id: string): Promise<string | undefined> {
    return (await this.#folder.names()).find((name) => parseName(name)?.id === id);
  }

  #hold(file: FileName): void {
    this.#claimed.set(file.id, file);
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
    await Promise.all([...this.#claimed.values()].map((file) => this.#folder.touch(formatName(file)).catch(() => {})));
  }

  #warn(name: string, what: string): void {
    if (this.#warned.has(name)) return;
    this.#warned.add(name);
    warn(`the queue ${this.#folder.path} skips the file ${name}: ${what}.`);
  }
}
