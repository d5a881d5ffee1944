import { ArgumentError, Attribute, Model, Resource, Session, UnsupportedOperationError } from 'bigrecord';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { fillOrders, fillProducts } from '../support/big-store.js';
import { json, serve } from '../support/http-server.js';
import { rejection } from '../support/rejection.js';
import { models, sent, sentBy, useStore } from '../support/store.js';

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
  const context = useStore({ seed: false, models: models() });

  it('goes on after the page whose cursor is given, whatever the order', async () => {
    fillProducts(context.store, 53);
    fillOrders(context.store, 53);
    const backwards = range(53).reverse();
    const walks: [string, Walked, number[]][] = [
      ['key', v3.Product.where({}).perPage(5).stable(), range(53)],
      ['key', v3.Product.where({}).perPage(5), range(53)],
      ['key', v3.Product.where({}).perPage(5).order('id'), range(53)],
      ['page', v3.Product.where({}).perPage(5).order('id', 'desc'), backwards],
      ['key', v2.Order.where({}).perPage(5), range(53)],
      ['key', v2.Order.where({}).perPage(5).stable(), range(53)],
      ['ids', v3.Product.where({ id: { in: backwards } }).perPage(5), backwards],
      [
        'ids',
        v3.Product.where({ id: { in: range(53) } })
          .perPage(5)
          .order('id', 'desc'),
        backwards,
      ],
      [
        'key',
        v3.Product.where({ id: { in: backwards } })
          .perPage(5)
          .stable(),
        range(53),
      ],
      ['ids', v3.Product.where({ sku: { in: [...range(700, 10_000), ...backwards].map((id) => `P-${id}`) } }).perPage(5), range(53)],
    ];
    for (const [kind, query, expected] of walks) {
      const all: number[] = [];
      for await (const page of query.pages()) {
        expect(kindOf(page.cursor)).to.equal(kind);
        all.push(...idsOf(page.items));
      }
      for (const pages of [1, 3, 100]) expect(await inSteps(query, pages), `${kind}, ${pages} pages at a time`).to.deep.equal(all);
      expect([...all].sort((a, b) => a - b)).to.deep.equal(range(53));
      if (kind !== 'ids') expect(all).to.deep.equal(expected);
    }
  });
});
