import { ParseError, Session } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { sentBy, useStore } from '../support/store.js';

const MOMENT = new Date('2029-10-01T12:26:16Z');
const SECONDS = 1_885_552_776;

describe('dates and texts of settings, content and webhooks', () => {
  const context = useStore();

  it('the end of a token is a Date here and Unix seconds there', async () => {
    const seconds = MOMENT.getTime() / 1000;
    const lines = await sentBy(context.store, async () => {
      await v3.StorefrontToken.create({ expires_at: MOMENT, channel_id: 1, allowed_cors_origins: ['https://a.example'] });
      await v3.CustomerImpersonationToken.create({ expires_at: MOMENT, channel_ids: [1, 2] });
      await v3.PrivateStorefrontToken.create({ expires_at: MOMENT, channel_id: 1, scopes: ['Unauthenticated'] });
    });
    expect(lines).to.deep.equal([
      `POST /v3/storefront/api-token {"expires_at":${seconds},"channel_id":1,"allowed_cors_origins":["https://a.example"]}`,
      `POST /v3/storefront/api-token-customer-impersonation {"expires_at":${seconds},"channel_ids":[1,2]}`,
      `POST /v3/storefront/api-token-private {"expires_at":${seconds},"channel_id":1,"scopes":["Unauthenticated"]}`,
    ]);
  });

  it('a token is read from the response that creates it', async () => {
    const created = await v3.StorefrontToken.create({ expires_at: MOMENT, channel_id: 1 });
    expect(created.token).to.be.a('string').and.not.equal('');
    expect(created.expires_at).to.deep.equal(MOMENT);
  });

  it('the dates of a hook are Dates', async () => {
    const before = Math.floor(Date.now() / 1000) * 1000;
    await v3.Webhook.create({ scope: 'store/order/created', destination: 'https://a.example/hooks' });
    const raw = await Session.default.get('/hooks');
    expect(raw.body)
      .to.have.nested.property('data[0].created_at')
      .that.is.a('number')
      .and.is.at.most(Date.now() / 1000);
    const hook = (await v3.Webhook.all()).at(-1);
    expect(hook?.created_at?.getTime()).to.be.at.least(before).and.at.most(Date.now());
    expect(hook?.isDirty).to.equal(false);
  });

  it('Unix seconds may be a number or a text, and none is none', () => {
    const created = (created_at: unknown): Date | null => v3.Webhook.of().load({ id: 1, created_at }).created_at;
    expect(created(SECONDS)).to.deep.equal(new Date(SECONDS * 1000));
    expect(created(String(SECONDS))).to.deep.equal(new Date(SECONDS * 1000));
    expect(created('2029-10-01T12:26:16Z')).to.deep.equal(MOMENT);
    for (const none of [0, '0', '', null, 'soon', {}]) expect(created(none), JSON.stringify(none)).to.equal(null);
  });

  it('a banner has its dates in Unix seconds, as texts', async () => {
    const banner = v2.Banner.of().load({ id: 1, date_created: '1522169082', date_from: '0', date_to: 'Tue, 13 Mar 2018 16:18:59 +0000' });
    expect([banner.date_created, banner.date_from, banner.date_to]).to.deep.equal([
      new Date('2018-03-27T16:44:42Z'),
      null,
      new Date('2018-03-13T16:18:59Z'),
    ]);
    const given = { name: 'B', content: '<p>x</p>', page: 'home_page', location: 'top', date_type: 'custom' } as const;
    const [line] = await sentBy(context.store, () => v2.Banner.create({ ...given, date_from: new Date(SECONDS * 1000), date_to: null }));
    expect(line).to.contain(`"date_from":"${SECONDS}","date_to":null`);
  });

  it('the date of a blog post is read from an object with a time zone, and written as a text', async () => {
    const read = (published_date: unknown): string | undefined =>
      v2.BlogPost.of().load({ id: 1, published_date }).published_date?.toISOString();
    const zoned = (date: string, timezone?: string) => ({ timezone_type: 1, date, timezone });
    expect(read(zoned('2022-08-10 14:39:15.000000', '+00:00'))).to.equal('2022-08-10T14:39:15.000Z');
    expect(read(zoned('2022-08-10 14:39:15.000000', '-05:00'))).to.equal('2022-08-10T19:39:15.000Z');
    expect(read(zoned('2022-08-10 14:39:15', 'UTC'))).to.equal('2022-08-10T14:39:15.000Z');
    expect(read(zoned('2022-08-10 14:39:15'))).to.equal('2022-08-10T14:39:15.000Z');
    expect(read(zoned('2018-05-18T08:26:42.000Z', '+02:00'))).to.equal('2018-05-18T08:26:42.000Z');
    expect(read('Wed, 10 Aug 2022 15:39:15 -0500')).to.equal('2022-08-10T20:39:15.000Z');
    for (const none of [zoned('2022-08-10 14:39:15', 'America/Chicago'), zoned('soon', 'UTC'), {}, '', null, 3])
      expect(read(none), JSON.stringify(none)).to.equal(undefined);
    const [line] = await sentBy(context.store, () => v2.BlogPost.create({ title: 'T', body: 'B', published_date: MOMENT }));
    expect(line).to.equal('POST /v2/blog/posts {"title":"T","body":"B","published_date":"Mon, 01 Oct 2029 12:26:16 +0000"}');
  });

  it('a change of a blog post says whether it stays published', async () => {
    const post = await v2.BlogPost.create({ title: 'T', body: 'B', is_published: true });
    const [line] = await sentBy(context.store, () => post.update({ title: 'New' }));
    expect(line).to.equal(`PUT /v2/blog/posts/${post.id} {"title":"New","body":"B","is_published":true}`);
  });

  it('blog posts are read 250 at a time', async () => {
    const [line] = await sentBy(context.store, () => v2.BlogPost.all());
    expect(line).to.equal('GET /v2/blog/posts?limit=250');
  });

  it('units of measurement are sent as a whole', async () => {
    context.store.insert(v3.MeasurementSettings, [
      {
        weight_measurement: 'KGS',
        length_measurement: 'Centimeters',
        decimal_token: '.',
        thousands_token: ',',
        decimal_places: 2,
        factoring_dimension: 'depth',
      },
    ]);
    const units = await v3.MeasurementSettings.get();
    const [line] = await sentBy(context.store, () => units.update({ decimal_places: 3 }));
    expect(line).to.equal(
      'PUT /v3/settings/store/units-of-measurement {"weight_measurement":"KGS","length_measurement":"Centimeters","decimal_token":".",' +
        '"thousands_token":",","decimal_places":3,"factoring_dimension":"depth"}',
    );
  });

  it('an export of redirects is a text, and its events are objects', async () => {
    await v3.Redirect.upsertMany([
      { site_id: 1, from_path: '/old', to: { type: 'url', url: '/new' } },
      { site_id: 1, from_path: '/mug', to: { type: 'product', entity_id: 12 } },
    ]);
    const { id } = await v3.RedirectJob.export({ site_id: null, redirect_ids: [] });
    const [columns, ...lines] = (await v3.RedirectJob.download(id)).split('\n');
    expect(context.store.requests.at(-1)?.headers['accept']).to.equal('text/csv');
    expect(columns).to.equal('Domain,Old Path,Manual URL/Path,Dynamic Target Type,Dynamic Target ID');
    expect(lines.map((line) => line.slice(line.indexOf(','))).slice(-2)).to.deep.equal([',/old,/new,,', ',/mug,,product,12']);
    const all = lines.length;
    expect(await v3.RedirectJob.events(id)).to.deep.equal([{ job_id: id, status: 'complete', completed_items: all, total_items: all }]);
    expect(context.store.requests.at(-1)?.headers['accept']).to.equal('text/event-stream');
    const [job] = await v3.RedirectJob.where({ id }).all();
    expect(job?.status).to.equal('complete');
  });

  it('a text that is neither CSV nor a stream is still an error', async () => {
    context.store.fail({ path: '/v3/storefront/redirects/imex', status: 200, body: '<html>' });
    await rejection(() => v3.RedirectJob.download('1'), ParseError);
  });

  it('an event that no attempt has delivered is in the list of missed events', async () => {
    const before = new Set((await v3.MissedWebhookEvent.all()).map(({ hash }) => hash));
    await v3.Webhook.create({ scope: 'store/order/*', destination: 'http://127.0.0.1:9/hooks', is_active: true });
    await context.store.deliver('store/order/created', { type: 'order', id: 100 }, 0.0000001);
    const [missed, ...others] = (await v3.MissedWebhookEvent.all()).filter(({ hash }) => !before.has(hash));
    expect(others).to.deep.equal([]);
    expect(missed?.toObject()).to.deep.include({ scope: 'store/order/created', data: { type: 'order', id: 100 }, store_id: '1000' });
    expect(missed?.hash).to.match(/^[0-9a-f]{40}$/);
    expect(missed?.created_at?.getTime()).to.be.closeTo(Date.now(), 60_000);
    const [line] = await sentBy(context.store, () => v3.MissedWebhookEvent.where({ created_at: { min: MOMENT } }).all());
    expect(line).to.match(/^GET \/v3\/hooks\/events\?created_at:min=2029-10-01T12:26:16\.000Z/);
  });
});
