import { createHash, randomBytes } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/**
 * The owner of a claimed file, written into its name as `host-pid-start-instance`. A host is a space of process ids, so a container
 * with ids of its own is another host.
 */
export interface Owner {
  readonly host: string;
  readonly pid: number;
  /** When the process started, in ticks since boot; `0` if the system does not tell. */
  readonly start: string;
  readonly instance: string;
}

const HOST = createHash('sha256')
  .update(`${hostname()}\n${attempt(() => readlinkSync('/proc/self/ns/pid')) ?? ''}`)
  .digest('hex')
  .slice(0, 8);

/** Makes a unique owner for this process. */
export const newOwner = (): Owner => ({
  host: HOST,
  pid: process.pid,
  start: startOf(process.pid) ?? '0',
  instance: randomBytes(4).toString('hex'),
});

export const formatOwner = ({ host, pid, start, instance }: Owner): string => [host, pid, start, instance].join('-');

export function parseOwner(text: string): Owner | undefined {
  const match = /^(?<host>[0-9a-f]{8})-(?<pid>\d{1,10})-(?<start>\d{1,20})-(?<instance>[0-9a-f]{8})$/.exec(text);
  if (match?.groups === undefined) return undefined;
  const { host = '', pid, start = '', instance = '' } = match.groups;
  return { host, pid: Number(pid), start, instance };
}

/** Whether the process of an owner is alive; `undefined` if that cannot be told, or the process is alive but the instance may be gone. */
export function isAlive({ host, pid, start }: Owner): boolean | undefined {
  if (host !== HOST) return undefined;
  const running = startOf(pid);
  if (running !== undefined) return running === start ? (pid === process.pid ? undefined : true) : false;
  if (start !== '0') return false;
  return attempt(() => process.kill(pid, 0)) === undefined ? false : undefined;
}

/** The start time of a running process, from Linux's /proc. */
function startOf(pid: number): string | undefined {
  const stat = attempt(() => readFileSync(`/proc/${pid}/stat`, 'utf8'));
  const [state, ...fields] = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
  return state === undefined || state === 'Z' || state === 'X' ? undefined : fields[18];
}

function attempt<T>(call: () => T): T | undefined {
  try {
    return call();
  } catch {
    return undefined;
  }
}
