import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Cluster, Redis } from 'ioredis';
import { REDIS_PASSWORD, RedisServer } from './redis.js';
import { until } from './waiting.js';

/** Several Redis servers in a folder of their own, which end with it. */
export class RedisGroup {
  readonly servers: RedisServer[] = [];
  readonly #folder = mkdtempSync(join(tmpdir(), 'redis-group-'));
  readonly #clients: { disconnect(): void }[] = [];

  /** Three nodes of a cluster, each with a third of the keys. */
  static async cluster(): Promise<RedisGroup> {
    const group = new RedisGroup();
    for (const name of ['a', 'b', 'c'])
      await group.add(['--cluster-enabled', 'yes', '--cluster-config-file', `${name}.conf`, '--cluster-node-timeout', '1000']);
    const [first, ...others] = group.servers.map((server) => group.connect(server));
    for (const { port } of group.servers) await first?.call('CLUSTER', 'MEET', '127.0.0.1', port);
    for (const [at, client] of [first, ...others].entries())
      await client?.call('CLUSTER', 'ADDSLOTSRANGE', Math.ceil((16_384 / 3) * at), Math.ceil((16_384 / 3) * (at + 1)) - 1);
    for (const client of [first, ...others])
      await until(async () => String(await client?.call('CLUSTER', 'INFO')).includes('cluster_state:ok'), 'the cluster');
    return group;
  }

  /** A server and a replica of it, which has all that the server has. */
  static async replicated(): Promise<RedisGroup> {
    const group = new RedisGroup();
    const { port } = await group.add(['--repl-diskless-sync-delay', '0']);
    const replica = await group.add(['--replicaof', '127.0.0.1', String(port)]);
    const client = group.connect(replica);
    await until(async () => (await client.info('replication')).includes('master_link_status:up'), 'the replica');
    return group;
  }

  /** Waits until the replica has all that was written. */
  async caughtUp(): Promise<void> {
    const [server] = this.servers;
    if (server === undefined) return;
    const client = new Redis(server.url);
    await client.set('caught-up', 1);
    await client.wait(1, 10_000);
    client.disconnect();
  }

  async add(options: readonly string[]): Promise<RedisServer> {
    const server = await RedisServer.start(['--dir', this.#folder, '--appendonly', 'no', '--masterauth', REDIS_PASSWORD, ...options]);
    this.servers.push(server);
    return server;
  }

  /** Starts a Sentinel, which lets the replica take the place of a server that is away for 300 ms. Returns how a client finds the one in charge. */
  async watch(): Promise<{ sentinels: { host: string; port: number }[]; name: string; password: string; sentinelPassword: string }> {
    const file = join(this.#folder, 'sentinel.conf');
    const lines = [
      `monitor shop 127.0.0.1 ${this.servers[0]?.port} 1`,
      `auth-pass shop ${REDIS_PASSWORD}`,
      'down-after-milliseconds shop 300',
      'failover-timeout shop 5000',
    ];
    writeFileSync(file, lines.map((line) => `sentinel ${line}\n`).join(''));
    const sentinel = await RedisServer.sentinel(file);
    this.servers.push(sentinel);
    return {
      sentinels: [{ host: '127.0.0.1', port: sentinel.port }],
      name: 'shop',
      password: REDIS_PASSWORD,
      sentinelPassword: REDIS_PASSWORD,
    };
  }

  /** A client of one of the servers. */
  connect(server: RedisServer): Redis {
    return this.#keep(new Redis(server.url));
  }

  /** A client of the cluster. */
  client(): Cluster {
    const [server] = this.servers;
    return this.#keep(new Cluster([{ host: '127.0.0.1', port: server?.port ?? 0 }], { redisOptions: { password: REDIS_PASSWORD } }));
  }

  async stop(): Promise<void> {
    for (const client of this.#clients) client.disconnect();
    await Promise.all(this.servers.map((server) => server.stop()));
    rmSync(this.#folder, { recursive: true, force: true });
  }

  #keep<C extends { disconnect(): void }>(client: C): C {
    this.#clients.push(client);
    return client;
  }
}
