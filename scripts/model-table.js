/**
 * Writes docs/models.md: every ready model with its path and what it can do, from the declarations that the models live from.
 * With `--check` nothing is written: a table that is out of date ends the program with status 1.
 */
import { keep } from './page.js';

const entries = await Promise.all(['v2', 'v3'].map(async (version) => [version, await import(`bigrecord/${version}`)]));

const WORDS = { list: 'list', get: 'get', create: 'create', update: 'update', delete: 'delete', deleteAll: 'delete all', count: 'count' };
const isResource = (model) => {
  try {
    return model.resource !== undefined;
  } catch {
    return false;
  }
};

function row({ name, path, key, operations, relations, batch, addressing, includes }) {
  const lists = ['create', 'update', 'upsert', 'delete'].filter((kind) => batch[kind] !== undefined).map((kind) => `${kind} ${batch[kind]}`);
  const notes = [
    addressing === 'single' ? 'one only: `get()`' : '',
    key !== 'id' && addressing !== 'single' ? `key \`${key}\`` : '',
    lists.length > 0 ? `lists: ${lists.join(', ')}` : '',
    includes.length > 0 ? `include: ${includes.join(', ')}` : '',
    Object.keys(relations).length > 0 ? `relations: ${Object.keys(relations).join(', ')}` : '',
  ].filter(Boolean);
  return `| \`${name}\` | \`${path}\` | ${operations.map((operation) => WORDS[operation]).join(', ')} | ${notes.join('; ')} |`;
}

const sections = entries.map(([version, models]) => {
  const resources = Object.values(models)
    .filter(isResource)
    .map((model) => model.resource)
    .sort((a, b) => a.path.localeCompare(b.path));
  return [`## \`bigrecord/${version}\``, '', `${resources.length} models.`, '', '| model | path | can | |', '|---|---|---|---|', ...resources.map(row), ''].join('\n');
});
const page = [
  '# Models',
  '',
  'Made by `npm run docs` from the declarations in `lib/resources`. "lists" tells how many records one request may carry.',
  '',
  ...sections,
].join('\n');

keep('models.md', page);
