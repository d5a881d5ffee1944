import { readFileSync } from 'node:fs';
import { parse } from 'acorn';
import MagicString from 'magic-string';
import { dist } from './project.js';

/**
 * Two things that bundlers and minifiers would else get wrong with the classes of lib/; and comments go, which esbuild keeps in
 * part. No line is added or taken, so that the source maps of the compiler stay true.
 */
export const classes = {
  name: 'classes keep their names and can be left out',
  setup(build) {
    build.onResolve({ filter: /^decorators$/ }, ({ path }) => ({ path, namespace: 'decorators', sideEffects: false }));
    build.onLoad({ filter: /.*/, namespace: 'decorators' }, () => ({ contents: HELPER }));
    build.onLoad({ filter: /\.js$/ }, ({ path }) => {
      if (!path.startsWith(dist('lib'))) return undefined;
      const text = readFileSync(path, 'utf8');
      const code = new MagicString(text);
      const onComment = (isBlock, comment, start, end) => comment.startsWith('# sourceMappingURL') || blank(start, end, code);
      const { body } = parse(text, { ecmaVersion: 'latest', sourceType: 'module', onComment });
      nameClasses(body, code);
      wrapDecorated(body, code);
      shareHelper(body, code);
      return { contents: code.toString() };
    });
  },
};

/** The names of classes are part of messages and of `error.name`; a getter survives what renames the class, and is no side effect. */
function nameClasses(body, code) {
  for (const statement of body.map(({ declaration, ...rest }) => declaration ?? rest)) {
    const declared = statement.type === 'VariableDeclaration' ? statement.declarations.map(({ init }) => classOf(init)) : [classOf(statement)];
    for (const found of declared)
      if (found?.id) code.appendLeft(found.body.start + 1, ` static get name() { return ${JSON.stringify(found.id.name)}; }`);
  }
}

/** The class of `class A {}`, and of `A_1 = class A {}`. */
function classOf(node) {
  if (node?.type === 'AssignmentExpression') return classOf(node.right);
  return node?.type === 'ClassDeclaration' || node?.type === 'ClassExpression' ? node : undefined;
}

/**
 * The compiler makes a handful of statements of a decorated class: `let A = class A {}; __decorate(…); A = __decorate(…);`.
 * None of them may be left out. In one call that is marked as pure they go when the class is not used.
 */
function wrapDecorated(body, code) {
  for (const statement of body) {
    if (statement.type !== 'VariableDeclaration' || classOf(statement.declarations[0].init) === undefined) continue;
    const { name } = statement.declarations[0].id;
    const last = body.findLast((other) => decoratedName(other) === name);
    if (last === undefined) continue;
    code.appendLeft(statement.start, `const ${name} = /* @__PURE__ */ (() => { `);
    code.appendRight(last.end, ` return ${name}; })();`);
  }
}

/** `A` of `A = A_1 = __decorate([…], A);` */
function decoratedName({ type, expression }) {
  if (type !== 'ExpressionStatement' || expression.type !== 'AssignmentExpression') return undefined;
  let value = expression.right;
  while (value.type === 'AssignmentExpression') value = value.right;
  return value.type === 'CallExpression' && value.callee.name === '__decorate' ? expression.left.name : undefined;
}

/** What the compiler writes into each file anew. */
const HELPER = `
export function __decorate(decorators, target, key, descriptor) {
  if (key === undefined) return Reflect.decorate(decorators, target);
  const made = Reflect.decorate(decorators, target, key, descriptor === null ? Object.getOwnPropertyDescriptor(target, key) : descriptor);
  if (made) Object.defineProperty(target, key, made);
  return made;
}
`;

/** Takes a piece away and leaves its ends of lines. */
function blank(start, end, code) {
  code.overwrite(start, end, code.original.slice(start, end).replace(/[^\n]+/g, ''));
}

function shareHelper(body, code) {
  const helper = body.find(({ type, declarations }) => type === 'VariableDeclaration' && declarations[0].id.name === '__decorate');
  if (helper === undefined) return;
  blank(helper.start, helper.end, code);
  code.prepend("import { __decorate } from 'decorators';");
}
