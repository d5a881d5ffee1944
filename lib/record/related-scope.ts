import { ArgumentError } from '../errors/argument-error.js';
import type { RelationDeclaration, ResourceDeclaration } from '../schema/declaration.js';
import { apiName, propertyName } from '../schema/names.js';
import { runningSession } from '../session/current.js';
import type { StoreSession } from '../session/session.js';
import type { PathParams } from '../transport/path.js';
import { boundSession, metadataOf } from './metadata-storage.js';
import type { ModelMetadata } from './model-metadata.js';
import type { ModelScope } from './model-scope.js';
import { ownedBy } from './owner.js';
import { isSameStore, keyOf, paramsBelow, referenceKey, scopeFor, sessionOfRecord } from './record-address.js';
import type { RecordContext } from './record-context.js';

/** The scope of the records that belong to a parent. It reads the parent's key on use, so it can be created before the parent is saved. */
export class RelatedScope implements ModelScope<object> {
  readonly metadata: ModelMetadata;
  readonly #parent: RecordContext;
  readonly #relation: RelationDeclaration;

  constructor(parent: RecordContext, relation: RelationDeclaration) {
    this.metadata = metadataOf(relation.target());
    this.#parent = parent;
    this.#relation = relation;
  }

  get resource(): ResourceDeclaration {
    return this.metadata.resource;
  }

  get session(): StoreSession | undefined {
    return this.#parent.session ?? boundSession(this.metadata.model) ?? runningSession();
  }

  get params(): PathParams {
    return this.#relation.by === undefined ? childParams(this.#parent, this.resource) : scopeFor(this.#parent, this.resource);
  }

  get conditions(): Readonly<Record<string, unknown>> | undefined {
    const { by } = this.#relation;
    return by === undefined ? undefined : { [apiName(this.resource, by)]: referenceKey(this.#parent) };
  }

  get defaults(): Readonly<Record<string, unknown>> | undefined {
    const by = referenceAttribute(this.resource, this.#relation.by);
    return by === undefined || this.#parent.isNew ? undefined : { [propertyName(this.resource, by)]: keyOf(this.#parent) };
  }

  onBulkWrite(): void {
    this.#parent.rare.relations?.get(this.#relation.property)?.forget();
  }
}

/** Returns the attribute by which a child refers to its parent, if it can be set on a new record. */
function referenceAttribute(resource: ResourceDeclaration, by: string | undefined): string | undefined {
  const name = by === undefined ? undefined : apiName(resource, by);
  return name !== undefined && resource.attributes[name]?.readOnly === false ? name : undefined;
}

/** Returns the path parameters of children. Those that are written inside their parent are noted as its own. */
function childParams(parent: RecordContext, { path, through }: ResourceDeclaration): PathParams {
  const params = paramsBelow(parent, path);
  return through === undefined ? params : ownedBy(parent, params);
}

/** Puts a child on the store of its parent. @throws ArgumentError for a child that is on another one */
export function placeOnStore(parent: RecordContext, child: RecordContext): void {
  const session = sessionOfRecord(parent);
  if (child.session !== undefined && !isSameStore(child.session, session))
    throw new ArgumentError(
      `A ${child.metadata.resource.name} was given to this ${parent.metadata.resource.name} that is on another store: give its attributes, toObject({ writable: true }). Nothing was sent.`,
    );
  child.session ??= session;
}

/** Sets the parent of a child that was built before the parent had a key. */
export function placeBelow(parent: RecordContext, child: RecordContext, by: string | undefined): void {
  const { resource } = child.metadata;
  if (by === undefined) {
    child.params = childParams(parent, resource);
    return;
  }
  const name = referenceAttribute(resource, by);
  if (name !== undefined) Reflect.set(child.record, child.metadata.propertyOf(name), keyOf(parent));
}
