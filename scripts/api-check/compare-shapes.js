import { anyOf, flattened, leavesOf } from './shapes.js';

/**
 * Lists what a description allows or demands and a declared shape does not say: a difference is { field, kind, described, declared }.
 *
 * @param context `side` is 'body' or 'response'; `isCreate` compares what a new value requires; `skip` has names that are not compared
 */
export function missingFrom(declared, described, field, context) {
  if (described.isUnknown) return [];
  if (context.side === 'body' && declared.given !== undefined) return missingFrom(declared.given, described, field, context);
  if (declared.isUnknown) return [difference(field, 'opaque', kindsOf(described), 'unknown', { leaves: leavesOf(described) })];
  return [
    ...scalarDifferences(declared, described, field, context),
    ...arrayDifferences(declared, described, field, context),
    ...objectDifferences(declared, described, field, context),
  ];
}

export const difference = (field, kind, described, declared, more = {}) => ({ field, kind, described, declared, ...more });

/**
 * Whether a field lies inside an attribute, or in what an action sends or returns, where a date is the JSON text or number that the API
 * has: see docs/updating.md.
 */
const isNested = (field, { rowField, isPlain }) =>
  isPlain || (rowField !== undefined && /[.[]/.test(field.slice(rowField.length + 1)));

function scalarDifferences(declared, described, field, context) {
  const found = [];
  for (const scalar of described.scalars)
    if (!takes(declared, scalar, described, field, context)) found.push(difference(field, 'type', kindsOf(described), kindsOf(declared)));
  const isDateText = declared.scalars.length > 0 && !declared.scalars.includes('date');
  if (described.isDate && !isNested(field, context) && found.length === 0 && isDateText)
    found.push(difference(field, 'type', 'a date by its example', kindsOf(declared)));
  if (described.nullable && !declared.nullable) found.push(difference(field, 'nullability', 'null is allowed', 'no null'));
  // A value of the wrong type has no enumeration worth comparing.
  const missing = found.some(({ kind }) => kind === 'type') ? [] : described.values.filter((each) => !declared.values.includes(each));
  if (missing.length > 0) found.push(difference(field, 'enum', missing.join(' | '), declared.values.join(' | ') || kindsOf(declared)));
  return deduplicated(found);
}

/** Whether a declared shape takes a scalar. A Date stands for texts and numbers that are dates. */
function takes(declared, scalar, described, field, context) {
  if (declared.scalars.includes(scalar)) return true;
  if (scalar === 'number' && declared.isMoney && context.side === 'body') return true;
  if (scalar === 'date' && declared.scalars.includes('string') && isNested(field, context)) return true;
  return scalar !== 'boolean' && declared.scalars.includes('date') && (described.isDate || isDateName(field));
}

const isDateName = (field) => /(date|time|_at|_on|expires|expiry|timestamp|created|modified|updated)[^.]*$/i.test(field);

function arrayDifferences(declared, described, field, context) {
  if (described.items === undefined) return [];
  if (declared.items === undefined) return [difference(field, 'type', kindsOf(described), kindsOf(declared))];
  const found = missingFrom(declared.items, described.items, `${field}[]`, context);
  if (described.maxItems !== undefined && declared.maxItems !== described.maxItems)
    found.push(difference(field, 'max-items', String(described.maxItems), String(declared.maxItems ?? 'not said')));
  return found;
}

function objectDifferences(declared, described, field, context) {
  const branches = described.objects;
  if (branches.length === 0) return [];
  if (declared.objects.length === 0) return [difference(field, 'type', kindsOf(described), kindsOf(declared))];
  if (branches.every(isEmpty)) return [];
  if (declared.objects.some((each) => each.isOpaque))
    return [difference(field, 'opaque', kindsOf(described), 'object without fields', { leaves: leavesOf(described) })];
  // The rows of models are classes, which have one set of attributes; alternatives are told apart below them.
  const isRow = context.rowField === field || declared.objects.some(({ key }) => key !== undefined);
  if (isRow || branches.length === 1) {
    const whole = flattened(branches);
    return fieldDifferences(counterpart(declared, whole), whole, field, context);
  }
  const found = branches.flatMap((branch) => fieldDifferences(counterpart(declared, branch), branch, field, context));
  if (declared.objects.length < branches.length)
    found.push(difference(field, 'branches', `${branches.length} alternatives`, `${declared.objects.length}`));
  return deduplicated(found);
}

const isEmpty = ({ fields }) => Object.keys(fields).length === 0;

/**
 * What a described object is compared with: the alternative that it is, by a value or keys of its own, or all of them if nothing tells it
 * apart.
 */
function counterpart(declared, branch) {
  const names = Object.keys(branch.fields);
  const nearest = closest(declared, branch);
  const shapes = Object.values(branch.fields).map(({ shape }) => shape);
  // One that demands the same is the alternative itself.
  const isSame =
    branch.required.length > 0 &&
    names.every((name) => nearest.fields[name] !== undefined) &&
    branch.required.every((name) => nearest.required.includes(name));
  const isOne = declared.objects.length < 2 || isSame || shapes.some(({ values }) => values.length === 1) || hasOwnKeys(declared, branch, shapes);
  return isOne ? nearest : anyOf(declared.objects);
}

/** Whether only one declared object has all the fields of a described one, which is not several kinds in one. */
function hasOwnKeys({ objects }, branch, shapes) {
  const holders = objects.filter(({ fields }) => Object.keys(branch.fields).every((name) => fields[name] !== undefined));
  return holders.length === 1 && shapes.every(({ values }) => values.length < 2);
}

/** The declared object that has the most fields of a described one, and the same enumerated values in them: a literal tells kinds apart. */
function closest({ objects }, branch) {
  const names = Object.keys(branch.fields);
  const score = ({ fields }) => {
    const shared = names.filter((name) => fields[name] !== undefined);
    const alike = shared.filter((name) => isLiteralOf(fields[name].shape, branch.fields[name].shape));
    return shared.length + alike.length - Object.keys(fields).length / 1000;
  };
  return objects.reduce((best, each) => (score(each) > score(best) ? each : best));
}

const isLiteralOf = (declared, described) =>
  described.values.length > 0 && described.values.every((each) => declared.values.includes(each));

function fieldDifferences(declared, described, field, context) {
  return Object.entries(described.fields).flatMap(([name, each]) => {
    const at = `${field}.${name}`;
    const isTop = context.rowField === field;
    if (isTop && context.skip?.includes(name)) return [];
    const own = declared.fields[name];
    if (own === undefined) return [undeclared(declared, each.shape, at)];
    const value = own.isRelation ? withoutLinks(each.shape) : name === declared.key ? { ...each.shape, nullable: false } : each.shape;
    return [
      ...missingFrom(own.shape, value, at, context),
      ...(context.side === 'body' ? writeDifferences(declared, own, described, each, name, at, context) : []),
    ];
  });
}

/** A field that an index signature lets through is as little declared as one of an object without fields. */
function undeclared({ isExtensible }, shape, at) {
  if (!isExtensible) return difference(at, 'missing-field', kindsOf(shape), 'not declared');
  return difference(at, 'opaque', kindsOf(shape), 'any field', { leaves: leavesOf(shape) });
}

function writeDifferences(declared, own, described, each, name, at, { isCreate, rowField, keys = [] }) {
  const isTop = at === `${rowField}.${name}`;
  const found = [];
  const isKey = isTop ? keys.includes(name) : own.isEntryKey === true;
  if (own.readOnly && !each.readOnly && !isKey)
    found.push(difference(at, 'read-only', 'can be written', own.isRelation ? 'a relation that is not sent' : 'read-only'));
  const demands = described.required.includes(name) && !each.readOnly && !own.readOnly;
  if (isCreate && demands && !declared.required.includes(name)) found.push(difference(at, 'required', 'required', 'optional'));
  return found;
}

/** V2 shows related records as `{ url, resource }`, which a relation reads as not loaded. */
function withoutLinks(shape) {
  const isLink = ({ fields }) =>
    Object.keys(fields).length > 0 && Object.keys(fields).every((name) => name === 'url' || name === 'resource');
  return { ...shape, objects: shape.objects.filter((each) => !isLink(each)) };
}

export function kindsOf({ scalars, items, objects, nullable, isUnknown }) {
  const kinds = [
    ...scalars,
    ...(items === undefined ? [] : ['array']),
    ...(objects.length > 0 ? ['object'] : []),
    ...(nullable ? ['null'] : []),
  ];
  return isUnknown || kinds.length === 0 ? 'unknown' : kinds.join(' | ');
}

export function deduplicated(differences) {
  return [...new Map(differences.map((each) => [`${each.field} ${each.kind}`, each])).values()];
}
