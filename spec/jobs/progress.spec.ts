import { expect } from 'chai';
import { progressOf } from '../../lib/jobs/progress.js';
import { type JobReport, reportOf, type StoreReport } from '../../lib/jobs/report.js';

const storeWith = (store: string, done: number, total: number | undefined): StoreReport => ({
  store,
  total,
  done,
  succeeded: done,
  failed: 0,
  repeated: 0,
  requests: 0,
  state: done === total ? 'completed' : 'running',
});

/** The time that a run takes before its first row is done. */
const PLANNING_MS = 300;

/** Yields the progress of a run whose rows are done at an even pace, after it was planned. */
async function progressAt(
  perSecond: number,
  total: number,
  before = 0,
): Promise<{ rate: number; leftMs: number | undefined; done: number }[]> {
  const began = performance.now();
  const look = async (): Promise<JobReport> => {
    const done = Math.min(total, before + Math.max(0, Math.floor(((performance.now() - began - PLANNING_MS) / 1000) * perSecond)));
    return reportOf('run', done === total ? 'completed' : 'running', [storeWith('abc', done, total)]);
  };
  const seen = [];
  for await (const progress of progressOf(look, ({ state }) => state === 'completed')) seen.push(progress);
  return seen;
}

describe('Progress of jobs', () => {
  it('tells the pace of a run that is young', async () => {
    const seen = await progressAt(1000, 3000);
    const later = seen.filter(({ done }) => done >= 1000);
    expect(later.length).to.be.above(1);
    for (const { rate } of later) expect(rate).to.be.within(500, 1300);
    expect(later.find(({ done }) => done < 3000)?.leftMs).to.be.within(1, 4000);
  });

  it('does not take rows that an earlier process did for its own pace', async () => {
    const seen = await progressAt(1000, 10_500, 10_000);
    for (const { rate } of seen) expect(rate).to.be.below(1500);
  });

  it('knows neither the rows nor the time that is left before stores are planned', async () => {
    const reports = [reportOf('run', 'running', []), reportOf('run', 'completed', [storeWith('abc', 5, 5)])];
    const seen = [];
    for await (const progress of progressOf(
      async () => reports.shift() ?? reportOf('run', 'completed', []),
      ({ state }) => state === 'completed',
    ))
      seen.push(progress);
    expect(seen.map(({ total, leftMs }) => [total, leftMs])).to.eql([
      [undefined, undefined],
      [5, 0],
    ]);
  });
});
