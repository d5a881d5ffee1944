import { type Model, type ModelClass, type ResourceDeclaration, Session } from 'bigrecord';
import { Sandbox } from 'bigrecord/sandbox';
import * as v2 from 'bigrecord/v2';
import * as v3 from 'bigrecord/v3';
import { expect } from 'chai';
import { DEFECTS } from './defects.js';
import { Description } from './description.js';
import { hasFacts } from './facts.js';
import { ANOTHER, PARENT_KEYS, PLAUSIBLE, REFERRED } from './referred.js';

type Row = Record<string, unknown>;

/** The lines of an order: their products have to be in the store. */
const orderedIn = ({ products }: Row): Row[] => (Array.isArray(products) ? products.filter((each) => typeof each === 'object') : []);

/** The models of what bodies refer to by key: that has to be in the store. */
const REFERENCES: Record<string, AnyModel> = {
  brand_id: v3.Brand,
  categories: v3.Category,
  category_id: v3.Category,
  channel_id: v3.Channel,
  channels: v3.Channel,
  customer_group_id: v2.CustomerGroup,
  location_id: v3.Location,
  parent_id: v3.Category,
  price_list_id: v3.PriceList,
  product_id: v3.Product,
  tax_class_id: v2.TaxClass,
} as never;

/** What the store needs before a resource can be tried, beside its parents. */
const SET_UP: Record<string, (store: Sandbox) => void> = {
  'v3 ProductVariant': (store) => {
    const option_values = [{ id: 146, label: 'Beige', sort_order: 0 }];
    store.insert(v3.ProductOption, [{ id: 151, display_name: 'Color', type: 'swatch', option_values }], { product_id: 1 });
  },
  'v3 ChannelListing': (store) => {
    const variants = [64, 65].map((id) => ({ id, sku: `S-${id}`, option_values: [] }));
    store.insert(v3.Product, [{ id: 80, name: 'Terrarium', variants }]);
  },
};

/** Attributes that tell siblings apart, below one parent. */
const SIBLING_NAMES = ['code', 'key', 'name', 'display_name'];

type AnyModel = ModelClass<Model>;

const MODELS = [...Object.values(v2), ...Object.values(v3)] as unknown as AnyModel[];
const UUID = '11111111-1111-4111-8111-111111111111';

