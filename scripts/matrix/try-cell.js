import { mkdirSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Creates the project of a cell, and runs it on each version of Node.
 *
 * @param cell `name`; `prepare(project)` installs the tools and returns their versions; `rows` of `name` and `run(project)`;
 *   `isForOneNode` if the version of Node makes no difference; `refuses(node)` returns why a tool does not run there
 */
export async function tryCell(cell, { folder, tarball, nodes }) {
  const home = join(folder, cell.name.replace(/\W+/g, '-'));
  mkdirSync(home, { recursive: true });
  const rows = (cell.rows ?? [{ name: '', run: cell.run }]).map(({ name, run }) => ({ name: [cell.name, name].filter(Boolean).join(': '), run, results: {} }));
  const versions = cell.isForOneNode ? [...nodes].slice(-1) : [...nodes];
  let tools = '';
  try {
    tools = await cell.prepare({ folder: home, tarball });
  } catch (error) {
    for (const { name, results } of rows) for (const [version] of versions) results[version] = failed(name, version, error);
  }
  for (const { name, run, results } of rows) {
    for (const [version, node] of versions) {
      if (results[version] !== undefined) continue;
      const refusal = cell.refuses?.(Number.parseInt(version, 10));
      if (refusal !== undefined) results[version] = { said: refusal };
      else
        results[version] = await run({ folder: home, tarball, node, path: `${join(node, '..')}:${process.env.PATH}` }).then(
          () => ({ isRight: true, said: '✓' }),
          (error) => failed(name, version, error),
        );
      console.error(`${results[version].said} ${name}, Node ${version}`);
    }
  }
  return rows.map(({ name, results }) => ({ name, tools, results }));
}

function failed(name, version, error) {
  console.error(`--- ${name}, Node ${version}\n${error.message}\n---`);
  return { isRight: false, said: '✗' };
}
