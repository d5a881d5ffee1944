import { operationId } from './read-descriptions.js';
import { shape } from './shapes.js';

const ROWS = 'rows';

/**
 * The operations that a model declares, each with what is sent and what is expected to come back:
 *
 *   role       list, get, create, update, delete, deleteAll, count or action
 *   form       of the response: row, rows, none, transaction, or unknown
 *   isDerived  whether it only counts where a description has it too
 */
export function operationsOf(model, models) {
  const crud = model.addressing === 'single' ? singleOperations(model) : [...readOperations(model), ...writeOperations(model)];
  return [...crud, ...model.actions.flatMap((action) => actionOperations(action, model, models))];
}

function singleOperations(model) {
  const { path } = model;
  return [
    model.operations.includes('get') && at(model, 'GET', path, { role: 'get', ...responseTo(model, 'get', 'row') }),
    model.operations.includes('create') &&
      at(model, 'POST', path, { role: 'create', ...responseTo(model, 'create', 'row'), body: model.row }),
    model.operations.includes('update') && at(model, 'PUT', path, { role: 'update', ...responseTo(model, 'update', 'row'), body: model.row }),
    model.operations.includes('delete') && at(model, 'DELETE', path, { role: 'delete', ...responseTo(model, 'delete', 'none') }),
  ].filter(Boolean);
}

function readOperations(model) {
  const { path, version, operations, addressing, collectionPath } = model;
  // Records of V2 that lie below a parent are, for some resources, listed for all parents as well.
  const across = path.replace(/\/:\w+/, '');
  const list = { role: 'list', ...responseTo(model, 'list', ROWS) };
  const count = { role: 'count', form: 'row' };
  return [
    operations.includes('list') && at(model, 'GET', path, list),
    operations.includes('list') && collectionPath !== undefined && at(model, 'GET', collectionPath.path, list),
    operations.includes('list') && version === 'v2' && across !== path && at(model, 'GET', across, { ...list, isDerived: true }),
    operations.includes('count') && version === 'v2' && at(model, 'GET', `${path}/count`, count),
    operations.includes('count') &&
      version === 'v2' &&
      across !== path &&
      at(model, 'GET', `${across}/count`, { ...count, isDerived: true }),
    operations.includes('get') && addressing === 'path' && at(model, 'GET', memberOf(model), { role: 'get', ...responseTo(model, 'get', 'row') }),
  ].filter(Boolean);
}

function writeOperations(model) {
  const { path, operations, addressing, batch, batchOnly, deleteFilters } = model;
  const batchPath = batch.path ?? path;
  const has = (operation) => operations.includes(operation);
  const batched = (role, maxItems) => ({
    role,
    ...responseTo(model, `${role}Many`, model.omitsListRows ? 'none' : ROWS),
    body: shape({ items: model.row, maxItems }),
    isBatch: true,
  });
  const updates = batch.update ?? batch.upsert;
  const deletesByQuery = has('deleteAll') || deleteFilters.length > 0 || (has('delete') && addressing === 'filter');
  const deletesByBody = batch.delete !== undefined && !deleteFilters.includes(`${model.key}:in`);
  const createsByUpsert = batch.create === undefined && batch.upsert !== undefined && batchOnly.includes('create');
  const createsInBatches = batchOnly.includes('create') && !createsByUpsert;
  const single = (role) => ({ role, ...responseTo(model, role, 'row'), body: model.row });
  return [
    has('create') && !batchOnly.includes('create') && at(model, 'POST', path, single('create')),
    has('create') && createsByUpsert && at(model, 'PUT', batchPath, { ...batched('create', batch.upsert), isUpsert: true }),
    has('create') && (batch.create !== undefined || createsInBatches) && at(model, 'POST', batchPath, batched('create', batch.create)),
    has('update') && (updates !== undefined || addressing === 'filter') && at(model, 'PUT', batchPath, batched('update', updates)),
    has('update') && addressing === 'path' && !batchOnly.includes('update') && at(model, 'PUT', memberOf(model), single('update')),
    has('delete') && addressing === 'path' && at(model, 'DELETE', memberOf(model), { role: 'delete', ...responseTo(model, 'delete', 'none') }),
    deletesByQuery && at(model, 'DELETE', path, { role: 'deleteAll', ...responseTo(model, 'deleteMany', 'none') }),
    has('delete') &&
      deletesByBody &&
      at(model, 'DELETE', batchPath, {
        role: 'delete',
        ...responseTo(model, 'deleteMany', 'none'),
        body: shape({ items: keysOf(model), maxItems: batch.delete }),
        isBatch: true,
      }),
  ].filter(Boolean);
}

