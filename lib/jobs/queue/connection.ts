import type { Cluster, Redis, RedisOptions } from 'ioredis';
import { ArgumentError } from '../../errors/argument-error.js';
import { ConfigurationError } from '../../errors/configuration-error.js';
import { propertyOf } from '../../json-object.js';
import { ioredis } from '../../redis/client.js';
import { bullmq } from '../bullmq.js';

/** A client of ioredis. */
export type Client = Redis | Cluster;

/** Redis: an ioredis client, a `Cluster` too, its options, or an address such as `redis://127.0.0.1:6379`. */
export type RedisConnection = Client | RedisOptions | string;

/** BullMQ, as far as it is used. */
export type BullMq = Pick<typeof import('bullmq'), 'DelayedError' | 'Queue' | 'WaitingChildrenError' | 'Worker'>;

/** @throws ConfigurationError that says what to install */
export function loadBullMq(): BullMq {
  return load(() => bullmq());
}

function load<T>(call: () => T): T {
  try {
    return call();
  } catch (error) {
    if (propertyOf(error, 'code') !== 'MODULE_NOT_FOUND') throw error;
    throw new ConfigurationError(
      'Jobs on Redis need the packages bullmq and ioredis: npm install bullmq ioredis. Without Redis, use job.local().',
    );
  }
}

const isClient = (given: RedisConnection): given is Client =>
  typeof given === 'object' && typeof propertyOf(given, 'duplicate') === 'function';

const isCluster = (client: Client): client is Cluster => client.isCluster;

/**
 * Returns the prefix of BullMQ's keys. On a cluster it has a hash tag, which puts all keys of a queue on one node.
 *
 * @throws ArgumentError on a cluster, for a prefix without a hash tag
 */
export function queuePrefix(client: Client, prefix?: string): string {
  if (!isCluster(client)) return prefix ?? 'bull';
  if (prefix !== undefined && !/\{[^}]+\}/.test(prefix))
    throw new ArgumentError(
      `\`prefix\` needs a hash tag on a Redis cluster, so that the keys of a queue are on one node: '{${prefix}}' instead of '${prefix}'.`,
    );
  return prefix ?? '{bull}';
}

/**
 * Creates a client of a worker, which has to be disconnected: it waits for Redis as long as it is away, as BullMQ demands, until the worker
 * is stopped. What outlives the worker lets BullMQ connect once more.
 */
export function newClient(given: RedisConnection, stop: AbortSignal): Client {
  const client = isClient(given) ? duplicate(given, stop) : create(given, patient(typeof given === 'string' ? {} : given, stop));
  // Commands wait, and nobody would know for what.
  client.on('error', (error) =>
    warn(
      `A worker cannot reach Redis, and waits for it: ${error.message}. Check its address, and whether it runs.`,
      'BIGRECORD_REDIS_AWAY',
    ),
  );
  return client;
}

function duplicate(client: Client, stop: AbortSignal): Client {
  if (!isCluster(client)) return client.duplicate(patient(client.options, stop));
  const { clusterRetryStrategy, redisOptions = {} } = client.options;
  return client.duplicate([], {
    clusterRetryStrategy: untilStopped(stop, clusterRetryStrategy),
    redisOptions: { ...redisOptions, ...patient(redisOptions, stop) },
  });
}

const patient = ({ retryStrategy, sentinelRetryStrategy }: RedisOptions, stop: AbortSignal): RedisOptions => ({
  maxRetriesPerRequest: null,
  retryStrategy: untilStopped(stop, retryStrategy),
  sentinelRetryStrategy: untilStopped(stop, sentinelRetryStrategy),
});

/** The pauses between attempts to connect; without any, those of ioredis. */
type Pauses = NonNullable<RedisOptions['sentinelRetryStrategy']>;

const untilStopped =
  (stop: AbortSignal, pauses: Pauses | null | undefined): Pauses =>
  (times) =>
    stop.aborted ? null : (pauses ?? retryAfterMs)(times);

/** The pauses of ioredis. */
function retryAfterMs(times: number): number {
  return Math.min(times * 50, 2000);
}

/**
 * Returns a client for occasional commands. Created from an address, it does not keep the process alive: it connects again only while
 * somebody waits, see {@link holding}.
 */
