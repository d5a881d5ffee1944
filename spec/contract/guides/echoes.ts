import { covers, EXPLANATIONS, type Explanation } from './explanations.js';
import { modelOf, type Route } from './models.js';
import { isRow, type Sample } from './samples.js';

/**
 * Leaves out the fields of a body that repeat what the store sets or the path says.
 *
 * @param used takes the explanations that leave something out
 */
export function withoutEchoes(sample: Sample, route: Route, used: Set<Explanation>): Sample {
  const { attributes, key } = modelOf(route.owner).resource;
  let { body } = sample;
  for (const explanation of EXPLANATIONS) {
    if (explanation.omit === undefined || !covers(explanation, sample, 'request')) continue;
    for (const name of explanation.omit) {
      // A field that can be written is no echo.
      if (name !== key && attributes[name]?.readOnly !== true) continue;
      if (Array.isArray(body) ? !body.some((each) => has(each, name)) : !has(body, name)) continue;
      used.add(explanation);
      body = Array.isArray(body) ? body.map((each) => without(each, name)) : without(body, name);
    }
  }
  return body === sample.body ? sample : { ...sample, body };
}

const has = (row: unknown, name: string): boolean => isRow(row) && name in row;

function without(row: unknown, name: string): unknown {
  if (!isRow(row)) return row;
  const { [name]: _, ...rest } = row;
  return rest;
}
