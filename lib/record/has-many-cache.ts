import { ArgumentError } from '../errors/argument-error.js';
import { jsonObjectsIn } from '../json-object.js';
import { knownSessionOf, type Row } from '../query/scope.js';
import type { RelationDeclaration } from '../schema/declaration.js';
import { copyJson } from '../schema/wire.js';
import { describe } from '../transport/path.js';
import { acceptResponse } from './accept-response.js';
import { storedRow } from './attribute-values.js';
import { isChanged } from './change-set.js';
import { givenChild } from './given-child.js';
import { buildIn, isRecordOf, loadIn } from './instantiate.js';
import { LoadGroup } from './load-group.js';
import { matchResults, uniqueNames } from './match-results.js';
import { keyOf } from './record-address.js';
import { contextOf } from './record-base.js';
import { ownRareState, type RecordContext } from './record-context.js';
import { RelatedScope } from './related-scope.js';

/** Rows that were loaded for several parents at once: the records created from them form one group. */
export class PreloadedRows {
  constructor(
    readonly rows: unknown,
    readonly group: LoadGroup<RecordContext>,
  ) {}
}

/** The state of a has-many relation of one record: children that were loaded, and children that the program built or created. */
export class HasManyCache {
  readonly parent: RecordContext;
  readonly relation: RelationDeclaration;
  readonly scope: RelatedScope;
  /** The running load, if any. */
  loading: Promise<readonly RecordContext[]> | undefined = undefined;
  /** Counts writes through this relation: a list that was read meanwhile may be outdated. */
  writes = 0;
  #loaded: readonly RecordContext[] | undefined = undefined;
  /** Children to be created with the parent. */
  #pending: readonly RecordContext[] = [];
  /** Pending children that may exist on the store: they are sent again only when the program saves them itself. */
  readonly #uncertain = new WeakSet<RecordContext>();
  /** Children that were built for a saved parent: they join the list when they are saved. */
  #built: readonly RecordContext[] = [];
  /** Children that the program has set on a saved parent: its next update writes them. */
  #assigned: readonly RecordContext[] | undefined = undefined;
  /** Children that were sent inside the parent, and whose keys are not known yet. */
  #unidentified: readonly RecordContext[] = [];

  constructor(parent: RecordContext, relation: RelationDeclaration) {
    this.parent = parent;
    this.relation = relation;
    this.scope = new RelatedScope(parent, relation);
  }

  get isLoaded(): boolean {
    return this.#loaded !== undefined;
  }

  /** The children that are available without a request; `undefined` if the relation is not loaded. */
  get present(): RecordContext[] | undefined {
    return this.#loaded !== undefined || (this.parent.isNew && this.#pending.length > 0) ? this.list() : undefined;
  }

  /** Children to be created with the parent, or by its next save if the store refused them. */
  get pending(): RecordContext[] {
    return this.#pending.filter((child) => isUnsaved(child) && !this.#uncertain.has(child));
  }

  /** Whether the program may hold children, which a fresh list must not replace. */
  get isInUse(): boolean {
    const held = this.#pending.length + this.#built.length + this.#unidentified.length;
    return this.#loaded !== undefined || this.#assigned !== undefined || held > 0;
  }

  /** Whether the next update of the parent leaves only the children that were set on it. */
  get isReplaced(): boolean {
    return this.#assigned !== undefined && this.scope.resource.through?.update === 'replace';
  }

