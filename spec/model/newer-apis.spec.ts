import { ArgumentError, Attribute, type DeclaredFilters, filtersOf, Resource, type Session, UnknownFilterError } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import { Product } from 'bigrecord/v3';
import { expect } from 'chai';
import { type Listening, serve } from '../support/http-server.js';
import { rejection } from '../support/rejection.js';

const added = { new_filter: String, 'new_price:min': Number } as const;

@Resource(undefined, { filters: added, params: { update: { new_flag: Boolean } } })
class Tomorrow extends Product {
  @Attribute(() => Number) new_price!: number;
  override [filtersOf]?(): DeclaredFilters<Product> & typeof added;
}

@Resource('/tomorrow', { filters: added })
class Elsewhere extends Product {}

describe('an API that is newer than the library', () => {
  let store: Listening;
  beforeEach(async () => {
    store = await serve((request, response) => {
      response.setHeader('content-type', 'application/json');
      const row = { id: 1, name: 'Mug', new_price: 5, new_object: { colour: 'red', sizes: [1] } };
      const sent = request.body === '' ? {} : JSON.parse(request.body);
      const isList = request.method === 'GET' && !/\/products\/1/.test(request.url ?? '');
      response.end(JSON.stringify({ data: isList ? [row] : { ...row, ...sent }, meta: {} }));
    });
  });
  afterEach(() => store.close());
  const last = () => {
    const { method, url, body } = store.requests.at(-1) ?? { method: '', url: '', body: '' };
    return [method, decodeURIComponent(url).replace(/^.*?(?=\/v[23]\/)/, ''), body].join(' ').trim();
  };

  it('a subclass adds filters and parameters to those it inherits', async () => {
    const Here = Tomorrow.using(store.session());
    await Here.where({ new_filter: 'x', new_price: { min: 2 }, is_visible: true, id: [1] });
    expect(last()).to.equal('GET /v3/catalog/products?new_filter=x&new_price:min=2&is_visible=true&id:in=1&limit=250');
    expect(() => Tomorrow.where({ newer: 1 } as never)).to.throw(UnknownFilterError);
    expect(() => Product.where({ new_filter: 'x' } as never)).to.throw(UnknownFilterError);
    const mug = await Here.find(1);
    await mug.update({ name: 'Cup' }, { params: { new_flag: true, include: ['images'] } as never });
    expect(last()).to.equal('PUT /v3/catalog/products/1?new_flag=true&include=images {"name":"Cup"}');
  });

  it('a subclass at another path has its own filters only', () => {
    expect(Elsewhere.resource.filters).to.deep.equal(added);
    expect(Object.keys(Tomorrow.resource.filters ?? {})).to.include.members([
      ...Object.keys(Product.resource.filters ?? {}),
      ...Object.keys(added),
    ]);
  });

  it('says how to include what the library does not know, and includes it', async () => {
    const Here = Product.using(store.session());
    expect(() => Here.include('new_one' as never)).to.throw(ArgumentError, ".param('include', 'new_one')");
    await Here.include('images').param('include', 'new_one').all();
    expect(last()).to.equal('GET /v3/catalog/products?include=images,new_one&limit=250');
    await Here.param('include', 'new_one').include('images').find(1);
    expect(last()).to.equal('GET /v3/catalog/products/1?include=new_one,images');
    expect((await rejection(Here.find(1, { params: { new_one: 1 } as never }), ArgumentError)).message).to.contain('request()');
  });

  for (const [version, find] of [
    ['v3', (session: Session) => Product.using(session).find(1)],
    ['v2', (session: Session) => v2.Product.using(session).find(1)],
  ] as const) {
    it(`an attribute of tomorrow is read, changed and saved (${version})`, async () => {
      const session = store.session();
      session.use(async (request, next) => {
        const response = await next(request);
        return request.version === 'v2' ? { ...response, body: Object(response.body).data } : response;
      });
      const product = await find(session);
      const attributes: Record<string, unknown> = Object(product);
      expect(attributes['new_object']).to.deep.equal({ colour: 'red', sizes: [1] });
      expect(await product.save()).to.equal(product);
      expect(store.requests).to.have.length(1);
      Object(attributes['new_object']).sizes.push(2);
      attributes['newest'] = true;
      expect([...product.changed].sort()).to.deep.equal(['new_object', 'newest']);
      await product.save();
      expect(last()).to.match(/^PUT .*\/products\/1 \{"new_object":\{"colour":"red","sizes":\[1,2\]\},"newest":true\}$/);
      expect([product.isDirty, product.toObject()['newest']]).to.deep.equal([false, true]);
    });
  }
});
