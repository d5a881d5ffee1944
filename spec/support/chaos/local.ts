import { Session } from '../../../lib/index.js';
import { CHAOS_JOBS, CHAOS_KINDS } from './jobs.js';
import { watchSession } from './killer.js';

/** Runs the jobs of chaos without Redis, in a process of its own: `local.js <folder> <store> <count>`. */
const [, , folder = '', baseUrl = '', count = '0'] = process.argv;
const reports = await Promise.all(
  CHAOS_KINDS.map(async (kind) => {
    const session = watchSession(new Session({ storeHash: kind, accessToken: 'token', baseUrl, timeout: 2_000 }));
    const report = await CHAOS_JOBS[kind].local({
      session,
      params: { count: Number(count) },
      checkpoint: `${folder}/${kind}.ndjson`,
      inFlightMs: 150,
    });
    return [kind, report] as const;
  }),
);
process.send?.(Object.fromEntries(reports), () => process.exit());
