/**
 * The part of @sindresorhus/is that got uses. All of it would add 20 kB to every bundle.
 */
const is = {
  buffer: (value) => Buffer.isBuffer(value),
  object: (value) => value !== null && (typeof value === 'object' || typeof value === 'function'),
  string: (value) => typeof value === 'string',
  undefined: (value) => value === undefined,
};

export default is;
export const isBuffer = is.buffer;
