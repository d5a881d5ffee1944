import { Session } from '../../model/session.js';
import type { SessionOptions } from '../../session/options.js';
import { UsageError } from '../usage-error.js';
import { environmentWith, missingVariables } from './environment.js';
import { refuseWrites } from './read-only.js';

/** The options that `addStoreOptions` and `addWriteOption` add. */
export interface StoreOptions {
  readonly sandbox?: boolean;
  readonly seed?: string;
  readonly dotenv?: string;
  readonly write?: boolean;
}

/** The store that a command works on. */
export interface OpenStore {
  /** Its session. It is the default session too, so that `Product.find(1)` uses it. */
  readonly session: Session;
  readonly isSandbox: boolean;
  /** Whether writes are refused before they are sent. */
  readonly isReadOnly: boolean;
  /** How texts call it: `store abc123`, `the sandbox`. */
  readonly name: string;
  /** Tells it from other stores, also from those of another sandbox: work is only continued on the same. */
  readonly identity: string;
  /** Closes the session, and stops the sandbox. With `abort`, requests under way are given up. */
  close(options?: { abort?: boolean }): Promise<void>;
}

/**
 * Opens the store that the options name: an embedded one, or that of the environment. A real one is read-only without `--write`.
 *
 * @param more options of the session
 * @throws UsageError if no store is given; ConfigurationError if a credential is malformed, or a package is missing
 */
export async function openStore(options: StoreOptions, more: SessionOptions = {}): Promise<OpenStore> {
  const { sandbox = false, seed, dotenv, write = false } = options;
  if (sandbox && dotenv !== undefined)
    throw new UsageError('Give either --sandbox or --dotenv: an embedded store has its own credentials.');
  if (sandbox) return openSandbox(seed, more);
  if (seed !== undefined) throw new UsageError('--seed is for an embedded store: give --sandbox too.');
  const env = environmentWith(dotenv);
  const missing = missingVariables(env);
  if (missing !== undefined) throw new UsageError(missing);
  const session = Session.fromEnv(more, env);
  if (!write) session.use(refuseWrites);
  return {
    session,
    isSandbox: false,
    isReadOnly: !write,
    name: `store ${session.storeHash}`,
    identity: [`store ${session.storeHash}`, env['BIGCOMMERCE_API_URL']].filter(Boolean).join(' at '),
    close: (how) => session.close(how),
  };
}

async function openSandbox(seed = 'demo', more: SessionOptions): Promise<OpenStore> {
  const { Sandbox } = await import('../../sandbox/index.js');
  const store = await Sandbox.start({ seed, port: false });
  const session = Session.configure({ ...store.credentials, ...more });
  return {
    session,
    isSandbox: true,
    isReadOnly: false,
    name: 'the sandbox',
    identity: `the sandbox with seed ${seed}`,
    async close(how) {
      await session.close(how);
      await store.stop();
    },
  };
}
