import { fullAncestor } from 'acorn-walk';
import { dist } from './project.js';

/** Attributes that most models have several of. A decorator does not depend on the field, so the same one can decorate all of them. */
const ATTRIBUTES = new Map([
  ['Attribute(() => Number, { decimals: 4 })', 'ofMoney'],
  ...['String', 'Number', 'Boolean', 'Date', 'Array', 'Object'].flatMap((type) => [
    [`Attribute(() => ${type})`, `of${type}`],
    [`Attribute(() => ${type}, { readOnly: true })`, `ofReadOnly${type}`],
  ]),
]);

/** The operations that most models have. */
const OPERATIONS = "['list', 'get', 'create', 'update', 'delete', 'count']";

/** Tests of a type that a bundle would hold often, by the type: `isString_(value)` for `typeof value === 'string'`. */
const TYPE_TESTS = new Map([
  ['string', 'isString_'],
  ['number', 'isNumber_'],
  ['function', 'isFunction_'],
  ['boolean', 'isBoolean_'],
  ['object', 'isTypeObject_'],
]);

/** How many messages end. */
const ENDING = ' Nothing was sent.';

/** The modules that the shared values come from. What attributes are made of must not wait for the attributes. */
export const SHARED_MODULES = {
  'shared-attributes': `
import { Attribute } from ${JSON.stringify(dist('lib/schema/attribute.js'))};
${[...ATTRIBUTES].map(([expression, name]) => `export const ${name} = /* @__PURE__ */ ${expression};`).join('\n')}
`,
  'shared-values': `
export const allOperations = /* @__PURE__ */ Object.freeze(${OPERATIONS});
export const isObject_ = (value) => typeof value === 'object' && value !== null;
${[...TYPE_TESTS].map(([type, name]) => `export const ${name} = (value) => typeof value === '${type}';`).join('\n')}
export const isEmpty_ = ({ length }) => length === 0;
export const nothingSent = ${JSON.stringify(ENDING)};
`,
};

/** Tests of whether a variable holds an object: `isObject_(value)`, and `!isObject_(value)`. */
const OBJECT_TESTS = [
  [/^typeof (\w+) === 'object' && (\w+) !== null$/, ''],
  [/^typeof (\w+) !== 'object' \|\| (\w+) === null$/, '!'],
  [/^(\w+) === null \|\| typeof (\w+) !== 'object'$/, '!'],
];

/** What follows the length in tests of whether anything is in an array or a string: `isEmpty_(list)`, and `!isEmpty_(list)`. */
const LENGTH_TESTS = new Map([
  [' === 0', ''],
  [' !== 0', '!'],
  [' > 0', '!'],
]);

const isLength = ({ type, property, computed, optional }) =>
  type === 'MemberExpression' && !computed && !optional && property.name === 'length';

/** Replaces expressions and texts that are repeated in many files by variables. Returns imports of them. */
export function shareValues(program, code, isForBundlers) {
  const used = new Set();
  const use = (name) => {
    used.add(name);
    return name;
  };
  fullAncestor(program, (node, _, ancestors) => {
    const { type, start, end, value } = node;
    const name = type === 'CallExpression' ? ATTRIBUTES.get(code.original.slice(start, end)) : undefined;
    const typeTest = isForBundlers && type === 'BinaryExpression' && node.left.operator === 'typeof' ? TYPE_TESTS.get(node.right.value) : undefined;
    const test = type === 'LogicalExpression' ? objectTest(code.original.slice(start, end)) : undefined;
    if (test !== undefined) code.update(start, end, `${test.sign}${use('isObject_')}(${test.variable})`);
    else if (isForBundlers && type === 'BinaryExpression' && LENGTH_TESTS.has(code.original.slice(node.left.end, end)) && isLength(node.left)) {
      code.prependRight(start, `${LENGTH_TESTS.get(code.original.slice(node.left.end, end))}${use('isEmpty_')}(`);
      code.update(node.left.object.end, end, ')');
    } else if (typeTest !== undefined) {
      code.update(start, node.left.argument.start, `${node.operator === '!==' ? '!' : ''}${use(typeTest)}(`);
      code.update(node.left.argument.end, end, ')');
    } else if (name !== undefined && ancestors.at(-2).type === 'ArrayExpression') code.update(start, end, use(name));
    else if (type === 'ArrayExpression' && code.original.slice(start, end) === OPERATIONS) code.update(start, end, use('allOperations'));
    else if (type === 'TemplateElement' && value.raw.endsWith(ENDING)) code.update(end - ENDING.length, end, `\${${use('nothingSent')}}`);
    else if (type === 'Literal' && typeof value === 'string' && value.endsWith(ENDING))
      code.update(start, end, `${JSON.stringify(value.slice(0, -ENDING.length))} + ${use('nothingSent')}`);
  });
  const ofAttributes = new Set(ATTRIBUTES.values());
  const imported = (module, names) => (names.length === 0 ? '' : `import { ${names.join(', ')} } from '${module}';`);
  return (
    imported('shared-attributes', [...used].filter((name) => ofAttributes.has(name))) +
    imported('shared-values', [...used].filter((name) => !ofAttributes.has(name)))
  );
}

function objectTest(text) {
  for (const [pattern, sign] of OBJECT_TESTS) {
    const [, variable, again] = pattern.exec(text) ?? [];
    if (variable !== undefined && variable === again) return { variable, sign };
  }
  return undefined;
}
