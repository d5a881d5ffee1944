/** Starts the app with the settings of its environment: see README.md. */
import { buildApp } from './app.js';
import { loggerFor } from './logger.js';
import { readSettings } from './settings.js';

const settings = readSettings();
const app = await buildApp(settings, loggerFor('info'));
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void app.close());
await app.listen({ host: settings.host, port: settings.port });
