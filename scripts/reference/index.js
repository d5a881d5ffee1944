/**
 * Writes docs/reference: an index, and a page for every model with its attributes, filters, relations, requests and actions. It reads
 * what the models declare, and the types and docstrings of their source. The pages are not kept in the repository: the site is built from them.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { modelPage } from './page.js';
import { typesOfModels } from './read-types.js';
import { requestsOf } from './requests.js';

const FOLDER = resolve(import.meta.dirname, '../../docs/reference');
const VERSIONS = ['v3', 'v2'];

const entries = await Promise.all(VERSIONS.map(async (version) => [version, Object.entries(await import(`bigrecord/${version}`))]));
const types = typesOfModels();
const places = new Map(entries.flatMap(([version, models]) => models.map(([name, model]) => [model, { version, name }])));

/** A link from one page to another; the name alone for a class that is not exported. */
function linkTo(target, from) {
  const place = places.get(target);
  if (place === undefined) return `\`${target.name}\``;
  return `[${place.version === from ? '' : `${place.version}.`}${place.name}](${place.version === from ? '.' : `../${place.version}`}/${place.name}.md)`;
}

const index = entries.flatMap(([version, models]) => [
  `## bigrecord/${version}`,
  '',
  '| model | path | requests | what it is |',
  '|---|---|---|---|',
  ...models.map(([name, { resource }]) => {
    const verbs = [...new Set(requestsOf(resource).map(({ method }) => method))].join(', ');
    const [summary = ''] = types.describe(version, name).split(/(?<=\.)\s/);
    return `| [${name}](./${version}/${name}.md) | \`${resource.path}\` | ${verbs} | ${summary.replaceAll('|', '\\|').replaceAll('<', '&lt;')} |`;
  }),
  '',
]);

for (const [version, models] of entries) {
  rmSync(join(FOLDER, version), { recursive: true, force: true });
  mkdirSync(join(FOLDER, version), { recursive: true });
  for (const [name, model] of models) writeFileSync(join(FOLDER, version, `${name}.md`), `${modelPage(model, name, types, (target) => linkTo(target, version))}\n`);
}
writeFileSync(
  join(FOLDER, 'index.md'),
  [
    '# Models',
    '',
    `${places.size} models, with every attribute, filter, relation and request. Filters of a number or a date also take the general operators of their`,
    'API generation: `min`, `max`, `greater`, `less`, `in` and `notIn` of V3, `min` and `max` of V2. What every model can do is described in',
    '[the API of `Model`](./api/index/classes/Model.md) and in the [guides](../guide/queries.md).',
    '',
    ...index,
  ].join('\n'),
);
