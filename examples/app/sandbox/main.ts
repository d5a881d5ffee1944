/** Starts the app on the sandbox of bigrecord, without an account: `npm run example app`, or `npm run sandbox` in a copy of this folder. */
import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildApp } from '../app.js';
import { loggerFor } from '../logger.js';
import { readSettings } from '../settings.js';
import { startSandbox } from './start-sandbox.js';

const { PORT: port = '4591', SANDBOX_PORT: sandboxPort = '4590' } = process.env;
const url = `http://127.0.0.1:${port}`;
const isInterrupted = new Promise((resolve) => process.once('SIGINT', resolve).once('SIGTERM', resolve));

const sandbox = await startSandbox(sandboxPort, url).catch(fail);
const { origin } = new URL(sandbox.page);
const folder = await mkdtemp(join(tmpdir(), 'bigrecord-app-'));
try {
  const app = await buildApp(
    readSettings({
      ...sandbox.environment,
      APP_URL: url,
      APP_KEY: randomBytes(32).toString('base64'),
      PORT: port,
      DATA_FOLDER: folder,
      FRAME_ANCESTORS: `${origin} ${origin.replace('localhost', '127.0.0.1')}`,
    }),
    loggerFor('warn'),
  );
  try {
    await app.listen({ host: '127.0.0.1', port: Number(port) });
    console.log(`Install and open the app at ${sandbox.page}. Ctrl-C stops it.`);
    await Promise.race([isInterrupted, sandbox.ended]);
  } finally {
    await app.close();
  }
} catch (error) {
  tell(error);
  process.exitCode = 1;
} finally {
  await sandbox.stop();
  await rm(folder, { recursive: true, force: true });
}

function tell(error: unknown): void {
  console.error(error instanceof Error ? error.message : error);
  console.error('If a port is in use, name others: PORT for the app, SANDBOX_PORT for the sandbox.');
}

function fail(error: unknown): never {
  tell(error);
  process.exit(1);
}
