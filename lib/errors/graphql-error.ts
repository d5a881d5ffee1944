import { BigRecordError } from './bigrecord-error.js';

/** One message of a GraphQL answer. */
export interface GraphQLErrorEntry {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly locations?: readonly { readonly line: number; readonly column: number }[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

/** A GraphQL answer holds errors; they come with status 200. What could be answered all the same is in `data`. */
export class GraphQLError extends BigRecordError {
  readonly errors: readonly GraphQLErrorEntry[];
  /** The part of the answer that is there. */
  readonly data: unknown;

  constructor(errors: readonly GraphQLErrorEntry[], data: unknown) {
    const said = errors.slice(0, 3).map(({ message }) => String(message).slice(0, 200));
    super(
      `GraphQL answered with ${errors.length} error${errors.length === 1 ? '' : 's'}: ${said.join(' | ')}${errors.length > 3 ? ' | …' : ''}`,
    );
    this.errors = errors;
    this.data = data;
  }
}
