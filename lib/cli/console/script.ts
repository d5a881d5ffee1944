import { EventEmitter } from 'node:events';
import { type REPLServer, Recoverable, start } from 'node:repl';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { reasonOf } from '../../session/safe-call.js';
import { interruption } from '../interruption.js';
import type { Terminal } from '../terminal.js';
import { FailedError, UsageError } from '../usage-error.js';

/** How the value of a script is printed. */
interface ScriptOutput {
  readonly terminal: Terminal;
  readonly isJson: boolean;
}

/**
 * Runs a script as the REPL would, with `await` at its top level, and prints its last value, unless that is `undefined`.
 *
 * @param code the script; default: the standard input
 */
export async function runScript(code: string | undefined, { terminal, isJson }: ScriptOutput): Promise<void> {
  const { happened } = interruption();
  let hasFailed = false;
  const fail = (error: unknown): void => {
    hasFailed = true;
    terminal.warn(`error: unhandled rejection: ${reasonOf(error)}`);
  };
  process.on('unhandledRejection', fail);
  try {
    const value = await Promise.race([
      evaluate(code ?? (await text(process.stdin))),
      happened.then(() => Promise.reject(new Error('Interrupted.'))),
    ]);
    if (isJson) terminal.print(JSON.stringify(value) ?? 'null');
    else if (value !== undefined) terminal.print(typeof value === 'string' ? value : inspect(value, { depth: 4 }));
    await new Promise((resolve) => setImmediate(resolve)); // what a script has left unhandled is told by now
  } finally {
    process.off('unhandledRejection', fail);
  }
  if (hasFailed) throw new FailedError();
}

/** Evaluates code in the global scope, as a REPL does. A value that can be awaited is awaited. */
async function evaluate(code: string): Promise<unknown> {
  const server = start({ input: new PassThrough(), output: new PassThrough(), terminal: false, useGlobal: true, prompt: '' });
  try {
    return await new Promise<unknown>((resolve, reject) => {
      onError(server, reject);
      server.eval(code, server.context, 'script', (error, value: unknown) => (error === null ? resolve(value) : reject(error)));
    });
  } catch (error) {
    throw described(error);
  } finally {
    server.close();
  }
}

/** While Node's REPL runs code in a domain, what the code throws goes there, and not to the callback. */
function onError(server: REPLServer, listener: (error: unknown) => void): void {
  const domain: unknown = Reflect.get(server, '_domain');
  if (domain instanceof EventEmitter) domain.on('error', listener);
}

/** Adds the kind of a mistake to its message. What the library throws says enough. */
function described(error: unknown): unknown {
  const thrown: unknown = error instanceof Recoverable ? error.err : error;
  if (thrown instanceof SyntaxError) return new UsageError(`The script is not valid JavaScript: ${thrown.message}.`);
  if (thrown instanceof TypeError || thrown instanceof ReferenceError)
    return new Error(`${thrown.name}: ${thrown.message}`, { cause: thrown });
  return thrown;
}