/** What an operation responds with: as declared for it, or for the operation on one record, or as usual. */
function responseTo({ responses = {}, version, noEnvelope }, operation, usual) {
  const single = operation.replace(/Many$/, '');
  const declared = responses[operation] ?? (['none', 'transaction'].includes(responses[single]) ? responses[single] : undefined);
  const isEnveloped = version === 'v3' && !noEnvelope && declared !== 'bare';
  return { form: declared === undefined || declared === 'bare' ? usual : declared, isEnveloped };
}

/** The names under which a record has the keys of its parents: those in its path, and that of a batch. */
export const parentKeysOf = ({ path, batch }) =>
  [batch.parent, ...[...path.matchAll(/:(\w+)/g)].map(([, name]) => name)].filter((name) => name !== undefined);

const memberOf = ({ path }) => `${path}/:key`;
const keysOf = ({ row, key }) => row.objects[0].fields[key]?.shape ?? shape({ scalars: ['number', 'string'] });

function at(model, method, path, rest) {
  const { version } = model;
  return {
    id: operationId(method, version, path),
    model: model.name,
    owner: model,
    row: model.row,
    parameters: parametersOf(model, rest.role),
    ...rest,
  };
}

/** The query parameters that can be given to an operation by a call that names them. */
function parametersOf(model, role) {
  const { filters, includes, cursor, deleteFilters, version } = model;
  const typed = (names) => Object.fromEntries(names.map((name) => [name, { shape: typeOfFilter(filters, name) }]));
  const included = includes.length === 0 ? {} : { include: { shape: shape({ scalars: ['string'], values: [...includes] }) } };
  const selected = version === 'v3' ? { include_fields: ANY, exclude_fields: ANY } : {};
  const given = model.params?.[role] ?? {};
  if (role === 'deleteAll') return typed(deleteFilters);
  if (role === 'count') return typed(Object.keys(filters));
  if (role === 'get') return { ...included, ...selected, ...given };
  if (role !== 'list') return given;
  const pages = { page: ANY, limit: ANY, sort: ANY, direction: ANY, ...(cursor ? { before: ANY, after: ANY } : {}) };
  return { ...typed(Object.keys(filters)), ...pages, ...included, ...selected };
}

/** Filters of deletions have the type of the list's filter of that name, if there is one. */
const typeOfFilter = (filters, name) => (filters[name] === undefined ? shape({ isUnknown: true }) : shape({ scalars: [filters[name]] }));

/** A parameter that the queries write themselves. */
const ANY = { shape: shape({ isUnknown: true }), isControl: true };

function actionOperations(action, model, models) {
  return action.paths.map((path) => ({
    id: operationId(
      action.method,
      action.version,
      `${baseOf(action.place, model, models)}${path === '' || path.startsWith('/') ? path : `/${path}`}`,
    ),
    role: 'action',
    model: action.name,
    owner: model,
    parameters: {
      ...(action.takesFilters ? parametersOf(model, 'count') : {}),
      ...action.parameters,
      ...model.params?.[action.name.split('.').at(-1)],
    },
    body: action.body,
    isForm: action.isForm,
    form: action.form,
    row: action.row,
  }));
}

function baseOf({ of, model: name }, model, models) {
  if (of === 'store') return '';
  if (of === 'record') return model.addressing === 'single' ? model.path : memberOf(model);
  return (models.find((each) => each.version === model.version && each.name === name) ?? model).path;
}
