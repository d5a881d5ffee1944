import type { FieldErrors } from '../errors/field-errors.js';
import type { Row } from '../query/scope.js';
import type { Session } from '../session/session.js';
import type { PathParams } from '../transport/path.js';
import type { Siblings } from './siblings.js';
import type { Values } from './values.js';

/** Old and new value of each changed attribute, by property: `{ price: ['10.00', '199.90'] }`. */
export type Changes = Readonly<Record<string, readonly [before: unknown, after: unknown]>>;

const NOTHING = Object.freeze({});

/** What a record knows of itself besides its attributes. One object a record, in a private field of it. */
export class RecordState {
  isDestroyed = false;
  previousChanges: Changes = NOTHING;
  fieldErrors: FieldErrors = NOTHING;
  /** Relation handles made so far, by property. */
  relations: Map<string, unknown> | undefined = undefined;
  /** Related rows that came embedded, until their relation is first asked for. */
  embedded: Map<string, unknown> | undefined = undefined;
  /** Relations of which an answer embedded no more than a part. */
  partial: Set<string> | undefined = undefined;
  /** Related records or attributes given with a new record. */
  given: object = NOTHING;
  /** The records that came in the same answer. */
  siblings: Siblings | undefined = undefined;
  /** Asynchronous `@AfterLoad` hooks that are still running. */
  loading: Promise<unknown> | undefined = undefined;

  constructor(
    readonly values: Values,
    public session: Session | undefined,
    /** Values for the `:names` of the resource's path. */
    public params: PathParams,
    /** While the constructor runs for a record that the store sent. */
    public isLoading: boolean,
  ) {}

  /** What the store last said, under the API's names; `null` for a new record. Never handed out. */
  get baseline(): Row | null {
    return this.values.said;
  }

  get isNew(): boolean {
    return this.values.said === null;
  }
}

/** The circumstances under which the next record is constructed. */
export interface Birth {
  readonly session: Session | undefined;
  readonly params: PathParams;
  readonly isLoading: boolean;
}

let next: Birth | undefined;

/** Constructs a record under given circumstances. The first constructor of `Model` that runs takes them. */
export function born<M>(birth: Birth, construct: () => M): M {
  next = birth;
  try {
    return construct();
  } finally {
    next = undefined;
  }
}

export function takeBirth(): Birth | undefined {
  const birth = next;
  next = undefined;
  return birth;
}
