/**
 * Splits a guide into what matters for its samples, in the order of the text:
 *
 *   { kind: 'heading', level, text, line }
 *   { kind: 'prose', text, line }
 *   { kind: 'block', language, title, text, line }    a fenced sample, without its indentation
 */
export function readBlocks(text) {
  const parts = [];
  let fence;
  for (const [at, raw] of text.split(/\r?\n/).entries()) {
    const line = at + 1;
    const opened = /^(\s*)(`{3,}|~{3,})\s*([\w-]*)(.*)$/.exec(raw);
    if (fence !== undefined) {
      if (opened !== null && opened[2].startsWith(fence.mark) && opened[3] === '') {
        parts.push(blockOf(fence));
        fence = undefined;
      } else fence.lines.push(raw);
    } else if (opened !== null && !opened[4].includes('```')) {
      fence = { mark: opened[2], indent: opened[1].length, language: opened[3].toLowerCase(), title: titleOf(opened[4]), line, lines: [] };
    } else parts.push(...proseOf(raw, line));
  }
  return parts;
}

const titleOf = (info) => /(?:filename|title)="([^"]*)"/.exec(info)?.[1] ?? '';

function blockOf({ indent, language, title, line, lines }) {
  const text = lines.map((each) => each.replace(new RegExp(`^\\s{0,${indent}}`), '')).join('\n');
  return { kind: 'block', language, title, text, line };
}

function proseOf(raw, line) {
  const heading = /^\s*(#{1,6})\s+(.*)$/.exec(raw);
  if (heading !== null) return [{ kind: 'heading', level: heading[1].length, text: heading[2], line }];
  return raw.trim() === '' ? [] : [{ kind: 'prose', text: raw.trim(), line }];
}
