import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'chai';
import { hasPseudoTerminal } from '../support/pseudo-terminal.js';
import { comparable, RECORDINGS } from '../support/recordings.js';
import { ROOT } from '../support/run.js';

describe('recordings of the command at a terminal', function () {
  this.timeout(60_000);

  for (const [name, record] of Object.entries(RECORDINGS))
    it(`${name}: shows what docs/recordings/${name}.txt has, and docs/cli.md with it`, async function () {
      if (!hasPseudoTerminal) {
        console.log('      skipped: there is no `script` of util-linux here, which gives a pseudo-terminal');
        this.skip();
      }
      const committed = await readFile(join(ROOT, 'docs/recordings', `${name}.txt`), 'utf8');
      expect(comparable(await record()), 'npm run record:cli writes it anew').to.equal(comparable(committed));
      expect(await readFile(join(ROOT, 'docs/cli.md'), 'utf8')).to.contain(committed.trimEnd());
    });
});
