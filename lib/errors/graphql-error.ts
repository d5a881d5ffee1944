import { BigRecordError } from './bigrecord-error.js';

/** One error of a GraphQL response. */
export interface GraphQLErrorEntry {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly locations?: readonly { readonly line: number; readonly column: number }[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** A GraphQL response contains errors; its status is 200. Partial results are in `data`. */
export class GraphQLError extends BigRecordError {
  readonly errors: readonly GraphQLErrorEntry[];
  /** The partial result. */
  readonly data: unknown;

  constructor(errors: readonly GraphQLErrorEntry[], data: unknown) {
    const messages = errors.slice(0, 3).map(({ message }) => String(message).slice(0, 200));
    super(
      `GraphQL returned ${errors.length} error${errors.length === 1 ? '' : 's'}: ${messages.join(' | ')}${errors.length > 3 ? ' | …' : ''}`,
    );
    this.errors = errors;
    this.data = data;
  }
}
