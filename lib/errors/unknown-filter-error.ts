import { BigRecordError } from './bigrecord-error.js';
import { nearest } from './nearest.js';

/**
 * A filter that the resource does not have. The store would ignore it, and return (or delete) everything it was meant
 * to exclude; so nothing is sent. `.param(name, value)` sends a parameter unchecked.
 */
export class UnknownFilterError extends BigRecordError {
  /** The name as it was given. */
  readonly filter: string;
  /** The nearest name that the resource does have. */
  readonly suggestion: string | undefined;

  constructor(resource: string, filter: string, known: readonly string[], why?: string) {
    const suggestion = nearest(filter, known);
    super(
      `${resource} has no filter \`${filter}\`${why === undefined ? '' : ` (${why})`}` +
        `${suggestion === undefined ? '' : `; did you mean \`${suggestion}\`?`}` +
        ` The store would ignore it and answer with everything, so nothing was sent.` +
        ` Filters of ${resource}: ${known.join(', ') || 'none'}. To send it all the same: .param('${filter}', value).`,
    );
    this.filter = filter;
    this.suggestion = suggestion;
  }
}
