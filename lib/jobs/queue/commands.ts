import { propertyOf } from '../../json-object.js';
import { digestOf, isUnknownScript } from '../../redis/script-digest.js';
import type { Client } from './connection.js';

/** How often commands are sent at most. */
const MOST_ATTEMPTS = 5;

/**
 * Sends commands again if the connection ended when Redis had answered some of them: the client does not do that itself. For commands that
 * may be carried out twice.
 */
export async function resent<T>(work: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await work();
    } catch (error) {
      if (propertyOf(error, 'name') !== 'AbortError' || attempt >= MOST_ATTEMPTS) throw error;
    }
  }
}

/** Sends commands in one round trip, which may be sent twice. Returns the replies. @throws the error of the first command that failed */
export function pipelined(redis: Client, fill: (pipeline: ReturnType<Client['pipeline']>) => void): Promise<unknown[]> {
  return resent(async () => {
    const pipeline = redis.pipeline();
    fill(pipeline);
    const replies = (await pipeline.exec()) ?? [];
    for (const [error] of replies) if (error !== null) throw error;
    return replies.map(([, reply]) => reply);
  });
}

/** Runs a script by its digest; sends the script itself if Redis does not have it. */
export async function runScript(
  redis: Client,
  script: string,
  keys: readonly string[],
  args: readonly (string | number)[],
): Promise<unknown> {
  // In one array: JavaScript takes no more than some 100,000 arguments.
  const rest = [keys.length, ...keys, ...args];
  try {
    return await redis.call('evalsha', [digestOf(script), ...rest]);
  } catch (error) {
    if (!isUnknownScript(error)) throw error;
    return redis.call('eval', [script, ...rest]);
  }
}
