import { nearest } from '../../errors/nearest.js';
import type { ModelClass } from '../../model/model.js';
import * as v2 from '../../resources/v2/index.js';
import * as v3 from '../../resources/v3/index.js';
import { UsageError } from '../usage-error.js';

/** A model of one of the two API generations. */
export interface NamedModel {
  /** `v3.Product`. */
  readonly name: string;
  readonly model: ModelClass;
}

const MODELS = new Map<string, ModelClass>([
  ...Object.entries(v3).map(([name, model]): [string, ModelClass] => [`v3.${name}`, model]),
  ...Object.entries(v2).map(([name, model]): [string, ModelClass] => [`v2.${name}`, model]),
]);

/**
 * Returns the model of a name such as `v3.Product`, `V2.order` or `Product`: the case of letters does not matter, and a name without a
 * generation means V3 if it has such a model, else V2.
 *
 * @throws UsageError that names the nearest model
 */
export function modelNamed(text: string): NamedModel {
  const wanted = text.replace('/', '.').toLowerCase();
  for (const name of [wanted, `v3.${wanted}`, `v2.${wanted}`])
    for (const [known, model] of MODELS) if (known.toLowerCase() === name) return { name: known, model };
  const names = [...MODELS.keys()];
  // `Image` is nearer to `ProductImage` than to `Page`, whatever the number of letters.
  const [bare = ''] = wanted.split('.').slice(-1);
  const meant =
    (bare.length >= 4 ? names.find((known) => known.toLowerCase().endsWith(bare)) : undefined) ??
    nearest(wanted.includes('.') ? text : `v3.${text}`, names);
  throw new UsageError(
    `There is no model \`${text}\`${meant === undefined ? '' : `; did you mean \`${meant}\`?`} Models are named like v3.Product or v2.Order.`,
  );
}
