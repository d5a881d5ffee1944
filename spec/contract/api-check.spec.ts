import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { ROOT } from '../support/run.js';
import { apiCheck, type DeclaredModel, type DescribedOperation, type Difference, type FieldShape, type Shape } from './api-check-tools.js';

const DESCRIPTION = `
openapi: 3.0.3
servers: [{ url: 'https://api.example.com/stores/{store_hash}/v3' }]
paths:
  /widgets:
    get:
      parameters:
        - { name: limit, in: query, schema: { type: integer, maximum: 50 } }
        - { name: 'id:in', in: query, schema: { type: array, items: { type: integer } } }
        - { name: Accept, in: header, schema: { type: string } }
        - $ref: '#/components/parameters/include'
      responses:
        '200':
          content:
            application/json:
              schema:
                type: object
                properties:
                  data: { type: array, items: { $ref: '#/components/schemas/Widget' } }
                  meta: { type: object }
    post:
      requestBody:
        content:
          application/json:
            schema:
              allOf:
                - $ref: '#/components/schemas/Widget'
                - { required: [name] }
      responses:
        '200':
          content:
            application/json:
              schema: { type: object, properties: { data: { $ref: '#/components/schemas/Widget' } } }
components:
  parameters:
    include: { name: include, in: query, schema: { type: string, enum: [parts, images] } }
  schemas:
    Widget:
      type: object
      properties:
        id: { type: integer, readOnly: true }
        name: { type: string }
        kind: { type: string, enum: [round, square] }
        weight: { type: number, nullable: true }
        made_at: { type: string, format: date-time }
        parts: { type: array, maxItems: 3, items: { type: object, properties: { sku: { type: string }, parent: { $ref: '#/components/schemas/Widget' } } } }
        target:
          oneOf:
            - { type: object, properties: { url: { type: string } } }
            - { type: object, properties: { page_id: { type: integer } } }
`;

