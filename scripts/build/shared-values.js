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

/** How many messages end. */
const ENDING = ' Nothing was sent.';

/** The module that the shared values come from. */
export const SHARED_VALUES = `
import { Attribute } from ${JSON.stringify(dist('lib/schema/attribute.js'))};
${[...ATTRIBUTES].map(([expression, name]) => `export const ${name} = /* @__PURE__ */ ${expression};`).join('\n')}
export const allOperations = /* @__PURE__ */ Object.freeze(${OPERATIONS});
export const isObject = (value) => typeof value === 'object' && value !== null;
export const nothingSent = ${JSON.stringify(ENDING)};
`;

/** Tests of whether a variable holds an object: `isObject(value)`, and `!isObject(value)`. */
const OBJECT_TESTS = [
  [/^typeof (\w+) === 'object' && (\w+) !== null$/, ''],
  [/^typeof (\w+) !== 'object' \|\| (\w+) === null$/, '!'],
  [/^(\w+) === null \|\| typeof (\w+) !== 'object'$/, '!'],
];

/** Replaces expressions and texts that are repeated in many files by variables. Returns their names. */
export function shareValues(program, code) {
  const used = new Set();
  const use = (name) => {
    used.add(name);
    return name;
  };
  fullAncestor(program, (node, _, ancestors) => {
    const { type, start, end, value } = node;
    const name = type === 'CallExpression' ? ATTRIBUTES.get(code.original.slice(start, end)) : undefined;
    const test = type === 'LogicalExpression' ? objectTest(code.original.slice(start, end)) : undefined;
    if (test !== undefined) code.update(start, end, `${test.sign}${use('isObject')}(${test.variable})`);
    else if (name !== undefined && ancestors.at(-2).type === 'ArrayExpression') code.update(start, end, use(name));
    else if (type === 'ArrayExpression' && code.original.slice(start, end) === OPERATIONS) code.update(start, end, use('allOperations'));
    else if (type === 'TemplateElement' && value.raw.endsWith(ENDING)) code.update(end - ENDING.length, end, `\${${use('nothingSent')}}`);
    else if (type === 'Literal' && typeof value === 'string' && value.endsWith(ENDING))
      code.update(start, end, `${JSON.stringify(value.slice(0, -ENDING.length))} + ${use('nothingSent')}`);
  });
  return [...used];
}

function objectTest(text) {
  for (const [pattern, sign] of OBJECT_TESTS) {
    const [, variable, again] = pattern.exec(text) ?? [];
    if (variable !== undefined && variable === again) return { variable, sign };
  }
  return undefined;
}
