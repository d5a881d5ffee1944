import { ClientError, type ModelClass } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import {
  Certificate,
  Channel,
  ChannelActiveTheme,
  ChannelCheckoutUrl,
  ChannelCurrencyAssignment,
  ChannelSite,
  CurrencyAssignment,
  CustomerImpersonationToken,
  EmailTemplate,
  LogoSettings,
  PrivateStorefrontToken,
  ProductTaxProperty,
  Site,
  SiteCertificate,
  SiteRoute,
  StorefrontCategorySettings,
  StorefrontToken,
  StoreProfileSettings,
  TaxProperty,
  TaxProviderConnection,
  TaxRate,
  TaxSettings,
  TaxZone,
  Theme,
  ThemeConfiguration,
  ThemeJob,
} from 'bigrecord/v3';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { useStore } from '../support/store.js';

const statusOf = async (call: Promise<unknown>): Promise<number> => (await rejection(call, ClientError)).status;

/** The claims of a token. */
const claimsOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

describe('settings of the sandbox', () => {
  const context = useStore();

  it('have the values of a new store from the start', async () => {
    const { data } = (await context.session.get('/tax/settings')).body as { data: unknown };
    expect(data).to.include({ fallback_strategy: 'FIXED', store_tax_zone_id: 1, rounding_strategy: 'RATE_ROUNDING' });
    const singles = Object.values(v3).filter(
      (each): each is ModelClass & typeof each =>
        typeof each === 'function' && 'resource' in each && /settings/.test(each.resource.path) && each.resource.addressing === 'single',
    );
    expect(singles.length).to.be.at.least(24);
    const empty: string[] = [];
    for (const { resource } of singles) {
      const { body } = await context.session.get(resource.path.replace(/:\w+/, '1'));
      const row = (body as { data?: object }).data ?? body;
      if (Object.keys(row as object).length === 0) empty.push(resource.path);
    }
    expect(empty).to.deep.equal([]);
  });

  it('of a channel are null where it takes those of the store', async () => {
    const store = await StorefrontCategorySettings.get();
    expect(store.default_product_sort).to.equal('bestselling');
    const channel = await StorefrontCategorySettings.where({ channel_id: 2 }).get();
    expect(channel.toObject()).to.deep.equal({ category_tree_depth: null, default_product_sort: null, listing_mode: null });
    await channel.update({ default_product_sort: 'newest' });
    expect((await StorefrontCategorySettings.get()).default_product_sort).to.equal('bestselling');
    expect((await StorefrontCategorySettings.where({ channel_id: 1 }).get()).default_product_sort).to.equal(null);
    await channel.update({ default_product_sort: null });
    expect((await channel.reload()).default_product_sort).to.equal(null);
    expect(await statusOf(store.update({ listing_mode: 'sometimes' }))).to.equal(422);
  });

  it('are what the store tells about itself', async () => {
    await (await StoreProfileSettings.get()).update({ store_name: 'Oak & Co', store_phone: '555-0199' });
    expect(await v2.Store.get()).to.include({ id: 'sandbox', name: 'Oak & Co', phone: '555-0199', currency: 'USD' });
    await (await TaxSettings.get()).update({ rounding_strategy: 'NO_ROUNDING' });
    expect((await TaxSettings.get()).fallback_strategy).to.equal('FIXED');
  });

  it('of the logo have the images that were uploaded, for the store or for a channel', async () => {
    const file = { content: new Uint8Array([1]), name: 'logo.png' };
    await LogoSettings.upload(file);
    await LogoSettings.uploadFavicon({ ...file, name: 'icon.png' }, { params: { channel_id: 2 } });
    const [store, channel] = [await LogoSettings.get(), await LogoSettings.where({ channel_id: 2 }).get()];
    expect([store.logo_image_url, store.favicon_url]).to.deep.equal(['https://images.example.com/logo.png', '']);
    expect([channel.logo_image_url, channel.favicon_url]).to.deep.equal([null, 'https://images.example.com/icon.png']);
  });

  it('that a test inserts change the one record that there is', async () => {
    context.store.insert(v2.Store, [{ plan_name: 'Plus' }]);
    expect(await v2.Store.get()).to.include({ plan_name: 'Plus', plan_level: 'STND' });
    expect(context.store.rows(v2.Store)).to.have.length(1);
  });

  it('of emails: a channel has the templates of the store until it gets its own', async () => {
    const template = await EmailTemplate.where({ channel_id: 2 }).find('invoice_email');
    const original = template.subject;
    await template.update({ subject: 'Yours' });
    expect((await EmailTemplate.find('invoice_email')).subject).to.equal(original);
    await template.destroy();
    expect((await EmailTemplate.where({ channel_id: 2 }).find('invoice_email')).subject).to.equal(original);
  });
});

