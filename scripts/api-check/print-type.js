/**
 * Prints TypeScript for a described value, as a first draft of an interface:
 *
 *   node scripts/api-check/print-type.js 'GET /v2/orders/{}' response.billing_address [folder]
 *
 * The path starts with `body`, `response` or `query` and goes down by names, through arrays as well. Without a path, it prints what the
 * operation has. Names, comments and money types are the author's work.
 */
import { FOLDER } from './folder.js';
import { readDescriptions } from './read-descriptions.js';
import { flattened, objectOf, shape } from './shapes.js';

const [id, path = '', folder = FOLDER] = process.argv.slice(2);
const operation = readDescriptions(folder).find((each) => each.id === id);
if (operation === undefined) {
  console.error(`There is no operation '${id}' in ${folder}. Write it as npm run api:check prints it: 'GET /v2/orders/{}'.`);
  process.exitCode = 2;
} else if (path !== '') console.log(typeAt(path) ?? `// nothing is described at ${path}`);
else
  for (const side of ['query', 'body', 'response'])
    console.log(`// ${side}${side === 'response' ? `, ${operation.response.form}` : ''}\n${typeAt(side) ?? '// none'}`);

/** The type at a path, which starts with a side; undefined if nothing is there. */
function typeAt(path) {
  const { parameters, body, response } = operation;
  const sides = { query: queryOf(parameters), body, response: response.row };
  const [side, ...names] = path.split('.');
  const found = names.reduce(below, sides[side]);
  return found === undefined ? undefined : textOf(found, '');
}

function queryOf(parameters) {
  const names = Object.keys(parameters);
  const required = names.filter((name) => parameters[name].required);
  return names.length === 0 ? undefined : shape({ objects: [objectOf(parameters, required)] });
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
