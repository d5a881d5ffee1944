import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { ConfigurationError } from '../../errors/configuration-error.js';
import { propertyOf } from '../../json-object.js';
import { reasonOf } from '../../session/safe-call.js';
import { formatOwner, isAlive, newOwner, parseOwner } from '../../webhooks/owner.js';

/** Locks held in this process. */
const held = new Set<string>();

/** Takes the lock of a checkpoint file. Returns the function that releases it. @throws ConfigurationError if a living process has it */
export function takeLock(checkpoint: string): () => void {
  const path = `${checkpoint}.lock`;
  const mine = formatOwner(newOwner());
  for (;;) {
    if (held.has(path)) throw inUse(checkpoint, process.pid);
    try {
      writeFileSync(path, mine, { flag: 'wx' });
      held.add(path);
      return () => {
        held.delete(path);
        rmSync(path, { force: true });
      };
    } catch (error) {
      const code = propertyOf(error, 'code');
      if (code === 'ENOENT') throw new ConfigurationError(`The folder of the checkpoint ${checkpoint} does not exist: create it first.`);
      if (code !== 'EEXIST')
        throw new ConfigurationError(
          `The checkpoint ${checkpoint} cannot be locked: ${reasonOf(error)}. Choose a folder that can be written to.`,
          {
            cause: error,
          },
        );
    }
    const owner = parseOwner(readOrEmpty(path));
    // A lock of this process that it does not hold is one of an earlier process with the same id, or of a copy of this package.
    if (owner !== undefined && isAlive(owner) !== false && owner.pid !== process.pid) throw inUse(checkpoint, owner.pid);
    rmSync(path, { force: true });
  }
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

const inUse = (checkpoint: string, pid: number): ConfigurationError =>
  new ConfigurationError(
    `The checkpoint ${checkpoint} is in use by process ${pid}. Wait for it, or use another file. If that process runs on another machine and has died, delete ${checkpoint}.lock.`,
  );
