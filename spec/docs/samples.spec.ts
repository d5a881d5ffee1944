import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { ROOT } from '../support/run.js';
import { compileSamples, type Sample, type SampleRow, type Substitution, tableRows } from '../support/samples.js';
import * as scope from './scope.js';

/** What is no name for a sample. */
const OWN = new Set(['open', 'close']);

const TO_SANDBOX: Substitution = ['fetchToken({', 'fetchToken({ loginUrl: connection.baseUrl, baseUrl: connection.baseUrl,'];

/** Compiles samples, and gives what runs one with a store of its own. */
async function runner(samples: readonly Sample[], substitutions: readonly Substitution[]) {
  const compiled = await compileSamples(samples, {
    scope: join(ROOT, 'dist/spec/docs/scope.js'),
    names: Object.keys(scope).filter((name) => !OWN.has(name)),
    folder: join(ROOT, 'dist/samples'),
    substitutions,
  });
  return async (sample: Sample): Promise<void> => {
    await scope.open();
    try {
      await compiled.get(sample.name)?.();
    } finally {
      await scope.close();
    }
  };
}

describe('the samples of the documentation', function () {
  this.timeout(300_000);

  describe('as rows of a table', () => {
    const PAGES = ['docs/from-the-python-client.md', 'docs/from-other-clients.md'];
    const SUBSTITUTIONS: readonly Substitution[] = [
      ['{ name, type, … }', '{ name, type, ...others }'],
      ['Session({ …', 'Session({ ...connection'],
      ["graphql('…', ", "graphql('query { store { name } }', "],
      TO_SANDBOX,
    ];
    /** Rows that say in words what happens: code that lets it happen. */
    const IN_WORDS: Readonly<Record<string, string>> = {
      'after a 429 the request is sent again': `
        store.fail({ status: 429, times: 1, headers: { 'x-rate-limit-time-reset-ms': '10' } });
        await Product.find(2);
        if (store.requests.at(-2)?.status !== 429) throw new Error('There was no 429 to wait for.');`,
    };
    let rows: readonly SampleRow[];
    let runSample: (sample: Sample) => Promise<void>;

    before(async () => {
      rows = (await Promise.all(PAGES.map(tableRows))).flat().map((row) => {
        const words = Object.entries(IN_WORDS).find(([text]) => row.last.includes(text));
        return words === undefined ? row : { ...row, samples: [{ name: `${row.page}:${row.line}`, code: words[1] }] };
      });
      runSample = await runner(
        rows.flatMap(({ samples }) => samples),
        SUBSTITUTIONS,
      );
    });

    it('run, every one', async () => {
      const wrong: string[] = [];
      const ran: number[] = [];
      for (const { page, line, samples } of rows) {
        expect(samples, `${page}:${line}`).to.not.be.empty;
        ran.push(line);
        for (const sample of samples)
          await runSample(sample).catch((error: Error) => wrong.push(`${sample.name}: ${sample.code}\n${error.stack}`));
      }
      expect(wrong.join('\n')).to.equal('');
      const lines = (await Promise.all(PAGES.map((page) => readFile(join(ROOT, page), 'utf8')))).join('\n').split('\n');
      const heads = lines.filter((text) => /^\|[-|]+$/.test(text)).length;
      expect(ran).to.have.length(lines.filter((text) => text.startsWith('|')).length - 2 * heads); // less the heads and the lines below them
      expect(ran).to.have.length.above(60);
    });
  });
});
