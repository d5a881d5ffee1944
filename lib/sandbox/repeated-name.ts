/** A string of JSON, and the character after it; or a character that begins or ends something. */
const TOKEN = /"((?:[^"\\]|\\.)*)"\s*(:?)|[{}[\]]/g;

/** Returns a name that an object of a JSON text has twice; `undefined` if there is none. The text must be valid. */
export function repeatedName(text: string): string | undefined {
  const open: Set<string>[] = [];
  for (const [token, name = '', colon] of text.matchAll(TOKEN)) {
    if (token === '{' || token === '[') open.push(new Set());
    else if (token === '}' || token === ']') open.pop();
    else if (colon === ':') {
      if (open.at(-1)?.has(name)) return name;
      open.at(-1)?.add(name);
    }
  }
  return undefined;
}
