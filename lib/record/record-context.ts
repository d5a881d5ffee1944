import type { FieldErrors } from '../errors/field-errors.js';
import type { Row } from '../query/scope.js';
import type { StoreSession } from '../session/session.js';
import type { PathParams } from '../transport/path.js';
import type { LoadGroup } from './load-group.js';
import type { ModelMetadata } from './model-metadata.js';
import type { RowShape } from './row-shape.js';

/** Old and new value of each changed attribute, by property: `{ price: ['10.00', '199.90'] }`. */
export type Changes = Readonly<Record<string, readonly [before: unknown, after: unknown]>>;

/** Attributes whose names would hide a member of the class: stored outside the record, by API name. */
interface HiddenAttributes {
  /** Their baseline. */
  readonly original: Row;
  readonly current: Row;
}

/** The cached state of a relation: see {@link relationCache}. */
interface RelationState {
  /** Whether awaiting the relation needs no request. */
  readonly isLoaded: boolean;
  /** Forgets the related records after a write: they are read again on next use. */
  forget(): void;
  /** Forgets the related records that the program has set on a saved record. */
  dropAssigned(): void;
}

/** Where a record was created inside its parent's request; set until its key is known. */
interface CreatedInside {
  readonly parent: RecordContext;
  readonly relation: string;
}

const NO_CHANGES: Changes = Object.freeze({});
/** The messages of a record that the store has not refused. */
export const NO_ERRORS: FieldErrors = Object.freeze({});
/** What was given with a record that nothing was given with. */
export const NO_INITIAL_ATTRIBUTES: object = Object.freeze({});
const NO_PARAMS: PathParams = Object.freeze({});

/** State that few records ever have, or only for a short time. */
class RareState {
  isDestroyed = false;
  previousChanges: Changes = NO_CHANGES;
  fieldErrors: FieldErrors = NO_ERRORS;
  /** The caches of relations that were used so far, by property. */
  relations: Map<string, RelationState> | undefined = undefined;
  /** Embedded rows of relations that have not been used yet. */
  embedded: Map<string, unknown> | undefined = undefined;
  /** Relations of which a response embedded only a part. */
  partial: Set<string> | undefined = undefined;
  hidden: HiddenAttributes | undefined = undefined;
  /** Whether a value is nested too deeply to be copied or written. */
  isTooDeep = false;
  /** Attributes and related records given with a new record. */
  initialAttributes: object = NO_INITIAL_ATTRIBUTES;
  /** Asynchronous `@AfterLoad` hooks that are still running. */
  loading: Promise<unknown> | undefined = undefined;
  createdInside: CreatedInside | undefined = undefined;
  /** Whether the record was created without the store telling its key. */
  isKeyUnknown = false;
}

/** The initial rare state, shared by all records. */
export const NO_RARE_STATE: Readonly<RareState> = Object.freeze(new RareState());

/**
 * Everything the library knows about one record besides its attributes: its metadata, its address on the store, its session, its
 * baseline. It lives in a private field of the record. An operation looks it up once and passes it on. There are many contexts, so
 * they are small: rarely used state is in {@link RareState}.
 */
export class RecordContext {
  /** The record itself, with its attributes. */
  readonly record: Record<string, unknown>;
  readonly metadata: ModelMetadata;
  /** Whether the record is not on the store yet. */
  isNew = true;
  session: StoreSession | undefined = undefined;
  /** Values for the `:names` of the resource's path. */
  params: PathParams = NO_PARAMS;
  /** The records that came in the same response. */
  group: LoadGroup<RecordContext> | undefined = undefined;
  /** The attributes that the store has sent; `undefined` for a new record. */
  shape: RowShape | undefined = undefined;
  /** The baseline: what the store last sent, in the order of the shape. Dates are milliseconds, nested values copies. Never exposed. */
  original: readonly unknown[] = [];
  /** For reading; use {@link ownRareState} for writing. */
  rare: Readonly<RareState> = NO_RARE_STATE;

  constructor(record: object, metadata: ModelMetadata) {
    this.record = record as Record<string, unknown>;
    this.metadata = metadata;
  }
}

/** Returns the writable rare state of a record. */
export function ownRareState(context: RecordContext): RareState {
  if (context.rare === NO_RARE_STATE) context.rare = new RareState();
  return context.rare;
}

/** Forgets the attributes that a new record was created with. */
export function dropInitialAttributes(context: RecordContext): void {
  if (context.rare.initialAttributes !== NO_INITIAL_ATTRIBUTES) ownRareState(context).initialAttributes = NO_INITIAL_ATTRIBUTES;
}

/** Sets the messages of a refused save, by field; clears them after an accepted one. */
export function setFieldErrors(context: RecordContext, errors: FieldErrors = NO_ERRORS): void {
  if (context.rare.fieldErrors !== errors) ownRareState(context).fieldErrors = errors;
}
