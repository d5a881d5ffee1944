/**
 * Parses JSON, keeping the digits of whole numbers that a double cannot hold: these become texts.
 * An id above 2^53 stays exact and makes the right address. Keys `__proto__` are dropped.
 */
export function parseJson(text: string): unknown {
  const exact = /\d{16}/.test(text) ? text.replace(LONG_NUMBER, keepDigits) : text;
  return exact.includes('"__proto__"') ? JSON.parse(exact, dropPrototypes) : JSON.parse(exact);
}

/** No attribute of the store is called `__proto__`; whoever copies such a key sets a prototype. */
const dropPrototypes = (key: string, value: unknown): unknown => (key === '__proto__' ? undefined : value);

const LONG_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g;

function keepDigits(token: string): string {
  return token.startsWith('"') || Number.isSafeInteger(Number(token)) ? token : `"${token}"`;
}
