import { deduplicated, difference, kindsOf, missingFrom } from './compare-shapes.js';
import { surplusIn } from './compare-surplus.js';
import { parentKeysOf } from './operations-of.js';
import { flattened } from './shapes.js';

/** Lists what a description of one operation has and its declaration has not. */
export function differencesOf(declared, described) {
  return deduplicated([
    ...parameterDifferences(declared, described),
    ...bodyDifferences(declared, described),
    ...responseDifferences(declared, described),
  ]);
}

function parameterDifferences(declared, described) {
  const wanted = Object.entries(described.parameters);
  return wanted.flatMap(([name, each]) => {
    const own = declared.parameters[name];
    const field = `query.${name}`;
    if (own === undefined) return [difference(field, 'parameter', kindsOf(each.shape), 'not declared')];
    if (name === 'limit') return pageSizeDifferences(declared, each, field);
    if (name === 'include') return valueDifferences(own.shape, valuesOf(each.shape), field);
    return own.isControl ? [] : typeDifferences(own.shape, each.shape, field);
  });
}

function pageSizeDifferences({ owner, role }, { maximum }, field) {
  if (maximum === undefined || role !== 'list' || owner.pageSize === maximum) return [];
  return [difference(field, 'max-items', `pages of ${maximum}`, `pages of ${owner.pageSize}`)];
}

function valueDifferences(own, values, field) {
  const missing = values.filter((each) => !own.values.includes(each));
  const extra = values.length === 0 ? [] : own.values.filter((each) => !values.includes(each));
  if (missing.length + extra.length === 0) return [];
  return [difference(field, 'enum', missing.join(' | ') || 'none more', extra.length === 0 ? 'not declared' : `also ${extra.join(' | ')}`)];
}

function typeDifferences(own, described, field) {
  if (own.isUnknown) return [];
  const item = described.items ?? described;
  const scalars = item.scalars.filter((each) => !own.scalars.includes(each));
  if (item.isUnknown || scalars.length === 0) return [];
  const isDate = own.scalars.includes('date') && !scalars.includes('boolean');
  // Lists of numbers are described as texts with commas.
  const isList = own.scalars.includes('number') && scalars.every((each) => each === 'string') && /:(in|not_in)$/.test(field);
  return isDate || isList ? [] : [difference(field, 'parameter-type', kindsOf(item), kindsOf(own))];
}

const valuesOf = ({ values, items }) => items?.values ?? values;

function bodyDifferences(declared, described) {
  if (described.body === undefined || described.body.isUnknown) return [];
  if (declared.isForm) return [];
  if (declared.body === undefined) return [difference('body', 'body', kindsOf(described.body), 'not declared')];
  const missing = missingFrom(declared.body, described.body, 'body', contextOf('body', declared, described.body));
  return declared.role === 'action' ? [...missing, ...surplusInAction(declared.body, described.body)] : missing;
}

/** What an action sends or demands and its description does not. That of models is compared with all of their operations. */
function surplusInAction(declared, described) {
  const known = described.objects.length === 0 ? undefined : flattened(described.objects);
  const demanded = declared.objects.length === 1 && known !== undefined && !known.isOpaque ? declared.objects[0].required : [];
  return [
    ...surplusIn(declared, described, 'body'),
    ...demanded
      .filter((name) => known.fields[name] !== undefined && !known.required.includes(name))
      .map((name) => difference(`body.${name}`, 'required', 'optional', 'required')),
  ];
}

/** What the fields of a row are compared by; `rowField` is where the row is: `body`, or `body[]` in a batch. */
function contextOf(side, { role, isBatch, isUpsert, owner, ...declared }, shape) {
  const isNew = role === 'create' && !isUpsert;
  const isRow = role !== 'action' || side === 'response';
  const isBatchBody = side === 'body' && shape.items !== undefined && declared.body.items !== undefined;
  return {
    side,
    isCreate: role === 'create' || role === 'action',
    isPlain: role === 'action' && !(side === 'response' ? declared.row : declared.body).isModel,
    rowField: !isRow ? undefined : isBatchBody ? `${side}[]` : side,
    skip: role !== 'action' && (isBatch || side === 'response') ? parentKeysOf(owner) : [],
    keys: role === 'action' ? [] : isNew ? owner.identity : [owner.key, ...owner.identity],
  };
}

function responseDifferences(declared, described) {
  const { form, row, isEnveloped } = described.response;
  if (declared.role === 'count') return [];
  if (declared.form === 'unknown') return form === 'none' ? [] : [difference('response', 'response-shape', form, 'unknown')];
  if (declared.form !== form && form !== 'unknown') return [difference('response', 'response-shape', form, declared.form)];
  if (row === undefined) return [];
  const found = missingFrom(declared.row, row, 'response', contextOf('response', declared, row));
  if (declared.isEnveloped !== undefined && declared.isEnveloped !== isEnveloped)
    found.push(
      difference(
        'response',
        'response-shape',
        isEnveloped ? 'below data' : 'without data',
        declared.isEnveloped ? 'below data' : 'without data',
      ),
    );
  return found;
}
