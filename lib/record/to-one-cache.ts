import type { RelationDeclaration } from '../schema/declaration.js';
import { keyOf } from './record-address.js';
import type { RecordContext } from './record-context.js';

/** The state of a to-one relation: the other record, as long as the reference stays the same. */
export class ToOneCache {
  readonly parent: RecordContext;
  readonly relation: RelationDeclaration;
  /** The running load, with the reference that it was started for. */
  loading: { readonly key: unknown; readonly promise: Promise<RecordContext | null> } | undefined = undefined;
  #loaded: { readonly key: unknown; readonly record: RecordContext | null } | undefined = undefined;

  constructor(parent: RecordContext, relation: RelationDeclaration) {
    this.parent = parent;
    this.relation = relation;
  }

  /** The reference: the key of the other record, or that of the parent if the other record lives below it. */
  get key(): unknown {
    const { key } = this.relation;
    return key === undefined ? keyOf(this.parent) : Reflect.get(this.parent.record, this.parent.metadata.propertyOf(key));
  }

  get isLoaded(): boolean {
    return this.#loaded !== undefined && this.#loaded.key === this.key;
  }

  /** The other record if it is available without a request; `null` if it was destroyed since. */
  get present(): RecordContext | null | undefined {
    if (!this.isLoaded) return undefined;
    const record = this.#loaded?.record ?? null;
    return record?.rare.isDestroyed ? null : record;
  }

  /** Forgets the other record after a write: it is read again on next use. */
  forget(): void {
    this.#loaded = undefined;
  }

  /** Sets the loaded record. */
  keep(record: RecordContext | null): void {
    this.#loaded = { key: this.key, record };
  }
}
