import { readFileSync } from 'node:fs';
import { parse } from 'acorn';
import MagicString from 'magic-string';
import { dist } from './project.js';
import { SHARED_MODULES, shareValues } from './shared-values.js';

/**
 * Fixes two things that bundlers and minifiers would break in the classes of lib/, and removes comments, some of which esbuild would
 * keep. No line is added or removed, so the compiler's source maps stay valid.
 */
export const classes = (isForBundlers) => ({
  name: 'classes keep their names and can be left out',
  setup(build) {
    const modules = { decorators: HELPER, ...SHARED_MODULES };
    build.onResolve({ filter: /^(decorators|shared-attributes|shared-values)$/ }, ({ path }) => ({ path, namespace: 'helpers', sideEffects: false }));
    build.onLoad({ filter: /.*/, namespace: 'helpers' }, ({ path }) => ({ contents: modules[path], resolveDir: dist() }));
    build.onLoad({ filter: /\.js$/ }, ({ path }) => {
      if (!path.startsWith(dist('lib'))) return undefined;
      const text = readFileSync(path, 'utf8');
      const code = new MagicString(text);
      const onComment = (isBlock, comment, start, end) => comment.startsWith('# sourceMappingURL') || text.startsWith('#!', start) || blank(start, end, code);
      const program = parse(text, { ecmaVersion: 'latest', sourceType: 'module', onComment });
      const { body } = program;
      code.prepend(shareValues(program, code, isForBundlers));
      const models = modelsIn(body);
      joinModels(models, code);
      nameClasses(path, body, code, models);
      wrapDecorated(body, code, models);
      joinFields(body, code, models);
      shareHelper(body, code);
      return { contents: code.toString() };
    });
  },
});

/** Rooms whose objects no user gets hold of, apart from those in {@link RETURNED}. */
const INTERNAL = /[\\/]lib[\\/](bulk|persistence|query|record|schema|session|transport)[\\/]/;

const RETURNED = new Set(['BulkResult', 'BulkRun', 'Deletions', 'StoreSession']);

/**
 * Class names appear in messages, in `error.name` and where an object is inspected. `class A {}` becomes `const A = named(class A {}, "A");`
 * which keeps the name when a minifier renames the class, and is removed if the class is not used.
 */
function nameClasses(path, body, code, models) {
  let isNamed = false;
  for (const statement of body) {
    const declaration = statement.declaration ?? statement;
    const declared = declaration.type === 'VariableDeclaration' ? declaration.declarations.map(({ init }) => init) : [declaration];
    for (const found of declared.map(classOf)) {
      if (!found?.id || models.has(found.id.name) || (INTERNAL.test(path) && !RETURNED.has(found.id.name))) continue;
      const { name } = found.id;
      const isDeclared = found.type === 'ClassDeclaration';
      code.appendRight(found.start, `${isDeclared ? `const ${name} = ` : ''}/* @__PURE__ */ named(`);
      code.appendLeft(found.end, `, ${JSON.stringify(name)})${isDeclared ? ';' : ''}`);
      isNamed = true;
    }
  }
  if (isNamed) code.prepend("import { named } from 'decorators';");
}

/** Returns the class in `class A {}`, and in `A_1 = class A {}`. */
function classOf(node) {
  if (node?.type === 'AssignmentExpression') return classOf(node.right);
  return node?.type === 'ClassDeclaration' || node?.type === 'ClassExpression' ? node : undefined;
}

/**
 * The compiler emits several statements for a decorated class: `let A = class A {}; __decorate(…); A = __decorate(…);`, or `class A {}`
 * and `__decorate(…);` if only fields are decorated. Bundlers cannot remove them. Wrapped into one call that is marked as pure, they are
 * removed if the class is not used.
 */
function wrapDecorated(body, code, models) {
  for (const statement of body) {
    const { start } = statement;
    const declaration = statement.declaration ?? statement;
    const found = declaration.type === 'VariableDeclaration' ? declaration.declarations[0] : declaration;
    if (classOf(found?.init ?? found) === undefined) continue;
    const { name } = found.id;
    if (models.has(name)) continue;
    const last = body.findLast((other) => decoratedName(other) === name || fieldOf(other.expression).owner === name);
    if (last === undefined) continue;
    if (declaration !== statement) code.remove(start, declaration.start);
    code.appendLeft(start, `${declaration === statement ? '' : 'export '}const ${name} = /* @__PURE__ */ (() => { `);
    code.appendRight(last.end, ` return ${name}; })();`);
  }
}

/**
 * Returns the models of a file by name: classes with decorated fields and decorators of their own, that do not refer to themselves. The
 * compiler emits `let A = class A {};` and, after the fields, `A = __decorate([…], A);`.
 */
