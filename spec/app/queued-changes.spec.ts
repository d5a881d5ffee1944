import { Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import { Product } from 'bigrecord/v3';
import { expect } from 'chai';
import { ExampleApp, formIn } from '../support/example-app.js';
import { useRedis } from '../support/redis.js';
import { until } from '../support/waiting.js';

describe('bulk changes of the example app, as jobs on Redis', function () {
  this.timeout(30_000);
  const redis = useRedis();
  let store: Sandbox;
  let app: ExampleApp;
  let session: Session;

  beforeEach(async () => {
    store = await Sandbox.start({ port: false });
    session = new Session(store.credentials);
    app = await ExampleApp.start(store, { REDIS_URL: redis.server.url });
    await app.install();
  });

  afterEach(async () => {
    await app?.stop();
    await session?.close();
    await store?.stop();
  });

  const priceOf = (id: number) => store.rows(Product).find((product) => product['id'] === id)?.['price'];

  async function change(percent: string, brand = ''): Promise<string> {
    const preview = await app.get(`/stores/sandbox/prices?percent=${percent}&brand=${brand}`);
    const started = await app.post('/stores/sandbox/changes', formIn(preview.body, /changes$/));
    expect(started.statusCode, started.body).to.equal(303);
    return String(started.headers.location);
  }

  async function ended(address: string): Promise<string> {
    await until(async () => !/data-progress/.test((await app.get(address)).body));
    return (await app.get(address)).body;
  }

  it('run, and are put back except where somebody has changed a price', async () => {
    const address = await change('10', '7');
    const page = await ended(address);
    expect(page).to.contain('done').and.contain('7 prices:').and.contain('data-live="written">7<');
    await Product.using(session).update(7, { price: 1 });
    expect((await app.post(`${address}/revert`, formIn(page, /revert$/))).statusCode).to.equal(303);
    const after = await ended(address);
    expect(after).to.contain('reverted').and.contain('Somebody has changed the price meanwhile.').and.contain('6</span> put back');
    expect([priceOf(7), priceOf(15)]).to.deep.equal([1, 18.95]);
  });

  it('go on when the app is started again, and are cancelled', async () => {
    store.latency = 100;
    const address = await change('10');
    await app.restart();
    expect(await ended(address))
      .to.contain('done')
      .and.contain('data-live="written">60<');
    const second = await change('10');
    const form = formIn((await app.get(second)).body, /cancel$/);
    expect((await app.post(`${second}/cancel`, form)).statusCode).to.equal(303);
    expect(await ended(second)).to.contain('cancelled');
  });
});
