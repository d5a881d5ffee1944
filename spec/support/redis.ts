import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { Redis } from 'ioredis';

export const hasRedis = (): boolean => spawnSync('redis-server', ['--version']).status === 0;

/** Easy to find wherever it should not be. */
export const REDIS_PASSWORD = 'canary-redis-41d7';

/** A Redis server of its own, that keeps nothing unless it is told to. */
export class RedisServer {
  #process: ChildProcess | undefined;

  private constructor(
    readonly port: number,
    readonly persistence: readonly string[],
  ) {}

  static async start(persistence: readonly string[] = ['--appendonly', 'no']): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), persistence);
    await server.start();
    return server;
  }

  /** A Sentinel, which keeps what it learns in its file. */
  static async sentinel(file: string): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), []);
    await server.#run([file, '--sentinel', ...server.#place], '+monitor');
    return server;
  }

  get url(): string {
    return `redis://:${REDIS_PASSWORD}@127.0.0.1:${this.port}`;
  }

  get pid(): number | undefined {
    return this.#process?.pid;
  }

  async start(): Promise<void> {
    await this.#run([...this.#place, '--save', '', ...this.persistence], 'Ready to accept');
  }

  get #place(): string[] {
    return ['--port', String(this.port), '--bind', '127.0.0.1', '--requirepass', REDIS_PASSWORD];
  }

  /** Starts the process, and waits until its log has this text. */
  async #run(args: readonly string[], ready: string): Promise<void> {
    const process = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] });
    this.#process = process;
    let log = '';
    for await (const chunk of process.stdout as AsyncIterable<Buffer>) if ((log += chunk).includes(ready)) break;
    if (!log.includes(ready)) throw new Error(`redis-server did not start:\n${log}`);
  }

  /** It stops to answer, without closing a connection. */
  freeze(): void {
    this.#process?.kill('SIGSTOP');
  }

  async stop(): Promise<void> {
    const running = this.#process;
    if (running === undefined || running.exitCode !== null || running.signalCode !== null) return;
    running.kill('SIGKILL');
    await once(running, 'exit');
  }
}

/** A Redis server for the specs of the surrounding block, empty for each, and a client of it. Without one they are skipped. */
export function useRedis(): { server: RedisServer; client: Redis } {
  const context = {} as { server: RedisServer; client: Redis };
  before(async function () {
    if (!hasRedis()) this.skip();
    context.server = await RedisServer.start();
    context.client = new Redis(context.server.url);
  });
  after(async () => {
    context.client?.disconnect();
    await context.server?.stop();
  });
  beforeEach(async () => {
    await context.client.flushall();
  });
  return context;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
