import type { Class } from '../schema/declaration.js';
import type { MemberDecorator } from '../schema/metadata.js';
import { relation } from '../schema/relation.js';
import type { RelationMark } from '../schema/types.js';
import type { CallOptions } from '../transport/request.js';

/**
 * The record that this one refers to by key; `null` if the key is empty or 0, or the record does not exist any more.
 *
 * @example
 * const brand = await product.brand;
 */
export interface BelongsTo<T extends object> extends PromiseLike<T | null>, RelationMark<T> {
  /** Whether the record is loaded, so that awaiting sends nothing. */
  readonly isLoaded: boolean;
  /** Loads the record again. */
  reload(options?: CallOptions): Promise<T | null>;
}

/**
 * Declares the record that this one refers to.
 *
 * @example
 * @BelongsTo(() => Brand, { key: 'brand_id' }) brand!: BelongsTo<Brand>;
 */
export function BelongsTo(target: () => Class, options: { key: string }): MemberDecorator {
  return relation('belongsTo', 'BelongsTo', target, options, { key: 1 });
}
