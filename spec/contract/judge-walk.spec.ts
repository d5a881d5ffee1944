import { Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import { expect } from 'chai';
import { DEFECTS_OF_DEMO, type Defect } from './defects.js';
import { Description } from './description.js';
import { hasFacts } from './facts.js';
import { type Finding, walk } from './judge-walk.js';

/** The demo store, through all models, judged by the published descriptions (absent on most machines). */
(hasFacts ? describe : describe.skip)('a walk of all models through the demo store', function () {
  this.timeout(300_000);
  let findings: readonly Finding[];
  const used = new Set<Defect>();

  before(async () => {
    const description = await Description.all();
    const store = await Sandbox.start({ port: false });
    const session = Session.configure({ ...store.credentials, retry: false });
    try {
      findings = await walk(store, description, used);
    } finally {
      await session.close();
      await store.stop();
    }
  });

  it('gets no response that the descriptions refuse', () => expect(of('response')).to.deep.equal([]));

  it('finds every list, and can carry out every operation', () => expect(of('call')).to.deep.equal([]));

  it('finds at least two rows of every resource', () => expect(of('rows')).to.deep.equal([]));

  it('shows every defect that only the demo store shows', () =>
    expect(DEFECTS_OF_DEMO.filter((each) => !used.has(each)).map(({ pattern }) => String(pattern))).to.deep.equal([]));

  const of = (part: Finding['part']): string[] =>
    findings.filter((each) => each.part === part).map(({ resource, problem }) => `${resource}: ${problem}`);
});
