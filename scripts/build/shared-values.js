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

/** Texts that a bundle would hold often, by themselves: `text_single` for `'single'`. */
const TEXTS = new Map(
  ['GET', 'POST', 'content-length', 'create', 'delete', 'interactive', 'none', 'single', 'update', 'x-rate-limit-time-reset-ms', 'x-request-id'].map((text) => [
    text,
    `text_${text.replaceAll('-', '_')}`,
  ]),
);

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
${[...TEXTS].map(([text, name]) => `export const ${name} = ${JSON.stringify(text)};`).join('\n')}
export const isDate_ = (value) => value instanceof Date;
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

/** Whether a text is not the name of a member or of a module. */
const isExpression = (node, { key, computed, source }) => (node !== key || computed) && node !== source;

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
    const comparison = isForBundlers && type === 'BinaryExpression' ? comparisonTest(node, code.original) : undefined;
    const test = type === 'LogicalExpression' ? objectTest(code.original.slice(start, end)) : undefined;
    if (test !== undefined) code.update(start, end, `${test.sign}${use('isObject_')}(${test.variable})`);
    else if (comparison !== undefined) {
      const { tested, by, sign } = comparison;
      const call = `${sign}${use(by)}(`;
      if (tested.start > start) code.update(start, tested.start, call);
      else code.prependRight(start, call);
      code.update(tested.end, end, ')');
    } else if (name !== undefined && ancestors.at(-2).type === 'ArrayExpression') code.update(start, end, use(name));
    else if (isForBundlers && type === 'Literal' && TEXTS.has(value) && isExpression(node, ancestors.at(-2))) code.update(start, end, use(TEXTS.get(value)));
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

/** Returns what a comparison tests, by which function, and with which sign. */
function comparisonTest({ left, operator, right, end }, text) {
  const rest = text.slice(left.end, end);
  if (LENGTH_TESTS.has(rest) && isLength(left)) return { tested: left.object, by: 'isEmpty_', sign: LENGTH_TESTS.get(rest) };
  if (rest === ' instanceof Date') return { tested: left, by: 'isDate_', sign: '' };
  const by = left.operator === 'typeof' ? TYPE_TESTS.get(right.value) : undefined;
  return by === undefined ? undefined : { tested: left.argument, by, sign: operator === '!==' ? '!' : '' };
}

function objectTest(text) {
  for (const [pattern, sign] of OBJECT_TESTS) {
    const [, variable, again] = pattern.exec(text) ?? [];
    if (variable !== undefined && variable === again) return { variable, sign };
  }
  return undefined;
}
