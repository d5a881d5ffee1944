import type { Class } from '../schema/declaration.js';
import type { MemberDecorator } from '../schema/metadata.js';
import { relation } from '../schema/relation.js';
import type { RelationMark } from '../schema/types.js';
import type { CallOptions } from '../transport/request.js';

/** The one record that belongs to this one, at the target's nested path; `null` if there is none. */
export interface HasOne<T extends object> extends PromiseLike<T | null>, RelationMark<T> {
  /** Whether the record is loaded, so that awaiting sends nothing. */
  readonly isLoaded: boolean;
  /** Loads the record again. */
  reload(options?: CallOptions): Promise<T | null>;
}

/**
 * Declares the one record that belongs to this one.
 *
 * @example
 * @HasOne(() => GoogleProductSearch) search!: HasOne<GoogleProductSearch>;   // /products/:product_id/googleproductsearch
 */
export function HasOne(target: () => Class, options: { inline?: boolean } = {}): MemberDecorator {
  return relation('hasOne', 'HasOne', target, options, { inline: 1 });
}
