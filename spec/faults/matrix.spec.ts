import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { hasRedis } from '../support/redis.js';
import { assertClean } from '../support/secrets.js';
import { until } from '../support/waiting.js';
import { FAULTS } from './matrix/index.js';

const unhandled: unknown[] = [];
const printed: string[] = [];
const table: string[][] = [];
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
  this.timeout(120_000);
  const restore: (() => void)[] = [];

  before(() => {
    process.on('unhandledRejection', onUnhandled);
    restore.push(readAlong(process.stdout), readAlong(process.stderr));
  });

  after(() => {
    process.off('unhandledRejection', onUnhandled);
    for (const back of restore) back();
    if (process.env['FAULT_TABLE'] !== undefined) console.log(table.map((cells) => `| ${cells.join(' | ')} |`).join('\n'));
  });

  for (const { row, name, by, expected, cases } of FAULTS) {
    it(`${row} ${name}: ${expected} (${cases.length})`, async function () {
      if (by === 'Redis' && !hasRedis()) this.skip();
      const results = await Promise.allSettled(cases.map(({ run }) => run()));
      const wrong = results.flatMap((result, at) =>
        result.status === 'rejected' ? [`${cases[at]?.operation}: ${(result.reason as Error).message}`] : [],
      );
      table.push([row, name, String(cases.length), expected, wrong.length === 0 ? 'as expected' : `WRONG in ${wrong.length}`]);
      expect(wrong).to.deep.equal([]);
    });
  }

  it('has every row of the catalogue', function () {
    const catalogue = fileURLToPath(new URL('../../../../shared/FAULTS.md', import.meta.url));
    if (!existsSync(catalogue)) this.skip();
    const rows = [...readFileSync(catalogue, 'utf8').matchAll(/^\| ([A-Z]\d+) \|/gm)].map(([, row]) => row as string);
    const known = new Set(FAULTS.map(({ row }) => row));
    expect(rows.length).to.be.above(100);
    expect(rows.filter((row) => !known.has(row))).to.deep.equal([]);
  });

  it('left no rejection unhandled, no connection open and no credential printed', async () => {
    const open = (): string[] => process.getActiveResourcesInfo().filter((resource) => /^TCP/.test(resource));
    await new Promise((resolve) => setTimeout(resolve, 50)); // for rejections that nobody has handled yet
    await until(() => open().length === 0, `${open().length} connections to end`);
    expect(unhandled).to.deep.equal([]);
    assertClean(printed.join(''), 'the output');
  });
});