describe('npm run api:check', function () {
  this.timeout(60_000);
  let tools: Awaited<ReturnType<typeof apiCheck>>;
  let described: DescribedOperation[];

  before(async () => {
    tools = await apiCheck();
    described = tools.readDescription('widgets.v3.yml', DESCRIPTION);
  });

  const scalar = (type: string, parts: Partial<Shape> = {}): FieldShape => ({
    shape: tools.shape({ scalars: [type], ...parts }),
    readOnly: false,
  });
  const object = (fields: Record<string, FieldShape>) => ({ fields, required: [], isOpaque: false });

  /** A model that says exactly what the description says. */
  function exactModel(): DeclaredModel {
    const part = tools.shape({
      objects: [object({ sku: scalar('string'), parent: { shape: tools.shape({ isUnknown: true }), readOnly: false } })],
    });
    const fields = {
      id: { ...scalar('number'), readOnly: true },
      name: scalar('string'),
      kind: scalar('string', { values: ['round', 'square'] }),
      weight: scalar('number', { nullable: true }),
      made_at: scalar('date'),
      parts: { shape: tools.shape({ items: part, maxItems: 3 }), readOnly: false },
      target: {
        shape: tools.shape({ objects: [object({ url: scalar('string') }), object({ page_id: scalar('number') })] }),
        readOnly: false,
      },
    };
    return {
      name: 'Widget',
      version: 'v3',
      path: '/widgets',
      key: 'id',
      addressing: 'path',
      operations: ['list', 'create', 'count'],
      batch: {},
      batchOnly: [],
      collectionPath: undefined,
      cursor: false,
      deleteFilters: [],
      identity: [],
      includes: ['parts', 'images'],
      noEnvelope: false,
      omitsListRows: false,
      pageSize: 50,
      filters: { 'id:in': 'number' },
      row: tools.shape({ objects: [{ ...object(fields), required: ['name'] }] }),
      actions: [],
    };
  }

  const line = ({ operation, field, kind }: Difference): string => `${operation} ${field} ${kind}`;

  /** What is reported of a model after a change. */
  function reported(change: (model: DeclaredModel, fields: Record<string, FieldShape>) => void): string[] {
    const model = exactModel();
    const [row] = model.row.objects;
    if (row !== undefined) change(model, row.fields);
    return tools.compareAll(described, [model]).map(line);
  }

  const shapeAt = (fields: Record<string, FieldShape>, name: string): Shape => fields[name]?.shape ?? tools.shape();

  it('finds no difference in a model that says what the description says', () => {
    // `parent` of a part is a widget again: the description ends there.
    expect(reported(() => undefined)).to.deep.equal([]);
  });

  it('reports a field that is not declared, in every body and response that has it', () => {
    expect(reported((_, fields) => delete fields['name'])).to.deep.equal([
      'GET /v3/widgets response.name missing-field',
      'POST /v3/widgets body.name missing-field',
      'POST /v3/widgets response.name missing-field',
    ]);
  });

  it('reports a wrong type at the end of an array of objects', () => {
    const found = reported((_, fields) => {
      const [part] = shapeAt(fields, 'parts').items?.objects ?? [];
      if (part !== undefined) part.fields['sku'] = scalar('number');
    });
    expect(found).to.include('GET /v3/widgets response.parts[].sku type');
    expect(found).to.include('POST /v3/widgets body.parts[].sku type');
  });

  it('reports an object whose fields are not declared', () => {
    const found = reported((_, fields) => {
      shapeAt(fields, 'target').objects = [{ fields: {}, required: [], isOpaque: true }];
    });
    expect(found).to.include('GET /v3/widgets response.target opaque');
  });

  it('reports a field that only an index signature lets through', () => {
    const found = reported((model, fields) => {
      delete fields['name'];
      for (const row of model.row.objects) row.isExtensible = true;
    });
    expect(found).to.include('GET /v3/widgets response.name opaque');
  });

  it('reports what an action lacks, and what it sends and demands beyond its description', () => {
    const body = tools.shape({ objects: [{ ...object({ kind: scalar('string'), color: scalar('string') }), required: ['kind'] }] });
    const action = { name: 'Widget.make', method: 'POST', version: 'v3', place: { of: 'store' }, paths: ['/widgets'], parameters: {} };
    const found = reported((model) => {
      model.operations = ['list'];
      model.actions = [{ ...action, body, form: 'row', row: model.row }];
    });
    expect(found).to.include.members([
      'POST /v3/widgets body.name missing-field',
      'POST /v3/widgets body.kind enum',
      'POST /v3/widgets body.kind required',
      'POST /v3/widgets body.color undescribed-field',
    ]);
  });

  it('reports a text where the description has a date', () => {
    expect(reported((_, fields) => (fields['made_at'] = scalar('string')))).to.include('GET /v3/widgets response.made_at type');
  });

  it('reports a missing and a surplus null', () => {
    expect(reported((_, fields) => (shapeAt(fields, 'weight').nullable = false))).to.include('GET /v3/widgets response.weight nullability');
    expect(reported((_, fields) => (shapeAt(fields, 'name').nullable = true))).to.deep.equal(['GET /v3/widgets row.name nullability']);
  });

  it('reports a missing and a surplus value of an enumeration', () => {
    expect(reported((_, fields) => (shapeAt(fields, 'kind').values = ['round']))).to.include('POST /v3/widgets body.kind enum');
    expect(reported((_, fields) => shapeAt(fields, 'kind').values.push('flat'))).to.deep.equal(['GET /v3/widgets row.kind enum']);
  });

  it('reports what is wrongly read-only, and what is wrongly writable', () => {
    expect(reported((_, fields) => (fields['kind'] = { shape: shapeAt(fields, 'kind'), readOnly: true }))).to.deep.equal([
      'POST /v3/widgets body.kind read-only',
    ]);
    const found = reported((model, fields) => {
      model.key = 'name';
      fields['id'] = scalar('number');
    });
    expect(found).to.deep.equal(['POST /v3/widgets row.id read-only']);
  });

  it('reports what is required and declared as optional, and the reverse', () => {
    const require = (names: string[]) =>
      reported((model) => {
        for (const row of model.row.objects) row.required = names;
      });
    expect(require([])).to.deep.equal(['POST /v3/widgets body.name required']);
    expect(require(['name', 'kind'])).to.deep.equal(['POST /v3/widgets row.kind required']);
  });

  it('reports alternatives that are declared as one object', () => {
    const found = reported((_, fields) => {
      shapeAt(fields, 'target').objects = [object({ url: scalar('string'), page_id: scalar('number') })];
    });
    expect(found).to.include('POST /v3/widgets body.target branches');
  });

  it('compares an object that contains itself as deep as it is described', () => {
    const nested = `${DESCRIPTION}        matcher:
          type: object
          properties: { ids: { type: array, items: { type: integer } }, not: { type: object, properties: { ids: { type: array, items: { type: integer } } } } }
`;
    const matcher = object({ ids: { shape: tools.shape({ items: tools.shape({ scalars: ['number'] }) }), readOnly: false } });
    const isMatcher = (): FieldShape => ({ shape: tools.shape({ objects: [matcher] }), readOnly: false });
    matcher.fields['not'] = isMatcher();
    const model = exactModel();
    for (const row of model.row.objects) row.fields['matcher'] = isMatcher();
    const found = (): string[] => tools.compareAll(tools.readDescription('widgets.v3.yml', nested), [model]).map(line);
    expect(found()).to.deep.equal([]);
    matcher.fields['and'] = isMatcher();
    expect(found()).to.deep.equal(['GET /v3/widgets row.matcher.and undescribed-field']);
  });

  it('takes entries of an array that are spelled out twice for one kind', () => {
    const twice = DESCRIPTION.replace(
      `              schema:
                type: object
                properties:
                  data: { type: array, items: { $ref: '#/components/schemas/Widget' } }`,
      `              schema:
                type: object
                properties:
                  data: { type: array, items: { oneOf: [{ $ref: '#/components/schemas/Widget' }, { allOf: [{ $ref: '#/components/schemas/Widget' }, { required: [name] }] }] } }`,
    );
    expect(twice).not.to.equal(DESCRIPTION);
    expect(tools.compareAll(tools.readDescription('widgets.v3.yml', twice), [exactModel()]).map(line)).to.deep.equal([]);
  });

  it('reports a limit of items or of a page', () => {
    expect(reported((_, fields) => (shapeAt(fields, 'parts').maxItems = 5))).to.include('GET /v3/widgets response.parts max-items');
    expect(reported((model) => (model.pageSize = 250))).to.deep.equal(['GET /v3/widgets query.limit max-items']);
  });

  it('reports query parameters: missing, surplus, of another type, with other values', () => {
    expect(reported((model) => (model.filters = {}))).to.deep.equal(['GET /v3/widgets query.id:in parameter']);
    expect(reported((model) => (model.filters['color'] = 'string'))).to.deep.equal(['GET /v3/widgets query.color undescribed-parameter']);
    expect(reported((model) => (model.filters['id:in'] = 'boolean'))).to.deep.equal(['GET /v3/widgets query.id:in parameter-type']);
    expect(reported((model) => (model.includes = ['parts']))).to.deep.equal(['GET /v3/widgets query.include enum']);
  });

  it('reports verbs and paths', () => {
    expect(reported((model) => (model.operations = ['list']))).to.deep.equal(['POST /v3/widgets  operation']);
    expect(reported((model) => model.operations.push('delete'))).to.deep.equal(['DELETE /v3/widgets/{}  undescribed-operation']);
    expect(reported((model) => (model.path = '/gadgets'))).to.deep.equal(['GET /v3/widgets  operation', 'POST /v3/widgets  operation']);
  });

  it('reports a response of another shape', () => {
    expect(reported((model) => (model.noEnvelope = true))).to.deep.equal([
      'GET /v3/widgets response response-shape',
      'POST /v3/widgets response response-shape',
    ]);
  });

  it('compares responses as declared by operation, and parameters of operations besides filters', () => {
    const changed = (responses: Record<string, string>): string[] => reported((model) => (model.responses = responses));
    expect(changed({ create: 'none' })).to.deep.equal(['POST /v3/widgets response response-shape']);
    expect(changed({ create: 'transaction', list: 'row' })).to.deep.equal([
      'GET /v3/widgets response response-shape',
      'POST /v3/widgets response response-shape',
    ]);
    expect(changed({ create: 'bare' })).to.deep.equal(['POST /v3/widgets response response-shape']);
    const withParameter = DESCRIPTION.replace(
      '    post:\n',
      '    post:\n      parameters: [{ name: dry_run, in: query, schema: { type: boolean } }]\n',
    );
    const other = tools.readDescription('widgets.v3.yml', withParameter);
    const found = (params: NonNullable<DeclaredModel['params']>) => tools.compareAll(other, [{ ...exactModel(), params }]).map(line);
    expect(found({})).to.deep.equal(['POST /v3/widgets query.dry_run parameter']);
    expect(found({ create: { dry_run: { shape: tools.shape({ scalars: ['boolean'] }) } } })).to.deep.equal([]);
    expect(found({ create: { dry_run: { shape: tools.shape({ scalars: ['number'] }) } } })).to.deep.equal([
      'POST /v3/widgets query.dry_run parameter-type',
    ]);
  });

  it('tells rows, a row, a transaction, nothing and other responses apart', () => {
    const form = (schema: string): string | undefined => {
      const text = `paths: { /x: { put: { responses: { '200': { content: { application/json: { schema: ${schema} } } } } } } }`;
      return tools.readDescription('x.v3.yml', text)[0]?.response.form;
    };
    expect(form('{ properties: { data: { type: array, items: { type: object } }, meta: { type: object } } }')).to.equal('rows');
    expect(form('{ type: array, items: { type: object } }')).to.equal('rows');
    expect(form('{ properties: { data: { properties: { id: { type: integer } } } } }')).to.equal('row');
    expect(form('{ properties: { transaction_id: { type: string } } }')).to.equal('transaction');
    expect(form('{ properties: { meta: { type: object } } }')).to.equal('none');
    expect(form('{ properties: { data: { type: integer } } }')).to.equal('other');
  });

  it('covers a difference by its explanation, and reports an explanation that covers none', () => {
    const model = exactModel();
    model.filters = {};
    const differences = tools.compareAll(described, [model]);
    const because = { reason: 'r', link: 'l' };
    const result = tools.explain(differences, [
      { operation: 'GET /v3/widgets', field: 'query.id:in', ...because },
      { operation: 'GET /v3/gadgets*', ...because },
    ]);
    expect(result.unexplained).to.deep.equal([]);
    expect(result.stale.map(({ operation }) => operation)).to.deep.equal(['GET /v3/gadgets*']);
  });

  it('compares the models with the descriptions of a folder, and ends with status 1', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'descriptions-'));
    try {
      await writeFile(join(folder, 'widgets.v3.yml'), DESCRIPTION);
      const { code, stdout } = await run(folder, '--json');
      expect(code).to.equal(1);
      const { operations, unexplained } = JSON.parse(stdout);
      expect(operations).to.equal(2);
      expect(unexplained.map(line)).to.deep.equal(['GET /v3/widgets  operation', 'POST /v3/widgets  operation']);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('ends with status 2 where there is nothing to compare with', async () => {
    const { code, stderr } = await run('no-such-folder');
    expect(code).to.equal(2);
    expect(stderr).to.match(/no folder no-such-folder/);
  });

  const run = (...argv: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> =>
    new Promise((done) => {
      const options = { cwd: ROOT, maxBuffer: 2 ** 26 };
      execFile(process.execPath, ['scripts/api-check/index.js', ...argv], options, (error, stdout, stderr) =>
        done({ code: error?.code ?? 0, stdout, stderr }),
      );
    });
});