  /** Children that the next update of the parent writes: those set on it, and changed ones that can be written in no other way. */
  get edited(): readonly RecordContext[] {
    const { through, operations } = this.scope.resource;
    if (through?.update === undefined || this.parent.isNew) return NONE;
    const assigned = new Set(this.#assigned);
    if (this.isReplaced) return [...assigned].filter((child) => this.#mayBeSent(child));
    const isWritten = (child: RecordContext): boolean => assigned.has(child) || !operations.includes(child.isNew ? 'create' : 'update');
    const all = new Set([...(this.#loaded ?? []), ...this.#built, ...this.#pending, ...assigned]);
    return [...all].filter((child) => this.#mayBeSent(child) && isWritten(child) && (child.isNew || isChanged(child)));
  }

  #mayBeSent(child: RecordContext): boolean {
    return !child.rare.isDestroyed && !this.#uncertain.has(child);
  }

  /** Returns a new array: the children on the store, those built here and saved since, and those still to be created. */
  list(known: readonly RecordContext[] = this.#loaded ?? []): RecordContext[] {
    const here = known.filter(({ rare }) => !rare.isDestroyed);
    const added = [...this.#built, ...this.#pending].filter(isSaved);
    const pending = this.#pending.filter(isUnsaved);
    if (added.length === 0) return [...here, ...pending];
    const keys = new Set(here.map(keyString));
    return [...here, ...added.filter((child) => !keys.has(keyString(child))), ...pending];
  }

  /** Sets the children of a parent. Of a saved one, only where its update takes them; none, only where that replaces. @throws ArgumentError */
  setChildren(children: unknown): void {
    const { name } = this.parent.metadata.resource;
    const { property } = this.relation;
    if (!Array.isArray(children))
      throw new ArgumentError(`${name}.${property} takes an array of records or attributes, got ${describe(children)}. Nothing was sent.`);
    const update = this.scope.resource.through?.update;
    if (!this.parent.isNew && update !== undefined && (children.length > 0 || update === 'replace')) {
      const held = this.#heldChildren();
      this.#assigned = children.map((child: unknown) => givenChild(this.scope, child, (key) => held.get(String(key))));
      return;
    }
    if (!this.parent.isNew)
      throw new ArgumentError(
        `${name}.${property} of a saved record cannot be replaced: use ${property}.create(), .destroy() or .deleteAll(), or save its records. Nothing was sent.`,
      );
    this.#pending = children.map((child: unknown) => this.#childOf(child));
  }

  /** @throws ArgumentError for a record that is saved: it belongs to another parent */
  #childOf(child: unknown): RecordContext {
    if (!isRecordOf(this.scope, child)) return contextOf(buildIn(this.scope, child as object));
    const context = contextOf(child);
    if (context.isNew) return context;
    const { name } = context.metadata.resource;
    throw new ArgumentError(
      `A saved ${name} was given to a new ${this.parent.metadata.resource.name}, which takes only new ones. Use clone() for a new one with its attributes. Nothing was sent.`,
    );
  }

  /** Adds a child that was built through this relation. */
  addBuilt(child: RecordContext): void {
    if (this.parent.isNew) this.#pending = [...this.#pending, child];
    // Saved children come with the list when it is read.
    else this.#built = [...(this.#loaded === undefined ? this.#built.filter(isUnsaved) : this.#built), child];
  }

  /** Adds a child that was created through this relation. */
  addCreated(child: RecordContext): void {
    this.writes++;
    if (this.#loaded !== undefined) this.#loaded = [...this.list().filter(isSaved), child];
  }

  /** Takes what the store has of a child now, which was changed by its key. */
  refresh(changed: RecordContext): void {
    this.writes++;
    const known = this.#heldChildren().get(keyString(changed));
    if (known !== undefined) refresh(known, storedRow(changed));
  }

  /** Removes the child with this key, which was deleted. */
  remove(key: string): void {
    this.writes++;
    this.#loaded = this.#loaded?.filter((child) => keyString(child) !== key);
    this.#built = this.#built.filter((child) => keyString(child) !== key);
  }

  /** Removes all saved children, which were deleted. */
  clear(): void {
    this.writes++;
    this.#built = this.#built.filter(({ isNew }) => isNew);
    if (this.#loaded !== undefined) this.#loaded = [];
  }

  clearPending(): void {
    this.#pending = [];
  }

  /** Fills the relation with rows that were embedded, or loaded for several parents. Ignores anything but an array or `null`. */
  fill(embedded: unknown): void {
    const { rows: value, group } = embedded instanceof PreloadedRows ? embedded : { rows: embedded, group: undefined };
    if (value === null) this.keep([]);
    if (!Array.isArray(value)) return;
    const rows = jsonObjectsIn(value);
    const held = this.#heldChildren();
    const sent = this.#identify(rows);
    const session = knownSessionOf(this.scope);
    const children = rows.map((row) => sent?.get(row) ?? this.#refreshed(held, row) ?? loadIn(this.scope, row, session));
    if (group !== undefined) for (const child of children) child.group = group;
    this.keep(children);
  }

  /** Sets the loaded children. */
  keep(children: readonly RecordContext[]): void {
    this.#loaded = [...children];
  }

  /** Replaces children that were just read by the records that the program already holds for them. */
  withHeldChildren(children: readonly RecordContext[]): readonly RecordContext[] {
    const built = new Map(this.#built.filter(isSaved).map((child) => [keyString(child), child]));
    if (built.size + this.#unidentified.length === 0) return children;
    const rows = children.map(storedRow);
    const sent = this.#identify(rows);
    return children.map((child, place) => {
      const row = rows[place] ?? {};
      const known = sent?.get(row) ?? built.get(keyString(child));
      if (known !== undefined) refresh(known, row);
      return known ?? child;
    });
  }

  /** Forgets the list after a write: it is read again on next use. */
  forget(): void {
    this.writes++;
    if (!this.parent.isNew) this.#loaded = undefined;
  }

  /**
   * Moves pending children that were saved to the list; the others stay pending.
   *
   * @param isWhole whether the parent was just created, so that the store has no other children
   */
  acceptPending(isWhole: boolean): void {
    if (isWhole) this.#loaded ??= [];
    const created = this.#pending.filter(isSaved);
    this.#pending = this.#pending.filter(isUnsaved);
    if (this.#loaded === undefined) this.#built = [...this.#built, ...created];
    else this.#loaded = [...this.#loaded, ...created];
  }

  /** Accepts that an update of the parent has written the edited children. */
  acceptEdited(): void {
    this.writes++;
    const assigned = this.#assigned ?? [];
    if (this.isReplaced) [this.#loaded, this.#built, this.#pending] = [assigned.filter(isSaved), [], []];
    const held = new Set([...(this.#loaded ?? []), ...this.#built, ...this.#pending]);
    this.#pending = [...this.#pending, ...assigned.filter((child) => !held.has(child))];
    this.#assigned = undefined;
    this.acceptPending(false);
  }

  /** Forgets the children that were set on a saved parent. */
  dropAssigned(): void {
    this.#assigned = undefined;
  }

  /** Marks a pending child whose creation has an unknown outcome: it is not sent again automatically. */
  setUncertain(child: RecordContext): void {
    this.#uncertain.add(child);
  }

  /** Marks pending children as saved, since they were sent inside the parent. Their keys may come with the list. */
  acceptInline(): void {
    this.#unidentified = this.#pending;
    this.#pending = [];
  }

  #heldChildren(): Map<string | undefined, RecordContext> {
    const held = new Map<string | undefined, RecordContext>();
    for (const child of this.#loaded ?? []) held.set(keyString(child), child);
    for (const child of this.#built) if (isSaved(child)) held.set(keyString(child), child);
    return held;
  }

  #refreshed(held: ReadonlyMap<string | undefined, RecordContext>, row: Row): RecordContext | undefined {
    const key = row[this.scope.resource.key];
    const known = key === undefined || held.size === 0 ? undefined : held.get(String(key));
    if (known !== undefined) refresh(known, row);
    return known;
  }

  /** Matches rows to the children that were sent inside the parent, and gives these their keys. */
  #identify(rows: readonly Row[]): ReadonlyMap<Row, RecordContext> | undefined {
    const sent = this.#unidentified;
    if (sent.length === 0) return undefined;
    this.#unidentified = [];
    const { resource } = this.scope;
    const matched = matchResults(sent, rows, {
      identity: [resource.key],
      unique: uniqueNames(resource),
      sentOf: (child) => ({ identity: {}, values: () => storedRow(child) }),
      byPosition: true,
    });
    const found = new Map<Row, RecordContext>();
    for (const [child, row] of matched) {
      found.set(row, child);
      refresh(child, row);
      ownRareState(child).createdInside = undefined;
    }
    return found;
  }
}

const NONE: readonly RecordContext[] = [];

/** Updates a record from a fresh row; changes of the program are kept. */
const refresh = (context: RecordContext, row: Row): void => acceptResponse(context, {}, copyJson(row));

const isSaved = ({ isNew, rare }: RecordContext): boolean => !isNew && !rare.isDestroyed;

const isUnsaved = ({ isNew, rare }: RecordContext): boolean => isNew && !rare.isDestroyed;

function keyString(context: RecordContext): string | undefined {
  const key = keyOf(context);
  return key === undefined ? undefined : String(key);
}
