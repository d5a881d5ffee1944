import { Model } from 'bigrecord';
import { argumentsOf } from './actions.js';
import { type Collection, type Key, type LooseModel, modelOf, type Outcome, type Route, rowsOf, valuesAt } from './models.js';
import type { Row, Sample } from './samples.js';

/** A sample, and all that a call for it needs. */
export interface Call {
  readonly route: Route;
  readonly model: LooseModel;
  readonly sample: Sample;
  /** The values of the path: those of the parents, the key, and those of an action. */
  readonly values: readonly Key[];
  /** The records whose parents are in the path. */
  readonly collection: Collection;
  readonly key: Key;
}

/** What a call has returned: the record or records, the value of an action, or nothing. */
export type Returned = unknown;

/** Makes the call that a user of the models would write for a sample. */
export async function makeCall(route: Route, sample: Sample, path: string): Promise<Returned> {
  const model = modelOf(route.owner);
  const values = valuesOf(route, path);
  const isAcross =
    route.isDerived === true || (route.owner.collectionPath !== undefined && route.id.endsWith(route.owner.collectionPath.path));
  const parents = isAcross ? [] : values.slice(0, valuesAt(route.owner.path, route.owner.path).length);
  const collection = parents.length === 0 ? model : model.of(...parents);
  const call: Call = { route, model, sample, values, collection, key: values[parents.length] ?? '' };
  return (MAKERS[route.role] ?? unknownRole)(call);
}

const MAKERS: Record<string, (call: Call) => Promise<Returned>> = {
  list: async ({ collection, sample, route }) => (await queried(collection, sample, route).page(Number(sample.query?.['page'] ?? 1))).items,
  get: ({ collection, sample, route, key }) => {
    const query = queried(collection, sample, route);
    return route.owner.addressing === 'single' ? query.get() : query.find(key);
  },
  count: ({ collection, sample, route }) => queried(collection, sample, route).count(),
  create: ({ collection, sample, route, model }) => {
    const rows = withDates(model, rowsOf(sample.body));
    if (route.isUpsert) return all(collection.upsertMany(rows));
    if (Array.isArray(sample.body)) return all(collection.createMany(rows));
    return withParams(sample, (...options) => Reflect.apply(collection.create, collection, [rows[0] ?? {}, ...options]));
  },
  update,
  delete: ({ collection, sample, route, key }) => {
    if (Array.isArray(sample.body)) return all(collection.destroyMany(sample.body));
    return route.owner.addressing === 'single' ? collection.get().then((record) => call(record, 'destroy')) : collection.destroy(key);
  },
  deleteAll: async ({ collection, sample, route }) => {
    const { query = {} } = sample;
    const ids = query['id:in'];
    if (ids !== undefined && route.owner.addressing === 'filter') return all(collection.destroyMany(ids.split(',').map(Number)));
    return await (Object.keys(query).length === 0 ? collection : queried(collection, sample, route)).deleteAll();
  },
  action: (given) => {
    const { collection, model, route, key } = given;
    const name = route.model.split('.')[1] ?? '';
    const isStatic = typeof Reflect.get(model, name) === 'function';
    const target = isStatic ? model : collection.load({ [model.resource.key]: key });
    return call(target, name, ...argumentsOf(given, isStatic));
  },
};

async function update({ collection, sample, route, key, model }: Call): Promise<Returned> {
  const rows = withDates(model, rowsOf(sample.body));
  if (Array.isArray(sample.body))
    return all(route.owner.batch['upsert'] !== undefined ? collection.upsertMany(rows) : collection.updateMany(rows));
  const [attributes = {}] = rows;
  const { query = {} } = sample;
  // Settings of a channel are read for it; what is read for a channel is written for it.
  const scoped = 'channel_id' in query ? collection.where({ channel_id: Number(query['channel_id']) }) : collection;
  if (route.owner.addressing === 'single') {
    const record = route.owner.operations.includes('get') ? await scoped.get() : scoped.load({});
    return record.update(attributes);
  }
  if (scoped !== collection) return call(await scoped.find(key), 'update', attributes);
  return withParams(sample, (...options) => Reflect.apply(collection.update, collection, [key, attributes, ...options]));
}

/** The query of a sample as a user writes it: `where`, `include`, `order`, `select`. */
function queried(collection: Collection, { query = {} }: Sample, { owner }: Route): Collection {
  const { include, sort, direction, limit, page: _, include_fields, ...filters } = query;
  let result = collection;
  if (Object.keys(filters).length > 0)
    result = result.where(Object.fromEntries(Object.entries(filters).map((each) => filterOf(each, owner.filters))));
  if (include !== undefined) result = result.include(...include.split(','));
  if (sort !== undefined) result = result.order(sort, direction);
  if (limit !== undefined) result = result.perPage(Number(limit));
  return include_fields === undefined ? result : call(result, 'select', ...include_fields.split(','));
}

/** `id:in=1,2` is `{ id: { in: [1, 2] } }`. */
function filterOf([name, text]: [string, string], filters: Record<string, string>): [string, unknown] {
  const value = (each: string): string | number =>
    /number|undefined/.test(String(filters[name])) && /^\d+$/.test(each) ? Number(each) : each;
  const [base = name, operator] = name.split(':');
  return operator === undefined
    ? [name, value(text)]
    : [base, { [operator]: operator === 'in' ? text.split(',').map(value) : value(text) }];
}

/** Other parameters of a write are an option of the call. */
function withParams(sample: Sample, send: (...options: object[]) => Promise<object>): Promise<object> {
  return sample.query === undefined ? send() : send({ params: sample.query });
}

async function all(run: PromiseLike<Outcome>): Promise<object[]> {
  const { succeeded, failed } = await run;
  if (failed[0] !== undefined) throw failed[0].error;
  return succeeded;
}

/** A user gives dates as dates. */
function withDates({ resource }: LooseModel, rows: Row[]): Row[] {
  const isDate = (name: string): boolean => resource.attributes[name]?.type === 'date';
  return rows.map((row) =>
    Object.fromEntries(
      Object.entries(row).map(([name, value]) => [name, isDate(name) && typeof value === 'string' ? new Date(value) : value]),
    ),
  );
}

/** The values of the placeholders in the path of an operation. */
function valuesOf({ id }: Route, path: string): Key[] {
  const template = id.slice(id.indexOf('/', id.indexOf('/') + 1));
  return valuesAt(template.replaceAll('{}', ':value'), path).map((each) => (/^\d+$/.test(each) ? Number(each) : decodeURIComponent(each)));
}

/** Calls a method that only the sample names. */
function call(target: object, name: string, ...given: unknown[]): ReturnType<typeof JSON.parse> {
  const method: unknown = Reflect.get(target, name);
  if (typeof method !== 'function')
    throw new TypeError(`${target instanceof Model ? target.constructor.name : 'The model'} has no ${name}().`);
  return Reflect.apply(method, target, given);
}

const unknownRole = ({ route }: Call): Promise<never> => Promise.reject(new Error(`No call for ${route.role} of ${route.id}.`));
