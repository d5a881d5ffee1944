import { Session } from '../../../lib/index.js';
import { startWorker } from '../../../lib/jobs/index.js';
import { CHAOS_JOBS } from './jobs.js';
import { watchSession } from './killer.js';

/** A worker of a chaos run, in a process of its own: `worker.js <redis> <store>`. */
const [, , connection = '', baseUrl = ''] = process.argv;
process.removeAllListeners('warning');
process.on('warning', () => {});
const sessions = new Map<string, Session>();

startWorker({
  jobs: Object.values(CHAOS_JOBS),
  connection,
  stores: {
    session(storeHash) {
      const known = sessions.get(storeHash);
      if (known !== undefined) return known;
      const session = watchSession(new Session({ storeHash, accessToken: 'token', baseUrl, timeout: 2_000 }));
      sessions.set(storeHash, session);
      return session;
    },
  },
  concurrency: 2,
  lockMs: 2_500,
  sliceMs: 300,
  inFlightMs: 300,
});
process.on('disconnect', () => process.exit());
process.send?.('ready');
