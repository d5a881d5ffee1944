import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { jsonOf, operationsIn, resolved } from '../api-check/read-descriptions.js';
import { placeholder } from './placeholders.js';

/**
 * Reads the examples of OpenAPI descriptions as samples of the same form as those of the guides: the first body of an operation with its
 * first response, the second with the second, and so on. `line` counts them.
 */
export function readReference(folder) {
  return readdirSync(folder)
    .filter((file) => /\.ya?ml$/.test(file))
    .sort()
    .flatMap((file) => samplesOf(file, parse(readFileSync(join(folder, file), 'utf8'), { logLevel: 'silent' })));
}

function samplesOf(file, root) {
  return operationsIn(file, root)
    .flatMap(({ method, version, path, operation }) => {
      const bodies = examplesOf(contentOf(operation.requestBody, root), root);
      const responses = examplesOf(successOf(operation.responses, root), root);
      return Array.from({ length: Math.max(bodies.length, responses.length) }, (_, at) => ({
        method: method.toUpperCase(),
        version,
        path: placeholder(path).replace(/\/$/, ''),
        ...(at in bodies ? { body: bodies[at] } : {}),
        ...(at in responses ? { response: responses[at] } : {}),
      }));
    })
    .map((sample, at) => ({ guide: `reference/${file}`, line: at + 1, ...sample }));
}

const contentOf = (part, root) => jsonOf(resolved(part, root)?.content ?? {});

function successOf(responses = {}, root) {
  const status = Object.keys(responses)
    .filter((each) => /^20[0-3]/.test(each))
    .sort()
    .find((each) => contentOf(responses[each], root) !== undefined);
  return status === undefined ? undefined : contentOf(responses[status], root);
}

function examplesOf(media, root) {
  if (media === undefined) return [];
  const named = Object.values(media.examples ?? {}).map((each) => resolved(each, root)?.value);
  const schema = resolved(media.schema, root);
  return [media.example, ...named, schema?.example].filter((each) => each !== null && typeof each === 'object').map(plain);
}

/** YAML has dates where JSON has strings. */
const plain = (value) => JSON.parse(JSON.stringify(value));
