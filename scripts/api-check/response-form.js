import { flattened } from './shapes.js';

/**
 * Tells what a response is, and the shape of its rows:
 *
 *   row, rows    a record or a list of them; `isEnveloped` where they are below `data`
 *   transaction  `{ transaction_id }`: the write is carried out later
 *   none         no content, or `{ meta: {} }` alone
 *   other        anything else, such as a number
 */
export function responseForm(shape) {
  if (shape.items !== undefined && shape.objects.length === 0) return { form: 'rows', isEnveloped: false, row: shape.items };
  if (shape.objects.length === 0) return { form: shape.isUnknown ? 'unknown' : 'other', isEnveloped: false, row: shape };
  const { fields } = flattened(shape.objects);
  const names = Object.keys(fields);
  if (fields.transaction_id !== undefined) return { form: 'transaction', isEnveloped: false };
  if (fields.data !== undefined && names.every((name) => ['data', 'meta', 'errors', 'links', 'pagination'].includes(name)))
    return enveloped(fields.data.shape);
  if (names.length === 0 || (names.length === 1 && names[0] === 'meta')) return { form: 'none' };
  return { form: 'row', isEnveloped: false, row: withoutMeta(shape) };
}

/** Drops the `meta` of an envelope without `data`. */
function withoutMeta(shape) {
  const objects = shape.objects.map((each) => {
    const { meta, ...fields } = each.fields;
    return { ...each, fields };
  });
  return { ...shape, objects };
}

function enveloped(data) {
  if (data.items !== undefined) return { form: 'rows', isEnveloped: true, row: data.items };
  if (data.objects.length > 0) return { form: 'row', isEnveloped: true, row: data };
  return { form: data.isUnknown ? 'unknown' : 'other', isEnveloped: true, row: data };
}
