import { Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';

/** Opens the store that the environment names, or the embedded sandbox. */
export async function openStore(): Promise<{ session: Session; isReal: boolean; close(): Promise<void> }> {
  if (process.env['BIGCOMMERCE_STORE_HASH'] !== undefined) {
    console.log(`Working on the real store ${process.env['BIGCOMMERCE_STORE_HASH']}.\n`);
    return { session: Session.fromEnv(), isReal: true, close: async () => {} };
  }
  const sandbox = await Sandbox.start();
  console.log('Working on the embedded sandbox; set BIGCOMMERCE_STORE_HASH and BIGCOMMERCE_ACCESS_TOKEN for a real store.\n');
  return { session: Session.configure(sandbox.credentials), isReal: false, close: () => sandbox.stop() };
}

/** Prints every request of a session with its response, below the call that caused it. */
export function printRequests(session: Session): void {
  session.use(async (request, next) => {
    const query = Object.entries(request.query).map(([name, value]) => `${name}=${value}`);
    const address = `/${request.version}${request.path}${query.length > 0 ? `?${query.join('&')}` : ''}`;
    console.log(`    → ${request.method} ${address}${request.body === undefined ? '' : `  ${JSON.stringify(request.body)}`}`);
    const answer = await next(request);
    console.log(`    ← ${answer.status}${answer.body === undefined ? '' : `  ${shorten(JSON.stringify(answer.body))}`}`);
    return answer;
  });
}

/** Prints a call, runs it, and prints the result. */
export async function show<T>(code: string, run: () => T | PromiseLike<T>, describe: (value: T) => unknown = (value) => value): Promise<T> {
  console.log(`\n${code}`);
  const value = await run();
  const said = describe(value);
  if (said !== undefined) console.log(`    = ${typeof said === 'string' ? said : JSON.stringify(said)}`);
  return value;
}

const shorten = (text: string): string => (text.length > 110 ? `${text.slice(0, 109)}…` : text);
