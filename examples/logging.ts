/** Logs with pino: one line per request, wait, retry and failure. */
import { Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import { Product } from 'bigrecord/v3';
import { pino } from 'pino';

const sandbox = await Sandbox.start();
const log = pino({ level: 'debug', base: undefined, timestamp: false });

// The short way: the session writes the log lines. They never contain headers, bodies or query strings.
const session = Session.configure({ ...sandbox.credentials, retry: { baseMs: 20 }, logger: log });
await Product.find(1);

// The structured way: every event is a plain object without credentials. The error of a failed call has the response, with its headers and
// body, so choose what of it to log.
session.on('response', ({ method, path, status, ms }) => log.info({ method, path, status, ms: Math.round(ms) }, 'response'));
session.on('retry', ({ path, reason }) => log.warn({ path, reason }, 'retry'));
session.on('throttle', ({ path, reason, waitMs }) => log.warn({ path, reason, waitMs }, 'waiting'));
session.on('error', ({ path, error }) => log.error({ path, error: error.name }, 'failed'));

sandbox.fail({ status: 503 });
await Product.update(1, { name: 'Bowl' });
await Product.find(9999).catch(() => {});

await session.close();
await sandbox.stop();
