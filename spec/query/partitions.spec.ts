import { ArgumentError, type KeyRange, UnsupportedOperationError } from 'bigrecord';
import type { Sandbox } from 'bigrecord/sandbox';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { json, serve } from '../support/http-server.js';
import { rejection } from '../support/rejection.js';
import { sent, sentBy, useStore } from '../support/store.js';

const range = (count: number): number[] => Array.from({ length: count }, (_, index) => index + 1);

const KEYS: Record<string, number[]> = {
  dense: range(200),
  sparse: range(200).map((at) => at * 7919),
  skewed: range(200).map((at) => at ** 3),
  'in two blocks': range(200).map((at) => at + (at > 100 ? 900_000_000 : 0)),
};

const product = (id: number): Record<string, unknown> => ({ id, name: `P${id}`, sku: `S-${id}`, is_visible: id % 2 === 0, price: 1 });

const fill = (store: Sandbox, ids: number[]): void => store.insert(v3.Product as never, ids.map(product));

interface Part extends KeyRange {
  all(): Promise<{ id: number }[]>;
}

const idsOf = async (parts: Part[]): Promise<number[][]> => Promise.all(parts.map(async (part) => (await part.all()).map(({ id }) => id)));

/** Each part has the records of its range, and they follow each other without a gap. */
function checkRanges(parts: Part[], lists: number[][]): void {
  parts.forEach(({ from, to, rows }, at) => {
    expect(from).to.equal(at === 0 ? 0 : Number(parts[at - 1]?.to) + 1);
    expect(to === undefined).to.equal(at === parts.length - 1);
    expect(rows).to.equal(lists[at]?.length);
    for (const id of lists[at] ?? []) expect(id).to.be.within(from, to ?? Number.POSITIVE_INFINITY);
  });
}

