import { ParseError, Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import * as v2 from 'bigrecord/v2';
import { expect } from 'chai';
import { json, type Listening, serve } from '../support/http-server.js';
import { rejection } from '../support/rejection.js';

describe('the V2 catalogue', () => {
  let server: Listening;
  let session: Session;
  /** The row that the store answers with, together with what was sent. */
  let row: Record<string, unknown> = {};
  beforeEach(async () => {
    row = {};
    server = await serve(({ method, body }, response) => {
      if (method === 'DELETE') response.writeHead(204).end();
      else if (body === '') json(response, row);
      else json(response, { ...JSON.parse(body), ...row }, method === 'POST' ? 201 : 200);
    });
    session = server.session();
  });
  afterEach(() => server.close());

  const last = (): [string, unknown] => {
    const { method = '', url = '', body = '' } = server.requests.at(-1) ?? {};
    return [`${method} ${url.replace('/stores/abc123', '')}`, body === '' ? undefined : JSON.parse(body)];
  };

  it('adds a video by its URL, and follows it to another key when the URL changes', async () => {
    row = { id: '4wZ3ZG_Wams', product_id: 3, sort_order: 0, name: 'First' };
    const video = await v2.ProductVideo.using(session).of(3).create({ url: 'https://www.youtube.com/watch?v=4wZ3ZG_Wams' });
    expect(last()).to.deep.equal(['POST /v2/products/3/videos', { url: 'https://www.youtube.com/watch?v=4wZ3ZG_Wams' }]);
    row = { id: 'UmhvxsOwhqk', product_id: 3, sort_order: 0, name: 'Second' };
    await video.update({ url: 'https://www.youtube.com/watch?v=UmhvxsOwhqk' });
    expect(last()).to.deep.equal(['PUT /v2/products/3/videos/4wZ3ZG_Wams', { url: 'https://www.youtube.com/watch?v=UmhvxsOwhqk' }]);
    expect([video.id, video.name]).to.deep.equal(['UmhvxsOwhqk', 'Second']);
    row = {};
    await video.update({ name: 'New title', sort_order: 2 });
    expect(last()).to.deep.equal(['PUT /v2/products/3/videos/UmhvxsOwhqk', { name: 'New title', sort_order: 2 }]);
    row = { id: 'another' };
    expect((await rejection(video.update({ name: 'x' }), ParseError)).message).to.contain('got another one');
  });

  it('sends what an update of a bulk discount or a custom field requires', async () => {
    const rule = v2.ProductDiscountRule.using(session).load({ id: '1', product_id: 30, min: 100, max: 500, type: 'price', type_value: 2 });
    rule.max = 0;
    await rule.save();
    expect(last()).to.deep.equal(['PUT /v2/products/30/discount_rules/1', { max: 0, type: 'price', type_value: 2 }]);
    const field = v2.ProductCustomField.using(session).load({ id: 5, product_id: 45, name: 'Release', text: '2013' });
    await field.update({ text: '2014' });
    expect(last()).to.deep.equal(['PUT /v2/products/45/custom_fields/5', { name: 'Release', text: '2014' }]);
  });

  it('deletes the SKUs that a filter of theirs finds', async () => {
    await v2.ProductSku.using(session)
      .of(5)
      .where({ inventory_level: { max: 0 }, is_low_inventory: true })
      .deleteAll();
    expect(last()[0]).to.equal('DELETE /v2/products/5/skus?max_inventory_level=0&is_low_inventory=true');
  });

  it('reaches conditions of rules and options of SKUs by paths of their own', async () => {
    row = { id: 7, rule_id: 2 };
    const condition = await v2.ProductRuleCondition.using(session).of(1, 2).create({ sku_id: 3 });
    expect(last()).to.deep.equal(['POST /v2/products/1/rules/2/conditions', { sku_id: 3 }]);
    await condition.update({ sku_id: 4 });
    expect(last()).to.deep.equal(['PUT /v2/products/1/rules/2/conditions/7', { sku_id: 4 }]);
    row = { id: 8, sku_id: 2 };
    await v2.ProductSkuOption.using(session).of(1, 2).create({ product_option_id: 3, option_value_id: 4 });
    expect(last()).to.deep.equal(['POST /v2/products/1/skus/2/options', { product_option_id: 3, option_value_id: 4 }]);
  });

  it('reads the dates of a product, and none where there is none', async () => {
    const product = v2.Product.using(session).load({
      id: 1,
      event_date_start: 'Tue, 27 Mar 2018 16:44:42 +0000',
      event_date_end: null,
      preorder_release_date: '',
    });
    expect(product.event_date_start).to.deep.equal(new Date('2018-03-27T16:44:42Z'));
    expect([product.event_date_end, product.preorder_release_date]).to.deep.equal([null, null]);
    await product.update({ preorder_release_date: new Date('2020-09-13T12:26:40Z'), price: 12.5 });
    expect(last()[1]).to.deep.equal({ preorder_release_date: 'Sun, 13 Sep 2020 12:26:40 +0000', price: 12.5 });
  });

  it('filters by import date and tax code', async () => {
    const since = new Date('2020-09-13T12:26:40Z');
    row = {};
    await v2.Product.using(session)
      .where({ date_last_imported: { min: since }, product_tax_code: 'P1', price: { max: 20 } })
      .count()
      .catch(() => 0);
    expect(decodeURIComponent(last()[0]))
      .to.match(/^GET \/v2\/products\/count\?/)
      .and.contain('min_date_last_imported=')
      .and.contain('max_price=20')
      .and.contain('product_tax_code=P1');
  });

  it('is served by the sandbox: the option set and the tax class of a product, its videos by their keys', async () => {
    const store = await Sandbox.start();
    const demo = new Session(store.credentials);
    try {
      const set = await v2.OptionSet.using(demo).create({ name: 'Shirts' });
      const product = await v2.Product.using(demo).find(1);
      await product.update({ option_set_id: set.id, tax_class_id: 1 });
      const again = await v2.Product.using(demo).find(1);
      expect((await again.option_set)?.name).to.equal('Shirts');
      expect(String((await again.tax_class)?.id)).to.equal('1');
      const video = await product.videos.create({ url: 'https://www.youtube.com/watch?v=4wZ3ZG_Wams' });
      expect(video.id).to.equal('4wZ3ZG_Wams');
      expect((await v2.ProductVideo.using(demo).of(1).find('4wZ3ZG_Wams')).product_id ?? 1).to.equal(1);
    } finally {
      demo.close();
      await store.stop();
    }
  });
});