describe('channels of the sandbox', () => {
  const context = useStore();

  it('keep their type and platform, and have statuses of their type', async () => {
    const channel = await Channel.create({ name: 'Market', type: 'marketplace', platform: 'amazon' });
    expect(channel).to.include({ status: 'connected', is_enabled: true, is_visible: true, external_id: '' });
    await context.session.put(`/channels/${channel.id}`, { body: { name: 'Bazaar', type: 'pos', status: 'disconnected' } });
    expect(await Channel.find(channel.id)).to.include({ name: 'Bazaar', type: 'marketplace', status: 'disconnected', is_enabled: false });
    expect(await statusOf(channel.update({ status: 'active' }))).to.equal(422);
    expect(await statusOf(Channel.create({ name: 'No', type: 'storefront', platform: 'amazon' }))).to.equal(422);
    expect(await statusOf(Channel.create({ name: 'No', type: 'storefront', platform: 'custom', status: 'deleted' }))).to.equal(422);
    await Channel.update(channel.id, { status: 'deleted' });
    expect(await statusOf(Channel.update(channel.id, { name: 'Again' }))).to.equal(422);
  });

  it('sell in currencies of the store', async () => {
    const one = await ChannelCurrencyAssignment.of(2).get();
    expect(one.toObject()).to.deep.include({ enabled_currencies: ['USD'], default_currency: 'USD' });
    await CurrencyAssignment.updateMany([{ channel_id: 2, enabled_currencies: ['USD', 'GBP'], default_currency: 'GBP' }]);
    expect((await one.reload()).default_currency).to.equal('GBP');
    expect((await Channel.include('currencies').find(2)).currencies.default_currency).to.equal('GBP');
    expect((await CurrencyAssignment.all()).map(({ channel_id }) => channel_id)).to.deep.equal([1, 2]);
    expect(await statusOf(one.update({ enabled_currencies: ['XXX'], default_currency: 'XXX' }))).to.equal(422);
    expect(await statusOf(one.update({ enabled_currencies: ['USD'], default_currency: 'GBP' }))).to.equal(422);
  });

  it('have one site, which both paths show', async () => {
    const channel = await Channel.create({ name: 'Headless', type: 'storefront', platform: 'custom' });
    const site = await Site.create({ url: 'https://shop.example.com', channel_id: channel.id });
    expect(site.urls.map(({ url, type }) => [url, type])).to.deep.equal([
      ['https://shop.example.com', 'primary'],
      ['https://shop.example.com', 'canonical'],
    ]);
    expect(await statusOf(Site.create({ url: 'https://b.example.com', channel_id: channel.id }))).to.equal(422);
    await SiteRoute.of(site.id).create({ type: 'product', matching: '*', route: '/p/{slug}' });
    expect(await statusOf(SiteRoute.of(site.id).create({ type: 'planet', matching: '*', route: '/' }))).to.equal(422);
    const [route] = await (await ChannelSite.of(channel.id).get()).routes;
    expect(route?.route).to.equal('/p/{slug}');
    await ChannelCheckoutUrl.of(channel.id).load({}).update({ url: 'http://checkout.shop.example.com' });
    const customized = await Site.find(site.id);
    expect(customized.is_checkout_url_customized).to.equal(true);
    expect(customized.urls.find(({ type }) => type === 'checkout')?.url).to.equal('https://checkout.shop.example.com');
    expect((await Site.where({ 'url_type:in': ['checkout'] }).all()).map(({ id }) => id)).to.deep.equal([site.id]);
    await (await ChannelSite.of(channel.id).get()).destroy();
    expect(await statusOf(Site.find(site.id))).to.equal(404);
  });

  it('have sites with certificates, whose private keys are never read', async () => {
    const [site] = await Site.all();
    const certificate = await SiteCertificate.of(site?.id ?? 0).get();
    await certificate.update({ certificate: { certificate: 'PEM', private_key: 'canary' } });
    const { body } = await context.session.get(`/sites/${site?.id}/certificate`);
    expect(JSON.stringify(body)).to.contain('"certificate":"PEM"').and.not.to.contain('canary');
    const [listed] = await Certificate.all();
    expect([listed?.common_name, listed?.certificate]).to.deep.equal(['sandbox.example.com', 'PEM']);
  });

  it('show the theme that was activated for them', async () => {
    const { job_id } = await Theme.upload({ content: new Uint8Array(4), name: 'Birch.zip' });
    const job = await ThemeJob.find(job_id);
    const theme = await Theme.find(String(job.result['theme_id']));
    expect([job.status, theme.name, theme.is_active]).to.deep.equal(['COMPLETED', 'Birch', false]);
    const variation_id = theme.variations[0]?.uuid ?? '';
    await theme.activate({ variation_id }, { channel_id: 2 });
    const active = await ChannelActiveTheme.of(2).get();
    expect(active.active_theme_uuid).to.equal(theme.uuid);
    const [configuration] = await ThemeConfiguration.of(theme.uuid).where({ variation_uuid: variation_id }).all();
    expect(configuration?.uuid).to.equal(active.active_theme_configuration_uuid);
    expect(await statusOf(theme.activate({ variation_id: 'none' }))).to.equal(422);
  });
});

