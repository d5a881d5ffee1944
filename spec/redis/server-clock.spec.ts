import { expect } from 'chai';
import { ServerClock } from '../../lib/redis/server-clock.js';

describe('the clock of a server', () => {
  /** What the server's clock is thought to be ahead of ours, after answers each of which took so long. */
  const ahead = (samples: readonly (readonly [told: number, asked: number, answered: number])[]): number => {
    const clock = new ServerClock();
    for (const sample of samples) clock.sample(...sample);
    return clock.now - performance.now();
  };

  it('is taken to be what it was half way between question and answer', () => {
    expect(ahead([[5000, 100, 110]])).to.be.closeTo(4895, 1);
  });

  it('is known best by the quickest answer, whatever slower ones say', () => {
    const quick = [5000, 100, 101] as const;
    expect(ahead([[4980, 80, 120], quick, [5030, 110, 150]])).to.be.closeTo(4899.5, 1);
  });

  it('is set anew where ours stood still, as in a machine that slept', () => {
    expect(
      ahead([
        [5000, 100, 101],
        [65_000, 110, 112],
      ]),
    ).to.be.closeTo(64_889, 1);
  });
});
