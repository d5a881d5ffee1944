import { ClientError } from 'bigrecord';
import { BlogPost, BlogTag, Page as V2Page, Redirect as V2Redirect } from 'bigrecord/v2';
import {
  CustomTemplateAssociation,
  Page,
  PageWidget,
  Placement,
  Redirect,
  RedirectJob,
  Region,
  Script,
  Site,
  Widget,
  WidgetTemplate,
} from 'bigrecord/v3';
import { expect } from 'chai';
import { rejection } from '../support/rejection.js';
import { useStore } from '../support/store.js';

type Row = Record<string, unknown>;

/** The fields that a response names. */
const fieldsOf = ({ body }: ClientError): string[] => Object.keys((body as { errors: object }).errors);

describe('content of the sandbox', () => {
  const context = useStore();
  const v2 = { version: 'v2' } as const;

  const refused = async (path: string, body: object): Promise<string[]> => {
    const error = await rejection(context.session.post(path, { body }), ClientError);
    expect(error.status).to.equal(422);
    return fieldsOf(error);
  };

  describe('pages', () => {
    it('are the same in both generations, and have the address of their name', async () => {
      const page = await Page.create({ name: 'About Us', type: 'page', body: '<p>x</p>' });
      const shown = async (query: Record<string, string>) => (await context.session.get(`/content/pages/${page.id}`, { query })).body;
      expect(await shown({})).to.not.have.nested.property('data.body');
      expect(await shown({ include: 'body' })).to.have.nested.property('data.body', '<p>x</p>');
      expect(page).to.include({
        channel_id: 1,
        parent_id: 0,
        is_visible: true,
        is_homepage: false,
        url: '/about-us/',
        content_type: 'text/html',
      });
      expect(await V2Page.find(page.id)).to.include({ name: 'About Us', url: '/about-us/', layout_file: 'page.html' });
      const old = await V2Page.create({ name: 'Old', type: 'page', body: 'x' });
      await old.update({ name: 'Older' });
      expect((await Page.find(old.id)).name).to.equal('Older');
      await Page.destroyMany([page.id, old.id]);
      expect((await V2Page.all()).map(({ id }) => id)).to.not.include.members([page.id, old.id]);
    });

    it('have what their type demands, and a name of their own', async () => {
      await Page.create({ name: 'Taken', type: 'page', body: '' });
      expect(await refused('/content/pages', { name: 'Link', type: 'link' })).to.deep.equal(['link']);
      expect(await refused('/content/pages', { name: 'Raw', type: 'raw' })).to.deep.equal(['body']);
      expect(await refused('/content/pages', { name: 'Odd', type: 'poster' })).to.deep.equal(['type']);
      expect(await refused('/content/pages', { name: 'Taken', type: 'page' })).to.deep.equal(['name']);
      expect(await refused('/content/pages', { name: 'x'.repeat(101), type: 'page' })).to.deep.equal(['name']);
      expect(await refused('/content/pages', { name: 'Child', type: 'page', parent_id: 999 })).to.deep.equal(['parent_id']);
      expect(await Page.create({ name: 'Elsewhere', type: 'link', link: 'https://a.example' })).to.include({ url: 'https://a.example' });
    });

    it('of a batch are stored as far as they are valid, although the batch is refused', async () => {
      const pages = [
        { name: 'One', type: 'page' },
        { name: 'Two', type: 'link' },
        { name: 'Three', type: 'page' },
      ];
      expect(await refused('/content/pages', pages)).to.deep.equal(['1.link']);
      expect((await Page.where({ name: 'One' })).length + (await Page.where({ name: 'Three' })).length).to.equal(2);
    });

    it('have one home page', async () => {
      const [first] = await Page.all();
      await first?.update({ is_homepage: true });
      const second = await Page.create({ name: 'Home', type: 'page', body: '', is_homepage: true });
      expect((await Page.all()).filter(({ is_homepage }) => is_homepage).map(({ id }) => id)).to.deep.equal([second.id]);
    });
  });

  describe('the blog', () => {
    it('begins with the post that was published last; a change without is_published makes a draft', async () => {
      const create = async (title: string, published_date: string): Promise<Row> =>
        (
          await context.session.post('/blog/posts', {
            ...v2,
            body: { title, body: `<p>${title}!</p>`, is_published: true, published_date },
          })
        ).body as Row;
      const post = await create('Old News', 'Wed, 10 Aug 2022 15:39:15 -0500');
      await create('Fresh News', 'Wed, 10 Aug 2039 15:39:15 +0000');
      expect(post).to.deep.include({
        url: '/blog/old-news/',
        summary: 'Old News!',
        published_date: { timezone_type: 1, date: '2022-08-10 20:39:15.000000', timezone: '+00:00' },
      });
      const titles = (await BlogPost.limit(250).all()).map(({ title }) => title);
      expect([titles[0], titles.at(-1)]).to.deep.equal(['Fresh News', 'Old News']);
      await context.session.put(`/blog/posts/${post['id']}`, { ...v2, body: { title: 'News' } });
      expect((await BlogPost.find(Number(post['id']))).is_published).to.equal(false);
      const wrong = context.session.post('/blog/posts', { ...v2, body: { title: 'a', body: 'b', published_date: 'soon' } });
      expect((await rejection(wrong, ClientError)).status).to.equal(400);
    });

    it('lists the tags of its posts, and posts by tag', async () => {
      const { id } = await BlogPost.create({ title: 'Oak again', body: 'x', tags: ['oak', 'new'] });
      const tags = new Map((await BlogTag.all()).map(({ tag, post_ids }) => [tag, post_ids]));
      expect([tags.get('oak'), tags.get('new'), tags.get('gifts')]).to.deep.equal([[1, id], [id], [2]]);
      expect((await BlogPost.where({ tag: 'oak' }).all()).map((post) => post.id)).to.have.members([1, id]);
      await BlogPost.destroy(id);
      expect((await BlogTag.all()).map(({ tag }) => tag)).to.not.include('new');
    });
  });

  describe('widgets', () => {
    it('keep the version of their template until they are upgraded', async () => {
      const template = await WidgetTemplate.create({ name: 'Title', template: '<h1>{{title.text}}</h1>' });
      expect(template).to.include({ kind: 'custom', channel_id: 1, icon_name: 'default', client_rerender: true });
      expect((await template.preview({ title: { text: 'Hi' } })).html).to.equal('<h1>Hi</h1>');
      const first = template.current_version_uuid;
      const widget = await Widget.create({ name: 'W', widget_template_uuid: template.uuid });
      await template.update({ template: '<h2>{{title.text}}</h2>', create_new_version: true });
      const second = (await template.reload()).current_version_uuid;
      expect(second).to.not.equal(first);
      const kept = await Widget.find(widget.uuid);
      expect([kept.version_uuid, kept.widget_template.template]).to.deep.equal([first, '<h1>{{title.text}}</h1>']);
      const path = `/content/widget-templates/${template.uuid}`;
      expect(((await context.session.get(path, { query: { version_uuid: first } })).body as { data: Row }).data['template']).to.contain(
        'h1',
      );
      await widget.update({ upgrade: true });
      expect((await Widget.find(widget.uuid)).version_uuid).to.equal(second);
    });

    it('are placed in regions, and found by their template', async () => {
      const [template] = await WidgetTemplate.all();
      const widget = await Widget.create({ name: 'W', widget_template_uuid: template?.uuid ?? '' });
      const placement = await Placement.create({ template_file: 'pages/home', widget_uuid: widget.uuid });
      expect(placement).to.include({ status: 'inactive', channel_id: 1, entity_id: '' });
      expect((placement.widget as unknown as Row)['name']).to.equal('W');
      const found = await Placement.where({ widget_template_uuid: template?.uuid ?? '' }).all();
      expect(found.map(({ uuid }) => uuid)).to.include(placement.uuid);
      const unknown = '11111111-1111-4111-8111-999999999999';
      expect(await refused('/content/widgets', { name: 'W', widget_template_uuid: unknown })).to.deep.equal(['widget_template_uuid']);
      expect(await refused('/content/placements', { template_file: 'a', widget_uuid: unknown })).to.deep.equal(['widget_uuid']);
      expect(await refused('/content/widget-templates', { name: 'T', template: 'x', schema: [{ type: 'page' }] })).to.deep.equal([
        'schema',
      ]);
      expect((await Region.where({ template_file: 'pages/category' }).all()).map(({ name }) => name)).to.include('category_below_content');
    });

    it('of a page are replaced as a whole', async () => {
      const publish = (name: string): Promise<unknown> =>
        context.session.post('/content/page-widgets', { body: { template_file: 'pages/brand', regions: [{ name, children: [] }] } });
      await publish('first');
      await publish('second');
      const [page] = await PageWidget.where({ template_file: 'pages/brand' }).all();
      expect(page?.regions.map(({ name }) => name)).to.deep.equal(['second']);
      const { body } = await context.session.get('/content/page-widgets', { query: { template_file: 'pages/none' } });
      expect((body as { data: Row }).data['regions']).to.deep.equal([]);
    });
  });

  it('scripts have an address or a tag, and ten are those of an app', async () => {
    const script = { name: 'Chat', kind: 'src', src: 'https://a.example/chat.js' } as const;
    expect(await Script.create(script)).to.include({ enabled: true, channel_id: 1, consent_category: 'unknown', load_method: 'default' });
    const wrong: [field: string, values: object][] = [
      ['html', { ...script, html: '<script></script>' }],
      ['html', { name: 'A', kind: 'script_tag', html: '<b>x</b>' }],
      ['src', { name: 'A', kind: 'src', html: undefined, src: '' }],
      ['location', { ...script, location: 'middle' }],
      ['integrity_hashes', { ...script, integrity_hashes: ['1', '2', '3', '4', '5', '6'] }],
    ];
    for (const [field, body] of wrong) expect(await refused('/content/scripts', body), JSON.stringify(body)).to.include(field);
    for (let number = 2; number <= 10; number++) await Script.create(script);
    expect(await refused('/content/scripts', script)).to.deep.equal(['name']);
  });

  describe('redirects', () => {
    it('are one for a path of a site, and the same in both generations', async () => {
      await Redirect.upsertMany([{ site_id: 1000, from_path: '/a', to: { type: 'url', url: '/b' } }]);
      await Redirect.upsertMany([{ site_id: 1000, from_path: '/a', to: { type: 'product', entity_id: 2 } }]);
      const [redirect, ...others] = (await Redirect.include('to_url').all()).filter(({ from_path }) => from_path === '/a');
      expect(others).to.deep.equal([]);
      expect(redirect?.to).to.deep.equal({ type: 'product', entity_id: 2 });
      const [site] = await Site.all();
      expect(redirect?.to_url).to.match(new RegExp(`^${site?.url}/.+/$`));
      expect((await Redirect.all()).every((each) => !('to_url' in each.toObject()))).to.equal(true);
      const old = await V2Redirect.find(redirect?.id ?? 0);
      expect([old.path, old.forward]).to.deep.equal(['/a', { type: 'product', ref: 2 }]);
      const made = await V2Redirect.create({ path: '/c', forward: { type: 'manual', ref: '/d' } });
      expect(made.url).to.equal(`${site?.url}/d`);
      const [found] = (await Redirect.all()).filter(({ from_path }) => from_path === '/c');
      expect([found?.id, found?.site_id, found?.to]).to.deep.equal([made.id, 1000, { type: 'url', url: '/d' }]);
    });

    it('need a target', async () => {
      const put = (to: object): Promise<unknown> =>
        context.session.put('/storefront/redirects', { body: [{ site_id: 1000, from_path: '/x', to }] });
      for (const [field, to] of [
        ['0.to.url', { type: 'url' }],
        ['0.to.entity_id', { type: 'product' }],
        ['0.to.type', { type: 'planet', entity_id: 1 }],
      ] as const)
        expect(fieldsOf(await rejection(put(to), ClientError))).to.deep.equal([field]);
    });

    it('are imported from a table, whose wrong rows are reported', async () => {
      const table = [
        'Domain,Old Path,Manual URL/Path,Dynamic Target Type,Dynamic Target ID',
        'sandbox.example.com,/one,"/a,b",,',
        'sandbox.example.com,/two,,category,3',
        'elsewhere.example.com,/three,/x,,',
        'sandbox.example.com,/four,,planet,1',
      ].join('\n');
      const { id } = await RedirectJob.import({ content: new TextEncoder().encode(table), name: 'redirects.csv' });
      const [progress] = await RedirectJob.events(id, 'import');
      expect([progress?.completed_items, progress?.total_items, progress?.errors?.map(({ row }) => row)]).to.deep.equal([2, 4, [4, 5]]);
      const targets = new Map((await Redirect.all()).map(({ from_path, to }) => [from_path, to]));
      expect(targets.get('/one')).to.deep.equal({ type: 'url', url: '/a,b' });
      expect(targets.get('/two')).to.deep.equal({ type: 'category', entity_id: 3 });
      const exported = await RedirectJob.export({ redirect_ids: [(await Redirect.all()).at(-2)?.id ?? 0] });
      expect((await RedirectJob.download(exported.id)).split('\n')[1]).to.equal('sandbox.example.com,/one,"/a,b",,');
      const png = RedirectJob.import({ content: new Uint8Array([137, 80, 78, 71]), name: 'x.png' });
      expect((await rejection(png, ClientError)).status).to.equal(400);
      expect((await rejection(RedirectJob.export({ redirect_ids: [999] }), ClientError)).status).to.equal(409);
    });
  });

  it('templates of products are one for a channel and a product, valid if the theme has the file', async () => {
    const put = (file_name: string): Promise<unknown> =>
      CustomTemplateAssociation.upsertMany([{ channel_id: 1, entity_type: 'product', entity_id: 9, file_name }]);
    await put('missing.html');
    await put('custom-product-1.html');
    const found = await CustomTemplateAssociation.where({ 'entity_id:in': [9] }).all();
    expect(found.map(({ file_name, is_valid }) => [file_name, is_valid])).to.deep.equal([['custom-product-1.html', true]]);
    await put('missing.html');
    expect((await CustomTemplateAssociation.where({ 'entity_id:in': [9] }).first())?.is_valid).to.equal(false);
  });
});
