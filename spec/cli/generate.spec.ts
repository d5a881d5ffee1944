import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { commandHere, workIn } from '../support/command-here.js';
import { compileFiles } from '../support/compile-samples.js';
import { run as execute, ROOT } from '../support/run.js';

const GIFTS = [
  {
    id: 1,
    note: 'Hello',
    sent_at: '2026-01-05T09:00:00Z',
    price: 3.5,
    size: { width: 3, lid: null },
    tags: ['a'],
    save: 'yes',
    'gift-wrap': true,
  },
  {
    id: 2,
    note: null,
    sent_at: '',
    price: 4,
    size: { width: 4, lid: 'red', depth: 1 },
    tags: [],
    save: 'no',
    'gift-wrap': false,
    extra: 1,
  },
];

const DESCRIPTION = {
  openapi: '3.0.3',
  servers: [{ url: 'https://api.example.com/stores/{store_hash}/v3' }],
  paths: {
    '/gifts': {
      get: {
        parameters: [
          { name: 'id:in', in: 'query', schema: { type: 'array', items: { type: 'integer' } } },
          { $ref: '#/components/parameters/Note' },
          { name: 'limit', in: 'query', schema: { type: 'integer' } },
          { name: 'include', in: 'query', schema: { type: 'string', enum: ['cards'] } },
        ],
        responses: {
          200: {
            content: {
              'application/json': { schema: { properties: { data: { type: 'array', items: { $ref: '#/components/schemas/Gift' } } } } },
            },
          },
        },
      },
      post: {
        requestBody: { content: { 'application/json': { schema: { $ref: '#/components/schemas/GiftBase' } } } },
        responses: {},
      },
    },
    '/gifts/{gift_id}': { get: { responses: {} }, put: { responses: {} } },
  },
  components: {
    parameters: { Note: { name: 'note', in: 'query', schema: { type: 'string' } } },
    schemas: {
      GiftBase: {
        type: 'object',
        required: ['note'],
        properties: {
          note: { type: 'string', description: 'What is written on it. */ More.' },
          kind: { type: 'string', enum: ['card', "mum's"] },
          size: { type: 'object', required: ['width'], properties: { width: { type: 'number' }, lid: { type: 'string', nullable: true } } },
        },
      },
      Gift: {
        allOf: [
          { $ref: '#/components/schemas/GiftBase' },
          { type: 'object', properties: { id: { type: 'integer' }, sent_at: { type: 'string', format: 'date-time' } } },
        ],
      },
    },
  },
};

const TEXT = { type: 'string' };

/** A list whose records have names that are no identifiers. */
const PATHS_OF_ATTRIBUTES = {
  '/attributes': {
    get: {
      responses: {
        200: {
          content: {
            'application/json': {
              schema: {
                type: 'array',
                items: { type: 'object', properties: { id: { type: 'integer' }, äöü: TEXT, '*/': TEXT, value_: TEXT } },
              },
            },
          },
        },
      },
    },
  },
};

