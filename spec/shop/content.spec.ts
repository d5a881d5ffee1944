import { UncertainOutcomeError } from 'bigrecord';
import { BlogPost, BlogTag, Page as V2Page } from 'bigrecord/v2';
import {
  CustomTemplateAssociation,
  Page,
  Placement,
  Product,
  Redirect,
  RedirectJob,
  Script,
  Site,
  Widget,
  WidgetTemplate,
} from 'bigrecord/v3';
import { expect } from 'chai';
import { useStore } from '../support/store.js';
import { refusal } from './refusal.js';

describe('job: fill the pages of the shop', () => {
  useStore();

  it('pages: a unique name, what each type demands, and one bad page that spoils no other', async () => {
    const about = await Page.create({ name: 'About us', type: 'page', body: '<p>Since 1920</p>', is_visible: true });
    expect(about).to.include({
      channel_id: 1,
      parent_id: 0,
      sort_order: 0,
      is_homepage: false,
      is_customers_only: false,
      url: '/about-us/',
    });
    const { succeeded, failed } = await Page.createMany([
      { name: 'Team', type: 'page', body: 'Us', parent_id: about.id },
      { name: 'About us', type: 'page', body: 'Again' },
      { name: 'Raw', type: 'raw' },
      { name: 'Elsewhere', type: 'link' },
      { name: 'Blog elsewhere', type: 'link', link: 'https://blog.example.com' },
    ]);
    // One invalid entry makes the response 422, but the valid ones are created (pages.v3.yml): which ones, the response does not say.
    expect([succeeded.length, failed.length]).to.deep.equal([0, 5]);
    expect(failed.some(({ error }) => error instanceof UncertainOutcomeError)).to.equal(true);
    expect((await Page.all()).map(({ name }) => name))
      .to.include.members(['Team', 'Blog elsewhere'])
      .and.not.include('Raw');
    const team = await Page.findBy({ name: 'Team' });
    expect((await Page.find(about.id, { params: { include: ['body'] } })).body).to.equal('<p>Since 1920</p>');
    expect(await V2Page.find(about.id)).to.include({ name: 'About us', body: '<p>Since 1920</p>', type: 'page' });
    await about.update({ is_visible: false });
    expect((await Page.where({ name: { like: 'About' } }).all()).map(({ id, is_visible }) => [id, is_visible])).to.deep.equal([
      [about.id, false],
    ]);
    await Page.destroyMany([about, team ?? about]);
    expect(await refusal(Page.find(about.id))).to.equal(404);
  });

  it('blog: a draft with an address made of its title, published later, and found by its tags', async () => {
    await BlogPost.deleteAll();
    const post = await BlogPost.create({ title: 'How we weave', body: '<p>By hand</p>', tags: ['wool', 'craft'] });
    expect(post).to.include({ is_published: false, title: 'How we weave' });
    expect(post.url).to.match(/^\/blog\/how-we-weave\/?$/);
    expect(post.summary).to.contain('By hand');
    const published = new Date('2024-05-01T10:00:00Z');
    const news = await BlogPost.create({ title: 'News', body: 'Soon', tags: ['wool'], is_published: true, published_date: published });
    expect((await BlogPost.find(news.id)).published_date_iso8601).to.deep.equal(published);
    await news.update({ title: 'News of May' });
    expect(await BlogPost.find(news.id)).to.include({ title: 'News of May', is_published: true });
    const tags = new Map((await BlogTag.all()).map(({ tag, post_ids }) => [tag, post_ids]));
    expect(tags.get('wool')).to.have.members([post.id, news.id]);
    expect(tags.get('craft')).to.deep.equal([post.id]);
    expect((await BlogPost.where({ is_published: true }).all()).map(({ id }) => id)).to.deep.equal([news.id]);
    await post.destroy();
    expect((await BlogTag.all()).map(({ tag }) => tag)).to.deep.equal(['wool']);
    expect(await BlogPost.count()).to.equal(1);
  });

  it('a widget: from its template to its place, with a second version of the template', async () => {
    const template = await WidgetTemplate.create({ name: 'Banner', schema: [], template: '<h1>{{title}}</h1>' });
    expect(template).to.include({ kind: 'custom', channel_id: 1, icon_name: 'default' });
    expect((await template.preview({ title: 'Hi' })).html).to.equal('<h1>Hi</h1>');
    const widget = await Widget.create({ name: 'Spring', widget_template_uuid: template.uuid, widget_configuration: { title: 'Spring' } });
    expect(widget.version_uuid).to.equal(template.current_version_uuid);
    expect(widget.widget_template).to.include({ uuid: template.uuid, name: 'Banner' });
    const placement = await Placement.create({
      widget_uuid: widget.uuid,
      template_file: 'pages/home',
      region: 'home_below_menu',
      sort_order: 1,
    });
    expect(placement).to.include({ status: 'inactive', channel_id: 1 });
    expect(placement.widget).to.include({ uuid: widget.uuid, name: 'Spring' });
    await placement.update({ status: 'active' });
    expect((await Placement.where({ widget_uuid: widget.uuid }).all()).map(({ status }) => status)).to.deep.equal(['active']);
    await template.update({ template: '<h2>{{title}}</h2>', create_new_version: true });
    expect(template.current_version_uuid).to.not.equal(widget.version_uuid);
    expect((await widget.reload()).version_uuid).to.not.equal(template.current_version_uuid);
    await widget.update({ upgrade: true });
    expect((await widget.reload()).version_uuid).to.equal(template.current_version_uuid);
    expect(
      await refusal(
        Widget.create({ name: 'Lost', widget_template_uuid: '00000000-0000-0000-0000-000000000000', widget_configuration: {} }),
      ),
    ).to.equal(422);
    expect(await refusal(Placement.create({ widget_uuid: '00000000-0000-0000-0000-000000000000', template_file: 'pages/home' }))).to.equal(
      422,
    );
  });

  it('scripts: an address or a tag, never both, and ten of an app', async () => {
    await Script.destroyMany(await Script.all());
    const base = {
      name: 'Chat',
      description: 'Talk to us',
      kind: 'src',
      src: 'https://chat.example.com/chat.js',
      location: 'footer',
      load_method: 'async',
      visibility: 'all_pages',
    } as const;
    const script = await Script.create(base);
    expect(script).to.include({ enabled: true, auto_uninstall: true, channel_id: 1, consent_category: 'unknown' });
    expect(script.uuid).to.match(/^[0-9a-f-]{36}$/);
    expect(await refusal(Script.create({ ...base, src: undefined }))).to.equal(422);
    expect(await refusal(Script.create({ ...base, html: '<script></script>' }))).to.equal(422);
    expect(await refusal(Script.create({ ...base, kind: 'script_tag' }))).to.equal(422);
    expect(await refusal(Script.create({ ...base, name: 'x'.repeat(256) }))).to.equal(422);
    for (let at = 1; at < 10; at++) await Script.create({ ...base, name: `Chat ${at}` });
    expect(await refusal(Script.create({ ...base, name: 'Eleventh' }))).to.equal(422);
    await script.update({ enabled: false });
    expect((await Script.find(script.uuid)).enabled).to.equal(false);
    await script.destroy();
    expect(await Script.count()).to.equal(9);
  });

  it('redirects: an old path once, exported as a table and imported from one', async () => {
    await Redirect.destroyMany(await Redirect.all());
    const [site] = await Site.all();
    const site_id = site?.id ?? 0;
    const product = await Product.create({ name: 'Oak Chair', type: 'physical', weight: 8, price: 30 });
    expect(await refusal(RedirectJob.export())).to.equal(409);
    await Redirect.upsertMany([
      { site_id, from_path: '/old-chair', to: { type: 'product', entity_id: product.id } },
      { site_id, from_path: '/sale', to: { type: 'url', url: '/spring' } },
    ]);
    await Redirect.upsertMany([{ site_id, from_path: '/sale', to: { type: 'url', url: '/summer' } }]);
    const redirects = await Redirect.include('to_url').all();
    expect(redirects.map(({ from_path, to }) => [from_path, to.type])).to.deep.equal([
      ['/old-chair', 'product'],
      ['/sale', 'url'],
    ]);
    expect(redirects.map(({ to_url }) => to_url.replace(/^https?:\/\/[^/]+/, ''))).to.deep.equal([product.custom_url.url, '/summer']);
    const { id } = await RedirectJob.export();
    await RedirectJob.events(id);
    const [head, ...rows] = (await RedirectJob.download(id)).trim().split(/\r?\n/);
    expect(head).to.equal('Domain,Old Path,Manual URL/Path,Dynamic Target Type,Dynamic Target ID');
    expect(rows).to.have.length(2);
    expect(rows[0]).to.match(new RegExp(`,/old-chair,,product,${product.id}$`, 'i'));
    const table = `${head}\n${rows[1]?.replace('/sale', '/winter')}\n`;
    const imported = await RedirectJob.import({ content: new TextEncoder().encode(table), name: 'redirects.csv' });
    await RedirectJob.events(imported.id, 'import');
    expect((await Redirect.all()).map(({ from_path }) => from_path)).to.have.members(['/old-chair', '/sale', '/winter']);
    const jobs = await RedirectJob.all();
    expect(jobs.find((job) => job.id === imported.id)).to.include({
      type: 'import',
      status: 'complete',
      completed_items: 1,
      failed_items: 0,
    });
    expect(await refusal(RedirectJob.import({ content: new Uint8Array([137, 80, 78, 71]), name: 'side.png' }))).to.equal(400);
  });

  it('an own template for a product: one per channel and product, and valid only if the theme has it', async () => {
    await CustomTemplateAssociation.upsertMany([
      { channel_id: 1, entity_type: 'product', entity_id: 55, file_name: 'special.html' },
      { channel_id: 1, entity_type: 'category', entity_id: 55, file_name: 'wide.html' },
    ]);
    await CustomTemplateAssociation.upsertMany([{ channel_id: 1, entity_type: 'product', entity_id: 55, file_name: 'better.html' }]);
    const all = await CustomTemplateAssociation.where({ entity_id: { in: [55] } }).all();
    expect(all.map(({ entity_type, file_name }) => [entity_type, file_name])).to.have.deep.members([
      ['product', 'better.html'],
      ['category', 'wide.html'],
    ]);
    expect(all.map(({ is_valid }) => is_valid)).to.deep.equal([false, false]);
    expect(all[0]?.date_created).to.be.an.instanceOf(Date);
    await CustomTemplateAssociation.where({ entity_id: { in: [55] }, type: 'category' }).deleteAll();
    expect((await CustomTemplateAssociation.where({ entity_id: { in: [55] } }).all()).map(({ entity_type }) => entity_type)).to.deep.equal([
      'product',
    ]);
    const { failed } = await CustomTemplateAssociation.upsertMany([
      { channel_id: 4711, entity_type: 'product', entity_id: 1, file_name: 'x.html' },
    ]);
    expect(failed.map(({ error }) => 'status' in error && error.status)).to.deep.equal([422]);
  });
});
