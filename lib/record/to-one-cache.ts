import type { RelationDeclaration } from '../schema/declaration.js';
import { keyOf } from './record-address.js';
import type { RecordContext } from './record-context.js';

/** What is known of a relation to one other record: that record, while the reference to it stays the same. */
export class ToOneCache {
  readonly parent: RecordContext;
  readonly relation: RelationDeclaration;
  /** A load that is under way, with the reference that it was begun for. */
  loading: { readonly key: unknown; readonly promise: Promise<RecordContext | null> } | undefined = undefined;
  #loaded: { readonly key: unknown; readonly record: RecordContext | null } | undefined = undefined;

  constructor(parent: RecordContext, relation: RelationDeclaration) {
    this.parent = parent;
    this.relation = relation;
  }

  /** The reference: the key of the other record, or that of the parent where the other one lives below it. */
  get key(): unknown {
    const { key } = this.relation;
    return key === undefined ? keyOf(this.parent) : Reflect.get(this.parent.record, this.parent.metadata.propertyOf(key));
  }

  get isLoaded(): boolean {
    return this.#loaded !== undefined && this.#loaded.key === this.key;
  }

  /** The other record where it is there without a request; `null` where it was destroyed since. */
  get present(): RecordContext | null | undefined {
    if (!this.isLoaded) return undefined;
    const record = this.#loaded?.record ?? null;
    return record?.rare.isDestroyed ? null : record;
  }

  /** The other record was written to: it is read again when it is next asked for. */
  forget(): void {
    this.#loaded = undefined;
  }

  /** Keeps a record that is known without a request. */
  keep(record: RecordContext | null): void {
    this.#loaded = { key: this.key, record };
  }
}
