import type { Session } from '../../../lib/index.js';
import type { Step } from '../../../lib/jobs/engine/journal.js';
import { FileJournal } from '../../../lib/jobs/file/file-journal.js';
import { RedisJournal } from '../../../lib/jobs/queue/redis-journal.js';

/** The moments at which a process may be killed. */
export const MOMENTS = ['sending', 'sent', 'answered', 'journalling', 'committed'] as const;

/** Kills this process with SIGKILL when a moment has come for the nth time, as its environment says. */
const { KILL_MOMENT = '', KILL_NUMBER = '1' } = process.env;
let left = Number(KILL_NUMBER);

function at(moment: (typeof MOMENTS)[number]): void {
  if (moment === KILL_MOMENT && --left === 0) process.kill(process.pid, 'SIGKILL');
}

/** Watches the requests of a session. */
export function watchSession(session: Session): Session {
  return session.use(async (request, next) => {
    if (request.method === 'GET') return next(request);
    at('sending');
    const response = next(request);
    setTimeout(() => at('sent'), 6);
    await response.catch(() => {});
    at('answered');
    return response;
  });
}

for (const journal of [RedisJournal, FileJournal]) {
  const { commit } = journal.prototype;
  journal.prototype.commit = async function (this: RedisJournal & FileJournal, step: Step) {
    at('journalling');
    const state = await commit.call(this, step);
    at('committed');
    return state;
  };
}
