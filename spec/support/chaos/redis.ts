import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RedisServer } from '../redis.js';

/** A Redis server that keeps what it is told in a file, so that it can be killed, or put back to what it was a while ago. */
export class ChaosRedis {
  readonly #folder: string;
  readonly #server: RedisServer;

  private constructor(folder: string, server: RedisServer) {
    this.#folder = folder;
    this.#server = server;
  }

  static async start(): Promise<ChaosRedis> {
    const folder = mkdtempSync(join(tmpdir(), 'chaos-redis-'));
    return new ChaosRedis(folder, await RedisServer.start(['--dir', folder, '--appendonly', 'yes', '--appendfsync', 'everysec']));
  }

  get url(): string {
    return this.#server.url;
  }

  start(): Promise<void> {
    return this.#server.start();
  }

  kill(): Promise<void> {
    return this.#server.stop();
  }

  /** Remembers what is kept now. */
  remember(): void {
    rmSync(this.#copy, { recursive: true, force: true });
    cpSync(join(this.#folder, 'appendonlydir'), this.#copy, { recursive: true });
  }

  /** Kills it and starts it with what was remembered, as after the loss of a machine. */
  async rollBack(): Promise<void> {
    await this.kill();
    if (existsSync(this.#copy)) {
      rmSync(join(this.#folder, 'appendonlydir'), { recursive: true, force: true });
      cpSync(this.#copy, join(this.#folder, 'appendonlydir'), { recursive: true });
    }
    await this.start();
  }

  async stop(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }

  get #copy(): string {
    return join(this.#folder, 'remembered');
  }
}
