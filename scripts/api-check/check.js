import { differencesOf } from './compare-operation.js';
import { deduplicated, difference, kindsOf } from './compare-shapes.js';
import { surplusOf } from './compare-surplus.js';
import { operationsOf } from './operations-of.js';

/**
 * Compares models with descriptions, operation by operation, and returns every difference in a fixed order:
 * `{ operation, field, kind, described, declared, by, file }`.
 *
 * @param described the operations of the descriptions: `readDescriptions(folder)`
 * @param models the declarations: `await readModels()`
 */
export function compareAll(described, models) {
  const declared = new Map();
  for (const operation of models.flatMap((model) => operationsOf(model, models)))
    declared.set(operation.id, [...(declared.get(operation.id) ?? []), operation]);
  const matched = described.map((operation) => ({ described: operation, candidates: declared.get(operation.id) ?? [] }));
  const missing = matched.flatMap(({ described: operation, candidates }) => best(operation, candidates));
  const surplus = models.flatMap((model) => surplusOfModel(model, matched));
  return [...missing, ...surplus, ...undescribedOperations(described, declared)].sort(byPlace);
}

/** The differences of the declaration that fits an operation best, where several models declare it. */
function best(operation, candidates) {
  const more = (by) => ({ operation: operation.id, by, file: operation.file });
  if (candidates.length === 0) return [{ ...difference('', 'operation', 'described', 'not declared'), ...more(undefined) }];
  const all = fitting(operation, candidates).map((declared) =>
    differencesOf(declared, operation).map((each) => ({ ...each, ...more(declared.model) })),
  );
  return all.reduce((fewest, each) => (each.length < fewest.length ? each : fewest));
}

/** Of a write that is declared for one record, for many and as an upload, the form that is described. */
function fitting({ body, isForm }, candidates) {
  const isList = body?.items !== undefined;
  const json = candidates.filter((each) => isForm || !each.isForm);
  const same = json.filter((each) => (each.body?.items !== undefined) === isList);
  return [same, json, candidates].find((each) => each.length > 0) ?? [];
}

function surplusOfModel(model, matched) {
  const own = matched.flatMap(({ described, candidates }) =>
    fitting(described, candidates)
      .filter((declared) => declared.owner === model && declared.role !== 'action' && declared.role !== 'count')
      .map((declared) => ({ described, declared })),
  );
  if (own.length === 0) return [];
  return deduplicated(surplusOf(model, own)).map((each) => ({ ...each, file: own[0].described.file }));
}

/** Operations that are declared and not described, of models some of whose operations are described. */
function undescribedOperations(described, declared) {
  const known = new Set(described.map(({ id }) => id));
  const all = [...declared.values()].flat();
  const models = new Set(all.filter(({ id }) => known.has(id)).map(({ owner }) => owner));
  const found = all.filter(({ id, owner, isDerived, role }) => !known.has(id) && models.has(owner) && !isDerived && role !== 'count');
  return found.map(({ id, model, role, body }) => ({
    ...difference('', 'undescribed-operation', 'not described', body === undefined ? role : `${role}, ${kindsOf(body)}`),
    operation: id,
    by: model,
    file: undefined,
  }));
}

/** The models none of whose operations is described, so that nothing can be said about them. */
export function modelsWithoutDescription(described, models) {
  const known = new Set(described.map(({ id }) => id));
  return models.filter((model) => operationsOf(model, models).every(({ id }) => !known.has(id)));
}

const byPlace = (a, b) => compare(a.operation, b.operation) || compare(a.field, b.field) || compare(a.kind, b.kind);
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
