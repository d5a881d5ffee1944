import { parse } from 'acorn';
import { full } from 'acorn-walk';
import { transformSync } from 'esbuild';
import MagicString from 'magic-string';

/**
 * Puts constants in place of expressions, and takes out what they make unreachable. Line breaks of the file count as spaces.
 *
 * @throws Error for an entry that fits nothing: the package has changed, so the table has to be compared with it
 */
export function specialize(file, text, { expressions, statements = [], members = [], replaced = {} }) {
  const code = new MagicString(text);
  const found = new Set();
  const visited = [];
  const onComment = (_isBlock, _comment, start, end) => code.remove(start, end);
  full(parse(text, { ecmaVersion: 'latest', sourceType: 'module', onComment }), (node) => visited.push(node));
  const done = [];
  // The outermost first: what is within a replaced piece goes with it.
  const isInside = (node) => done.some(({ start, end }) => start <= node.start && node.end <= end);
  for (const node of visited.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (isInside(node)) continue;
    const source = text.slice(node.start, node.end).replace(/\s+/g, ' ');
    const [entry, by] = replacementOf(node, source, { expressions, statements, members, replaced });
    if (entry === undefined) continue;
    found.add(entry);
    code.update(node.start, node.end, by);
    done.push(node);
  }
  const unused = [...Object.keys(expressions), ...statements, ...members, ...Object.keys(replaced)].filter((entry) => !found.has(entry));
  if (unused.length > 0)
    throw new Error(`${file} has nothing like: ${unused.join('; ')}. Compare the constants of its package in scripts/build with it.`);
  return transformSync(code.toString(), { minifySyntax: true, target: 'node20' }).code;
}

function replacementOf({ type, key }, source, { expressions, statements, members, replaced }) {
  if (type === 'MethodDefinition' || type === 'PropertyDefinition') return members.includes(key.name) ? [key.name, ''] : [];
  if (/Statement$|^VariableDeclaration$/.test(type)) {
    const beginning = [...statements, ...Object.keys(replaced)].find((start) => source.startsWith(start));
    return beginning === undefined ? [] : [beginning, replaced[beginning] ?? ';'];
  }
  return Object.hasOwn(expressions, source) ? [source, expressions[source]] : [];
}
