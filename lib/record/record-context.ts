import type { FieldErrors } from '../errors/field-errors.js';
import type { Row } from '../query/scope.js';
import type { StoreSession } from '../session/session.js';
import type { PathParams } from '../transport/path.js';
import type { LoadGroup } from './load-group.js';
import type { ModelMetadata } from './model-metadata.js';
import type { RowShape } from './row-shape.js';

/** Old and new value of each changed attribute, by property: `{ price: ['10.00', '199.90'] }`. */
export type Changes = Readonly<Record<string, readonly [before: unknown, after: unknown]>>;

/** Attributes whose names would hide a member of the class: kept beside the record, under the API's names. */
interface HiddenAttributes {
  /** As the store last sent them. */
  readonly original: Row;
  readonly current: Row;
}

/** What is known of a relation of a record: see {@link relationCache}. */
interface RelationState {
  /** Whether awaiting the relation needs no request. */
  readonly isLoaded: boolean;
  /** The related records were written to: they are read again when they are next asked for. */
  forget(): void;
}

/** Where a record came from that was created inside its parent's request, while the response has not named its key. */
interface CreatedInside {
  readonly parent: RecordContext;
  readonly relation: string;
}

const NO_CHANGES: Changes = Object.freeze({});
/** The messages of a record that the store has not refused. */
export const NO_ERRORS: FieldErrors = Object.freeze({});
/** What was given with a record that nothing was given with. */
export const NO_ATTRIBUTES_GIVEN: object = Object.freeze({});
const NO_PARAMS: PathParams = Object.freeze({});

/** What few records ever have, or not for long. */
class RareState {
  isDestroyed = false;
  previousChanges: Changes = NO_CHANGES;
  fieldErrors: FieldErrors = NO_ERRORS;
  /** What is known of the relations that were used so far, by property. */
  relations: Map<string, RelationState> | undefined = undefined;
  /** Related rows that came embedded, until their relation is first used. */
  embedded: Map<string, unknown> | undefined = undefined;
  /** Relations of which a response embedded only a part. */
  partial: Set<string> | undefined = undefined;
  hidden: HiddenAttributes | undefined = undefined;
  /** Some value is nested too deeply to be copied or written. */
  isTooDeep = false;
  /** Attributes and related records given with a new record. */
  given: object = NO_ATTRIBUTES_GIVEN;
  /** Asynchronous `@AfterLoad` hooks that are still running. */
  loading: Promise<unknown> | undefined = undefined;
  createdInside: CreatedInside | undefined = undefined;
}

/** What a record has of it at first. */
export const NO_RARE_STATE: Readonly<RareState> = Object.freeze(new RareState());

/**
 * Everything the library knows about one record besides its attributes: its class, its address on the store, its session, what
 * the store last sent. It lives in a private field of the record, is looked up once per operation, and is passed on from there.
 * There are many of them, so the object is small: what few records have is in {@link RareState}.
 */
export class RecordContext {
  /** The record itself, with its attributes. */
  readonly record: Record<string, unknown>;
  readonly metadata: ModelMetadata;
  /** Not on the store yet. */
  isNew = true;
  session: StoreSession | undefined = undefined;
  /** Values for the `:names` of the resource's path. */
  params: PathParams = NO_PARAMS;
  /** The records that came in the same response. */
  group: LoadGroup<RecordContext> | undefined = undefined;
  /** Which attributes the store has sent; `undefined` for a new record. */
  shape: RowShape | undefined = undefined;
  /** What the store last sent for these, in the order of the shape: dates as milliseconds, nested values as copies. Never handed out. */
  original: readonly unknown[] = [];
  /** To read from; {@link ownRareState} is for writing. */
  rare: Readonly<RareState> = NO_RARE_STATE;

  constructor(record: object, metadata: ModelMetadata) {
    this.record = record as Record<string, unknown>;
    this.metadata = metadata;
  }
}

/** The rare state of a record, to write to. */
export function ownRareState(context: RecordContext): RareState {
  if (context.rare === NO_RARE_STATE) context.rare = new RareState();
  return context.rare;
}

/** Drops what a program gave to a new record. */
export function dropGiven(context: RecordContext): void {
  if (context.rare.given !== NO_ATTRIBUTES_GIVEN) ownRareState(context).given = NO_ATTRIBUTES_GIVEN;
}

/** Sets the messages of a refused save, by field; none after one that was accepted. */
export function setFieldErrors(context: RecordContext, errors: FieldErrors = NO_ERRORS): void {
  if (context.rare.fieldErrors !== errors) ownRareState(context).fieldErrors = errors;
}
