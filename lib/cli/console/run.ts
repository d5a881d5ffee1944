import { openStore, type StoreOptions } from '../store/open-store.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';
import { startRepl } from './repl.js';
import { printRequests } from './request-lines.js';
import { makeGlobal, scopeOf } from './scope.js';
import { runScript } from './script.js';
import { takeSecrets } from './secrets.js';
import { showRecords } from './show-records.js';

/** The options of `bigrecord console`. */
export interface ConsoleOptions extends StoreOptions {
  readonly eval?: string;
  readonly require?: readonly string[];
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** Runs `bigrecord console`: a REPL on a terminal, otherwise the script of `--eval` or of the standard input. */
export async function run(options: ConsoleOptions, terminal: Terminal): Promise<void> {
  const isScript = options.eval !== undefined || !process.stdin.isTTY;
  if (options.json === true && !isScript) throw new UsageError('--json is for scripts: give --eval, or a script on the standard input.');
  const store = await openStore(options);
  try {
    const secrets = takeSecrets(options.dotenv);
    makeGlobal(scopeOf(store.session, options.require ?? []));
    showRecords();
    if (!isScript) {
      await startRepl({ store, terminal, secrets, isQuiet: options.quiet === true });
      return;
    }
    if (options.quiet !== true) printRequests(store.session, terminal.warn, (_colour, text) => text);
    await runScript(options.eval, { terminal, isJson: options.json === true });
  } finally {
    await store.close({ abort: true });
  }
}