(hasFacts ? describe : describe.skip)('what is sent and answered, judged by the published description', function () {
  this.timeout(60_000);
  let description: Description;
  const found = new Map<string, string>();
  const failures: string[] = [];
  const inserted = new Map<Sandbox, Set<string>>();
  let judged = 0;

  before(async () => {
    description = await Description.all();
  });

  it('all of it is read', () => expect(description.size).to.equal(649));

  for (const model of hasFacts ? MODELS : []) {
    const { resource } = model;
    it(`${resource.version} ${resource.name}`, async () => {
      // A store of its own for each: what one leaves behind is not judged with another.
      const store = await Sandbox.start({ seed: false });
      const session = Session.configure({ ...store.credentials, retry: false });
      try {
        await exercise(model, store);
      } finally {
        session.close();
        await store.stop();
      }
      for (const request of store.requests) {
        if (description.find(request.method, request.path) !== undefined) judged++;
        for (const violation of description.violations(request)) found.set(violation, resource.name);
      }
    });
  }

  it('violates nothing outside the list of defects of the description itself', () => {
    expect(judged).to.be.greaterThan(400);
    const outside = [...found.keys()].filter((violation) => !DEFECTS.some(({ pattern }) => pattern.test(violation)));
    expect(outside, `\n${outside.join('\n')}\n`).to.deep.equal([]);
  });

  it('every operation that was tried was carried out', () => expect(failures, `\n${failures.join('\n')}\n`).to.deep.equal([]));

  it('the list of defects holds nothing that does not occur', () => {
    const stale = DEFECTS.filter(({ pattern }) => ![...found.keys()].some((violation) => pattern.test(violation)));
    expect(stale.map(({ pattern }) => String(pattern))).to.deep.equal([]);
  });

  /** Seeds what the description gives as an example, and calls everything that the resource can do. */
  async function exercise(model: AnyModel, store: Sandbox): Promise<void> {
    const { resource } = model;
    const params = makeParents(resource, store);
    for (const each of REFERRED[`${resource.version} ${resource.name}`] ?? []) store.insert(each.model, [each.row], each.parents);
    const place = model.of(...Object.values(params));
    const path = `/${resource.version}${resource.path.replace(/:(\w+)/g, (_, name: string) => String(params[name]))}`;
    const example = exampleRow(resource, path);
    const key = example === undefined ? keyFor(resource) : (example[resource.key] as number | string);
    const can = (operation: string): boolean => resource.operations.includes(operation as never);
    const attempt = async <T>(what: string, work: () => PromiseLike<T>): Promise<T | undefined> => {
      try {
        return await work();
      } catch (error) {
        failures.push(`${resource.version} ${resource.name} ${what}: ${(error as Error).message.slice(0, 300)}`);
        return undefined;
      }
    };
    // The one record of a place is there once: it is the one that is created, where it can be.
    if (example !== undefined && !(resource.addressing === 'single' && can('create'))) store.insert(model, [example], params);
    SET_UP[`${resource.version} ${resource.name}`]?.(store);
    const plausible = (row: Row): Row => ({ ...row, ...PLAUSIBLE[`${resource.version} ${resource.name}`] });

    if (resource.addressing === 'single') {
      if (can('create')) await attempt('create', () => place.create(plausible(settable(resource, bodyFor('post', path))) as never));
      if (can('get')) {
        const record = (await attempt('get', () => place.get())) as (Model & Row) | undefined;
        if (record !== undefined && can('update'))
          await attempt('update', () => record.update(plausible(settable(resource, bodyFor('put', path))) as never));
        if (record !== undefined && can('delete')) await attempt('destroy', () => record.destroy());
      }
      return;
    }

    const filters = required(resource, path, store);
    if (can('list'))
      await attempt('list', () =>
        Object.entries(filters)
          .reduce((query, [name, value]) => query.param(name, value as string), place.perPage(50))
          .all(),
      );
    if (can('get') && example !== undefined) await attempt('get', () => place.find(key));
    if (can('count'))
      await attempt('count', () =>
        Object.entries(filters)
          .reduce((query, [name, value]) => query.param(name, value as string), place.perPage(50))
          .count(),
      );
    let record: (Model & Row) | undefined;
    if (can('create')) {
      const lists = resource.batch.create === undefined ? path : `/${resource.version}${resource.batch.path ?? ''}`;
      const body = bodyFor('post', path) ?? bodyFor('post', lists) ?? bodyFor('put', path);
      if (body !== undefined) {
        const { [resource.batch.parent ?? '']: _, ...given } = body;
        const sent = example === undefined ? settable(resource, given) : fresh(resource, settable(resource, given));
        const own = plausible(complete(resource, sent));
        addReferences(model, own, store);
        for (const { product_id } of orderedIn(body))
          if (product_id !== undefined) store.insert(v2.Product, [{ id: product_id, name: 'Example' }]);
        const single = resource.batch.upsert !== undefined && description.find('post', path) === undefined;
        record = (await attempt('create', async () =>
          single ? (await place.upsertMany([own as never])).orThrow().succeeded[0] : place.create(own as never),
        )) as never;
        const another = { ...fresh(resource, own, 'another'), ...ANOTHER[`${resource.version} ${resource.name}`] };
        if (resource.batch.create !== undefined)
          await attempt('createMany', async () => (await place.createMany([another] as never)).orThrow());
      }
    }
    const target = record ?? (example === undefined ? undefined : (place.load(example) as Model & Row));
    if (target === undefined) return;
    if (can('update')) {
      const body =
        bodyFor('put', `${path}/${String(key)}`) ??
        bodyFor('put', path) ??
        bodyFor('put', `/${resource.version}${resource.batch.path ?? ''}`);
      const { [resource.key]: _, ...changes } = body ?? {};
      const plain = Object.fromEntries(
        Object.entries(changes).filter(([name]) => resource.relations[name] === undefined && !resource.identity.includes(name)),
      );
      if (Object.keys(plain).length > 0) {
        const changed = plausible(fresh(resource, dated(resource.attributes, settable(resource, plain)), 'changed'));
        addReferences(model, changed, store);
        await attempt('update', () => target.update(changed as never));
        if (resource.batch.update !== undefined) {
          const [first] = Object.values(resource.attributes).filter(
            ({ name, type, readOnly, unique }) => name in plain && type === 'string' && !readOnly && !unique && name !== resource.key,
          );
          if (first !== undefined)
            await attempt('updateMany', async () =>
              model.saveMany([Object.assign(place.load(target.toJSON()), { [first.property]: plain[first.name] })]),
            );
        }
      }
    }
    if (can('delete')) await attempt('destroy', () => target.destroy());
  }

  /** The one record of a list or the object, as the description shows it, with a key that we know. */
  function exampleRow(resource: ResourceDeclaration, path: string): Row | undefined {
    const key = keyFor(resource);
    const single = resource.addressing === 'single';
    const answer =
      (single ? undefined : description.answerBody(`${path}/${String(key)}`)) ??
      description.answerBody(path) ??
      (resource.collectionPath === undefined ? undefined : description.answerBody(`/${resource.version}${resource.collectionPath.path}`));
    const data = typeof answer === 'object' && answer !== null && 'data' in answer ? answer.data : answer;
    const documented = (Array.isArray(data) ? data[0] : data) as Row | undefined;
    if (typeof documented !== 'object' || documented === null || Array.isArray(documented)) return undefined;
    // A text that stands for a date without an example is none.
    const isDate = ([name, value]: [string, unknown]): boolean =>
      resource.attributes[name]?.type !== 'date' || typeof value !== 'string' || !Number.isNaN(Date.parse(value));
    const row: Row = Object.fromEntries(Object.entries(documented).filter(isDate));
    const own = row[resource.key];
    const isKey =
      (typeof own === 'number' && own > 0) ||
      (typeof own === 'string' && resource.attributes[resource.key]?.type === 'string' && /^[\w-]+$/.test(own)) ||
      (typeof own === 'object' && own !== null);
    if (
      /uuid|token/.test(resource.key) ||
      (resource.version === 'v3' && resource.attributes[resource.key]?.type === 'string' && resource.key === 'id')
    )
      return { ...row, [resource.key]: key };
    return single || isKey ? row : { ...row, [resource.key]: key };
  }

  function bodyFor(method: string, path: string): Row | undefined {
    const body = description.requestBody(method, path);
    const row = Array.isArray(body) ? body[0] : body;
    if (typeof row !== 'object' || row === null) return undefined;
    // A key of 0 names nothing: the samples that the engine makes of a schema hold it.
    return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, value === 0 && /_id$/.test(name) ? 1 : value]));
  }

  /** Without what only the store sets, which the examples hold all the same. */
  function settable({ attributes, relations }: ResourceDeclaration, body: Row = {}): Row {
    const entries = Object.entries(body).filter(([name]) => !attributes[name]?.readOnly);
    return Object.fromEntries(
      entries.map(([name, value]) => {
        const target = relations[name]?.target() as AnyModel | undefined;
        return [name, target !== undefined && Array.isArray(value) ? value.map((row) => settable(target.resource, row as Row)) : value];
      }),
    );
  }

  /** Query parameters that the description demands of a list. */
  function required(_: ResourceDeclaration, path: string, __: Sandbox): Row {
    const query = description.find('get', path)?.operation.request?.query ?? [];
    return Object.fromEntries(
      query
        .filter((each) => each.required === true && each.name !== 'page' && each.name !== 'limit')
        .map(({ name }) => [name, /id/.test(name) ? 1 : 'x']),
    );
  }

  function makeParents(resource: ResourceDeclaration, store: Sandbox): Record<string, number | string> {
    const params: Record<string, number | string> = {};
    for (const [, name] of resource.path.matchAll(/:(\w+)/g)) {
      const above = resource.path.slice(0, resource.path.indexOf(`/:${name}`));
      const parent =
        MODELS.find((each) => each.resource.path === above && each.resource.version === resource.version) ??
        MODELS.find((each) => each.resource.path === above);
      const key = PARENT_KEYS[`${resource.version} ${resource.name}`] ?? (parent === undefined ? 1 : keyFor(parent.resource));
      if (parent !== undefined) store.insert(parent, [{ [parent.resource.key]: key }], params);
      params[name as string] = key;
    }
    return params;
  }

  const keyFor = ({ attributes, key, version }: ResourceDeclaration): number | string =>
    attributes[key]?.type !== 'string' && !/uuid|token/.test(key) ? 1 : version === 'v2' && key === 'id' ? '1' : UUID;

  /** Examples leave out what their own schema demands, now and then. */
  function complete({ attributes, relations }: ResourceDeclaration, body: Row): Row {
    const values: Row = { string: 'x', number: 1, boolean: true, date: new Date(), array: [], object: {}, unknown: 'x' };
    const missing = Object.values(attributes).filter(
      ({ name, required, readOnly }) =>
        required && !readOnly && relations[name] === undefined && (body[name] === undefined || body[name] === null || body[name] === ''),
    );
    return { ...dated(attributes, body), ...Object.fromEntries(missing.map(({ name, type }) => [name, values[type]])) };
  }

  /** Dates in place of the samples that are none: `"string"`. */
  function dated(attributes: ResourceDeclaration['attributes'], body: Row): Row {
    const wrong = Object.values(attributes).filter(
      ({ name, type }) => type === 'date' && typeof body[name] === 'string' && Number.isNaN(Date.parse(body[name] as string)),
    );
    return { ...body, ...Object.fromEntries(wrong.map(({ name }) => [name, new Date()])) };
  }

  /** Stores what a body refers to, unless it is there. */
  function addReferences(model: AnyModel, body: Row, store: Sandbox): void {
    for (const [name, target] of Object.entries(REFERENCES)) {
      if (model.resource.key === name && !model.resource.identity.length) continue;
      const keys = [body[name]].flat().filter((key) => typeof key === 'number' && (key > 0 || Array.isArray(body[name])));
      const isThere = (key: unknown): boolean => inserted.get(store)?.has(`${name} ${String(key)}`) ?? false;
      for (const key of keys.filter((each) => !isThere(each))) {
        inserted.set(store, (inserted.get(store) ?? new Set()).add(`${name} ${String(key)}`));
        store.insert(target, [{ [target.resource.key]: key, name: `Example ${name} ${String(key)}` }]);
      }
    }
  }

  /** The same again with other values where no two records may share one. */
  function fresh({ attributes, identity, key }: ResourceDeclaration, body: Row, mark = 'other'): Row {
    const isTelling = (name: string): boolean => SIBLING_NAMES.includes(name) && name !== key;
    const changed = Object.values(attributes).filter(({ unique, name }) => (unique || isTelling(name)) && typeof body[name] === 'string');
    const row = { ...body, ...Object.fromEntries(changed.map(({ name }) => [name, `${mark}-${String(body[name])}`])) };
    return identity.length > 0 && typeof row[key] === 'number' ? { ...row, [key]: row[key] + 1 } : row;
  }
});
