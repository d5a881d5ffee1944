import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server } from 'node:net';
import type { RedisServer } from './redis.js';

/** A line to a Redis server that fails at a moment of choice, as if the server had been killed then. */
export class RedisProxy {
  readonly #server: Server;
  #target: RedisServer;
  readonly #lines = new Set<() => void>();
  #text: string | undefined;
  #change: (reply: Buffer) => Buffer | undefined = () => undefined;

  private constructor(target: RedisServer) {
    this.#target = target;
    this.#server = createServer((client) => {
      const redis = connect(this.#target.port, '127.0.0.1');
      let change: ((reply: Buffer) => Buffer | undefined) | undefined;
      const end = (): void => {
        client.destroy();
        redis.destroy();
        this.#lines.delete(end);
      };
      this.#lines.add(end);
      for (const socket of [client, redis]) socket.on('error', end).on('close', end);
      client.on('data', (commands) => {
        if (this.#text !== undefined && commands.includes(this.#text)) {
          this.#text = undefined;
          change = this.#change;
        }
        redis.write(commands);
      });
      redis.on('data', (reply) => {
        const changed = change === undefined ? reply : change(reply);
        change = undefined;
        if (changed !== undefined) return void client.write(changed);
        client.write(reply.subarray(0, reply.length / 2), end);
      });
    }).listen(0, '127.0.0.1');
  }

  static async start(target: RedisServer): Promise<RedisProxy> {
    const proxy = new RedisProxy(target);
    await once(proxy.#server, 'listening');
    return proxy;
  }

  get url(): string {
    return this.#target.url.replace(String(this.#target.port), String((this.#server.address() as AddressInfo).port));
  }

  /** Ends the connection when half of the reply to the first commands with this text has arrived. */
  cutReplyTo(text: string): void {
    this.#text = text;
    this.#change = () => undefined;
  }

  /** Replaces the reply to the first commands with this text. */
  replyTo(text: string, reply: string): void {
    this.#text = text;
    this.#change = () => Buffer.from(reply);
  }

  /** Ends all connections. From now on another server is at the other end. */
  leadTo(target: RedisServer): void {
    this.#target = target;
    for (const end of [...this.#lines]) end();
  }

  /** Whether what was asked for has happened. */
  get isDone(): boolean {
    return this.#text === undefined;
  }

  async stop(): Promise<void> {
    this.#server.close();
  }
}
