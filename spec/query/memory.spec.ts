import { fork } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { run } from '../support/run.js';

const FOLDER = join(dirname(fileURLToPath(import.meta.url)), '../support/streaming');

/** What the process takes besides its heap. */
const BASE = 60_000_000;

describe('streaming', function () {
  this.timeout(180_000);

  for (const [what, more] of [
    ['read', 150_000],
    ['write', 80_000],
  ] as const) {
    it(`keeps memory flat: to ${what} ${more} records takes hardly more than 10,000`, async () => {
      const peak = async (total: number): Promise<number> => {
        const server = fork(join(FOLDER, 'server.js'), [String(total)], { execArgv: [] });
        const [port] = (await once(server, 'message')) as [number];
        const { stdout } = await run(process.execPath, ['--expose-gc', join(FOLDER, 'client.js'), String(port), what, String(total)]);
        server.kill();
        const printed = JSON.parse(stdout) as { seen: number; peak: number };
        expect(printed.seen).to.equal(total);
        return printed.peak;
      };
      const few = await peak(10_000);
      const many = await peak(more);
      // Beside what a process of 100 MB takes anyway. What is kept of a record would add up to more than 35 MB.
      expect((BASE + many) / (BASE + few), `${many} bytes against ${few}`).to.be.below(1.3);
    });
  }
});
