import { expect } from 'chai';
import { assertClean } from '../support/secrets.js';
import { FAULTS } from './matrix/index.js';

const unhandled: unknown[] = [];
const printed: string[] = [];
const onUnhandled = (reason: unknown): void => void unhandled.push(reason);

/** Reads along with what the process prints while the matrix runs. */
function readAlong(stream: NodeJS.WriteStream): () => void {
  const write = stream.write;
  stream.write = ((chunk: string | Uint8Array, ...rest: never[]) => {
    printed.push(String(chunk));
    return write.call(stream, chunk, ...rest);
  }) as typeof write;
  return () => {
    stream.write = write;
  };
}

describe('the fault matrix', function () {
  this.timeout(30_000);
  const restore: (() => void)[] = [];

  before(() => {
    process.on('unhandledRejection', onUnhandled);
    restore.push(readAlong(process.stdout), readAlong(process.stderr));
  });

  after(() => {
    process.off('unhandledRejection', onUnhandled);
    for (const back of restore) back();
  });

  for (const { row, name, expected, cases } of FAULTS) {
    it(`${row} ${name}: ${expected} (${cases.length})`, async () => {
      const results = await Promise.allSettled(cases.map(({ run }) => run()));
      const wrong = results.flatMap((result, at) =>
        result.status === 'rejected' ? [`${cases[at]?.operation}: ${(result.reason as Error).message}`] : [],
      );
      expect(wrong).to.deep.equal([]);
    });
  }

  it('left no rejection unhandled, no connection open and no credential printed', async () => {
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(unhandled).to.deep.equal([]);
    assertClean(printed.join(''), 'the output');
    const open = process.getActiveResourcesInfo().filter((resource) => /^TCP/.test(resource));
    expect(open).to.deep.equal([]);
  });
});
