import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';

/** Never called: it is the compiler that checks it, when the specs are built. */
async function typeChecks(channel: v3.Channel, page: v3.Page, template: v3.WidgetTemplate, context: v3.SearchFilterContext): Promise<void> {
  // Channels and listings.
  const sections: readonly v3.ChannelMenuSection[] = channel.app.sections;
  channel.assign({ app: { id: 123, sections: [...sections, { title: 'Overview', query_path: 'overview' }] }, platform: 'my-own' });
  // @ts-expect-error the page of an app has a title
  channel.assign({ app: { sections: [{ label: 'Overview' }] } });
  // @ts-expect-error the store tells it from the status
  channel.is_enabled = true;
  void v3.ChannelListing.of(1).create({ product_id: 1, state: 'active', variants: [{ product_id: 1, variant_id: 2, state: 'active' }] });
  // @ts-expect-error the store sets the date
  void v3.ChannelListing.of(1).create({ product_id: 1, state: 'active', variants: [{ date_created: '' }] });
  // @ts-expect-error a listing has variants
  void v3.ChannelListing.of(1).create({ product_id: 1, state: 'active' });
  const [listing] = await channel.listings;
  const variant: number | undefined = listing?.variants[0]?.variant_id;
  const primary: string | undefined = (await channel.site)?.urls.find(({ type }) => type === 'primary')?.url;

  // Settings: null is a channel's own way to have none.
  const security = await v3.StorefrontSecuritySettings.get();
  const maxAge: string | undefined = security.hsts?.max_age;
  security.assign({ hsts: { max_age: 'one_year' }, csp_header: null });
  // @ts-expect-error a flag
  security.assign({ hsts: { enabled: 'yes' } });
  // @ts-expect-error may be null
  security.hsts.enabled = true;
  const profile = await v3.StoreProfileSettings.get();
  profile.store_name = null;
  // @ts-expect-error
  profile.store_name = 3;
  // @ts-expect-error the store generates it
  (await v3.StorefrontStatusSettings.get()).prelaunch_password = 'x';

  // Search filters: the type tells which fields there are.
  for (const filter of context.data) {
    if (filter.type === 'product') filter.sort_by = 'option_values';
    // @ts-expect-error brands have no values of options
    if (filter.type === 'brand') filter.sort_by = 'option_values';
    // @ts-expect-error prices are no list
    if (filter.type === 'price') filter.items_to_show = 5;
    // @ts-expect-error 5, 10 or 15
    if (filter.type === 'category') filter.items_to_show = 20;
  }
  context.assign({ context: { channel_id: 1, category_id: 21 } });

  // Sites.
  void v3.SiteRoute.of(1).create({ type: 'product', matching: '*', route: '/{slug}' });
  const [route] = await v3.SiteRoute.of(1).all();
  const created: Date | null | undefined = route?.created_at;
  const certificate = await v3.SiteCertificate.of(1).get();
  const expiry: string | undefined = certificate.installed_certificate?.validity_not_after;
  certificate.assign({ certificate: { certificate: 'x', private_key: 'y' } });
  // @ts-expect-error it is read from the certificate
  certificate.assign({ installed_certificate: { issuer: 'x' } });

  // Content.
  page.meta_title = null;
  // @ts-expect-error
  page.name = null;
  void v3.Script.create({ name: 'x', src: 'https://a.example/x.js' });
  void v3.Script.create({ name: 'x', html: '<script></script>' });
  // @ts-expect-error neither the address nor the element
  void v3.Script.create({ name: 'x' });
  for (const part of template.schema) {
    if (part.type === 'tab') for (const { settings } of part.sections) settings.push({ type: 'select', id: 'x', default: 'y' });
    if (part.type === 'array') part.thumbnail.valueKey = 'imageUrl.src';
    // @ts-expect-error only tabs have sections
    if (part.type === 'hidden') part.sections = [];
  }
  const html: string = (await template.preview({ text: 'x' })).html;
  const [placement] = await v3.Placement.all();
  const uuid: string | undefined = placement?.widget.widget_template.uuid;
  void v3.PageWidget.create({ regions: [{ name: 'x', children: [{ type: 'widget', name: 'y', configuration: { any: 1 } }] }] });
  // @ts-expect-error a region has children
  void v3.PageWidget.create({ regions: [{ name: 'x', widgets: [] }] });

  // Redirects, associations, tokens, themes.
  void v3.Redirect.create({ site_id: 1, from_path: '/old', to: { type: 'url', url: '/new' } });
  // @ts-expect-error which site?
  void v3.Redirect.create({ from_path: '/old' });
  void v3.CustomTemplateAssociation.create({ channel_id: 1, entity_type: 'brand', entity_id: 2, file_name: 'x.html' });
  // @ts-expect-error which file?
  void v3.CustomTemplateAssociation.create({ channel_id: 1, entity_type: 'brand', entity_id: 2 });
  const token = await v3.StorefrontToken.create({ expires_at: new Date(), channel_ids: [1] });
  token.allowed_cors_origins = ['https://a.example', 'https://b.example'];
  // @ts-expect-error two at most
  token.allowed_cors_origins = ['https://a.example', 'https://b.example', 'https://c.example'];
  // @ts-expect-error only the store makes one
  token.token = 'x';
  // @ts-expect-error for which channel?
  void v3.StorefrontToken.create({ expires_at: new Date() });
  // @ts-expect-error a Date
  void v3.StorefrontToken.create({ expires_at: 1, channel_id: 1 });
  const lines: string[] = (await v3.RedirectJob.download('x')).split('\n');
  const [theme] = await v3.Theme.all();
  void theme?.activate({ variation_id: theme.variations[0]?.uuid ?? '', which: 'original' });
  // @ts-expect-error a variation
  void theme?.activate({ which: 'original' });

  // Webhooks and blog.
  const [missed] = await v3.MissedWebhookEvent.where({ created_at: { min: new Date() } }).all();
  const at: Date | null | undefined = missed?.created_at;
  const reason: string | undefined = (await v3.WebhookAdmin.get()).blocked_domains[0]?.reasons[0]?.failure_description;
  const post = await v2.BlogPost.create({ title: 'x', body: 'y', published_date: new Date(), author: null });
  // @ts-expect-error a Date
  post.published_date = 'Wed, 10 Aug 2022 15:39:15 -0500';
  void v2.Redirect.create({ path: '/old', forward: { type: 'manual', ref: '/new' } });
  // @ts-expect-error where to?
  void v2.Redirect.create({ path: '/old' });
  void [variant, primary, maxAge, created, expiry, html, uuid, lines, at, reason];
}

describe('types of settings, channels, sites, content, themes and webhooks', () => {
  it('are checked by the compiler', () => {
    expect(typeChecks).to.be.a('function');
  });
});
