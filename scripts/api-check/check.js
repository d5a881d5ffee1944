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
  const missing = matched.flatMap(({ described: operation, candidates }) => differencesAt(operation, candidates));
  return distinct([...missing, ...surplusDifferences(matched), ...undescribedOperations(described, declared)]).sort(byPlace);
}

/** The differences of each declaration of an operation; of those that only count where described, of the one that fits best. */
function differencesAt(operation, candidates) {
  const more = (by) => ({ operation: operation.id, by, file: operation.file });
  if (candidates.length === 0) return [{ ...difference('', 'operation', 'described', 'not declared'), ...more(undefined) }];
  const fit = fitting(operation, candidates);
  const all = fit.map((declared) =>
    differencesOf(declared, narrowed(operation, declared, fit)).map((each) => ({ ...each, ...more(declared.model) })),
  );
  if (fit.every(({ isDerived }) => isDerived)) return all.reduce((fewest, each) => (each.length < fewest.length ? each : fewest));
  return all.filter((_, at) => !fit[at].isDerived).flatMap((each) => each);
}

/** Of a write that is declared for one record, for many and as an upload, the forms that are described. */
function fitting({ body, isForm }, candidates) {
  const json = candidates.filter((each) => isForm || !each.isForm);
  const forms = [body?.items !== undefined, body?.items === undefined || body.objects.length > 0];
  const same = json.filter((each) => (each.body?.items !== undefined ? forms[0] : forms[1]));
  return [same, json, candidates].find((each) => each.length > 0) ?? [];
}

/** A body that is one record or a list of them, as far as it is of the declared form, if the other form is declared as well. */
function narrowed(operation, declared, all) {
  const { body } = operation;
  const isList = declared.body?.items !== undefined;
  if (body?.items === undefined || body.objects.length === 0) return operation;
  if (all.every((each) => (each.body?.items !== undefined) === isList)) return operation;
  return { ...operation, body: isList ? { ...body, objects: [] } : { ...body, items: undefined } };
}

/** What the descriptions of all of a model's operations together do not have. */
function surplusDifferences(matched) {
  const byModel = new Map();
  for (const { described, candidates } of matched)
    for (const declared of fitting(described, candidates)) {
      if (declared.role === 'action' || declared.role === 'count') continue;
      byModel.set(declared.owner, [...(byModel.get(declared.owner) ?? []), { described, declared }]);
    }
  return [...byModel].flatMap(([model, operations]) =>
    deduplicated(surplusOf(model, operations)).map((each) => ({ ...each, file: operations[0].described.file })),
  );
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

/** A model may declare an operation twice, such as one that creates and updates. */
const distinct = (differences) => [
  ...new Map(differences.map((each) => [[each.operation, each.by, each.field, each.kind].join(' '), each])).values(),
];

const byPlace = (a, b) =>
  compare(a.operation, b.operation) || compare(a.by ?? '', b.by ?? '') || compare(a.field, b.field) || compare(a.kind, b.kind);
const compare = (a, b) => (a < b ? -1 : a > b ? 1 : 0);
