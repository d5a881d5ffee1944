/**
 * Prints TypeScript for a described value, as a first draft of an interface:
 *
 *   node scripts/api-check/print-type.js 'GET /v2/orders/{}' response.billing_address [folder]
 *
 * The path starts with `body`, `response` or `query` and goes down by names, through arrays as well. Without a path, it prints what the
 * operation has. Names, comments and money types are the author's work.
 */
import { resolve } from 'node:path';
import { readDescriptions } from './read-descriptions.js';
import { flattened } from './shapes.js';

const [id, path = '', folder = resolve(import.meta.dirname, '../../../shared/bigcommerce/openapi')] = process.argv.slice(2);
const operation = readDescriptions(folder).find((each) => each.id === id);
if (operation === undefined) {
  console.error(`There is no operation '${id}' in ${folder}. Write it as npm run api:check prints it: 'GET /v2/orders/{}'.`);
  process.exitCode = 2;
} else if (path === '') console.log(overview(operation));
else {
  const [side, ...names] = path.split('.');
  const start = side === 'body' ? operation.body : side === 'query' ? undefined : operation.response.row ?? operation.response.shape;
  const found = names.reduce((at, name) => below(at, name), start);
  console.log(found === undefined ? `// nothing is described at ${path}` : textOf(found, ''));
}

function overview({ parameters, body, response }) {
  const query = Object.entries(parameters).map(([name, { shape, required }]) => `  ${name}${required ? '' : '?'}: ${textOf(shape, '  ')};`);
  const row = response.row ?? response.shape;
  return [`// query`, ...query, `// body: ${body === undefined ? 'none' : textOf(body, '')}`, `// response, ${response.form}: ${row === undefined ? 'none' : textOf(row, '')}`].join('\n');
}

function below(shape, name) {
  const inner = shape?.items ?? shape;
  return inner === undefined ? undefined : flattened(inner.objects).fields[name]?.shape;
}

function textOf({ scalars, values, nullable, items, maxItems, objects, isUnknown, isDate }, indent) {
  if (isUnknown) return nullable ? 'unknown /* or null */' : 'unknown';
  const known = values.length > 0 ? [`Open<${values.map((each) => `'${each}'`).join(' | ')}>`] : [];
  const plain = scalars.map((scalar) => (scalar === 'date' || isDate ? `${scalar === 'number' ? 'number' : 'string'} /* date */` : scalar));
  const parts = [
    ...(known.length > 0 && scalars.includes('string') ? known : plain),
    ...objects.map((each) => objectText(each, indent)),
    ...(items === undefined ? [] : [arrayText(items, maxItems, indent)]),
    ...(nullable ? ['null'] : []),
  ];
  return parts.join(' | ');
}

function arrayText(items, maxItems, indent) {
  const text = textOf(items, indent);
  return `${/[|]/.test(text) && !text.startsWith('{') ? `(${text})` : text}[]${maxItems === undefined ? '' : ` /* at most ${maxItems} */`}`;
}

function objectText({ fields, required, isOpaque }, indent) {
  if (isOpaque) return 'Record<string, unknown>';
  const lines = Object.entries(fields).map(
    ([name, { shape, readOnly }]) =>
      `${indent}  ${readOnly ? 'readonly ' : ''}${name}${required.includes(name) ? '' : '?'}: ${textOf(shape, `${indent}  `)};`,
  );
  return `{\n${lines.join('\n')}\n${indent}}`;
}
