/**
 * The part of @sindresorhus/is that got uses. All of it would add 20 kB to every bundle.
 */
const isFunction = (value) => typeof value === 'function';
const isObject = (value) => value !== null && (typeof value === 'object' || isFunction(value));
const has = (value, ...names) => isObject(value) && names.every((name) => isFunction(value[name]));

const is = {
  array: (value, fits) => Array.isArray(value) && (fits === undefined || value.every((each) => fits(each))),
  asyncGenerator: (value) => has(value, Symbol.asyncIterator, 'next', 'throw'),
  asyncIterable: (value) => isFunction(value?.[Symbol.asyncIterator]),
  boolean: (value) => typeof value === 'boolean',
  buffer: (value) => Buffer.isBuffer(value),
  function: isFunction,
  generator: (value) => has(value, Symbol.iterator, 'next', 'throw'),
  iterable: (value) => isFunction(value?.[Symbol.iterator]),
  nodeStream: (value) => has(value, 'pipe'),
  nonEmptyString: (value) => typeof value === 'string' && value !== '',
  null: (value) => value === null,
  number: (value) => typeof value === 'number' && !Number.isNaN(value),
  object: isObject,
  plainObject: (value) => isObject(value) && [null, Object.prototype].includes(Object.getPrototypeOf(value)),
  promise: (value) => has(value, 'then', 'catch'),
  string: (value) => typeof value === 'string',
  truthy: Boolean,
  typedArray: (value) => ArrayBuffer.isView(value) && !(value instanceof DataView),
  undefined: (value) => value === undefined,
  urlInstance: (value) => value instanceof URL,
};

export default is;
export const isBuffer = is.buffer;

function expect(isRight, name) {
  if (!isRight) throw new TypeError(`Expected value which is \`${name}\`.`);
}

export const assert = {
  ...Object.fromEntries(Object.entries(is).map(([name, check]) => [name, (value) => expect(check(value), name)])),
  any: (checks, value) =>
    expect(
      [checks].flat().some((check) => check(value)),
      'one of several types',
    ),
};
