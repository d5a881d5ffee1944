import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { pointedTo, readSchema } from './read-schema.js';
import { responseForm } from './response-form.js';

const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** The name of an operation, whatever its path parameters are called: `GET /v3/catalog/brands/{}`. */
export const operationId = (method, version, path) =>
  `${method.toUpperCase()} /${version}${path.replace(/\{[^}]*\}|:\w+/g, '{}').replace(/\/$/, '')}`;

/** Reads every OpenAPI description of a folder, and returns its operations in the order of their names. */
export function readDescriptions(folder) {
  const files = readdirSync(folder).filter((file) => /\.(ya?ml|json)$/.test(file));
  const operations = files.flatMap((file) => readDescription(file, readFileSync(join(folder, file), 'utf8')));
  return operations.sort((a, b) => a.id.localeCompare(b.id));
}

/** Reads the operations of one description, YAML or JSON. */
export function readDescription(file, text) {
  const root = parse(text, { logLevel: 'silent' });
  return operationsIn(file, root).map(({ method, version, path, item, operation }) => {
    const shared = [...(item.parameters ?? []), ...(operation.parameters ?? [])].map((each) => resolved(each, root));
    return {
      id: operationId(method, version, path),
      file,
      method: method.toUpperCase(),
      version,
      path,
      parameters: Object.fromEntries(shared.filter((each) => each?.in === 'query').map((each) => [each.name, parameter(each, root)])),
      ...bodyOf(resolved(operation.requestBody, root), root),
      ...responseOf(operation.responses ?? {}, root),
    };
  });
}

/** The operations of a parsed description as it has them, each with the item of its path. */
export function operationsIn(file, root) {
  const version = /\/v2/.test(root.servers?.[0]?.url ?? file) ? 'v2' : 'v3';
  return Object.entries(root.paths ?? {}).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method] !== undefined).map((method) => ({ method, version, path, item, operation: item[method] })),
  );
}

/** What a reference points to; anything else as it is. */
export const resolved = (each, root) => (typeof each?.$ref === 'string' ? pointedTo(each.$ref, root) : each);

function parameter({ schema, required }, root) {
  const { readOnly, ...rest } = readSchema(schema, root);
  return { shape: rest, required: required === true, maximum: resolved(schema, root)?.maximum };
}

/** The JSON body of a request; `isForm` where it is only described as a form. */
function bodyOf(requestBody, root) {
  const content = requestBody?.content ?? {};
  const json = jsonOf(content);
  if (json === undefined) return { body: undefined, isForm: Object.keys(content).length > 0 };
  return { body: readSchema(json.schema, root), isForm: false };
}

/** The first successful response that has a body, else `none`. */
function responseOf(responses, root) {
  const successful = Object.keys(responses)
    .filter((status) => /^2/.test(status))
    .sort();
  for (const status of successful) {
    const json = jsonOf(resolved(responses[status], root)?.content ?? {});
    if (status !== '204' && json?.schema !== undefined) return { response: responseForm(readSchema(json.schema, root)) };
  }
  return { response: { form: 'none' } };
}

/** The JSON among the contents of a request or response. */
export const jsonOf = (content) => content['application/json'] ?? Object.entries(content).find(([type]) => /json/.test(type))?.[1];
