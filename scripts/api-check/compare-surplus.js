import { difference, kindsOf } from './compare-shapes.js';
import { parentKeysOf } from './operations-of.js';
import { flattened, unionOf } from './shapes.js';

/**
 * Lists what a model declares and none of its operations describes: an attribute, a type, null, an enumerated value, a value that can
 * be written or must be given.
 *
 * @param operations the described operations of the model, without its actions: `{ described, declared }`
 */
export function surplusOf(model, operations) {
  const found = [...surplusParameters(model, operations), ...surplusAttributes(model, operations), ...surplusWrites(model, operations)];
  return found.map((each) => ({ ...each, by: model.name }));
}

/** Filters that no list describes. An operator may be put on any described name, such as `id:in` on `id`. */
function surplusParameters(model, operations) {
  const lists = operations.filter(({ declared }) => declared.role === 'list').map(({ described }) => described);
  if (lists.length === 0) return [];
  const known = new Set(lists.flatMap(({ parameters }) => Object.keys(parameters)).map(withoutOperator));
  return Object.entries(model.filters)
    .filter(([name]) => !known.has(withoutOperator(name)))
    .map(([name, type]) => ({ ...difference(`query.${name}`, 'undescribed-parameter', 'not described', type), operation: lists[0].id }));
}

const withoutOperator = (name) => name.replace(/:.*$/, '');

function surplusAttributes(model, operations) {
  const rows = operations
    .flatMap(({ described }) => [described.response.row, rowIn(described.body)])
    .filter((each) => each?.objects.length > 0);
  if (rows.length === 0) return [];
  const all = flattened(rows.flatMap((each) => each.objects));
  const skipped = parentKeysOf(model);
  const operation = placeOf(operations, ['list', 'get', 'create', 'update']);
  return Object.entries(model.row.objects[0].fields)
    .filter(([name, field]) => !field.isRelation && !skipped.includes(name))
    .flatMap(([name, field]) => {
      const described = all.fields[name];
      const at = `row.${name}`;
      if (described === undefined) return [difference(at, 'undescribed-field', 'not described', kindsOf(field.shape))];
      return surplusIn(bothForms(field.shape), described.shape, at);
    })
    .map((each) => ({ ...each, operation }));
}

/** What is read and what is given, where these have different forms. */
const bothForms = (shape) => (shape.given === undefined ? shape : unionOf([shape, shape.given]));

/** The operation that a difference of the whole model is listed under. */
const placeOf = (operations, roles) => {
  const first = roles.map((role) => operations.find(({ declared }) => declared.role === role)).find((each) => each !== undefined);
  return (first ?? operations[0]).described.id;
};

const rowIn = (body) => body?.items ?? (body?.objects[0]?.fields.data?.shape.items || body);

/** What is declared as writable or required, and described as neither in any body. */
function surplusWrites(model, operations) {
  const bodies = operations.filter(
    ({ declared, described }) => ['create', 'update'].includes(declared.role) && described.body !== undefined,
  );
  const written = flattened(bodies.flatMap(({ described }) => rowIn(described.body).objects));
  const created = bodies
    .filter(({ declared }) => declared.role === 'create')
    .map(({ described }) => flattened(rowIn(described.body).objects));
  const keys = [model.key, ...model.identity];
  const { fields, required } = model.row.objects[0];
  const operation = placeOf(operations, ['create', 'update']);
  return Object.entries(fields)
    .filter(([name, field]) => !field.isRelation && !keys.includes(name))
    .flatMap(([name, field]) => {
      const described = written.fields[name];
      const isWritten = described !== undefined && !described.readOnly;
      const isDemanded = created.length === 0 || created.some((each) => each.isOpaque || each.required.includes(name));
      return [
        !written.isOpaque && !field.readOnly && !isWritten && difference(`row.${name}`, 'read-only', 'cannot be written', 'can be written'),
        required.includes(name) && !isDemanded && difference(`row.${name}`, 'required', 'optional', 'required'),
      ].filter(Boolean);
    })
    .map((each) => ({ ...each, operation }));
}

/** A date that is declared as its text: right inside an attribute, and elsewhere a type that is missing. */
const isDateText = (scalar, described) => scalar === 'string' && described.scalars.includes('date');

/**
 * What a declared shape allows beyond a described one. Dates may always be null: an empty text reads so.
 *
 * @param outer the declared objects around it: one that contains itself is described to some depth, and compared at the first
 */
export function surplusIn(declared, described, field, outer = []) {
  if (described.isUnknown || declared.isUnknown) return [];
  const found = [];
  const extra = declared.scalars.filter((scalar) => !described.scalars.includes(scalar) && scalar !== 'date' && !isDateText(scalar, described));
  const hasArray = declared.items !== undefined && described.items === undefined;
  const hasObject = declared.objects.length > 0 && described.objects.length === 0;
  if (extra.length > 0 || hasArray || hasObject) found.push(difference(field, 'type', kindsOf(described), kindsOf(declared)));
  if (declared.nullable && !described.nullable && !declared.scalars.includes('date'))
    found.push(difference(field, 'nullability', 'no null', 'null is allowed'));
  const values = declared.values.filter((each) => !described.values.includes(each));
  // An open enumeration completes what the prose of a plain string says.
  const isProse = declared.isOpen && described.values.length === 0;
  if (values.length > 0 && extra.length === 0 && !isProse)
    found.push(difference(field, 'enum', described.values.join(' | ') || kindsOf(described), values.join(' | ')));
  if (declared.items !== undefined && described.items !== undefined)
    found.push(...surplusIn(declared.items, described.items, `${field}[]`, outer));
  if (declared.objects.length > 0 && described.objects.length > 0) found.push(...surplusFields(declared, described, field, outer));
  return found;
}

function surplusFields(declared, described, field, outer) {
  const known = flattened(described.objects);
  if (known.isOpaque) return [];
  const objects = declared.objects.filter((each) => !outer.includes(each));
  return objects.flatMap((object) =>
    Object.entries(object.fields).flatMap(([name, each]) => {
      const at = `${field}.${name}`;
      if (each.isRelation) return [];
      const described = known.fields[name];
      if (described === undefined) return [difference(at, 'undescribed-field', 'not described', kindsOf(each.shape))];
      return surplusIn(each.shape, described.shape, at, [...outer, object]);
    }),
  );
}
