import { ArgumentError } from '../errors/argument-error.js';
import { knownSessionOf, type Row } from '../query/scope.js';
import type { RelationDeclaration } from '../schema/declaration.js';
import { copyJson } from '../schema/wire.js';
import { acceptResponse } from './accept-response.js';
import { storedRow } from './attribute-values.js';
import { buildIn, isRecordOf, loadIn } from './instantiate.js';
import { LoadGroup } from './load-group.js';
import { matchResults, uniqueNames } from './match-results.js';
import { keyOf } from './record-address.js';
import { contextOf } from './record-base.js';
import { ownRareState, type RecordContext } from './record-context.js';
import { RelatedScope } from './related-scope.js';

/** Rows that were loaded for several parents at once: their records form a group when they are made. */
export class PreloadedRows {
  constructor(
    readonly rows: unknown,
    readonly group: LoadGroup<RecordContext>,
  ) {}
}

/** What is known of a has-many relation of one record: the children that were loaded, and those that the program made itself. */
export class HasManyCache {
  readonly parent: RecordContext;
  readonly relation: RelationDeclaration;
  readonly scope: RelatedScope;
  /** A load that is under way. */
  loading: Promise<readonly RecordContext[]> | undefined = undefined;
  /** Counts writes by way of this relation: a list that was read meanwhile is then not the last word. */
  writes = 0;
  #loaded: readonly RecordContext[] | undefined = undefined;
  /** Children that are to be created with the parent. */
  #pending: readonly RecordContext[] = [];
  /** Of these, those that may exist: they are created once more only when the program asks for it. */
  readonly #uncertain = new WeakSet<RecordContext>();
  /** Children that were built here for a saved parent: once they are saved, they belong to the list. */
  #built: readonly RecordContext[] = [];
  /** Children that were sent inside the parent, and whose keys its response did not tell. */
  #unidentified: readonly RecordContext[] = [];

  constructor(parent: RecordContext, relation: RelationDeclaration) {
    this.parent = parent;
    this.relation = relation;
    this.scope = new RelatedScope(parent, relation);
  }

  get isLoaded(): boolean {
    return this.#loaded !== undefined;
  }

  /** The children that are there without a request; `undefined` where nothing is known. */
  get present(): RecordContext[] | undefined {
    return this.#loaded !== undefined || (this.parent.isNew && this.#pending.length > 0) ? this.list() : undefined;
  }

  /** Children that are to be created with the parent, or by its next save where the store refused them. */
  get pending(): RecordContext[] {
    return this.#pending.filter((child) => isUnsaved(child) && !this.#uncertain.has(child));
  }

  /** Whether the program holds children that must outlive a fresh list. */
  get isInUse(): boolean {
    return this.#loaded !== undefined || this.#pending.length + this.#built.length + this.#unidentified.length > 0;
  }