describe('a query in partitions', () => {
  const context = useStore({ seed: false });

  for (const [name, ids] of Object.entries(KEYS))
    for (const Product of [v2.Product, v3.Product] as unknown as (typeof v3.Product)[])
      it(`has equal parts where the keys are ${name}: ${Product.resource.version}`, async () => {
        fill(context.store, ids);
        const parts = await Product.partitions(8);
        expect(sent(context.store), 'a count and a request for each boundary').to.have.length(8);
        expect(parts.map(({ rows }) => rows)).to.deep.equal(Array(8).fill(25));
        const lists = await idsOf(parts);
        checkRanges(parts, lists);
        expect(lists.flat()).to.deep.equal(ids);
      });

  it('has the records of its filters only, with what else the query says', async () => {
    fill(context.store, range(100));
    const parts = await v3.Product.where({ is_visible: true, id: { greater: 10 } })
      .select('name')
      .perPage(4)
      .partitions(3);
    const lists = await idsOf(parts);
    checkRanges(parts, lists);
    expect(lists.flat()).to.deep.equal(range(100).filter((id) => id > 10 && id % 2 === 0));
    const [, second] = parts;
    expect(second?.toRequest().query).to.include({ is_visible: true, 'id:greater': 10, 'id:min': 42, 'id:max': 71, limit: 4 });
    expect(await second?.count()).to.equal(15);
    expect((await second?.first())?.changed).to.deep.equal([]);
  });

  it('takes in all that is inserted meanwhile, each once', async () => {
    fill(
      context.store,
      range(60).map((at) => at * 10),
    );
    const parts = await v3.Product.where({}).perPage(5).partitions(4);
    const seen: number[] = [];
    let next = 1;
    await Promise.all(
      parts.map(async (part) => {
        for await (const page of part.pages()) {
          seen.push(...page.items.map(({ id }) => id));
          if (next < 12) fill(context.store, [600 + next++ * 10, next * 50 + 1]);
        }
      }),
    );
    expect(new Set(seen).size).to.equal(seen.length);
    for (const id of range(60)) expect(seen).to.include(id * 10);
    fill(context.store, [3, 605, 99_999]);
    const again = (await idsOf(parts)).flat();
    expect(again).to.deep.equal(await v3.Product.where({}).stable().pluck('id'));
  });

  it('can be continued part by part', async () => {
    fill(context.store, range(60));
    const seen: number[] = [];
    for (const part of await v2.Product.where({}).perPage(5).partitions(3)) {
      let cursor = '';
      for await (const page of part.pages()) {
        seen.push(...page.items.map(({ id }) => id));
        cursor = page.cursor ?? '';
        if (page.number === 2) break;
      }
      fill(context.store, [1000 + seen.length]);
      for await (const { id } of part.after(cursor)) seen.push(id);
      expect(() => v2.Product.after(cursor)).to.throw(ArgumentError, 'filters');
    }
    expect(seen).to.deep.equal([...range(60), 1010, 1030, 1050]);
  });

  it('is as many parts as there are records, at most, and one at least', async () => {
    const [only, ...none] = await v3.Product.partitions(5);
    expect([only?.from, only?.to, only?.rows, none.length]).to.deep.equal([0, undefined, 0, 0]);
    fill(
      context.store,
      range(3).map((at) => at * 100),
    );
    const parts = await v3.Product.partitions(5);
    expect(parts.map(({ from, to, rows }) => [from, to, rows])).to.deep.equal([
      [0, 199, 1],
      [200, 299, 1],
      [300, undefined, 1],
    ]);
    expect(await only?.all()).to.have.length(3);
    expect(await v3.Product.where({ id: { in: [] } }).partitions(2)).to.have.length(1);
  });

  it('refuses a number of parts that is none, and a limit', async () => {
    const lines = await sentBy(context.store, async () => {
      for (const count of [0, -1, 1.5, Number.NaN, '4', undefined])
        expect((await rejection(v3.Product.partitions(count as number), ArgumentError)).message).to.contain(
          'partitions takes a whole number from 1',
        );
      expect((await rejection(v3.Product.where({}).limit(5).partitions(2), ArgumentError)).message).to.contain('remove limit()');
      await rejection(v3.Product.where({}).partitions(2, { all: true } as never), ArgumentError);
      await rejection((v2.Store as never as typeof v3.Product).partitions(2), UnsupportedOperationError);
    });
    expect(lines).to.deep.equal([]);
  });

  it('is one part where there is no range of keys', async () => {
    fill(context.store, range(20));
    const ids = [...range(20), ...range(1500).map((at) => at + 5000)];
    const [only, ...none] = await v3.Product.where({ id: { in: ids } }).partitions(3);
    expect([only?.rows, none.length, (await only?.all())?.length]).to.deep.equal([20, 0, 20]);
  });

  describe('where the store does not list by rank', () => {
    /** A store that counts, but refuses deep pages, answers them with nothing, or does not sort. */
    const parted = async (ids: number[], kind: 'refused' | 'empty' | 'unsorted', version: 'v2' | 'v3', countless = false) => {
      const server = await serve((request, response) => {
        const { searchParams, pathname } = new URL(request.url ?? '', 'http://x');
        const at = (name: string): number | undefined => (searchParams.has(name) ? Number(searchParams.get(name)) : undefined);
        const [min, max] = [at('id:min') ?? at('min_id') ?? 0, at('id:max') ?? at('max_id') ?? Number.POSITIVE_INFINITY];
        const found = ids.filter((id) => id >= min && id <= max && id > (at('id:greater') ?? -1));
        const page = at('page') ?? 1;
        if (pathname.endsWith('/count')) return json(response, { count: countless ? ids.length : found.length });
        if (page > 1 && kind === 'refused') return json(response, { title: 'Too deep' }, 422);
        const limit = at('limit') ?? 50;
        const sorted = kind === 'unsorted' && page > 1 ? [...found].reverse() : found;
        const rows = page > 1 && kind === 'empty' ? [] : sorted.slice((page - 1) * limit, page * limit).map((id) => ({ id }));
        const total = countless ? ids.length : found.length;
        return json(
          response,
          version === 'v2' ? rows : { data: rows, meta: { pagination: { total, total_pages: Math.ceil(total / limit) } } },
        );
      });
      const Product = (version === 'v2' ? v2.Product : v3.Product) as unknown as typeof v3.Product;
      const parts = await Product.using(server.session()).partitions(4);
      const requests = server.requests.length;
      const lists = await idsOf(parts);
      await server.close();
      return { parts, lists, requests };
    };

    for (const kind of ['refused', 'empty', 'unsorted'] as const)
      for (const [name, ids] of Object.entries(KEYS))
        it(`counts: ${kind}, keys ${name}`, async () => {
          const { parts, lists, requests } = await parted(ids, kind, kind === 'empty' ? 'v2' : 'v3');
          checkRanges(parts, lists);
          expect(lists.flat()).to.deep.equal(ids);
          expect(parts).to.have.length(4);
          expect(Math.max(...parts.map(({ rows }) => rows ?? 0))).to.be.at.most(60);
          expect(requests).to.be.at.most(60);
        });

    it('is one part where it does not count by keys either', async () => {
      const { parts, lists } = await parted(range(50), 'refused', 'v2', true);
      expect(parts).to.have.length(1);
      expect(lists.flat()).to.deep.equal(range(50));
    });
  });
});
