/**
 * Compares the declared models with OpenAPI descriptions, operation by operation, down to the leaves. Ends with status 1 if there are
 * differences without an explanation, or explanations without a difference.
 *
 *   npm run api:check [folder] [-- --json]
 */
import { existsSync } from 'node:fs';
import { FOLDER } from './folder.js';

const given = process.argv.slice(2).filter((argument) => !argument.startsWith('--'));
const isJson = process.argv.includes('--json');
const folder = given[0] ?? FOLDER;

if (existsSync(folder)) await check();
else if (given[0] === undefined)
  console.log(isJson ? '{"skipped":true}' : 'skipped: the API descriptions are not beside the project (../shared/bigcommerce/openapi)');
else fail(`There is no folder ${folder}: give one with OpenAPI descriptions.`);

function fail(message) {
  console.error(message);
  process.exitCode = 2;
}

async function check() {
  const [
    { readDescriptions },
    { readModels },
    { compareAll, modelsWithoutDescription },
    { EXPLANATIONS, explain },
    { countsOf, familiesOf, reportOf },
  ] = await Promise.all([
    import('./read-descriptions.js'),
    import('./read-models.js'),
    import('./check.js'),
    import('./explanations.js'),
    import('./report.js'),
  ]);
  const described = readDescriptions(folder);
  if (described.length === 0) return fail(`There are no OpenAPI descriptions (.yml, .yaml, .json) in ${folder}.`);
  const models = await readModels();
  const differences = compareAll(described, models);
  const result = explain(differences, EXPLANATIONS);
  const summary = {
    operations: described.length,
    models: models.length,
    families: familiesOf(described),
    silent: modelsWithoutDescription(described, models).map(({ name, version }) => `${version} ${name}`),
    differences: differences.length,
    ...result,
  };
  console.log(isJson ? JSON.stringify({ ...summary, counts: countsOf(result.unexplained) }, null, 2) : reportOf(summary));
  if (result.unexplained.length + result.stale.length > 0) process.exitCode = 1;
}
