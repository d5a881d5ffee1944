import type { RelationDeclaration } from '../schema/declaration.js';
import { isChanged } from './change-set.js';
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

  /** The record to create with the parent. */
  get pending(): RecordContext[] {
    const record = this.relation.kind === 'hasOne' ? this.present : undefined;
    return record?.isNew ? [record] : [];
  }

  /** The record if the next update of the parent writes it: a changed one that can be written in no other way. */
  get edited(): readonly RecordContext[] {
    const { kind } = this.relation;
    const record = kind === 'hasOne' && !this.parent.isNew ? this.present : undefined;
    if (!record || record.isNew || record.metadata.resource.through?.update === undefined) return [];
    return !record.metadata.resource.operations.includes('update') && isChanged(record) ? [record] : [];
  }

  /** Keeps the record that was sent inside the parent, which has a key now. */
  acceptInline(): void {
    if (this.#loaded?.record) this.keep(this.#loaded.record);
  }

  dropAssigned(): void {}

  /** Forgets the other record after a write: it is read again on next use. */
  forget(): void {
    this.#loaded = undefined;
  }

  /** Sets the loaded record. */
  keep(record: RecordContext | null): void {
    this.#loaded = { key: this.key, record };
  }
}
