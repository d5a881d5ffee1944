import type { Retyped } from '../schema/types.js';

/** A model class whose records have other types than its own. */
export interface RetypedClass<M, Types> {
  new (attributes?: object): Retyped<M, Types>;
  readonly prototype: Retyped<M, Types>;
}

/**
 * Gives attributes of a ready model other types, for a subclass: what the store returns may differ from its description, or be known
 * better. The class is the same one at run time. To make a type narrower, `declare` in the subclass is enough.
 *
 * @example
 * @Resource()
 * class Mug extends retype<{ sku: string | null }>()(Product) {
 *   declare type: 'physical';
 * }
 */
export const retype =
  <Types extends object>() =>
  <C extends abstract new (...args: never[]) => object>(model: C): RetypedClass<InstanceType<C>, Types> & Omit<C, 'prototype'> =>
    model as unknown as RetypedClass<InstanceType<C>, Types> & Omit<C, 'prototype'>;
