import type { FieldErrors } from '../errors/field-errors.js';
import type { Row } from '../query/scope.js';
import type { StoreSession } from '../session/session.js';
import type { PathParams } from '../transport/path.js';
import type { RowShape } from './row-shape.js';
import type { Siblings } from './siblings.js';

/** Old and new value of each changed attribute, by property: `{ price: ['10.00', '199.90'] }`. */
export type Changes = Readonly<Record<string, readonly [before: unknown, after: unknown]>>;

/** Attributes whose names would hide a member of the class: kept beside the record, under the API's names. */
export interface HiddenAttributes {
  /** As the store last sent them. */
  original: Row;
  current: Row;
}

const NOTHING = Object.freeze({});
const NO_PARAMS: PathParams = Object.freeze({});

/** What few records ever have, or not for long. */
class Seldom {
  isDestroyed = false;
  previousChanges: Changes = NOTHING;
  fieldErrors: FieldErrors = NOTHING;
  relations: Map<string, unknown> | undefined = undefined;
  embedded: Map<string, unknown> | undefined = undefined;
  hidden: HiddenAttributes | undefined = undefined;
  isTooDeep = false;
  given: object = NOTHING;
  partial: Set<string> | undefined = undefined;
  loading: Promise<unknown> | undefined = undefined;
}

const NONE: Readonly<Seldom> = Object.freeze(new Seldom());

/** What a record knows of itself besides its attributes. One object a record, in a private field of it; it is small, since there are many. */
export class RecordState {
  session: StoreSession | undefined = undefined;
  /** Values for the `:names` of the resource's path. */
  params: PathParams = NO_PARAMS;
  /** The records that came in the same answer. */
  siblings: Siblings | undefined = undefined;
  /** Which attributes the store has sent; `undefined` for a new record. */
  shape: RowShape | undefined = undefined;
  /** What the store last said of these, in the order of the shape: dates as milliseconds, nested values as copies. Never handed out. */
  original: readonly unknown[] = [];
  #seldom: Seldom | undefined = undefined;

  get isNew(): boolean {
    return this.shape === undefined;
  }

  get isDestroyed(): boolean {
    return this.#known.isDestroyed;
  }
  set isDestroyed(is: boolean) {
    this.#own.isDestroyed = is;
  }

  get previousChanges(): Changes {
    return this.#known.previousChanges;
  }
  set previousChanges(changes: Changes) {
    this.#own.previousChanges = changes;
  }

  get fieldErrors(): FieldErrors {
    return this.#known.fieldErrors;
  }
  set fieldErrors(errors: FieldErrors) {
    this.#own.fieldErrors = errors;
  }

  /** Relation handles made so far, by property. */
  get relations(): Map<string, unknown> | undefined {
    return this.#known.relations;
  }
  set relations(relations: Map<string, unknown> | undefined) {
    if (relations !== this.relations) this.#own.relations = relations;
  }

  /** Related rows that came embedded, until their relation is first asked for. */
  get embedded(): Map<string, unknown> | undefined {
    return this.#known.embedded;
  }
  set embedded(embedded: Map<string, unknown> | undefined) {
    if (embedded !== this.embedded) this.#own.embedded = embedded;
  }

  get hidden(): HiddenAttributes | undefined {
    return this.#known.hidden;
  }
  set hidden(hidden: HiddenAttributes | undefined) {
    if (hidden !== this.hidden) this.#own.hidden = hidden;
  }

  /** Some value is nested too deeply to be copied or written. */
  get isTooDeep(): boolean {
    return this.#known.isTooDeep;
  }
  set isTooDeep(is: boolean) {
    this.#own.isTooDeep = is;
  }

  /** Attributes and related records given with a new record. */
  get given(): object {
    return this.#known.given;
  }
  set given(given: object) {
    if (given !== this.given) this.#own.given = given;
  }

  /** Relations of which an answer embedded no more than a part. */
  get partial(): Set<string> | undefined {
    return this.#known.partial;
  }
  set partial(partial: Set<string> | undefined) {
    if (partial !== this.partial) this.#own.partial = partial;
  }

  /** Asynchronous `@AfterLoad` hooks that are still running. */
  get loading(): Promise<unknown> | undefined {
    return this.#known.loading;
  }
  set loading(loading: Promise<unknown> | undefined) {
    this.#own.loading = loading;
  }

  /** Begins anew, as a record that the store sent: whatever the constructors have given it goes. */
  forget(): void {
    this.#seldom = undefined;
  }

  get #known(): Readonly<Seldom> {
    return this.#seldom ?? NONE;
  }

  get #own(): Seldom {
    return (this.#seldom ??= new Seldom());
  }
}
