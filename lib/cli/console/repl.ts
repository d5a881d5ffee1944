import { clearLine, cursorTo } from 'node:readline';
import { type REPLServer, start } from 'node:repl';
import { inspect } from 'node:util';
import { VERSION } from '../../copies.js';
import { reasonOf } from '../../session/safe-call.js';
import { preparePrivate, stateFile } from '../state-file.js';
import type { OpenStore } from '../store/open-store.js';
import type { Terminal } from '../terminal.js';
import { addCommands } from './commands.js';
import { completeModels } from './completion/complete.js';
import { printRequests } from './request-lines.js';
import { isSecretLine } from './secret-lines.js';
import { withoutSecrets } from './secrets.js';

/** What a REPL works with. */
export interface ReplSetting {
  readonly store: OpenStore;
  readonly terminal: Terminal;
  /** Texts that are never shown nor kept. */
  readonly secrets: readonly string[];
  /** Whether requests are not printed. */
  readonly isQuiet: boolean;
}

/** Runs a REPL until somebody ends it. */
export async function startRepl({ store, terminal, secrets, isQuiet }: ReplSetting): Promise<void> {
  const { paint } = terminal;
  terminal.print(welcome(store));
  const server = start({
    prompt: promptOf(store),
    useGlobal: true,
    ignoreUndefined: true,
    preview: false,
    breakEvalOnSigint: true,
    writer: (value: unknown) => withoutSecrets(shown(value, paint('dim', '.') !== '.'), secrets),
  });
  const requests = { areShown: !isQuiet };
  const print = printerBeside(server, terminal);
  printRequests(store.session, (line) => requests.areShown && print(line), paint);
  completeModels(server);
  addCommands(server, requests);
  keepHistory(server, secrets);
  const unhandled = (error: unknown): void => print(`${paint('red', 'Unhandled rejection')}: ${shown(error, false)}`);
  process.on('unhandledRejection', unhandled).on('uncaughtException', unhandled);
  await new Promise<void>((resolve) => server.once('exit', resolve));
  process.off('unhandledRejection', unhandled).off('uncaughtException', unhandled);
  // Timers and sockets of what was typed do not hold the process.
  setTimeout(() => process.exit(), 500).unref();
}

function welcome({ name, isSandbox, isReadOnly }: OpenStore): string {
  const rights = isSandbox
    ? 'an embedded store with demo data; it is gone when you leave'
    : isReadOnly
      ? 'read-only: start it with --write to allow writes'
      : 'writes are allowed: they change the real store';
  return (
    `bigrecord ${VERSION} on ${name} (${rights}).\n` +
    'await v3.Product.find(1), v2.Order, or bare names (V3 first); Tab completes, .help explains, Ctrl-D ends.'
  );
}

const promptOf = ({ session, isSandbox, isReadOnly }: OpenStore): string =>
  `${isSandbox ? 'sandbox' : session.storeHash}${isSandbox || isReadOnly ? '' : ' (write)'}> `;

/** Shows a value; errors by what they say, since their stack is that of the console. */
function shown(value: unknown, colors: boolean): string {
  if (!(value instanceof Error)) return inspect(value, { colors, depth: 4 });
  const details = Object.entries(value).filter(([name, detail]) => SHOWN_DETAILS.has(name) && detail !== undefined);
  return [
    `${value.name}: ${reasonOf(value)}`,
    ...details.map(([name, detail]) => `  ${name}: ${inspect(detail, { colors, depth: 4 })}`),
  ].join('\n');
}

const SHOWN_DETAILS = new Set(['errors', 'fieldErrors', 'requestId', 'retryAfterMs', 'missing']);

/** Returns a function that prints a line; while somebody types, above the prompt, which is drawn again. */
function printerBeside(server: REPLServer, terminal: Terminal): (line: string) => void {
  let isEvaluating = false;
  const { eval: evaluate, displayPrompt } = server;
  const replace = (name: 'eval' | 'displayPrompt', isNowEvaluating: boolean, original: (...args: never[]) => void): void =>
    void Object.defineProperty(server, name, {
      value(...args: unknown[]) {
        isEvaluating = isNowEvaluating;
        Reflect.apply(original, server, args);
      },
    });
  replace('eval', true, evaluate);
  replace('displayPrompt', false, displayPrompt);
  return (line) => {
    if (isEvaluating || !process.stdout.isTTY) {
      terminal.print(line);
      return;
    }
    cursorTo(process.stdout, 0);
    clearLine(process.stdout, 0);
    terminal.print(line);
    server.displayPrompt(true);
  };
}

/** Keeps the lines that are typed, for the next console. */
function keepHistory(server: REPLServer, secrets: readonly string[]): void {
  const file = stateFile('console-history');
  if (!preparePrivate(file)) return;
  server.on('history', (lines: string[]) => {
    for (let at = lines.length - 1; at >= 0; at--) if (isSecretLine(lines[at] ?? '', secrets)) lines.splice(at, 1);
  });
  server.setupHistory(file, () => {});
}
