import { intersectionOf, objectOf, shape, unionOf, unique, unknown, withoutDuplicates } from './shapes.js';

const SCALARS = { string: 'string', integer: 'number', number: 'number', boolean: 'boolean' };
const DATES = new Set(['date', 'date-time', 'datetime']);

/**
 * Reads a schema of a description as a shape. References and `allOf` are resolved; a schema that contains itself ends in an
 * unknown value.
 *
 * @param root the whole description, into which references point
 */
export function readSchema(schema, root, path = []) {
  if (schema === undefined || schema === null || typeof schema !== 'object') return { ...unknown(), readOnly: false };
  if (typeof schema.$ref === 'string') {
    if (path.includes(schema.$ref)) return { ...unknown(), readOnly: false };
    return readSchema(pointedTo(schema.$ref, root), root, [...path, schema.$ref]);
  }
  const read = (each) => readSchema(each, root, path);
  const all = (schema.allOf ?? []).map(read);
  const branches = [schema.oneOf, schema.anyOf].filter(Array.isArray).map((each) => each.map(read));
  const parts = [...all, ...branches.map(unionOf), own(schema, read)];
  return {
    ...withoutDuplicates(intersectionOf(parts)),
    readOnly: schema.readOnly === true || all.some((each) => each.readOnly),
  };
}

/** Follows a reference inside a description: `#/components/schemas/Brand`. */
export function pointedTo(reference, root) {
  const names = reference.replace(/^#\//, '').split('/');
  return names.reduce((at, name) => at?.[decodeURIComponent(name).replace(/~1/g, '/').replace(/~0/g, '~')], root);
}

/** What a schema says itself, without its `allOf`, `oneOf` and `anyOf`. */
function own(schema, read) {
  const types = typesOf(schema);
  const isNull = types.includes('null') || schema.enum?.includes(null) === true;
  const nullable = schema.nullable === true || schema['x-nullable'] === true || isNull;
  const parts = types.map((type) => ofType(type, schema, read)).filter((each) => each !== undefined);
  if (parts.length === 0) return { ...unknown(), nullable };
  return { ...unionOf(parts), nullable };
}

function ofType(type, schema, read) {
  if (type === 'object') return shape({ objects: [objectIn(schema, read)] });
  if (type === 'array') return shape({ items: read(schema.items), maxItems: schema.maxItems });
  const scalar = SCALARS[type];
  if (scalar === undefined) return undefined;
  const values = (schema.enum ?? []).filter((each) => each !== null && typeof each !== 'boolean').map(String);
  const isDate = scalar !== 'boolean' && (DATES.has(schema.format) || looksLikeDate(schema.example));
  return shape({ scalars: [scalar === 'string' && DATES.has(schema.format) ? 'date' : scalar], values: unique(values), isDate });
}

function objectIn(schema, read) {
  const fields = {};
  for (const [name, each] of Object.entries(schema.properties ?? {})) {
    const { readOnly, ...rest } = read(each);
    fields[name] = { shape: rest, readOnly };
  }
  // `required: true` on a property is no JSON Schema, but some descriptions have it.
  const required = Array.isArray(schema.required) ? schema.required.filter((name) => typeof name === 'string') : [];
  return objectOf(fields, required, Object.keys(fields).length === 0 && required.length === 0);
}

function typesOf(schema) {
  if (Array.isArray(schema.type)) return schema.type;
  if (typeof schema.type === 'string') return [schema.type];
  if (schema.properties !== undefined || schema.required !== undefined) return ['object'];
  if (schema.items !== undefined) return ['array'];
  return unique((schema.enum ?? []).filter((each) => each !== null).map((each) => typeof each));
}

const looksLikeDate = (example) =>
  typeof example === 'string' && /^\w{3}, \d{1,2} \w{3} \d{4}|^\d{4}-\d\d-\d\d/.test(example) && !Number.isNaN(Date.parse(example));
