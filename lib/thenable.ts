import { propertyOf } from './json-object.js';

/** Whether a value is a promise or can be awaited like one. */
export const isThenable = (value: unknown): value is PromiseLike<unknown> => typeof propertyOf(value, 'then') === 'function';
