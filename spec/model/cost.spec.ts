import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { run } from '../support/run.js';

const SUPPORT = join(dirname(fileURLToPath(import.meta.url)), '../support');

/**
 * What a record costs hangs on heuristics of V8 (lib/model/room.ts): in fast mode its attributes are in the object itself, else in
 * a dictionary of three times the size. When one of these fails under a new Node, records work as ever, and take more memory.
 */
describe('the cost of a record', () => {
  let results: Record<string, { fast: boolean; one: boolean; own: number }>;
  before(async () => {
    const { stdout } = await run(process.execPath, ['--allow-natives-syntax', join(SUPPORT, 'shapes.js')]);
    results = JSON.parse(stdout) as typeof results;
  });

  for (const what of [
    'records of a store, listed, found and saved',
    '50 new ones first, then wide rows',
    '50 narrow rows first, then wide ones',
    '50 handles first, then 96 names',
    'with #private and a field',
    'as loaded',
    'read, compared, copied and serialised',
    'with three more names',
  ])
    it(`is that of an object with a hidden class, whatever was made first: ${what}`, () => {
      expect(results[what]).to.deep.include({ fast: true });
    });

  it('is one hidden class for all records of rows that are alike', () => {
    for (const what of ['50 new ones first, then wide rows', '50 narrow rows first, then wide ones', 'as loaded', 'with three more names'])
      expect(results[what]?.one, what).to.equal(true);
  });

  it('is its attributes: nothing grows by being read, compared, copied or serialised', () => {
    expect(results['as loaded']?.own).to.equal(56);
    expect(results['read, compared, copied and serialised']).to.deep.equal(results['as loaded']);
  });

  it('does not rise again after a full collection that found no record alive: the compiled code stays', async () => {
    const { stdout } = await run(process.execPath, ['--expose-gc', '--trace-deopt', join(SUPPORT, 'collections.js')]);
    const thrownAway = stdout
      .split('\n')
      .filter((line) => /SharedFunctionInfo (RecordState|TrackedObject|hydrate|loadRecord|_?Model)>.*weak objects/.test(line));
    expect(thrownAway).to.deep.equal([]);
  });
});