export function sharedClient(given: RedisConnection): Client {
  if (isClient(given)) return given;
  const key = JSON.stringify(given);
  const known = shared.get(key);
  if (known !== undefined) return known;
  const retryStrategy = (times: number): number | null => (waiting > 0 ? retryAfterMs(times) : null);
  const client = create(given, { maxRetriesPerRequest: RETRIES, retryStrategy, sentinelRetryStrategy: retryStrategy });
  client.on('error', () => {}); // commands report it
  client.on('connect', () => client.stream.unref());
  shared.set(key, client);
  return client;
}

const shared = new Map<string, Redis>();

/** How many calls of {@link holding} are under way. */
let waiting = 0;

/** Keeps the process alive while it waits for Redis, and connects again what was disconnected while nobody did. */
export async function holding<T>(work: () => Promise<T>): Promise<T> {
  const timer = setInterval(() => {}, HOUR_MS);
  waiting++;
  for (const client of shared.values()) if (client.status === 'end') client.connect().catch(() => {}); // commands report it
  try {
    return await work();
  } catch (error) {
    if (propertyOf(error, 'name') === 'MaxRetriesPerRequestError')
      throw new ConfigurationError('Redis does not respond: check its address, and whether it runs.', { cause: error });
    const message = String(propertyOf(error, 'message'));
    if (/^(MOVED|CROSSSLOT) /.test(message))
      throw new ConfigurationError('This Redis is a cluster: `connection` must be a client of it, new Cluster([…]) of ioredis.', {
        cause: error,
      });
    if (/^(WRONGPASS|NOAUTH) /.test(message))
      throw new ConfigurationError(`Redis refuses the user or the password: ${message}`, { cause: error });
    throw error;
  } finally {
    waiting--;
    clearInterval(timer);
  }
}

/** How often a command of a handle is tried: about ten seconds. */
const RETRIES = 20;
const HOUR_MS = 3_600_000;

function create(given: RedisOptions | string, options: RedisOptions): Redis {
  const { Redis: Client } = load(() => ioredis());
  if (typeof given === 'string') return new Client(given, options);
  if (typeof given === 'object' && given !== null) return new Client({ ...given, ...options });
  throw new ConfigurationError("`connection` must be an ioredis client, its options, or an address such as 'redis://127.0.0.1:6379'.");
}

const watchers = new WeakMap<Client, Set<() => void>>();

/** Calls back whenever the connection of a client ends. One listener serves all. Returns what stops it. */
export function onClose(redis: Client, tell: () => void): () => void {
  const known = watchers.get(redis);
  const all = known ?? new Set();
  if (known === undefined) {
    watchers.set(redis, all);
    redis.on('close', () => {
      for (const each of [...all]) each();
    });
  }
  all.add(tell);
  return () => void all.delete(tell);
}

/** Warns if Redis may lose what it has acknowledged. A host that refuses CONFIG is believed. */
export async function warnOfLosses(redis: Client): Promise<void> {
  try {
    const setting = async (name: string): Promise<string> => String(Object(await redis.config('GET', name))[1] ?? '');
    const policy = await setting('maxmemory-policy');
    if (policy !== '' && policy !== 'noeviction')
      warn(`Redis has maxmemory-policy ${policy}, so it may drop jobs and checkpoints: set it to noeviction.`, 'BIGRECORD_REDIS_EVICTS');
    const isKept = (await setting('appendonly')) === 'yes';
    const fsync = await setting('appendfsync');
    if (!isKept || fsync !== 'always')
      warn(
        `Redis has ${isKept ? `appendfsync ${fsync}` : 'appendonly no'}: if its machine is lost, so are the last ${isKept ? 'seconds' : 'minutes'} of checkpoints.` +
          ' Then changes that depend on the old value (price × 1.1) may be done twice. Set appendonly yes and appendfsync always.',
        'BIGRECORD_REDIS_LOSES',
      );
  } catch {
    // CONFIG is refused by many hosts.
  }
}

const warned = new Set<string>();

/** Warns once in a process, however many workers it starts. */
function warn(message: string, code: string): void {
  if (!warned.has(code)) process.emitWarning(message, { code });
  warned.add(code);
}