function modelsIn(body) {
  const models = new Map();
  for (const statement of body) {
    const [declared] = statement.type === 'VariableDeclaration' ? statement.declarations : [];
    if (declared?.init?.type !== 'ClassExpression') continue;
    const { name } = declared.id;
    const decoration = body.find(({ expression }) => expression?.right?.callee?.name === '__decorate' && expression.left.name === name);
    const hasFields = body.some(({ expression }) => fieldOf(expression).owner === name);
    const isOther = ({ expression }) => decorating(expression)?.arguments[1]?.object?.name === name && fieldOf(expression).owner !== name;
    if (decoration !== undefined && hasFields && !body.some(isOther)) models.set(name, { statement, type: declared.init, decoration });
  }
  return models;
}

/** Joins what the compiler emits for a model into one call: `const A = declared(class A {}, "A", { …fields }, […decorators]);` */
function joinModels(models, code) {
  for (const [name, { statement, type, decoration }] of models) {
    const [decorators] = decoration.expression.right.arguments;
    code.update(statement.start, type.start, `const ${name} = /* @__PURE__ */ (() => declared(`);
    code.update(type.end, statement.end, `, ${JSON.stringify(name)},`);
    code.remove(decoration.start, decorators.start);
    code.update(decorators.end, decoration.end, '))();');
  }
}

/** Returns `A` for `A = A_1 = __decorate([…], A);` */
function decoratedName({ expression }) {
  return expression?.type === 'AssignmentExpression' && decorating(expression) !== undefined ? expression.left.name : undefined;
}

/** Returns the call in `__decorate([…], …);` and in `A = A_1 = __decorate([…], …);`. */
function decorating(expression) {
  let value = expression;
  while (value?.type === 'AssignmentExpression') value = value.right;
  return value?.type === 'CallExpression' && value.callee.name === '__decorate' ? value : undefined;
}

/**
 * Joins the decorators of successive fields of a class into one call: `decorateFields(A, { "name": Attribute(…), … });`. The compiler
 * emits a call of `__decorate` for each, twice as long.
 */
function joinFields(body, code, models) {
  const fields = body.map(({ expression, end }) => ({ ...fieldOf(expression), end }));
  for (const [index, { call, decorator, owner, name, end }] of fields.entries()) {
    if (call === undefined) continue;
    blank(call.start, decorator.start, code);
    blank(decorator.end, end, code);
    const isFirst = fields[index - 1]?.owner !== owner;
    const isLast = fields[index + 1]?.owner !== owner;
    code.appendRight(decorator.start, `${isFirst ? (models.has(owner) ? '{ ' : `decorateFields(${owner}, { `) : ''}${name}: `);
    code.appendLeft(decorator.end, isLast ? (models.has(owner) ? ' },' : ' });') : ',');
  }
}

/** Returns the parts of `__decorate([Attribute(…)], A.prototype, "name", void 0)`, if there is one decorator: ours return nothing. */
function fieldOf(expression) {
  const call = decorating(expression);
  const [decorators, target, name, descriptor] = call?.arguments ?? [];
  if (descriptor?.type !== 'UnaryExpression' || decorators.elements.length !== 1) return {};
  return { call, decorator: decorators.elements[0], owner: target.object.name, name: name.raw };
}

/** Helpers that the compiler repeats in each file. */
const HELPER = `
export function __decorate(decorators, target, key, descriptor) {
  if (key === undefined) return Reflect.decorate(decorators, target);
  const made = Reflect.decorate(decorators, target, key, descriptor === null ? Object.getOwnPropertyDescriptor(target, key) : descriptor);
  if (made) Object.defineProperty(target, key, made);
  return made;
}
export function named(type, value) {
  return Object.defineProperty(type, 'name', { value, configurable: true });
}
export function decorateFields(type, decorators) {
  for (const name in decorators) decorators[name](type.prototype, name);
}
export function declared(type, name, fields, decorators) {
  decorateFields(named(type, name), fields);
  return __decorate(decorators, type);
}
`;

/** Removes a piece of code, but keeps its line breaks. */
function blank(start, end, code) {
  code.overwrite(start, end, code.original.slice(start, end).replace(/[^\n]+/g, ''));
}

function shareHelper(body, code) {
  const helper = body.find(({ type, declarations }) => type === 'VariableDeclaration' && declarations[0].id.name === '__decorate');
  if (helper === undefined) return;
  blank(helper.start, helper.end, code);
  code.prepend("import { __decorate, declared, decorateFields } from 'decorators';");
}