describe('tokens of the sandbox', () => {
  const context = useStore();
  const inAnHour = (): Date => new Date(Date.now() + 3_600_000);

  it('are JWTs with channels and end, which only their creation shows', async () => {
    const expires_at = inAnHour();
    const { body } = await context.session.post('/storefront/api-token', {
      body: { expires_at: Math.floor(expires_at.getTime() / 1000), channel_id: 1, allowed_cors_origins: ['https://a.example'] },
    });
    const { data } = body as { data: { token: string } };
    expect(Object.keys(data)).to.deep.equal(['token']);
    expect(claimsOf(data.token)).to.include({ eat: Math.floor(expires_at.getTime() / 1000), iss: 'BC', sub: 'sandbox-client-id' });
    expect(claimsOf(data.token)).to.deep.include({ cid: [1], corsOrigins: ['https://a.example'] });
    const { token } = await CustomerImpersonationToken.create({ expires_at, channel_ids: [1, 2] });
    expect(claimsOf(token)['cid']).to.deep.equal([1, 2]);
    await StorefrontToken.revoke(data.token);
    expect(await statusOf(StorefrontToken.revoke('none'))).to.equal(422);
  });

  it('have an end in the future, known channels and scopes, two origins at most', async () => {
    const post = (path: string, body: object): Promise<unknown> => context.session.post(`/storefront/${path}`, { body });
    const expires_at = Math.floor(Date.now() / 1000) + 60;
    for (const body of [
      { expires_at: expires_at - 120, channel_id: 1 },
      { expires_at: expires_at * 1000, channel_id: 1 },
      { expires_at, channel_id: 99 },
      { expires_at, channel_id: 1, channel_ids: [1] },
      { expires_at, channel_id: 1, allowed_cors_origins: ['https://a.example', 'https://b.example', 'https://c.example'] },
      { expires_at, channel_id: 1, allowed_cors_origins: ['a.example'] },
    ])
      expect(await statusOf(post('api-token', body)), JSON.stringify(body)).to.equal(422);
    expect(await statusOf(post('api-token-private', { expires_at, channel_id: 1, scopes: ['Everything'] }))).to.equal(422);
    expect((await PrivateStorefrontToken.create({ expires_at: inAnHour(), channel_ids: [1], scopes: ['Customer'] })).token).to.contain('.');
  });
});

