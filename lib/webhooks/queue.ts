import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, unlink } from 'node:fs/promises';
import { join } from 'node:path';
import { type EventInit, WebhookEvent } from './event.js';

/** An accepted event that is still to be worked on. */
export interface QueuedEvent {
  /** Names it in the queue. */
  readonly id: string;
  readonly event: WebhookEvent;
}

/** Where accepted events wait. What `push` has accepted must not be lost; `done` is said when it has been worked on. */
export interface EventQueue {
  push(event: WebhookEvent): Promise<QueuedEvent>;
  done(id: string): Promise<void>;
  /** What was accepted and is not done: after a restart, what the last process left. */
  pending(): Promise<readonly QueuedEvent[]>;
}

/** Keeps events in memory: they are lost with the process. */
export class MemoryQueue implements EventQueue {
  readonly #events = new Map<string, QueuedEvent>();

  async push(event: WebhookEvent): Promise<QueuedEvent> {
    const queued = { id: randomUUID(), event };
    this.#events.set(queued.id, queued);
    return queued;
  }

  async done(id: string): Promise<void> {
    this.#events.delete(id);
  }

  async pending(): Promise<readonly QueuedEvent[]> {
    return [...this.#events.values()];
  }
}

const ENDING = '.json';

/** Keeps each event in a file of a folder, written through to the disk before it counts as accepted. */
export class DiskQueue implements EventQueue {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  async push(event: WebhookEvent): Promise<QueuedEvent> {
    await mkdir(this.#folder, { recursive: true });
    const id = `${Date.now().toString(36).padStart(9, '0')}-${randomUUID()}`;
    const path = join(this.#folder, `${id}${ENDING}`);
    const file = await open(`${path}.part`, 'wx');
    try {
      await file.writeFile(JSON.stringify(event));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(`${path}.part`, path);
    return { id, event };
  }

  async done(id: string): Promise<void> {
    await unlink(join(this.#folder, `${id}${ENDING}`)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error;
    });
  }

  async pending(): Promise<readonly QueuedEvent[]> {
    const files = await readdir(this.#folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT') throw error; // no folder yet: nothing was ever accepted
      return [] as string[];
    });
    const names = files.filter((file) => file.endsWith(ENDING)).sort();
    return Promise.all(
      names.map(async (file) => ({ id: file.slice(0, -ENDING.length), event: revive(await readFile(join(this.#folder, file), 'utf8')) })),
    );
  }
}

function revive(text: string): WebhookEvent {
  const init = JSON.parse(text) as EventInit & { createdAt?: string };
  return new WebhookEvent({ ...init, createdAt: init.createdAt === undefined ? undefined : new Date(init.createdAt) });
}
