/** Yields each object of a graph once, arrays included; descriptions have cycles. */
export function* objectsIn(graph: unknown): Generator<object, void, undefined> {
  const seen = new Set<unknown>();
  const waiting = [graph];
  while (waiting.length > 0) {
    const next = waiting.pop();
    if (typeof next !== 'object' || next === null || seen.has(next)) continue;
    seen.add(next);
    yield next;
    waiting.push(...Object.values(next));
  }
}