describe('taxes, currencies and countries of the sandbox', () => {
  const context = useStore();
  const old = { version: 'v2' } as const;

  it('tax classes have names of their own, and both generations show them', async () => {
    const { body } = await context.session.post('/tax/classes', { body: [{ name: 'Books' }] });
    const [{ id }] = (body as { data: [{ id: number }] }).data;
    expect((await v2.TaxClass.all()).map(({ name }) => name)).to.deep.equal(['Default', 'Non-taxable products', 'Books']);
    expect(await statusOf(context.session.post('/tax/classes', { body: [{ name: 'BOOKS' }] }))).to.equal(409);
    expect(await statusOf(context.session.post('/tax/classes', { body: [{ name: 'a<b' }] }))).to.equal(422);
    await context.session.put('/tax/classes', { body: [{ id, name: 'Printed' }] });
    expect((await v2.TaxClass.find(id)).name).to.equal('Printed');
  });

  it('a zone takes its rates with it; what a change leaves out stays', async () => {
    const zone = await TaxZone.create({
      name: 'Sydney',
      shopper_target_settings: { locations: [{ country_code: 'AU', subdivision_codes: ['NSW'] }], customer_groups: [] },
    });
    await context.session.put('/tax/zones', { body: [{ id: zone.id, shopper_target_settings: { customer_groups: [1] } }] });
    expect((await zone.reload()).shopper_target_settings).to.deep.equal({
      locations: [{ country_code: 'AU', subdivision_codes: ['NSW'], postal_codes: [] }],
      customer_groups: [1],
    });
    const rate = await TaxRate.create({
      name: 'GST',
      tax_zone_id: zone.id,
      class_rates: [
        { tax_class_id: 1, rate: 10 },
        { tax_class_id: 2, rate: 0 },
      ],
    });
    await context.session.put('/tax/rates', { body: [{ id: rate.id, class_rates: [{ tax_class_id: 1, rate: 11 }] }] });
    expect((await rate.reload()).class_rates).to.deep.equal([
      { tax_class_id: 1, rate: 11 },
      { tax_class_id: 2, rate: 0 },
    ]);
    expect(await statusOf(TaxRate.create({ name: 'X', tax_zone_id: 99, class_rates: [] }))).to.equal(422);
    await zone.destroy();
    expect((await TaxRate.all()).map(({ id }) => id)).to.deep.equal([1, 2]);
  });

  it('values of tax properties are added to those there are; a property in use stays', async () => {
    const put = (tax_properties: object): Promise<unknown> =>
      context.session.put('/tax/products/properties', { body: [{ product_id: 1, tax_properties }] });
    await put({ contents: '20' });
    expect((await ProductTaxProperty.find(1)).tax_properties).to.deep.equal({ origin: 'US', contents: '20' });
    expect(await statusOf(put({ unknown: '1' }))).to.equal(422);
    expect(await statusOf(TaxProperty.destroy(1))).to.equal(409);
    await context.session.delete('/tax/products/properties', { query: { 'product_id:in': '1,2' } });
    await TaxProperty.destroy(1);
    expect((await TaxProperty.all()).map(({ code }) => code)).to.deep.equal(['contents', 'exemption']);
  });

  it('the password of a tax provider is not read back', async () => {
    const connection = await TaxProviderConnection.of('acme').get();
    expect(connection.configured).to.equal(false);
    await connection.update({ username: 'shop', password: 'canary' });
    const { body } = await context.session.get('/tax/providers/acme/connection');
    expect(JSON.stringify(body)).to.contain('"configured":true').and.not.to.contain('canary');
  });

  it('one currency is the default one, which another one replaces', async () => {
    const [usd, gbp] = await v2.Currency.all();
    expect(await statusOf(v2.Currency.destroy(usd?.id ?? 0))).to.equal(409);
    await gbp?.update({ is_default: true });
    expect((await v2.Currency.all()).map(({ is_default }) => is_default)).to.deep.equal([false, true]);
    expect((await v2.Store.get()).currency).to.equal('GBP');
    expect(await statusOf(context.session.put(`/currencies/${gbp?.id}`, { ...old, body: { is_default: false } }))).to.equal(400);
    const euro = {
      currency_code: 'GBP',
      currency_exchange_rate: 1,
      token_location: 'left',
      token: 'x',
      decimal_token: '.',
      thousands_token: ',',
    };
    expect(await statusOf(context.session.post('/currencies', { ...old, body: { ...euro, decimal_places: 2, name: 'Pound' } }))).to.equal(
      400,
    );
    await context.session.delete('/currencies', old);
    expect((await v2.Currency.all()).map(({ currency_code }) => currency_code)).to.deep.equal(['GBP']);
  });

  it('countries have all of their states', async () => {
    const count = async (country_iso2: string): Promise<number> => {
      const country = await v2.Country.where({ country_iso2 }).first();
      return v2.CountryState.of(country?.id ?? 0).count();
    };
    expect([await count('US'), await count('CA'), await count('AU'), await count('FR')]).to.deep.equal([65, 13, 8, 0]);
    expect((await v2.CountryState.of(226).where({ state_abbreviation: 'TX' }).first())?.state).to.equal('Texas');
  });

  it('shipping zones have locations of their type', async () => {
    const create = (body: object): Promise<unknown> => context.session.post('/shipping/zones', { ...old, body });
    expect(await statusOf(create({ name: 'Z', type: 'zip', locations: [{ zip: '1' }] }))).to.equal(400);
    expect(await statusOf(create({ name: 'Z', type: 'planet' }))).to.equal(400);
    const zone = await v2.ShippingZone.create({ name: 'Texas', type: 'state', locations: [{ state_iso2: 'TX', country_iso2: 'US' }] });
    expect([zone.enabled, zone.locations, zone.handling_fees]).to.deep.equal([
      true,
      [{ id: 1, state_iso2: 'TX', country_iso2: 'US' }],
      { fixed_surcharge: '0', display_separately: false },
    ]);
  });
});
