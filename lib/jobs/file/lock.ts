import { existsSync, linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { ConfigurationError } from '../../errors/configuration-error.js';
import { propertyOf } from '../../json-object.js';
import { reasonOf } from '../../session/safe-call.js';
import { formatOwner, isAlive, newOwner, type Owner, parseOwner } from '../../webhooks/owner.js';

/** Locks held in this process. */
const held = new Set<string>();

/**
 * Takes the lock of a checkpoint file. Returns the function that releases it.
 *
 * @throws ConfigurationError if a living process has it, or it cannot be written
 */
export function takeLock(checkpoint: string): () => void {
  const path = `${resolve(checkpoint)}.lock`;
  const mine = formatOwner(newOwner());
  try {
    for (;;) {
      if (held.has(path)) throw inUse(checkpoint, process.pid);
      if (createWhole(path, mine)) break;
      const seen = readOrEmpty(path);
      const owner = livingOwner(seen);
      // A lock of this process that it does not hold is one of an earlier process with the same id, or of a copy of this package.
      if (owner !== undefined && owner.pid !== process.pid) throw inUse(checkpoint, owner.pid);
      if (existsSync(path) && takeOver(path, seen, mine, checkpoint)) break;
    }
  } catch (error) {
    throw error instanceof ConfigurationError ? error : notLocked(checkpoint, error);
  }
  held.add(path);
  return () => {
    held.delete(path);
    rmSync(path, { force: true });
  };
}

/** Creates a file together with its content, so that nobody sees it empty. Returns `false` if it is there already. */
function createWhole(path: string, text: string): boolean {
  const draft = `${path}.${text}`;
  try {
    writeFileSync(draft, text);
    linkSync(draft, path);
    return true;
  } catch (error) {
    const code = propertyOf(error, 'code');
    if (code === 'EEXIST') return false;
    if (typeof code !== 'string' || !NO_LINKS.has(code)) throw error;
    return createInSteps(path, text);
  } finally {
    rmSync(draft, { force: true });
  }
}

/** The error codes of file systems without hard links. */
const NO_LINKS: ReadonlySet<string> = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK', 'EISDIR']);

/** Does the same where there are no hard links: for a moment the file is empty. */
function createInSteps(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: 'wx' });
    return true;
  } catch (error) {
    if (propertyOf(error, 'code') === 'EEXIST') return false;
    throw error;
  }
}

/**
 * Takes the lock of a process that has died. Of several processes that see it, only one may replace it, and never a lock that another has
 * taken meanwhile: whoever creates a second file may. Returns whether the lock was still the one that was seen.
 *
 * @throws ConfigurationError if a living process is taking it
 */
function takeOver(path: string, seen: string, mine: string, checkpoint: string): boolean {
  const claim = `${path}.next`;
  if (!createWhole(claim, mine)) {
    const owner = livingOwner(readOrEmpty(claim));
    if (owner !== undefined) throw inUse(checkpoint, owner.pid);
    rmSync(claim, { force: true });
    return false;
  }
  try {
    if (!existsSync(path) || readOrEmpty(path) !== seen) return false;
    const draft = `${path}.${mine}`;
    writeFileSync(draft, mine);
    renameSync(draft, path);
    return true;
  } finally {
    rmSync(claim, { force: true });
  }
}

function livingOwner(text: string): Owner | undefined {
  const owner = parseOwner(text);
  return owner !== undefined && isAlive(owner) !== false ? owner : undefined;
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

function notLocked(checkpoint: string, error: unknown): ConfigurationError {
  if (propertyOf(error, 'code') === 'ENOENT')
    return new ConfigurationError(`The folder of the checkpoint ${checkpoint} does not exist: create it first.`);
  return new ConfigurationError(
    `The checkpoint ${checkpoint} cannot be locked: ${reasonOf(error)}. Choose a folder that can be written to.`,
    {
      cause: error,
    },
  );
}
