import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Sandbox } from 'bigrecord/sandbox';
import { expect } from 'chai';
import { runCommand } from '../support/command.js';
import { sent } from '../support/store.js';

interface Found {
  readonly name: string;
  readonly status: string;
  readonly message: string;
  readonly data?: Record<string, unknown>;
}

interface Diagnosis {
  readonly ok: boolean;
  readonly requests: number;
  readonly checks: readonly Found[];
}

const TOKEN = 'token-of-a-real-store';

describe('npx bigrecord doctor', function () {
  this.timeout(60_000);
  let store: Sandbox;

  beforeEach(async () => {
    store = await Sandbox.start({ seed: 'empty', accessToken: TOKEN });
  });

  afterEach(() => store.stop());

  const env = (more: Record<string, string> = {}): Record<string, string> => ({
    BIGCOMMERCE_STORE_HASH: store.credentials.storeHash,
    BIGCOMMERCE_ACCESS_TOKEN: store.credentials.accessToken,
    BIGCOMMERCE_API_URL: store.credentials.baseUrl,
    ...more,
  });

  async function diagnose(more: Record<string, string> = {}): Promise<{ code: number | null; found: Diagnosis; text: string }> {
    const { code, stdout, stderr } = await runCommand(['doctor', '--json'], { env: env(more) });
    expect(stdout + stderr).to.not.contain(TOKEN);
    return { code, found: JSON.parse(stdout), text: stdout };
  }

  const problems = ({ checks }: Diagnosis): string[] => checks.filter(({ status }) => status === 'problem').map(({ message }) => message);
  const of = ({ checks }: Diagnosis, name: string): Found[] => checks.filter((each) => each.name === name);

  it('finds nothing wrong with a store that is in order, in 19 reads', async () => {
    const { code, found } = await diagnose();
    expect([code, found.ok, found.requests, problems(found)]).to.deep.equal([0, true, 19, []]);
    expect(sent(store)).to.have.length(19);
    expect(sent(store).filter((line) => !line.startsWith('GET '))).to.deep.equal([]);
    expect(found.checks.map(({ name }) => name)).to.include.members([
      'node',
      'packages',
      'credentials',
      'store',
      'clock',
      'latency',
      'quota',
      'webhooks',
      'scopes',
    ]);
    expect(of(found, 'clock')[0]?.data?.['skewMs']).to.be.within(-2000, 2000);
    expect(of(found, 'quota')[0]?.data).to.include({ quota: 1_000_000, windowMs: 30_000 });
    expect(of(found, 'latency')[0]?.data?.['medianMs']).to.be.above(0);
    expect(of(found, 'scopes').at(-1)?.message).to.match(/not proved by reading: whether the token may write/);
  });

  it('tells of deactivated hooks, of destinations without https, and of what the token may not read', async () => {
    const hook = { scope: 'store/order/*', client_id: 'a', store_hash: 'sandbox', headers: null };
    const { Webhook } = await import('bigrecord/v3');
    store.insert(Webhook, [
      { id: 1, ...hook, destination: 'https://example.com/hooks', is_active: false },
      { id: 2, ...hook, destination: 'http://127.0.0.1:3000/hooks', is_active: true },
      { id: 3, ...hook, destination: 'https://example.com/other', is_active: true },
    ]);
    store.fail({ status: 403, times: 1, path: '/v3/customers' });
    store.fail({ status: 500, times: 1, path: '/v3/themes' });
    const { code, found } = await diagnose();
    expect(code).to.equal(1);
    expect(problems(found)).to.have.length(2);
    expect(problems(found)[0]).to.match(/^hook 1 .*deactivated/);
    expect(problems(found)[1]).to.match(/^hook 2 .*https/);
    expect(of(found, 'scopes').find(({ status }) => status === 'note')?.data).to.deep.equal({ refused: ['store_v2_customers'] });
    expect(of(found, 'scopes').find(({ message }) => message.includes('Themes ('))?.status).to.equal('unknown');
    const { stdout } = await runCommand(['doctor'], { env: env() });
    expect(stdout)
      .to.match(/^ {2}problem {2}webhooks {5}hook 1 /m)
      .and.match(/\n2 problems\. 19 requests were sent, none of them a write\.\n$/)
      .and.not.contain('\u001b');
  });

  it('tells of a refused token, a store that is not there, a clock that is wrong, and one that does not answer', async () => {
    const late = createServer((_, response) => {
      response
        .writeHead(200, { date: new Date(Date.now() - 120_000).toUTCString(), 'content-type': 'application/json' })
        .end('{"data":[]}');
    });
    await new Promise<void>((resolve) => late.listen(0, '127.0.0.1', resolve));
    const { port } = late.address() as AddressInfo;
    const [refused, missing, wrong, gone, malformed, none] = await Promise.all([
      diagnose({ BIGCOMMERCE_ACCESS_TOKEN: 'another' }),
      diagnose({ BIGCOMMERCE_STORE_HASH: 'nowhere' }),
      diagnose({ BIGCOMMERCE_API_URL: `http://127.0.0.1:${port}` }),
      diagnose({ BIGCOMMERCE_API_URL: 'http://127.0.0.1:9' }),
      diagnose({ BIGCOMMERCE_STORE_HASH: 'https://store' }),
      diagnose({ BIGCOMMERCE_ACCESS_TOKEN: '' }),
    ]);
    late.close();
    expect([refused, missing, wrong, gone, malformed, none].map(({ code }) => code)).to.deep.equal([1, 1, 1, 1, 1, 1]);
    expect(problems(refused.found)[0]).to.match(/refuses the access token \(401\)/);
    expect(problems(missing.found)).to.have.length(1);
    expect(problems(wrong.found)[0]).to.match(/^1(19|20|21)\.\d s ahead of that of the store/);
    expect(problems(gone.found)[0]).to.match(/^does not answer: .*(ECONNREFUSED|refused)/);
    expect(problems(malformed.found)[0]).to.match(/storeHash must be the bare hash/);
    expect(problems(none.found)[0]).to.match(/BIGCOMMERCE_ACCESS_TOKEN is not set/);
    expect([none.found.requests, gone.found.requests]).to.deep.equal([0, 1]);
  });
});