  /** A list of the caller's own: what the store has, what was built here and saved since, what is still to be created. */
  list(known: readonly RecordContext[] = this.#loaded ?? []): RecordContext[] {
    const here = known.filter(({ rare }) => !rare.isDestroyed);
    const added = [...this.#built, ...this.#pending].filter(isSaved);
    const pending = this.#pending.filter(isUnsaved);
    if (added.length === 0) return [...here, ...pending];
    const keys = new Set(here.map(keyText));
    return [...here, ...added.filter((child) => !keys.has(keyText(child))), ...pending];
  }

  /** Takes what a new parent was given: records, or attributes for them. @throws ArgumentError */
  give(children: unknown): void {
    const { name } = this.parent.metadata.resource;
    const { property } = this.relation;
    if (!Array.isArray(children)) throw new ArgumentError(`${name}.${property} is given as an array.`);
    if (!this.parent.isNew)
      throw new ArgumentError(
        `${name}.${property} of a saved record is changed by ${property}.create(), .destroy() and .deleteAll(), or by saving its records.`,
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
      `A saved ${name} was given to a new ${this.parent.metadata.resource.name}, which takes new ones: clone() makes one of it. Nothing was sent.`,
    );
  }

  /** Takes a child that was built here. */
  addBuilt(child: RecordContext): void {
    if (this.parent.isNew) this.#pending = [...this.#pending, child];
    // Those that are saved come with the list, when it is read.
    else this.#built = [...(this.#loaded === undefined ? this.#built.filter(isUnsaved) : this.#built), child];
  }

  /** Takes a child that was created here. */
  addCreated(child: RecordContext): void {
    this.writes++;
    if (this.#loaded !== undefined) this.#loaded = [...this.list().filter(isSaved), child];
  }

  /** Takes what the store has of a child now, which was changed by its key. */
  refresh(changed: RecordContext): void {
    this.writes++;
    const known = this.#inHand().get(keyText(changed));
    if (known !== undefined) refresh(known, storedRow(changed));
  }

  /** Drops the child with this key, which was deleted. */
  remove(key: string): void {
    this.writes++;
    this.#loaded = this.#loaded?.filter((child) => keyText(child) !== key);
    this.#built = this.#built.filter((child) => keyText(child) !== key);
  }

  /** Drops all children of the store, which were deleted. */
  clear(): void {
    this.writes++;
    this.#built = this.#built.filter(({ isNew }) => isNew);
    if (this.#loaded !== undefined) this.#loaded = [];
  }

  clearPending(): void {
    this.#pending = [];
  }

  /** Takes rows that came embedded, or were loaded together with others. Anything but an array or `null` is nothing. */
  fill(embedded: unknown): void {
    const { rows: given, group } = embedded instanceof PreloadedRows ? embedded : { rows: embedded, group: undefined };
    if (given === null) this.keep([]);
    if (!Array.isArray(given)) return;
    const rows = given.filter(isObject);
    const inHand = this.#inHand();
    const sent = this.#identify(rows);
    const session = knownSessionOf(this.scope);
    const children = rows.map((row) => sent?.get(row) ?? this.#refreshed(inHand, row) ?? loadIn(this.scope, row, session));
    if (group !== undefined) for (const child of children) child.group = group;
    this.keep(children);
  }

  /** Keeps children that are known without a request. */
  keep(children: readonly RecordContext[]): void {
    this.#loaded = [...children];
  }

  /** What the store has listed, with the children that the program holds in place of those that were just read. */
  withThoseInHand(children: readonly RecordContext[]): readonly RecordContext[] {
    const built = new Map(this.#built.filter(isSaved).map((child) => [keyText(child), child]));
    if (built.size + this.#unidentified.length === 0) return children;
    const rows = children.map(storedRow);
    const sent = this.#identify(rows);
    return children.map((child, place) => {
      const row = rows[place] ?? {};
      const known = sent?.get(row) ?? built.get(keyText(child));
      if (known !== undefined) refresh(known, row);
      return known ?? child;
    });
  }

  /** The list was written to: it is read again when it is next asked for. */
  forget(): void {
    this.writes++;
    if (!this.parent.isNew) this.#loaded = undefined;
  }

  /**
   * Takes what became of pending children: those that are saved join the list; the others stay to be created.
   *
   * @param isWhole whether the parent is new too, so that the store has no others
   */
  settlePending(isWhole: boolean): void {
    if (isWhole) this.#loaded ??= [];
    const created = this.#pending.filter(isSaved);
    this.#pending = this.#pending.filter(isUnsaved);
    if (this.#loaded === undefined) this.#built = [...this.#built, ...created];
    else this.#loaded = [...this.#loaded, ...created];
  }

  /** The outcome for a pending child is not known: it is not sent again automatically. */
  setUncertain(child: RecordContext): void {
    this.#uncertain.add(child);
  }

  /** Pending children were sent inside the parent, and are saved; their keys may come with the list. */
  settleInline(): void {
    this.#unidentified = this.#pending;
    this.#pending = [];
  }

  #inHand(): Map<string | undefined, RecordContext> {
    const inHand = new Map<string | undefined, RecordContext>();
    for (const child of this.#loaded ?? []) inHand.set(keyText(child), child);
    for (const child of this.#built) if (isSaved(child)) inHand.set(keyText(child), child);
    return inHand;
  }

  #refreshed(inHand: ReadonlyMap<string | undefined, RecordContext>, row: Row): RecordContext | undefined {
    const key = row[this.scope.resource.key];
    const known = key === undefined || inHand.size === 0 ? undefined : inHand.get(String(key));
    if (known !== undefined) refresh(known, row);
    return known;
  }

  /** Finds the rows of the children that were sent inside the parent, and gives these their keys. */
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

/** Gives a record a fresh row; what the program changed stays changed. */
const refresh = (context: RecordContext, row: Row): void => acceptResponse(context, {}, copyJson(row));

const isSaved = ({ isNew, rare }: RecordContext): boolean => !isNew && !rare.isDestroyed;

const isUnsaved = ({ isNew, rare }: RecordContext): boolean => isNew && !rare.isDestroyed;

const isObject = (row: unknown): row is Row => typeof row === 'object' && row !== null;

function keyText(context: RecordContext): string | undefined {
  const key = keyOf(context);
  return key === undefined ? undefined : String(key);
}
