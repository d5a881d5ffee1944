import type { LoggedRequest } from 'bigrecord/sandbox';
import { DEFECTS, DEFECTS_OF_DEMO, type Defect } from './defects.js';
import type { Description } from './description.js';
import { isRow, readSamples } from './guides/samples.js';
import { rowsWithin } from './worked/fill.js';

/**
 * What is wrong with a response, by the description. A refusal is none of what it promises, and is told by the call that got it.
 *
 * @param used takes the defects of the description that explain something
 */
export function misjudged(request: LoggedRequest, description: Description, used = new Set<Defect>()): string[] {
  if (request.status >= 400) return [];
  const wrong = description.responseViolations(request).filter((line) => !isNullOfGuides(line, request));
  return wrong.filter((line) => {
    const found = [...DEFECTS, ...DEFECTS_OF_DEMO].filter(({ pattern }) => pattern.test(line));
    for (const each of found) used.add(each);
    return found.length === 0;
  });
}

/** Names that responses in the guides have with null, though their descriptions say nothing of it: `v3 base_variant_id`. */
const NULLS = new Set(readSamples().flatMap(({ version, response }) => nullsIn(response).map((name) => `${version} ${name}`)));

function nullsIn(value: unknown): string[] {
  return rowsWithin(value).flatMap((row) => Object.keys(row).filter((name) => row[name] === null));
}

/** Whether a response has null where the guides have it too: `Response body property data.N.base_variant_id must be integer`. */
function isNullOfGuides(line: string, { path, responseBody }: LoggedRequest): boolean {
  const [, place = ''] = /property (\S+) must be (?:string|number|integer|object|array|boolean)/.exec(line) ?? [];
  const names = place.split('.');
  return NULLS.has(`${path.slice(1, 3)} ${names.at(-1)}`) && valuesAt(responseBody, names).includes(null);
}

/** The values at a place, `N` standing for every index. */
function valuesAt(value: unknown, [name, ...rest]: readonly string[]): unknown[] {
  if (name === undefined) return [value];
  if (Array.isArray(value)) return value.flatMap((each) => valuesAt(each, rest));
  return isRow(value) ? valuesAt(value[name], rest) : [];
}
