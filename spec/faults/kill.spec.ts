import { fork } from 'node:child_process';
import { once } from 'node:events';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import { Customer } from 'bigrecord/v3';
import { expect } from 'chai';

const JOB = join(dirname(fileURLToPath(import.meta.url)), '../support/night-job.js');

describe('a job that is killed in the middle of a bulk write', function () {
  this.timeout(300_000);

  it('is finished by running it again, and creates nothing twice', async () => {
    const store = await Sandbox.start({ seed: false, latency: 20 });
    const { baseUrl, storeHash, accessToken } = store.credentials;
    const writes = (): number => store.requests.filter(({ method }) => method === 'POST').length;
    for (const killedAfter of [1, 4, 9, undefined]) {
      const job = fork(JOB, [baseUrl, storeHash, accessToken], { execArgv: [] });
      const ended = once(job, 'exit');
      if (killedAfter === undefined) {
        expect(await ended).to.deep.equal([0, null]);
        continue;
      }
      const begun = writes();
      while (writes() < begun + killedAfter) await new Promise((resolve) => setTimeout(resolve, 1));
      job.kill('SIGKILL');
      expect(await ended, 'killed before it was done').to.deep.equal([null, 'SIGKILL']);
    }
    const session = new Session(store.credentials);
    const all = await Customer.using(session).all();
    await session.close();
    await store.stop();
    const held = all.map(({ email, first_name }) => `${email} ${first_name}`).sort();
    expect(held).to.deep.equal(Array.from({ length: 300 }, (_, at) => `c${at}@example.com N${at}`).sort());
    const created = store.requests
      .filter(({ method }) => method === 'POST')
      .flatMap(({ body }) => (body as { email: string }[]).map(({ email }) => email));
    expect(created).to.have.length(new Set(created).size);
  });
});
