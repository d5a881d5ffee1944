import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A Redis server that keeps what it is told in a file, so that it can be killed, or put back to what it was a while ago. */
export class ChaosRedis {
  readonly port: number;
  readonly #folder = mkdtempSync(join(tmpdir(), 'chaos-redis-'));
  #process: ChildProcess | undefined;

  private constructor(port: number) {
    this.port = port;
  }

  static async start(): Promise<ChaosRedis> {
    const probe = createServer().listen(0, '127.0.0.1');
    await once(probe, 'listening');
    const { port } = probe.address() as AddressInfo;
    probe.close();
    await once(probe, 'close');
    const redis = new ChaosRedis(port);
    await redis.start();
    return redis;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  async start(): Promise<void> {
    const options = { port: this.port, bind: '127.0.0.1', dir: join(this.#folder), appendonly: 'yes', appendfsync: 'everysec', save: '' };
    const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
    const server = spawn('redis-server', args, { stdio: ['ignore', 'pipe', 'ignore'] });
    this.#process = server;
    let log = '';
    for await (const chunk of server.stdout) if ((log += String(chunk)).includes('Ready to accept')) return;
    throw new Error(`redis-server did not start:\n${log}`);
  }

  async kill(): Promise<void> {
    const server = this.#process;
    if (server === undefined || server.exitCode !== null || server.signalCode !== null) return;
    server.kill('SIGKILL');
    await once(server, 'exit');
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
