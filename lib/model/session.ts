import { BULK_OPTIONS, type BulkOptions, type BulkRun, type Source } from '../bulk/bulk-run.js';
import { saveMixed } from '../bulk/bulk-writes.js';
import { ConfigurationError } from '../errors/configuration-error.js';
import { currentSession, setDefaultSession } from '../session/current.js';
import type { SessionOptions } from '../session/options.js';
import { StoreSession } from '../session/session.js';
import { checkCall } from '../transport/request.js';

/**
 * Connects to one store: its credentials, its connections, its policies.
 *
 * Credentials live in private fields: no session, record or error shows them when it is printed or serialised.
 *
 * @example
 * Session.configure({ storeHash: 'abc123', accessToken: '…' });
 * const other = new Session({ storeHash: 'def456', accessToken: '…' });
 * await other.run(async () => (await Product.find(1)).name);
 */
export class Session extends StoreSession {
  /** Creates and returns the default session, which is used if no other one is. A second call replaces it; records keep theirs. */
  static configure(options: SessionOptions): Session {
    const session = new Session(options);
    setDefaultSession(session);
    return session;
  }

  /**
   * Configures the default session from the environment: `BIGCOMMERCE_STORE_HASH`, `BIGCOMMERCE_ACCESS_TOKEN`,
   * `BIGCOMMERCE_CLIENT_ID`, `BIGCOMMERCE_API_URL`; `options` take precedence.
   */
  static fromEnv(options: SessionOptions = {}, env: Readonly<Record<string, string | undefined>> = process.env): Session {
    return Session.configure({
      storeHash: env['BIGCOMMERCE_STORE_HASH'] || undefined,
      accessToken: env['BIGCOMMERCE_ACCESS_TOKEN'] || undefined,
      clientId: env['BIGCOMMERCE_CLIENT_ID'] || undefined,
      baseUrl: env['BIGCOMMERCE_API_URL'] || undefined,
      ...options,
    });
  }

  /**
   * The current session: that of the surrounding `run()`, or the configured one.
   *
   * @throws ConfigurationError if there is none
   */
  static get default(): Session {
    const session = currentSession();
    if (session instanceof Session) return session;
    throw new ConfigurationError(
      'The current session is a StoreSession, not a Session. Create it with Session.configure() or new Session().',
    );
  }

  /**
   * Saves records of any models, in as few requests as the API allows: parents before children.
   *
   * @example
   * const { failed } = await session.saveAll([product, image, customer]);
   */
  saveAll<T extends object>(records: Source<T>, options: BulkOptions = {}): BulkRun<T> {
    checkCall('saveAll()', options, BULK_OPTIONS);
    return this.run(() => saveMixed(records, options));
  }
}
