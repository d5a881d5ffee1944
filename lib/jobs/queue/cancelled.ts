import { decode } from '../engine/intent.js';
import { START } from '../engine/journal.js';
import type { RetriedFailure } from '../engine/task.js';
import { resent, runScript } from './commands.js';
import type { RunStore } from './run-store.js';
import { END_PART } from './scripts.js';

/** Ends what a cancelled run has left: no worker may go on with it when the run is opened again. */
export async function endRest(run: RunStore): Promise<void> {
  for (const store of (await run.plans()).keys()) {
    const plan = await run.keepPlan(store, { parts: [] });
    for (const { part, checkpoint } of await run.parts(new Map([[store, plan]]))) {
      if (checkpoint.isEnded === true) continue;
      const seen = checkpoint === START ? '' : JSON.stringify(checkpoint);
      await runScript(run.redis, END_PART, [run.keys.part(store, part.n)], [seen, JSON.stringify({ ...checkpoint, isEnded: true })]);
    }
    await run.endStore(store);
  }
}

/** Gives the rows that a cancelled retry has left back to the failures of the run. */
export async function giveBack(run: RunStore): Promise<void> {
  const { redis, keys } = run;
  for (const { store, part, checkpoint } of await run.parts(await run.plans())) {
    if (part.mode !== 'retry') continue;
    const list = keys.retry(store, part.n);
    const left = (await redis.lrange(list, checkpoint.last, -1)).map((text) => decode<RetriedFailure>(text).id);
    if (left.length === 0) continue;
    await resent(() => {
      const step = redis.multi().call('srem', [keys.retried, ...left]);
      return (checkpoint.last === 0 ? step.del(list) : step.ltrim(list, 0, checkpoint.last - 1)).exec();
    });
  }
}
