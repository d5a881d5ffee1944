import ts from 'typescript5';
import { modelProgram } from '../api-check/program.js';
import { readActions } from '../api-check/read-actions.js';

const { TypeFlags } = ts;
const DEPTH = 6;

/**
 * Reads from the source of the models what their declarations do not have at run time: the types of attributes to the leaves,
 * descriptions, and the requests of actions.
 */
export function typesOfModels() {
  const { checker, files, classes } = modelProgram();
  const ignored = () => ({ objects: [], isUnknown: true });
  const actions = readActions(files, checker, ignored);
  return { describe, attributeRows, relationOf: (version, name, property) => docOf(memberOf(version, name, property)), actionsOf };

  /** The docstring of a model. */
  function describe(version, name) {
    return docOf(classes.get(`${version} ${name}`));
  }

  function memberOf(version, name, property) {
    const symbol = classes.get(`${version} ${name}`);
    return symbol === undefined ? undefined : checker.getPropertyOfType(checker.getDeclaredTypeOfSymbol(symbol), property);
  }

  /** An attribute with all that is below it: a path, a type, a description, and whether it is optional. */
  function attributeRows(version, name, { property, name: path }) {
    const symbol = memberOf(version, name, property);
    if (symbol === undefined) return [{ path, type: 'unknown', description: '' }];
    const type = checker.getTypeOfSymbol(symbol);
    return [{ path, type: textOf(type), description: docOf(symbol) }, ...below(type, path, [])];
  }

  function below(type, path, above) {
    const { object, suffix } = innerObject(type);
    if (object === undefined || above.includes(object) || above.length >= DEPTH) return [];
    return fieldsOf(object).flatMap((field) => {
      const inner = checker.getTypeOfSymbol(field);
      const own = `${path}${suffix}.${field.name}`;
      const isReadOnly = (ts.getCombinedModifierFlags(field.valueDeclaration ?? {}) & ts.ModifierFlags.Readonly) !== 0;
      const row = { path: own, type: textOf(inner), description: docOf(field), isReadOnly, isOptional: (field.flags & ts.SymbolFlags.Optional) !== 0 };
      return [row, ...below(inner, own, [...above, object])];
    });
  }

  /** The object that a value is, or that its items are. */
  function innerObject(type) {
    const parts = type.isUnion() ? type.types : [type];
    for (const part of parts) {
      if (checker.isArrayType(part) || checker.isTupleType(part)) {
        const [item] = checker.getTypeArguments(part);
        const { object, suffix } = item === undefined ? {} : innerObject(item);
        return { object, suffix: `[]${suffix ?? ''}` };
      }
      if (isPlainObject(part)) return { object: part.isIntersection() || part.objectFlags === undefined ? type : part, suffix: '' };
    }
    return { object: undefined, suffix: '' };
  }

  function isPlainObject(type) {
    if (!(type.flags & TypeFlags.Object) || type.symbol?.name === 'Date' || isModel(type)) return false;
    return fieldsOf(type).length > 0 && type.getCallSignatures().length === 0;
  }

  function isModel(type) {
    return checker.getPropertyOfType(type, 'isDestroyed') !== undefined;
  }

  /** The fields of an object, or of all alternatives of a union of objects. */
  function fieldsOf(type) {
    const members = checker.getPropertiesOfType(type);
    return members.filter(({ name, flags }) => !name.startsWith('__@') && !(flags & ts.SymbolFlags.Method));
  }

  function textOf(type) {
    if (type.isUnion()) return unionText(type);
    if (type.isStringLiteral()) return `'${type.value}'`;
    if (type.isNumberLiteral()) return String(type.value);
    if (isMoney(type)) return 'decimal string';
    if (type.flags & TypeFlags.Undefined) return '';
    if (type.symbol?.name === 'Date') return 'Date';
    if (checker.isTupleType(type) || checker.isArrayType(type)) {
      const item = textOf(checker.getTypeArguments(type)[0] ?? type);
      return item.includes(' | ') ? `(${item})[]` : `${item}[]`;
    }
    if (type.flags & TypeFlags.Object) return isModel(type) ? type.symbol.name : 'object';
    return checker.typeToString(type).replace(/^Open<.*$/s, 'string');
  }

  function unionText(type) {
    if (type.types.every((each) => each.flags & TypeFlags.BooleanLike)) return 'boolean';
    const isOpen = type.types.some(isOpenEnd);
    const parts = type.types.filter((each) => !isOpenEnd(each)).map((each) => (each.flags & TypeFlags.BooleanLiteral ? 'boolean' : textOf(each)));
    const isNull = parts.includes('null');
    const texts = [...new Set(parts)].filter((text) => text !== '' && text !== 'null');
    return [...texts, ...(isOpen ? ['…'] : []), ...(isNull ? ['null'] : [])].join(' | ');
  }

  function docOf(symbol) {
    if (symbol === undefined) return '';
    return ts.displayPartsToString(symbol.getDocumentationComment(checker)).replaceAll(/\s+/g, ' ').trim();
  }

  /** The actions of a model: each with its description, and the requests it may send. */
  function actionsOf(version, name, resource) {
    return actions
      .filter((each) => each.version === version && each.className === name)
      .map(({ action }) => {
        const method = action.name.slice(name.length + 1);
        const member = memberOf(version, name, method);
        const isStatic = member === undefined;
        const base = action.place.of === 'record' && !isStatic ? `${resource.path}/{${resource.key}}` : action.place.of === 'store' ? '' : resource.path;
        const own = resource.addressing === 'single' && action.place.of === 'record' ? resource.path : base;
        return {
          call: `${isStatic ? name : 'record'}.${method}(…)`,
          description: docOf(member ?? staticOf(version, name, method)),
          requests: action.paths.map((path) => `${action.method} /${action.version}${joined(own, path)}`),
        };
      });
  }

  function staticOf(version, name, method) {
    const symbol = classes.get(`${version} ${name}`);
    return symbol === undefined ? undefined : checker.getPropertyOfType(checker.getTypeOfSymbol(symbol), method);
  }
}

const joined = (base, path) =>
  `${base}${path === '' || path.startsWith('/') ? path : `/${path}`}`.replaceAll(/:(\w+)/g, '{$1}').replaceAll('{}', '{…}');

const isMoney = (type) => type.isIntersection() && type.getProperties().some(({ name }) => name.startsWith('__@moneyType'));

/** `string & {}` of an open enumeration. */
const isOpenEnd = (type) =>
  type.isIntersection() &&
  type.types.some(({ flags }) => flags & (TypeFlags.String | TypeFlags.Number)) &&
  type.types.every((each) => each.flags & (TypeFlags.String | TypeFlags.Number) || each.getProperties().length === 0);
