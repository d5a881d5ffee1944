import { ArgumentError, Session, ValidationError } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { fillOrders, fillProducts } from '../support/big-store.js';
import { json, serve } from '../support/http-server.js';
import { rejection } from '../support/rejection.js';
import { sentBy, useStore } from '../support/store.js';

const range = (count: number, from = 1): number[] => Array.from({ length: count }, (_, index) => from + index);
const idsOf = (records: Iterable<{ id: number }>): number[] => [...records].map(({ id }) => id);

interface Walked {
  pages(): AsyncIterable<{ readonly items: readonly { id: number }[]; readonly cursor: string | undefined }>;
  after(cursor: string): Walked;
}

/** Walks in steps of so many pages, each continued from the cursor of the last: what a program does that is stopped again and again. */
async function inSteps(query: Walked, pages: number, between = (): unknown => undefined): Promise<number[]> {
  const ids: number[] = [];
  let cursor: string | undefined;
  for (;;) {
    let read = 0;
    let isNew = false;
    for await (const page of (cursor === undefined ? query : query.after(cursor)).pages()) {
      ids.push(...idsOf(page.items));
      isNew ||= page.items.length > 0;
      ({ cursor } = page);
      if (++read === pages) break;
    }
    if (!isNew) return ids;
    await between();
  }
}

const kindOf = (cursor: string | undefined): unknown => JSON.parse(Buffer.from(cursor ?? '', 'base64url').toString()).k;

