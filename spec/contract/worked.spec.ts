import { Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import { writeFileSync } from 'node:fs';
import { readSamples } from './guides/samples.js';
import { isEmpty } from './worked/bodies.js';
import { unexplained } from './worked/explanations.js';
import { placeOf } from './worked/places.js';
import { replay } from './worked/replay.js';

describe('worked', function () {
  this.timeout(300_000);
  it('all', async () => {
    const out = [];
    const seed = Number(process.env['WORKED_SEED'] ?? 0);
    for (const sample of readSamples()) {
      if (isEmpty(sample, placeOf(sample))) { out.push({ ...sample, crash: 'empty' }); continue; }
      const store = await Sandbox.start({ seed: sample.method !== 'GET' });
      const session = new Session({ ...store.credentials, retry: false });
      try {
        const result = await replay(sample, seed, { store, session });
        out.push({ ...sample, ...result, left: unexplained(sample, result.problems, new Set()), request: { ...result.request, response: undefined } , documented: result.request.response});
      } catch (error) {
        out.push({ ...sample, crash: String(error instanceof Error ? error.stack : error).slice(0,600) });
      } finally {
        await session.close();
        await store.stop();
      }
    }
    writeFileSync('/tmp/worked.json', JSON.stringify(out));
  });
});
