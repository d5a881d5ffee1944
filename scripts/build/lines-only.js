import { decode, encode } from '@jridgewell/sourcemap-codec';

/**
 * Reduces a source map to files and lines: stack traces need no columns, and with them the maps would be a third of the package.
 */
export function linesOnly(json) {
  const { version, sources, mappings } = JSON.parse(json);
  const lines = decode(mappings).map((segments) => {
    let before;
    return segments.flatMap(([column, source, line]) => {
      const place = `${source}:${line}`;
      if (place === before) return [];
      before = place;
      return source === undefined ? [] : [[column, source, line, 0]];
    });
  });
  return `${JSON.stringify({ version, sources, names: [], mappings: encode(lines) })}\n`;
}
