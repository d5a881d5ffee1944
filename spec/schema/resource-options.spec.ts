import { expect } from 'chai';
import {
  Attribute,
  ConfigurationError,
  Model,
  type ModelClass,
  Resource,
  type ResourceDeclaration,
  type ResourceOptions,
} from '../../lib/index.js';

const declare = (options: ResourceOptions, parent: ModelClass = Model): ModelClass => {
  class Widget extends parent {
    @Attribute({ name: 'widget_id' }) id!: number;
    @Attribute({ name: 'long_name' }) name!: string;
  }
  return Resource('/widgets', options)(Widget);
};
const declared = (options: ResourceOptions): ResourceDeclaration => declare(options).resource;

describe('the options of @Resource', () => {
  it('have defaults, some of which depend on the API generation, the addressing or the key', () => {
    expect(declared({})).to.deep.include({
      version: 'v3',
      key: 'widget_id',
      keyFilter: 'widget_id',
      filters: undefined,
      operations: ['list', 'get', 'create', 'update', 'delete', 'deleteAll', 'count'],
      batch: {},
      addressing: 'path',
      batchOnly: [],
      alwaysSend: [],
      lock: undefined,
      identity: [],
      pageSize: 250,
      includes: [],
      includePageSizes: {},
      cursor: false,
      collectionPath: undefined,
      statuses: {},
      noEnvelope: false,
      omitsListRows: false,
      deleteFilters: [],
      replaces: false,
      ordering: 'direction',
    });
    expect(declared({ version: 'v2' }).ordering).to.equal('suffix');
    expect(declared({ addressing: 'filter' }).batchOnly).to.deep.equal(['create', 'update']);
    expect(declared({ key: 'sku' })).to.include({ key: 'sku', keyFilter: 'sku' });
  });

  it('name attributes by the property or by the name of the API', () => {
    expect(declared({ key: 'id', lock: 'name', alwaysSend: ['name', 'sku'], identity: ['long_name'] })).to.deep.include({
      key: 'widget_id',
      lock: 'long_name',
      alwaysSend: ['long_name', 'sku'],
      identity: ['long_name'],
    });
  });

  it('are inherited, except the filter for keys where the class has another key', () => {
    const parent = declare({
      version: 'v2',
      addressing: 'filter',
      keyFilter: 'ids',
      pageSize: 10,
      batch: { create: 5 },
      ordering: 'direction',
    });
    const { resource } = declare({ addressing: 'path' }, parent);
    expect(resource).to.deep.include({
      version: 'v2',
      keyFilter: 'ids',
      pageSize: 10,
      batch: { create: 5 },
      batchOnly: ['create', 'update'],
      ordering: 'direction',
    });
    expect(declare({ key: 'sku' }, parent).resource).to.include({ key: 'sku', keyFilter: 'sku' });
    expect(declare({ key: undefined, pageSize: undefined }, parent).resource).to.include({ keyFilter: 'ids', pageSize: 10 });
  });

  it('are frozen at any depth', () => {
    const options = { batch: { create: 5 }, operations: ['list' as const], includePageSizes: { images: 10 } };
    const resource = declared(options);
    for (const each of [resource, resource.batch, resource.operations, resource.includePageSizes, resource.attributes['widget_id']])
      expect(Object.isFrozen(each)).to.equal(true);
  });

  it('are refused with what they must be, before anything is declared', () => {
    const cases: readonly (readonly [options: object, message: string])[] = [
      [{ version: 'v4' }, "`version` must be 'v2' or 'v3', got"],
      [{ key: 5 }, '`key` must be a non-empty string, got'],
      [{ filters: { name: 'string' } }, '`filters` must be an object, each value String or Number or Boolean or Date'],
      [{ operations: ['list', 'lst'] }, "`operations` must be an array, each entry 'list' or 'get'"],
      [{ batch: { create: 0 } }, '`batch.create` must be a whole number from 1, got 0'],
      [{ batch: { partialCreate: 1 } }, '`batch.partialCreate` must be true or false, got 1'],
      [{ addressing: 'key' }, "`addressing` must be 'path' or 'filter' or 'single'"],
      [{ keyFilter: '' }, '`keyFilter` must be a non-empty string'],
      [{ batchOnly: 'create' }, '`batchOnly` must be an array'],
      [{ alwaysSend: [1] }, '`alwaysSend` must be an array, each entry a non-empty string'],
      [{ pageSize: 1.5 }, '`pageSize` must be a whole number from 1, got 1.5'],
      [{ includePageSizes: { images: 0 } }, '`includePageSizes` must be an object, each value a whole number from 1'],
      [{ cursor: 'yes' }, '`cursor` must be true or false'],
      [{ collectionPath: { path: '/all' } }, '`collectionPath.parent` must be a non-empty string, got undefined'],
      [{ statuses: { create: 404 } }, '`statuses.create` must be a status code from 200 to 299, got 404'],
      [{ ordering: 'up' }, "`ordering` must be 'direction' or 'suffix'"],
      [{ replaces: null }, '`replaces` must be true or false, got null'],
    ];
    for (const [options, message] of cases)
      expect(() => declared(options), message).to.throw(ConfigurationError, `@Resource of Widget: ${message}`);
    for (const collectionPath of ['/all', null])
      expect(() => declared(Object({ collectionPath }))).to.throw(
        ConfigurationError,
        '`collectionPath` of @Resource of Widget: options must be an object',
      );
  });
});
