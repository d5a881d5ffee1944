import { isJsonObject } from '../json-object.js';
import type { WebhookEvent } from './event.js';
import { eventFromJson } from './event-json.js';
import { parseName } from './file-name.js';
import type { Folder } from './folder.js';
import { type DeadLetter, reasonOf } from './queue.js';

/** Ends the name of the note that says why a file is where it is. */
export const NOTE = '.reason';

const EVENT = '.json';

/** The events of a `DiskQueue` that failed too often: a file each, and beside it a note of the last failure. */
export class DeadLetters {
  readonly #folder: Folder;
  readonly #warn: (name: string, what: string) => void;

  /** @param warn called for a file that cannot be read */
  constructor(folder: Folder, warn: (name: string, what: string) => void) {
    this.#folder = folder;
    this.#warn = warn;
  }

  /** Moves an event's file here, with a note of its last failure. */
  async add(queue: Folder, name: string, { id, attempts, error }: { id: string; attempts: number; error: unknown }): Promise<void> {
    if (await queue.move(name, this.#folder, `${id}${EVENT}`))
      await this.#folder.note(`${id}${NOTE}`, JSON.stringify({ attempts, reason: reasonOf(error) }));
  }

  /** Lists them, oldest first. */
  async list(): Promise<readonly DeadLetter[]> {
    const names = (await this.#folder.names()).filter((name) => name.endsWith(EVENT));
    const found = await Promise.all(names.map((name) => this.#read(name)));
    return found.filter((letter) => letter !== undefined);
  }

  /** Moves one back to the queue, with no attempts made; `false` for an unknown id. */
  async retry(id: string, queue: Folder): Promise<boolean> {
    const name = `${id}${EVENT}`;
    if (parseName(name) === undefined) return false;
    if (!(await this.#folder.move(name, queue, name))) return false;
    await this.#folder.remove(`${id}${NOTE}`);
    await this.#folder.removeIfEmpty();
    return true;
  }

  async #read(name: string): Promise<DeadLetter | undefined> {
    const id = name.slice(0, -EVENT.length);
    let event: WebhookEvent;
    try {
      event = eventFromJson(await this.#folder.read(name));
    } catch (error) {
      this.#warn(name, `a dead letter cannot be read (${reasonOf(error)})`);
      return undefined;
    }
    return { id, event, ...(await this.#noteOf(id)) };
  }

  /** The note of a dead letter: nice to have, so nothing that is wrong with it is an error. */
  async #noteOf(id: string): Promise<Pick<DeadLetter, 'attempts' | 'reason'>> {
    const note = await this.#folder
      .read(`${id}${NOTE}`)
      .then((text): unknown => JSON.parse(text))
      .catch(() => undefined);
    const { attempts, reason } = isJsonObject(note) ? note : {};
    return { attempts: typeof attempts === 'number' ? attempts : 0, reason: typeof reason === 'string' ? reason : 'unknown' };
  }
}
