/**
 * Ends what a failed spec leaves open, so that mocha exits by itself then too. When all specs have passed, nothing may be left.
 */
import type { ChildProcess } from 'node:child_process';
import { subscribe } from 'node:diagnostics_channel';
import { Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import type { Context, RootHookObject } from 'mocha';

const open = { servers: new Set<Server>(), children: new Set<ChildProcess>(), sockets: new Set<Socket>(), clients: new Set<Redis>() };
type Open = typeof open;

const { listen } = Server.prototype;
Server.prototype.listen = function (this: Server, ...args: unknown[]): Server {
  open.servers.add(this);
  this.once('close', () => open.servers.delete(this));
  return Reflect.apply(listen, this, args);
};

const { connect, disconnect } = Redis.prototype;
Redis.prototype.connect = function (this: Redis, ...args) {
  open.clients.add(this);
  this.once('end', () => open.clients.delete(this));
  return connect.apply(this, args);
};

Redis.prototype.disconnect = function (this: Redis, reconnect) {
  disconnect.call(this, reconnect);
  // One that was about to connect again does not do so, and has no other end.
  if (reconnect !== true && this.status === 'reconnecting') open.clients.delete(this);
};

subscribe('child_process', (message) => {
  const { process } = message as { process: ChildProcess };
  open.children.add(process);
  process.once('exit', () => open.children.delete(process));
  process.once('error', () => open.children.delete(process));
});

for (const channel of ['net.client.socket', 'net.server.socket'])
  subscribe(channel, (message) => {
    const { socket } = message as { socket: Socket };
    open.sockets.add(socket);
    socket.once('close', () => open.sockets.delete(socket));
  });

/** The service of esbuild lives as long as we do, and keeps nobody alive. */
const isOurs = ({ spawnfile }: ChildProcess): boolean => !spawnfile?.includes('esbuild');

const now = (): Open => ({
  servers: new Set(open.servers),
  children: new Set(open.children),
  sockets: new Set(open.sockets),
  clients: new Set(open.clients),
});

function end(before: Open): void {
  for (const client of open.clients)
    if (!before.clients.has(client)) {
      client.disconnect();
      open.clients.delete(client);
    }
  for (const child of open.children) if (!before.children.has(child) && isOurs(child)) child.kill('SIGKILL');
  for (const server of open.servers) if (!before.servers.has(server)) server.close();
  for (const socket of open.sockets) if (!before.sockets.has(socket)) socket.destroy();
}

const leftOpen = (): string[] => [
  ...[...open.servers].map((server) => `a server at ${JSON.stringify(server.address())}`),
  ...[...open.children].filter(isOurs).map(({ spawnargs }) => `a process: ${spawnargs.join(' ')}`),
  ...[...open.clients].map(({ status, options: { host, port } }) => `a client of Redis at ${host}:${port} that is ${status}`),
];

const AT_FIRST = now();
let before = AT_FIRST;
let hasFailed = false;

export const mochaHooks: RootHookObject = {
  beforeEach() {
    before = now();
  },
  afterEach(this: Context) {
    if (this.currentTest?.state !== 'failed') return;
    hasFailed = true;
    end(before);
  },
  async afterAll(this: Context) {
    // What was told to end does so a moment later.
    for (const began = Date.now(); Date.now() - began < 5000 && leftOpen().length > 0; ) await sleep(20);
    const left = leftOpen();
    end(AT_FIRST);
    const specs = this.test?.parent?.suites.map(({ title }) => title).join('; ');
    if (!hasFailed && left.length > 0) throw new Error(`The specs (${specs}) left open: ${left.join('; ')}.`);
  },
};
