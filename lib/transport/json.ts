/**
 * Parses JSON, keeping the digits of whole numbers that a double cannot hold: these become texts.
 * An id above 2^53 stays exact and makes the right address.
 */
export function parseJson(text: string): unknown {
  return JSON.parse(/\d{16}/.test(text) ? text.replace(LONG_NUMBER, keepDigits) : text);
}

const LONG_NUMBER = /"(?:[^"\\]|\\.)*"|-?\d{16,}(?![\d.eE])/g;

function keepDigits(token: string): string {
  return token.startsWith('"') || Number.isSafeInteger(Number(token)) ? token : `"${token}"`;
}
