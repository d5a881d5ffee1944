/** Logs with pino: a line a request, and each wait or failure as a record of its own. */
import { Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import { Product } from 'bigrecord/v3';
import { pino } from 'pino';

const sandbox = await Sandbox.start();
const log = pino({ level: 'debug', base: undefined, timestamp: false });

// The short way: the session writes its own lines. Neither headers nor bodies are ever in them.
const session = Session.configure({ ...sandbox.credentials, retry: { baseMs: 20 }, logger: log });
await Product.find(1);

// The structured way: every event is a plain object without secrets, so it can be logged as it is.
session.on('response', ({ method, path, status, ms }) => log.info({ method, path, status, ms: Math.round(ms) }, 'answered'));
session.on('retry', ({ path, reason }) => log.warn({ path, reason }, 'tried again'));
session.on('throttle', ({ path, reason, waitMs }) => log.warn({ path, reason, waitMs }, 'waits'));
session.on('error', ({ path, error }) => log.error({ path, err: error }, 'failed'));

sandbox.fail({ status: 503 });
await Product.update(1, { name: 'Bowl' });
await Product.find(9999).catch(() => {});

await session.close();
await sandbox.stop();
