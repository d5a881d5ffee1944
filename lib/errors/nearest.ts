/** Returns the known name with the fewest edits (Levenshtein), if they are at most half of its length. */
export function nearest(name: string, known: readonly string[]): string | undefined {
  const target = name.slice(0, 100);
  let best: string | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const edits = distance(target, candidate);
    if (edits < least && edits <= Math.max(target.length, candidate.length) / 2) [best, least] = [candidate, edits];
  }
  return best;
}

/** Returns the end of a sentence that names what was probably meant. */
export const didYouMean = (meant: string | undefined): string => (meant === undefined ? '.' : `; did you mean \`${meant}\`?`);

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length }, (_, j) => j + 1);
  for (let i = 0; i < a.length; i++) {
    let [diagonal, left] = [i, i + 1];
    row = row.map((above, j) => {
      left = Math.min(diagonal + (a[i] === b[j] ? 0 : 1), above + 1, left + 1);
      diagonal = above;
      return left;
    });
  }
  return row.at(-1) ?? a.length;
}
