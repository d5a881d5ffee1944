/**
 * A shape says which JSON values are allowed, whether it was read from a description or from our types. Shapes are plain data, so
 * that a spec can copy and change them:
 *
 *   scalars   'string', 'number', 'boolean', 'date'
 *   values    the enumerated values of the scalars; empty: any
 *   nullable  whether null is allowed
 *   items     the shape of an array's items; undefined: no array
 *   maxItems  the most items of that array; undefined: not said
 *   objects   one entry per kind of object: { fields, required, isOpaque }, where a field is { shape, readOnly }; rows of models also
 *             have the name of their `key`
 *   isModel   whether it is the row of a model, whose dates are cast
 *   isOpen    whether the enumerated values are only those that are known: `'usps' | (string & {})`
 *   isMoney   whether it is a decimal string that is accepted as a number
 *   isUnknown whether nothing is said about the value
 *   given     the shape in which it is given, if that is another one than it is read in
 *   isDate    whether an example shows a date, though the type says string or number
 */
export const shape = (parts = {}) => ({
  scalars: [],
  values: [],
  nullable: false,
  items: undefined,
  maxItems: undefined,
  objects: [],
  isUnknown: false,
  isDate: false,
  ...parts,
});

export const unknown = () => shape({ isUnknown: true });
export const objectOf = (fields, required = [], isOpaque = false) => ({ fields, required, isOpaque });

/** Joins shapes of which a value has one. */
export function unionOf(shapes) {
  const known = shapes.filter((each) => !each.isUnknown);
  if (known.length === 0) return shapes[0] ?? unknown();
  const items = known.map((each) => each.items).filter((each) => each !== undefined);
  return shape({
    ...known[0],
    scalars: unique(known.flatMap((each) => each.scalars)),
    values: valuesOfUnion(known),
    nullable: known.some((each) => each.nullable),
    items: items.length > 1 ? unionOf(items) : items[0],
    maxItems: known.find((each) => each.maxItems !== undefined)?.maxItems,
    objects: unique(known.flatMap((each) => each.objects)),
  });
}

/** Joins shapes all of which a value has (`allOf`). Later ones say more. */
export function intersectionOf(shapes) {
  return shapes.reduce((a, b) => {
    const nullable = a.nullable || b.nullable;
    if (a.isUnknown) return { ...b, nullable };
    if (b.isUnknown) return { ...a, nullable };
    return shape({
      scalars: unique([...a.scalars, ...b.scalars]),
      values: unique([...a.values, ...b.values]),
      nullable,
      items: b.items ?? a.items,
      maxItems: b.maxItems ?? a.maxItems,
      isDate: a.isDate || b.isDate,
      objects: crossed(a.objects, b.objects),
    });
  }, unknown());
}

/** One object with the fields of all, for described objects: required is what all of them require. */
export function flattened(objects) {
  if (objects.length < 2) return objects[0] ?? objectOf({}, [], true);
  return { ...merged(objects, (shapes) => withoutDuplicates(unionOf(shapes))), isOpaque: objects.every((each) => each.isOpaque) };
}

/** One object with the fields of all, for declared objects, which may contain themselves. */
export const anyOf = (objects) => ({ ...merged(objects, unionOf), isExtensible: objects.some((each) => each.isExtensible) });

function merged(objects, join) {
  const fields = {};
  for (const name of unique(objects.flatMap((each) => Object.keys(each.fields)))) {
    const found = objects.map((each) => each.fields[name]).filter((each) => each !== undefined);
    fields[name] = { shape: join(found.map((each) => each.shape)), readOnly: found.every((each) => each.readOnly) };
  }
  const required = objects[0].required.filter((name) => objects.every((each) => each.required.includes(name)));
  return objectOf(fields, required);
}

/** How many values a shape names at the ends of its objects and arrays. */
export function leavesOf({ objects, items }, depth = 0) {
  const below = objects.flatMap((each) => Object.values(each.fields)).map((each) => each.shape);
  const nested = items === undefined ? below : [...below, items];
  if (nested.length === 0 || depth > 8) return 1;
  return nested.reduce((sum, each) => sum + leavesOf(each, depth + 1), 0);
}

export const unique = (values) => [...new Set(values)];

function valuesOfUnion(shapes) {
  const scalar = shapes.filter((each) => each.scalars.length > 0);
  return scalar.every((each) => each.values.length > 0) ? unique(scalar.flatMap((each) => each.values)) : [];
}

function crossed(left, right) {
  if (left.length === 0 || right.length === 0) return [...left, ...right];
  return left.flatMap((a) => right.map((b) => joined(a, b)));
}

function joined(a, b) {
  const fields = { ...a.fields };
  for (const [name, field] of Object.entries(b.fields)) {
    const before = fields[name];
    fields[name] =
      before === undefined ? field : { shape: intersectionOf([before.shape, field.shape]), readOnly: before.readOnly || field.readOnly };
  }
  return objectOf(fields, unique([...a.required, ...b.required]), a.isOpaque && b.isOpaque);
}

/** Drops alternatives that a description spells out twice. Not for declared shapes, which may contain themselves. */
export function withoutDuplicates(shape) {
  const items = shape.items === undefined ? undefined : withoutDuplicates(shape.items);
  if (shape.objects.length < 2) return items === shape.items ? shape : { ...shape, items };
  return { ...shape, items, objects: [...new Map(shape.objects.map((each) => [textOf(each), each])).values()] };
}

const texts = new WeakMap();

/** The text of a described object, which never changes once it is read. */
function textOf(object) {
  const known = texts.get(object) ?? JSON.stringify(object);
  texts.set(object, known);
  return known;
}
