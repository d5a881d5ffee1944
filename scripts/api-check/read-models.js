import { modelProgram, VERSIONS } from './program.js';
import { readActions } from './read-actions.js';
import { typeReader } from './read-types.js';
import { objectOf, shape, unknown } from './shapes.js';

const OPTIONS = [
  'addressing',
  'batch',
  'batchOnly',
  'collectionPath',
  'cursor',
  'deleteFilters',
  'identity',
  'includes',
  'key',
  'name',
  'noEnvelope',
  'omitsListRows',
  'operations',
  'pageSize',
  'path',
  'responses',
  'version',
];

/**
 * Reads all that the ready models declare, as plain data: their `Model.resource`, the types of their attributes to the leaves, and
 * the requests that their methods send.
 */
export async function readModels() {
  const { checker, files, classes } = modelProgram();
  const ready = await readyModels();
  const rows = new Map();
  const bySymbol = new Map();
  for (const { model, version, name } of ready) {
    const row = shape({ objects: [objectOf({})], isModel: true });
    rows.set(model, row);
    bySymbol.set(classes.get(`${version} ${name}`), row);
  }
  const read = typeReader(checker, (symbol) => bySymbol.get(symbol));
  const models = ready.map(({ model, version, name }) => {
    const { resource } = model;
    const symbol = classes.get(`${version} ${name}`);
    const type = symbol === undefined ? undefined : checker.getDeclaredTypeOfSymbol(symbol);
    fill(rows.get(model).objects[0], resource, rows, (property) => typeOf(checker, type, property));
    return { ...optionsOf(resource), filters: typesOf(resource.filters), params: paramsOf(resource), row: rows.get(model), actions: [] };
  });
  for (const { version, className, action } of readActions(files, checker, read))
    models.find((each) => each.version === version && each.name === className)?.actions.push(action);
  return models;

  function typeOf(checker, type, property) {
    const symbol = type === undefined ? undefined : checker.getPropertyOfType(type, property);
    return symbol === undefined ? unknown() : read(checker.getTypeOfSymbol(symbol));
  }
}

/** Every exported model. The entry points of the versions export nothing else. */
async function readyModels() {
  const modules = await Promise.all(VERSIONS.map((version) => import(`bigrecord/${version}`)));
  return modules.flatMap((module, at) => Object.entries(module).map(([name, model]) => ({ name, model, version: VERSIONS[at] })));
}

/** The attributes and relations of a model as fields of its row. */
function fill(row, resource, rows, typeOf) {
  row.key = resource.key;
  for (const { name, property, readOnly, required } of Object.values(resource.attributes)) {
    row.fields[name] = { shape: typeOf(property), readOnly };
    // An update of the parent carries the keys of the children that it changes.
    if (name === resource.key && ['merge', 'replace'].includes(resource.through?.update)) row.fields[name].isEntryKey = true;
    if (required) row.required.push(name);
  }
  for (const [name, { kind, target, inline, maxEmbedded }] of Object.entries(resource.relations)) {
    const related = rows.get(target()) ?? unknown();
    const value = kind === 'hasMany' ? shape({ items: related, maxItems: maxEmbedded }) : related;
    row.fields[name] ??= { shape: value, readOnly: !inline && target().resource?.through === undefined, isRelation: true };
  }
}

const optionsOf = (resource) => structuredClone(Object.fromEntries(OPTIONS.map((name) => [name, resource[name]])));

/** The types of filters or parameters by name; the names that a parameter may list. */
const typesOf = (filters = {}) =>
  Object.fromEntries(Object.entries(filters).map(([name, type]) => [name, Array.isArray(type) ? [...type] : type.name.toLowerCase()]));

/** The query parameters of operations and actions, as shapes. */
const paramsOf = ({ params = {} }) =>
  Object.fromEntries(
    Object.entries(params).map(([operation, given]) => [
      operation,
      Object.fromEntries(
        Object.entries(typesOf(given)).map(([name, type]) => [
          name,
          { shape: shape(Array.isArray(type) ? { scalars: ['string'], values: type } : { scalars: [type] }) },
        ]),
      ),
    ]),
  );
