import ts from 'typescript5';
import { objectOf, shape, unionOf, unknown } from './shapes.js';

const { TypeFlags, SymbolFlags, ModifierFlags } = ts;

/**
 * Returns a function from TypeScript types to shapes. Types that contain themselves become shapes that contain themselves.
 *
 * @param rowOf the row of a model's class, by the symbol of the class; undefined for other symbols
 */
export function typeReader(checker, rowOf) {
  const found = new Map();
  return read;

  function read(type) {
    const known = found.get(type) ?? rowOf(type.symbol);
    if (known !== undefined) return known;
    if (type.flags & (TypeFlags.TypeParameter | TypeFlags.Conditional)) return readConstraint(type);
    if (type.isUnion()) return readUnion(type);
    if (type.flags & TypeFlags.Object || type.isIntersection()) return readComposite(type);
    return readScalar(type);
  }

  /** What is known of a type that depends on another one. */
  function readConstraint(type) {
    const constraint = checker.getBaseConstraintOfType(type);
    return constraint === undefined ? unknown() : read(constraint);
  }

  function readUnion(type) {
    const isNull = type.types.some(({ flags }) => flags & TypeFlags.Null);
    const values = type.types.filter(({ flags }) => !(flags & (TypeFlags.Null | TypeFlags.Undefined | TypeFlags.Void)));
    const isOpen = values.some(isOpenEnd);
    const known = isOpen ? values.filter((each) => !isOpenEnd(each)) : values;
    if (known.length === 0) return shape({ nullable: isNull });
    return { ...unionOf(known.map(read)), nullable: isNull, isOpen };
  }

  function readScalar(type) {
    const { flags } = type;
    if (type.isStringLiteral() || type.isNumberLiteral())
      return shape({ scalars: [type.isStringLiteral() ? 'string' : 'number'], values: [String(type.value)] });
    if (flags & TypeFlags.StringLike) return shape({ scalars: ['string'] });
    if (flags & TypeFlags.NumberLike) return shape({ scalars: ['number'] });
    if (flags & TypeFlags.BooleanLike) return shape({ scalars: ['boolean'] });
    if (flags & TypeFlags.Null) return shape({ nullable: true });
    if (flags & (TypeFlags.Undefined | TypeFlags.Void)) return shape();
    if (flags & TypeFlags.NonPrimitive) return shape({ objects: [objectOf({}, [], true)] });
    return unknown();
  }

  function readComposite(type) {
    if (type.symbol?.name === 'Date') return shape({ scalars: ['date'] });
    if (type.symbol?.name === 'FormData') return unknown();
    const scalar = type.isIntersection()
      ? type.types.find(({ flags }) => flags & (TypeFlags.StringLike | TypeFlags.NumberLike))
      : undefined;
    if (scalar !== undefined) return isMoney(type) ? { ...read(scalar), isMoney: true } : read(scalar);
    if (checker.isArrayType(type) || checker.isTupleType(type)) return readArray(type);
    // Kept before its fields are read: a field may have the same type.
    const object = objectOf({});
    const result = shape({ objects: [object] });
    found.set(type, result);
    for (const property of checker.getPropertiesOfType(type)) addField(object, property);
    const given = checker.getPropertiesOfType(type).find(isInput);
    if (given !== undefined) result.given = read(checker.getTypeOfSymbol(given));
    const index = checker.getIndexInfosOfType(type).some(({ keyType }) => keyType.flags & TypeFlags.String);
    object.isOpaque = Object.keys(object.fields).length === 0;
    object.isExtensible = index;
    return result;
  }

  function readArray(type) {
    const [item, ...others] = checker.getTypeArguments(type);
    // `[X?]` is an array of one at most.
    const maxItems = checker.isTupleType(type) && !type.target.hasRestElement ? others.length + 1 : undefined;
    return shape({ maxItems, items: item === undefined ? unknown() : others.length > 0 ? unionOf([item, ...others].map(read)) : read(item) });
  }

  function addField(object, property) {
    const type = checker.getTypeOfSymbol(property);
    const isMethod = property.flags & SymbolFlags.Method || type.getCallSignatures().length > 0;
    if (isMethod || property.name.startsWith('__@')) return;
    const readOnly = (ts.getCombinedModifierFlags(property.valueDeclaration ?? {}) & ModifierFlags.Readonly) !== 0;
    object.fields[property.name] = { shape: read(type), readOnly: property.valueDeclaration !== undefined && readOnly };
    if (!(property.flags & SymbolFlags.Optional)) object.required.push(property.name);
  }
}

/** A decimal string of V2, which is accepted as a number. */
const isMoney = (type) => type.getProperties().some(({ name }) => name.startsWith('__@moneyType'));

/** The mark of a value that is given in another form than it is read in. */
const isInput = ({ name }) => name.startsWith('__@givenType');

/** `string & {}` of an open enumeration: `'usps' | (string & {})`, or `number & {}`. An amount of money is a string with a mark. */
const isOpenEnd = (type) =>
  type.isIntersection() &&
  type.types.some(({ flags }) => flags & (TypeFlags.String | TypeFlags.Number)) &&
  type.types.every((each) => each.flags & (TypeFlags.String | TypeFlags.Number) || each.getProperties().length === 0);
