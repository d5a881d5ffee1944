import { Currency } from 'bigrecord/v2';
import {
  Channel,
  ChannelCurrencyAssignment,
  ChannelListing,
  ChannelMetafield,
  ChannelSite,
  CustomerImpersonationToken,
  Product,
  SiteRoute,
  StorefrontCategorySettings,
  StorefrontSeoSettings,
  StorefrontToken,
  StoreProfileSettings,
} from 'bigrecord/v3';
import { expect } from 'chai';
import { useStore } from '../support/store.js';
import { refusal, refusals } from './refusal.js';

const outlet = () => Channel.create({ name: 'Outlet', type: 'storefront', platform: 'custom', status: 'prelaunch' });

describe('job: sell on several channels', () => {
  useStore();

  it('a channel: what it is for good, what may change, and that a deleted one rests', async () => {
    const channel = await outlet();
    expect(channel).to.include({ is_visible: true, external_id: '', status: 'prelaunch', platform: 'custom', type: 'storefront' });
    expect((await Channel.all()).map(({ id }) => id)).to.include.members([1, channel.id]);
    expect(await Channel.find(1)).to.include({ type: 'storefront', platform: 'bigcommerce', status: 'active' });
    await channel.update({ name: 'Outlet store', status: 'active', type: 'pos' });
    expect(await Channel.find(channel.id)).to.include({ name: 'Outlet store', status: 'active', type: 'storefront' });
    expect(await refusal(channel.update({ status: 'prelaunch' }))).to.be.oneOf(refusals);
    expect(await refusal(Channel.create({ name: 'No', type: 'storefront', platform: 'amazon' }))).to.equal(422);
    await ChannelMetafield.of(channel.id).create({ permission_set: 'read', namespace: 'pim', key: 'code', value: 'OUT' });
    expect((await ChannelMetafield.of(channel.id).all()).map(({ resource_id }) => resource_id)).to.deep.equal([channel.id]);
    const gone = await Channel.find(channel.id);
    await gone.update({ status: 'deleted' });
    expect(await refusal(Channel.update(channel.id, { name: 'Again' }))).to.be.oneOf(refusals);
  });

  it('listings on a marketplace: variants are added to those that are there', async () => {
    const channel = await Channel.create({ name: 'Market', type: 'marketplace', platform: 'custom' });
    const product = await Product.create({
      name: 'Shirt',
      type: 'physical',
      weight: 1,
      price: 10,
      variants: ['S', 'L'].map((label) => ({ sku: `SHIRT-${label}`, option_values: [{ option_display_name: 'Size', label }] })),
    });
    const [small, large] = await product.variants;
    const row = (variant: number | undefined) => ({ variant_id: variant ?? 0, product_id: product.id, state: 'active' });
    const listing = await ChannelListing.of(channel).create({
      product_id: product.id,
      state: 'active',
      name: 'Our shirt',
      variants: [row(small?.id)],
    });
    expect(listing.listing_id).to.be.greaterThan(0);
    expect(listing).to.include({ channel_id: channel.id, name: 'Our shirt' });
    await listing.update({ state: 'pending', variants: [row(large?.id)] });
    const read = await ChannelListing.of(channel).find(listing.listing_id);
    expect(read.state).to.equal('pending');
    expect(read.variants.map(({ variant_id }) => variant_id)).to.have.members([small?.id, large?.id]);
    const other = await Product.create({ name: 'Socks', type: 'physical', weight: 1, price: 2 });
    expect(
      await refusal(ChannelListing.of(channel).create({ product_id: other.id, state: 'active', variants: [row(small?.id)] })),
    ).to.equal(422);
    expect(
      await ChannelListing.of(channel)
        .where({ product_id: { in: [product.id] } })
        .count(),
    ).to.equal(1);
    expect(await refusal(ChannelListing.of(channel).find(4711))).to.equal(404);
    expect(await ChannelListing.of(4711).all()).to.deep.equal([]);
  });

  it('currencies: one default, and a channel of its own', async () => {
    const euro = await Currency.create({
      name: 'Euro',
      currency_code: 'EUR',
      country_iso2: 'DE',
      currency_exchange_rate: '0.9',
      token: '€',
      token_location: 'right',
      decimal_token: ',',
      thousands_token: '.',
      decimal_places: 2,
      enabled: true,
      is_transactional: true,
    });
    expect(euro.is_default).to.equal(false);
    expect(Number(euro.currency_exchange_rate)).to.equal(0.9);
    const [dollar] = await Currency.all();
    expect(await refusal(dollar?.destroy() ?? Promise.resolve())).to.be.oneOf(refusals);
    const channel = await outlet();
    await ChannelCurrencyAssignment.of(channel).create({ enabled_currencies: ['EUR', 'USD'], default_currency: 'EUR' });
    const assignment = await ChannelCurrencyAssignment.of(channel).get();
    expect(assignment).to.include({ channel_id: channel.id, default_currency: 'EUR' });
    await assignment.update({ enabled_currencies: ['EUR'] });
    const read = (await Channel.include('currencies').all()).find(({ id }) => id === channel.id);
    expect(read?.currencies).to.deep.include({ default_currency: 'EUR', enabled_currencies: ['EUR'] });
    expect(await refusal(assignment.update({ default_currency: 'XXX', enabled_currencies: ['XXX'] }))).to.equal(422);
    await euro.update({ is_default: true });
    expect((await Currency.all()).filter(({ is_default }) => is_default).map(({ currency_code }) => currency_code)).to.deep.equal(['EUR']);
    await Currency.deleteAll();
    expect((await Currency.all()).map(({ currency_code }) => currency_code)).to.deep.equal(['EUR']);
  });

  it('a headless site with its routes', async () => {
    const channel = await outlet();
    const site = await ChannelSite.of(channel).create({ url: 'https://outlet.example.com' });
    expect(site).to.include({ channel_id: channel.id, url: 'https://outlet.example.com', is_checkout_url_customized: false });
    expect(site.urls.map(({ type, url }) => [type, url])).to.deep.include(['primary', 'https://outlet.example.com']);
    const { failed } = await SiteRoute.of(site.id).upsertMany([
      { type: 'product', matching: '*', route: '/products/{slug}' },
      { type: 'product', matching: '5', route: '/our-best' },
      { type: 'cart', matching: '*', route: '/basket' },
    ]);
    expect(failed).to.deep.equal([]);
    const routes = await SiteRoute.of(site.id).all();
    expect(routes.map(({ type, matching, route }) => `${type} ${matching} ${route}`)).to.deep.equal([
      'product * /products/{slug}',
      'product 5 /our-best',
      'cart * /basket',
    ]);
    const [product] = routes;
    await product?.update({ route: '/p/{slug}' });
    expect((await SiteRoute.of(site.id).find(product?.id ?? 0)).route).to.equal('/p/{slug}');
    await routes[1]?.destroy();
    expect((await SiteRoute.of(site.id).where({ type: 'product' }).all()).map(({ id }) => id)).to.deep.equal([product?.id]);
    expect(await refusal(SiteRoute.of(site.id).create({ type: 'nowhere', matching: '*', route: '/x' }))).to.equal(422);
    await site.destroy();
    expect(await refusal(SiteRoute.of(site.id).all())).to.be.oneOf(refusals);
  });

  it('settings: a channel inherits until it says otherwise', async () => {
    const store = await StorefrontSeoSettings.get();
    await store.update({ page_title: 'Everything for the kitchen' });
    const { id } = await outlet();
    const channel = await StorefrontSeoSettings.where({ channel_id: id }).get();
    expect(channel).to.include({ page_title: null, meta_description: null });
    await channel.update({ page_title: 'The outlet' });
    expect(await StorefrontSeoSettings.where({ channel_id: id }).get()).to.include({ page_title: 'The outlet', meta_description: null });
    expect((await store.reload()).page_title).to.equal('Everything for the kitchen');
    await channel.update({ page_title: null });
    expect((await channel.reload()).page_title).to.equal(null);
    const category = await StorefrontCategorySettings.get();
    expect(category.listing_mode).to.be.oneOf(['current_category_only', 'child_categories', 'child_categories_if_category_empty']);
    expect(await StorefrontCategorySettings.where({ channel_id: id }).get()).to.include({ listing_mode: null, category_tree_depth: null });
    expect(await refusal(category.update({ listing_mode: 'sideways' }))).to.equal(422);
    const profile = await StoreProfileSettings.where({ channel_id: id }).get();
    await profile.update({
      store_name: 'Outlet',
      store_phone: '555',
      store_email: 'o@example.com',
      store_address: '1 Pier',
      store_address_type: 'Retail',
    });
    expect(await StoreProfileSettings.where({ channel_id: id }).get()).to.include({ store_name: 'Outlet', store_address_type: 'Retail' });
    expect((await StoreProfileSettings.get()).store_name).to.not.equal('Outlet');
  });

  it('tokens for a storefront: for at most two origins', async () => {
    const expires_at = new Date(Date.now() + 3_600_000);
    const token = await StorefrontToken.create({ channel_id: 1, expires_at, allowed_cors_origins: ['https://outlet.example.com'] });
    expect(token.token.split('.')).to.have.length(3);
    const impersonation = await CustomerImpersonationToken.create({ channel_id: 1, expires_at });
    expect(impersonation.token).to.not.equal(token.token);
    const origins: [string, string] = ['https://a.example.com', 'https://b.example.com'];
    await StorefrontToken.create({ channel_id: 1, expires_at, allowed_cors_origins: origins });
    origins.push('https://c.example.com');
    expect(await refusal(StorefrontToken.create({ channel_id: 1, expires_at, allowed_cors_origins: origins }))).to.equal(422);
    expect(
      await refusal(StorefrontToken.create({ channel_id: 4711, expires_at, allowed_cors_origins: ['https://a.example.com'] })),
    ).to.equal(422);
    await StorefrontToken.revoke(token.token);
    expect(await refusal(StorefrontToken.revoke('no-token'))).to.equal(422);
  });
});
