import { writeFileSync } from 'node:fs';
import { Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import { DEFECTS } from './defects.js';
import { Description } from './description.js';
import { hasFacts } from './facts.js';
import { type Finding, walk } from './judge-walk.js';

(hasFacts ? describe : describe.skip)('walk', function () {
  this.timeout(300_000);
  it('all', async () => {
    const description = await Description.load();
    const store = await Sandbox.start();
    const session = Session.configure({ ...store.credentials, retry: false });
    let findings: Finding[];
    try {
      findings = await walk(store, description);
    } finally {
      await session.close();
      await store.stop();
    }
    writeFileSync('/tmp/walk.json', JSON.stringify(findings.map((each) => ({ ...each, defect: DEFECTS.find(({ pattern }) => pattern.test(each.problem))?.reason }))));
  });
});
