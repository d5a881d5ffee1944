/**
 * A loader hook that makes every function of dist/lib report its file when it is entered.
 */
import { fileURLToPath } from 'node:url';
import { parse } from 'acorn';
import { full } from 'acorn-walk';

const FUNCTIONS = new Set(['FunctionDeclaration', 'FunctionExpression', 'ArrowFunctionExpression']);

export async function load(url, context, next) {
  const loaded = await next(url, context);
  const at = url.indexOf('/dist/lib/');
  if (at < 0 || loaded.format !== 'module') return loaded;
  const file = fileURLToPath(url).slice(fileURLToPath(url).indexOf('/dist/lib/') + '/dist/lib/'.length);
  return { ...loaded, source: instrument(String(loaded.source), file) };
}

/** Inserts a call at the beginning of every function. */
function instrument(source, file) {
  const edits = [];
  full(parse(source, { ecmaVersion: 'latest', sourceType: 'module' }), (node) => {
    if (!FUNCTIONS.has(node.type)) return;
    const entered = `__entered(${JSON.stringify(file)});`;
    const { body } = node;
    if (body.type === 'BlockStatement') edits.push([body.start + 1, entered]);
    else edits.push([body.start, `(${entered.slice(0, -1)}, `, body.end]);
  });
  const pieces = edits.flatMap(([start, text, end]) => (end === undefined ? [[start, text]] : [[start, text], [end, ')']]));
  let result = source;
  for (const [position, text] of pieces.sort(([a], [b]) => b - a)) result = result.slice(0, position) + text + result.slice(position);
  return result;
}
