import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ROOT, run } from '../support/run.js';
import { apiCheck, loadScripts, type Shape } from './api-check-tools.js';
import type { Sample } from './guides/samples.js';
import { misfits } from './guides/shapes.js';

const GUIDE = `
# Orders
Text before, with \`POST /v2/coupons\` in it.

## Creating
\`\`\`http filename="Example request" copy
POST https://api.bigcommerce.com/stores/{{STORE_HASH}}/v2/orders?include=fees
X-Auth-Token: {{ACCESS_TOKEN}}

{
  "customer_id": 1, # the buyer
  "billing_address": {...},
  "products": [ { "name": "Mug", "quantity": 1, }, ... ],
}
\`\`\`
\`\`\`json filename="Example response"
{ "id": 7, "status": "Pending", … }
\`\`\`

## Get an order
\`GET /stores/{store_hash}/v2/orders/{order_id}\`

### Response
\`\`\`json
{ "id": 7, "staff_notes": "A sentence that somebody wrote for this guide." }
\`\`\`

\`\`\`http
POST https://store.example.com/graphql

{ "query": "{ site { settings { storeName } } }" }
\`\`\`
`;

describe('the extraction of samples from guides', () => {
  let tools: {
    readGuide(file: string, text: string): { samples: Sample[]; skipped: { reason: string }[] };
    parseLenient(text: string): { value: unknown; isPartial: boolean };
  };
  before(async () => {
    tools = await loadScripts('guides/read-guide.js', 'guides/lenient-json.js');
  });

  it('finds requests with their responses, and says what it leaves out', () => {
    const { samples, skipped } = tools.readGuide('docs/x.mdx', GUIDE);
    expect(samples).to.deep.equal([
      {
        file: 'docs/x.mdx',
        line: 6,
        method: 'POST',
        version: 'v2',
        path: '/orders',
        query: { include: 'fees' },
        body: { customer_id: 1, products: [{ name: 'Mug', quantity: 1 }] },
        response: { id: 7, status: 'Pending' },
        partial: ['body', 'response'],
      },
      {
        file: 'docs/x.mdx',
        line: 24,
        method: 'GET',
        version: 'v2',
        path: '/orders/{order_id}',
        response: { id: 7, staff_notes: 'A sentence that somebody wrote for this guide.' },
      },
    ]);
    expect(skipped.map(({ reason }) => reason)).to.deep.equal(['GraphQL']);
  });

  it('reads JSON with comments, ellipses, placeholders, and missing or trailing commas', () => {
    const value = (text: string): unknown => tools.parseLenient(text).value;
    expect(value('{ "a": 1, // one\n "b": [1 2,], /* two */ }')).to.deep.equal({ a: 1, b: [1, 2] });
    expect(value('{ "a": {{ID}}, "b": {existing value}, "c": "#fff // no comment" }')).to.deep.equal({
      a: 'ID',
      b: 'existing value',
      c: '#fff // no comment',
    });
    expect(value('{ "a": ..., "b": {...}, "c": [ { "d": 1 ... ] }')).to.deep.equal({ c: [{ d: 1 }] });
    expect(value('{ "a": , "b": "two\nlines" }')).to.deep.equal({ b: 'two\nlines' });
    expect(tools.parseLenient('{ "a": {}, "b": [] }')).to.deep.equal({ value: { a: {}, b: [] }, isPartial: false });
    expect(tools.parseLenient('{ "a": 1, … }')).to.deep.equal({ value: { a: 1 }, isPartial: true });
    expect(() => tools.parseLenient('{ { "a": 1 } }')).to.throw(SyntaxError, 'line 1');
  });

  it('writes a checkout as fixtures, without the texts of its authors', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'guides-'));
    try {
      await Promise.all(['docs/store', 'archive'].map((name) => mkdir(join(folder, name), { recursive: true })));
      await writeFile(join(folder, 'docs/store/orders.mdx'), GUIDE);
      const { stdout } = await run(process.execPath, [join(ROOT, 'scripts/guides/index.js'), folder, '--write', join(folder, 'out')]);
      expect(stdout).to.contain('2 samples').and.contain('1 request bodies, 2 responses').and.contain('1 GraphQL');
      const { guide, samples } = JSON.parse(await readFile(join(folder, 'out/store.orders.json'), 'utf8'));
      expect(guide).to.equal('docs/store/orders.mdx');
      expect(samples[1].response).to.deep.equal({ id: 7, staff_notes: 'Text 1' });
    } finally {
      await rm(folder, { recursive: true });
    }
  });
});

describe('the comparison of values with declared shapes', () => {
  let shape: (parts?: Partial<Shape>) => Shape;
  before(async () => {
    ({ shape } = await apiCheck());
  });

  const text = (parts: Partial<Shape> = {}): Shape => shape({ scalars: ['string'], ...parts });
  const row = (fields: Record<string, Shape>, isExtensible = false): Shape => {
    const declared = Object.fromEntries(Object.entries(fields).map(([name, each]) => [name, { shape: each, readOnly: false }]));
    return shape({ objects: [{ fields: declared, required: [], isOpaque: false, isExtensible }] });
  };

  it('finds wrong types, nulls and values at any depth', () => {
    expect(misfits({ a: [{ b: 1 }] }, row({ a: shape({ items: row({ b: text() }) }) }))).to.deep.equal(['a[].b: number, declared string']);
    expect(misfits({ a: null }, row({ a: text() }))).to.deep.equal(['a: null, declared string']);
    expect(misfits({ a: null }, row({ a: text({ nullable: true }) }))).to.deep.equal([]);
    expect(misfits({ a: 'c' }, row({ a: text({ values: ['b'] }) }))).to.deep.equal(['a: "c", declared b']);
    expect(misfits({ a: 'c' }, row({ a: text({ values: ['b'], isOpen: true }) }))).to.deep.equal([]);
    expect(misfits({ a: [] }, row({ a: row({}) }))).to.deep.equal(['a: array, declared object']);
    expect(misfits({ a: {} }, row({ a: text() }))).to.deep.equal(['a: object, declared string']);
    expect(misfits({ a: new Date(0) }, row({ a: text() }))).to.deep.equal(['a: date, declared string']);
  });

  it('finds fields that are not declared, unless the object may have any', () => {
    expect(misfits({ a: 'x', b: 1 }, row({ a: text() }))).to.deep.equal(['b: not declared']);
    expect(misfits({ a: 'x', b: 1 }, row({ a: text() }, true))).to.deep.equal([]);
  });

  it('takes dates and amounts to be sent in more forms', () => {
    const given = { isInput: true };
    expect(misfits({ a: '2026-01-01', b: 3 }, row({ a: shape({ scalars: ['date'] }), b: text() }), given)).to.deep.equal([]);
    expect(misfits({ a: 1_602_288_000 }, row({ a: shape({ scalars: ['date'] }) }), given)).to.deep.equal([]);
    expect(misfits({ a: true }, row({ a: text() }), given)).to.deep.equal(['a: boolean, declared string']);
  });

  it('takes the kind of object that fits best', () => {
    const either = shape({ objects: [...row({ a: text() }).objects, ...row({ b: text() }).objects] });
    expect(misfits({ b: 'x' }, either)).to.deep.equal([]);
    expect(misfits({ b: 1 }, either)).to.deep.equal(['b: number, declared string']);
  });
});
