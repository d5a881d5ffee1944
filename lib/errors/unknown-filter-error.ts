import { BigRecordError } from './bigrecord-error.js';
import { didYouMean, nearest } from './nearest.js';

/** The resource that a message is about. */
export interface FilteredResource {
  readonly name: string;
  readonly version?: 'v2' | 'v3' | undefined;
  readonly key?: string | undefined;
}

/** What else an {@link UnknownFilterError} says. */
interface UnknownFilterInit {
  /** Why the filter is unknown, if that is not plain. */
  readonly why?: string;
  /** What was probably meant. Default: the nearest of the known names. */
  readonly suggestion?: string | undefined;
  /** Whether the known names are operators: the filter exists, its operator does not. */
  readonly areOperators?: boolean;
}

/** How the store treats unknown parameters (start/about, and issues of the official clients). */
const UNKNOWN_PARAMETERS = {
  v2: 'V2 returns 400 for unknown parameters in many resources, and ignores them in others',
  v3: 'V3 ignores unknown parameters, and would return everything',
} as const;

/**
 * The resource does not have the filter. V3 would ignore it and return (or delete) everything; V2 responds with 400 in many resources.
 * So nothing was sent. `.param(name, value)` sends a parameter unchecked.
 */
export class UnknownFilterError extends BigRecordError {
  /** The name as it was given. */
  readonly filter: string;
  /** The nearest filter that the resource has. */
  readonly suggestion: string | undefined;

  constructor(resource: FilteredResource, filter: string, known: readonly string[], about: UnknownFilterInit = {}) {
    const { name, version = 'v3', key } = resource;
    const { why, areOperators = false, suggestion = areOperators ? undefined : nearest(filter, known) } = about;
    const helps = areOperators ? suggestion !== undefined : baseOf(suggestion) === key;
    const isKey = key !== undefined && baseOf(filter) === key && !helps;
    const advice = isKey
      ? `. To find a record by its ${key}: ${name}.find(${key}), or ${name}.find([…]) for several.`
      : didYouMean(suggestion);
    super(
      `${name} has no filter \`${filter}\`${why === undefined ? '' : ` (${why})`}${advice}` +
        ` ${UNKNOWN_PARAMETERS[version]}; nothing was sent.` +
        (areOperators
          ? ` Operators: ${known.join(', ')}.`
          : ` Filters of ${name}: ${known.join(', ') || 'none'}. To send it anyway: .param('${filter}', value).`),
    );
    this.filter = filter;
    this.suggestion = suggestion;
  }
}

/** `id` of `id:in` and `id.in`. */
const baseOf = (filter: string | undefined): string | undefined => filter?.split(/[.:]/)[0];