describe('npx bigrecord generate', function () {
  this.timeout(60_000);
  let folder: string;
  let goBack: () => void;
  let service: Server;
  let address: string;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'bigrecord-generate-'));
    goBack = workIn(folder);
    service = createServer((request, response) => {
      const body = request.url === '/openapi.json' ? DESCRIPTION : request.headers['x-key'] === 'k' ? GIFTS : undefined;
      response.writeHead(body === undefined ? 401 : 200, { 'content-type': 'application/json' }).end(JSON.stringify(body ?? {}));
    });
    await new Promise<void>((resolve) => service.listen(0, '127.0.0.1', resolve));
    address = `http://127.0.0.1:${(service.address() as AddressInfo).port}`;
    await writeFile(join(folder, 'gifts.json'), JSON.stringify(DESCRIPTION));
  });

  after(async () => {
    service.close();
    goBack();
    await rm(folder, { recursive: true, force: true });
  });

  const generate = (...args: string[]) => commandHere(['generate', ...args]);

  it('makes models and types that compile strictly and run', async () => {
    const [brand, line, fromFile, fromService, types] = await Promise.all([
      generate('model', 'v3/catalog/brands', '--sandbox'),
      generate('model', 'v2/orders/100/products', '--sandbox', '--name', 'Line'),
      generate('model', 'gifts.json', '--name', 'DescribedGift'),
      generate('model', `${address}/gifts`, '--header', 'X-Key: k', '--name', 'SampledGift'),
      generate('types', '--sandbox'),
    ]);
    for (const { code, stderr } of [brand, line, fromFile, fromService, types]) expect(code, stderr).to.equal(0);
    expect(fromService.stdout)
      .to.contain('@Attribute(() => Date) sent_at!: Date | null;')
      .and.contain("@Attribute(() => String, { name: 'save' }) save_value!: string;")
      .and.contain("@Attribute(() => Boolean, { name: 'gift-wrap' }) giftWrap!: boolean;")
      .and.contain('@Attribute(() => Number) extra!: number | undefined;')
      .and.contain('  lid: string | null;\n  depth?: number | undefined;');
    expect(fromFile.stdout)
      .to.contain("const filters = {\n  'id:in': Number,\n  note: String,\n} as const;")
      .and.contain("const includes = ['cards'] as const;")
      .and.contain("kind!: 'card' | 'mum\\'s';")
      .and.contain('readonly sent_at!: Date | null;')
      .and.contain("operations: ['list', 'get', 'create', 'update', 'count']");
    const main = `
      import { Session } from 'bigrecord';
      import { Sandbox } from 'bigrecord/sandbox';
      import { Product } from 'bigrecord/v3';
      import { Brand } from './brand.js';
      import { Line } from './line.js';
      import { DescribedGift } from './described.js';
      import { SampledGift } from './sampled.js';
      import { customFieldsOf, type ProductCustomFieldName } from './types.js';
      const store = await Sandbox.start({ models: [DescribedGift, SampledGift] });
      const session = Session.configure(store.credentials);
      const brand = await Brand.find(1);
      const url: string = brand.custom_url.url;
      const [line] = await Line.of(100).all();
      const gift = await DescribedGift.create({ note: 'Hi', kind: 'card', size: { width: 3 } });
      const found = await DescribedGift.where({ note: 'Hi', id: { in: [gift.id] } }).first();
      const name: ProductCustomFieldName = 'Care';
      const fields = await customFieldsOf(await Product.include('custom_fields').where({ id: 1 }).first() ?? new Product());
      console.log(JSON.stringify([url, typeof line?.quantity, found?.size.width, SampledGift.resource.attributes['save']?.property, typeof fields[name]]));
      await session.close();
      await store.stop();
    `;
    // Within the project, so that its own packages are found.
    const compiled = join(ROOT, 'dist/generated-models');
    await compileFiles(
      [
        { file: 'brand.ts', text: brand.stdout },
        { file: 'line.ts', text: line.stdout },
        { file: 'described.ts', text: fromFile.stdout },
        { file: 'sampled.ts', text: fromService.stdout },
        { file: 'types.ts', text: types.stdout },
        { file: 'main.ts', text: main },
      ],
      compiled,
    );
    const { stdout } = await execute(process.execPath, [join(compiled, 'main.js')]);
    expect(JSON.parse(stdout)).to.deep.equal(['/alder-ash/', 'number', 3, 'save_value', 'string']);
    await rm(compiled, { recursive: true });
  });

  it('reads a description from an address, writes a file, and never replaces one unasked', async () => {
    const first = await generate('model', `${address}/openapi.json`, '--path', '/gifts', '--out', 'gift.ts');
    expect(first.code, first.stderr).to.equal(0);
    expect(await readFile(join(folder, 'gift.ts'), 'utf8'))
      .to.contain("@Resource('/gifts', { version: 'v3'")
      .and.contain('class Gift ');
    const second = await generate('model', `${address}/openapi.json`, '--out', 'gift.ts');
    expect([second.code, second.stderr]).to.deep.equal([2, 'error: gift.ts exists already. Pass --force to replace it.\n']);
    expect((await generate('model', `${address}/openapi.json`, '--out', 'gift.ts', '--force', '--json')).stdout).to.match(
      /"event":"generated"/,
    );
  });

  it('gives names that collide others', async () => {
    await writeFile(join(folder, 'rows.json'), JSON.stringify({ openapi: '3.0.0', paths: PATHS_OF_ATTRIBUTES }));
    const fromFile = await generate('model', 'rows.json');
    expect(fromFile.stdout).to.contain('class AttributeRecord extends Model<AttributeRecord>');
    const properties = [...fromFile.stdout.matchAll(/\) (?:readonly )?(\w+)!:/g)].map(([, name]) => name);
    expect(properties).to.have.length(4);
    expect(new Set(properties).size).to.equal(properties.length);
    const named = await generate('model', 'rows.json', '--name', 'Date');
    expect([named.code, named.stderr]).to.deep.equal([
      2,
      'error: --name Date: the generated code uses this name for something else. Choose another one.\n',
    ]);
    const keyed = await generate('model', 'rows.json', '--key', 'nope');
    expect([keyed.code, keyed.stderr]).to.deep.equal([
      2,
      'error: --key nope: records have no such attribute. They have id, äöü, */, value_.\n',
    ]);
    expect((await generate('model', 'rows.json', '--key', 'value_')).stdout).to.contain("key: 'value_'");
  });

  it('says what is wrong', async () => {
    const results = await Promise.all([
      generate('model', 'gifts.json', '--path', '/gfts'),
      generate('model', 'missing.yml'),
      generate('model', `${address}/gifts`),
    ]);
    expect(results.map(({ code }) => code)).to.deep.equal([2, 2, 1]);
    const [path, file, refused] = results.map(({ stderr }) => stderr);
    expect(path).to.contain('The description has no path /gfts. It has /gifts.');
    expect(file).to.contain('missing.yml cannot be read');
    expect(refused).to.contain('/gifts returned 401');
  });
});