describe('a walk that is continued', () => {
  const context = useStore({ seed: false });

  it('goes on after the page whose cursor is given, whatever the order', async () => {
    fillProducts(context.store, 17);
    fillOrders(context.store, 17);
    const backwards = range(17).reverse();
    const walks: [string, Walked, number[]][] = [
      ['key', v3.Product.where({}).perPage(5).stable(), range(17)],
      ['key', v3.Product.where({}).perPage(5), range(17)],
      ['key', v3.Product.where({}).perPage(5).order('id'), range(17)],
      ['page', v3.Product.where({}).perPage(5).order('id', 'desc'), backwards],
      ['key', v2.Order.where({}).perPage(5), range(17)],
      ['key', v2.Order.where({}).perPage(5).stable(), range(17)],
      ['ids', v3.Product.where({ id: { in: backwards } }).perPage(5), backwards],
      [
        'ids',
        v3.Product.where({ id: { in: range(17) } })
          .perPage(5)
          .order('id', 'desc'),
        backwards,
      ],
      [
        'key',
        v3.Product.where({ id: { in: backwards } })
          .perPage(5)
          .stable(),
        range(17),
      ],
      ['ids', v3.Product.where({ sku: { in: [...range(700, 10_000), ...backwards].map((id) => `P-${id}`) } }).perPage(5), range(17)],
    ];
    for (const [kind, query, expected] of walks) {
      const all: number[] = [];
      for await (const page of query.pages()) {
        expect(kindOf(page.cursor)).to.equal(kind);
        all.push(...idsOf(page.items));
      }
      for (const pages of [2, 100]) expect(await inSteps(query, pages), `${kind}, ${pages} pages at a time`).to.deep.equal(all);
      expect([...all].sort((a, b) => a - b)).to.deep.equal(range(17));
      if (kind !== 'ids') expect(all).to.deep.equal(expected);
    }
  });

  it('misses and repeats nothing in the order of keys, whatever changes between', async () => {
    for (const Product of [v2.Product, v3.Product] as unknown as (typeof v3.Product)[]) {
      fillProducts(context.store, 60);
      let step = 0;
      const change = async (): Promise<void> => {
        step++;
        if (step > 8) return;
        await v3.Product.destroy(step);
        context.store.insert(v3.Product as never, [
          { id: 100 * step + (Product === (v2.Product as unknown) ? 1 : 0), name: `New ${step}` },
        ]);
      };
      const seen = await inSteps(Product.where({}).perPage(4).stable(), 1, change);
      expect(new Set(seen).size).to.equal(seen.length);
      expect(seen.filter((id) => id > 8 && id <= 60)).to.deep.equal(range(52, 9));
    }
  });

  it('counts, limits, selects and changes what follows, and no more', async () => {
    fillProducts(context.store, 30);
    const query = v3.Product.where({ is_visible: true }).stable();
    const { cursor = '' } = await query.perPage(10).page(2);
    const rest = query.after(cursor);
    expect(await rest.count()).to.equal(10);
    expect((await rest.first())?.id).to.equal(21);
    expect(idsOf(await rest.limit(3).select('name').perPage(2))).to.deep.equal([21, 22, 23]);
    expect(idsOf(await rest.include('images').preload('brand'))).to.deep.equal(range(10, 21));
    expect(rest.toRequest().query).to.include({ 'id:greater': 20 });
    expect((await rest.page(1)).items).to.have.length(10);
    expect((await rest.updateAll({ weight: 9 })).succeeded).to.have.length(10);
    expect(await v3.Product.where({}).pluck('weight')).to.deep.equal([...Array(20).fill(1), ...Array(10).fill(9)]);
    await rejection(rest.deleteAll(), ArgumentError);
    expect(await v3.Product.count()).to.equal(30);
    const byName = v3.Product.where({}).order('name', 'desc');
    const { cursor: second = '', items } = await byName.perPage(10).page(2);
    const after = byName.after(second);
    expect(kindOf(second)).to.equal('page');
    expect(await after.count()).to.equal(10);
    expect(idsOf(await after.perPage(7))).to.deep.equal(idsOf(await byName).slice(20));
    expect(idsOf(await after.perPage(250))).to.deep.equal(idsOf(await byName).slice(20));
    expect(after.perPage(10).toRequest().query).to.include({ page: 3 });
    expect(items).to.have.length(10);
    await rejection(after.page(1), ArgumentError);
    await rejection(after.partitions(2), ArgumentError);
    expect((await rest.partitions(2)).map(({ from, to, rows }) => [from, to, rows])).to.deep.equal([
      [0, 25, 5],
      [26, undefined, 5],
    ]);
  });

  it('goes on after the records that were yielded, where a limit cut the page', async () => {
    fillProducts(context.store, 30);
    for (const query of [
      v3.Product.where({}).stable(),
      v3.Product.where({}).order('id', 'desc'),
      v3.Product.where({ id: { in: range(30) } }),
    ]) {
      let cursor = '';
      const seen: number[] = [];
      for await (const page of query.perPage(8).limit(11).pages()) {
        seen.push(...idsOf(page));
        cursor = page.cursor ?? '';
      }
      expect(seen).to.have.length(11);
      expect([...seen, ...idsOf(await query.after(cursor))]).to.deep.equal(idsOf(await query));
    }
  });

  it('follows the cursors of the API', async () => {
    const server = await serve((request, response) => {
      const from = Number(new URL(request.url ?? '', 'http://x').searchParams.get('after') ?? 0);
      const rows = range(4, from + 1)
        .filter((id) => id <= 10)
        .map((id) => ({ id }));
      const next = from + 4 < 10 ? `?after=${from + 4}` : undefined;
      json(response, {
        data: rows,
        meta: { cursor_pagination: { end_cursor: String(from + rows.length), links: next === undefined ? {} : { next } } },
      });
    });
    const query = v3.Customer.using(server.session()).where({}).perPage(4);
    expect(await inSteps(query, 1)).to.deep.equal(range(10));
    expect(await inSteps(query, 2)).to.deep.equal(range(10));
    let kind: unknown;
    for await (const page of query.pages()) kind = kindOf(page.cursor);
    expect(kind).to.equal('cursor');
    await server.close();
  });

  it('says what to do where the API has forgotten its own cursor', async () => {
    let isForgotten = false;
    const server = await serve((request, response) => {
      const from = Number(new URL(request.url ?? '', 'http://x').searchParams.get('after') ?? 0);
      if (isForgotten && from > 0) return json(response, { title: 'The cursor is invalid' }, 422);
      const next = { next: `?after=${from + 4}` };
      return json(response, { data: [{ id: from + 1 }], meta: { cursor_pagination: { end_cursor: String(from + 1), links: next } } });
    });
    const query = v3.Customer.using(server.session()).where({}).perPage(1);
    let cursor = '';
    for await (const page of query.pages()) {
      cursor = page.cursor ?? '';
      break;
    }
    expect(idsOf(await query.after(cursor).limit(1))).to.deep.equal([2]);
    isForgotten = true;
    const error = await rejection(query.after(cursor).all(), ValidationError);
    expect(error.message).to.contain('The cursor is invalid').and.contain('start again without after()');
    expect(error.stack).to.contain('start again without after()');
    await server.close();
  });

  it('is refused for another query or store, before any request, and says what differs', async () => {
    fillProducts(context.store, 12);
    const query = v3.Product.where({ is_visible: true }).perPage(5).stable();
    const { cursor = '' } = await query.page(1);
    const elsewhere = new Session({ storeHash: 'other1', accessToken: 'x', baseUrl: 'http://127.0.0.1:9' });
    const lines = await sentBy(context.store, async () => {
      const others: [() => unknown, string][] = [
        [() => v3.Product.where({ is_visible: false }).stable().after(cursor), 'the filters differ'],
        [() => v3.Product.stable().after(cursor), 'the filters differ'],
        [() => query.param('keyword', 'x').after(cursor), 'the filters differ'],
        [() => v3.Product.where({ is_visible: true }).order('name').after(cursor), 'the order differs'],
        [() => v3.Product.using(elsewhere).where({ is_visible: true }).stable().after(cursor), 'the store differs'],
        [() => v2.Product.where({ is_visible: true }).stable().after(cursor), 'the version and the path'],
        [() => v3.Brand.stable().after(cursor), 'the path and the filters differ'],
        [() => v3.Product.ref(1).images.after(cursor), 'the path and the filters and the order differ'],
      ];
      for (const [call, message] of others)
        expect(call).to.throw(ArgumentError, message).with.property('message').that.contains('Nothing was sent');
      const later = await rejection(v3.Product.using(elsewhere).where({}).all(), Error).catch((error) => error);
      expect(later).to.be.an('error');
      await rejection(query.after(cursor).where({ brand_id: 1 }).all(), ArgumentError);
    });
    expect(lines).to.deep.equal([]);
    expect(idsOf(await query.after(cursor).perPage(2))).to.deep.equal(range(7, 6));
  });

  it('is checked against the store when it is read, where none is known before', async () => {
    fillProducts(context.store, 12);
    const { cursor = '' } = await v3.Product.stable().perPage(5).page(1);
    const other = new Session({ storeHash: 'other1', accessToken: 'x', baseUrl: 'http://127.0.0.1:9' });
    const query = v3.Product.stable().after(cursor);
    await other.run(async () => {
      expect((await rejection(query.all(), ArgumentError)).message).to.contain('the store differs');
      expect((await rejection(query.count(), ArgumentError)).message).to.contain('the store differs');
    });
    expect(await query.count()).to.equal(7);
  });

  it('refuses what is no cursor', () => {
    const write = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const wrong of [
      undefined,
      null,
      '',
      7,
      {},
      'abc',
      '%%%',
      write({}),
      write({ v: 2, k: 'key', q: [], at: 0, seen: [] }),
      write({ v: 1, k: 'other', q: ['', '', '', '', ''], at: 0, seen: [] }),
      write({ v: 1, k: 'key', q: ['', '', '', '', ''], at: -1, seen: [] }),
      write([]),
    ])
      expect(() => v3.Product.after(wrong as string), String(wrong)).to.throw(ArgumentError, 'after() takes the `cursor` of a page');
  });
});
